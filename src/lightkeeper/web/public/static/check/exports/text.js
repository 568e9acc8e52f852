// Small steps on text that must come out exactly as they do on the Python side.

import { FACTS } from "./facts.js";

export class UnreadableExport extends Error {
  // The reason never holds anything of the chat.
  constructor(reason, format = "unknown") {
    super(`cannot read this chat (${format}): ${reason}`);
    this.name = "UnreadableExport";
    this.reason = reason;
    this.format = format;
  }
}

export const MARKS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff";
export const EDGE = MARKS + " \t\u00a0\u202f";

export function strip(text, edge = EDGE) {
  return stripEnd(stripStart(text, edge), edge);
}

export function stripStart(text, edge = EDGE) {
  let start = 0;
  while (start < text.length && edge.includes(text[start])) start += 1;
  return text.slice(start);
}

export function stripEnd(text, edge = EDGE) {
  let end = text.length;
  while (end > 0 && edge.includes(text[end - 1])) end -= 1;
  return text.slice(0, end);
}

// Characters as Python counts them: a face is one, not two.
export function size(text) {
  let count = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00) {
      const next = text.charCodeAt(at + 1);
      if (next >= 0xdc00 && next < 0xe000) count -= 1;
    }
  }
  return count;
}

export function escapeForPattern(text) {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

// Lengths first, then code points: the order in which alternatives are tried.
export function longestFirst(phrases) {
  return [...phrases].sort((a, b) => size(b) - size(a) || (a < b ? -1 : a > b ? 1 : 0));
}

const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0x9e6];

export function toNumber(digits) {
  let value = 0;
  for (const digit of digits) {
    const code = digit.codePointAt(0);
    const zero = ZEROS.find((start) => code >= start && code < start + 10);
    value = value * 10 + code - zero;
  }
  return value;
}

// The text with halves of broken characters replaced.
export function wholeText(text) {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

// One sentence for the person, about what had to be left open.
export function note(name, numbers = {}) {
  return FACTS.notes[name].replace(/\{(\w+)\}/g, (_, key) => String(numbers[key]));
}

// The phrases of one kind ("deleted", "call", …) of all languages together.
export function words(name) {
  return new Set(Object.values(FACTS.locales).flatMap((locale) => locale[name]));
}
