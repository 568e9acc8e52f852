// What a person wrote just before a message. The twin of check/tail.py.

import { readRow, THREAT } from "./likeness.js";
import { splitPieces, splitWords } from "./tokens.js";

export const WINDOW = 20;
export const FARTHEST = 80;
const MOST_STRANGE = 4;
const SILENT = new Set(["system", "deleted", "call"]);

// True for what somebody said; what the app itself says, of a call or a message taken back, has no sender.
export function isSaid(message) {
  return !SILENT.has(message.kind) || message.sender !== "";
}

// The messages that hold a whole threat by themselves: a phrase of it was found, or all their words say so.
export class Threatening {
  constructor(tokens, messages) {
    this.tokens = tokens;
    this.messages = messages;
    this.found = new Set(); // by a phrase
    this.alike = new Map(); // by their words, of those that were asked for
  }

  has(number) {
    if (this.found.has(number)) return true;
    if (!this.alike.has(number)) this.alike.set(number, this.isAlike(number));
    return this.alike.get(number);
  }

  isAlike(number) {
    const norms = splitWords(this.messages[number].text).map((piece) => this.tokens.get(piece).norms);
    const row = readRow(this.tokens.rules, [number], [0, norms.length], norms);
    const { steps, sums } = row.scores.get(THREAT);
    return row.signs(this.tokens.rules.likenesses.get(THREAT), steps, sums).size > 0;
  }
}

// What the sender wrote just before: all of it, and without the messages that threaten by themselves.
export function tailsBefore(messages, threatening, number, sender) {
  const [whole, passedThreat] = lookBack(messages, threatening, number, sender, false);
  return passedThreat ? [whole, lookBack(messages, threatening, number, sender, true)[0]] : [whole];
}

function lookBack(messages, threatening, number, sender, skip) {
  let taken = [];
  let strange = 0;
  let passedThreat = false;
  for (let earlier = number - 1; earlier >= 0 && earlier > number - 1 - FARTHEST; earlier -= 1) {
    const message = messages[earlier];
    if (!isSaid(message)) continue;
    if (message.sender !== sender) {
      if (!threatening.found.has(earlier)) strange += 1;
      if (strange > MOST_STRANGE) break;
      continue;
    }
    if (threatening.has(earlier)) {
      passedThreat = true;
      if (skip) continue;
    }
    const pieces = splitPieces(message.text).pieces.map((piece) => piece.text);
    taken = [...pieces.slice(-(WINDOW - taken.length)), ...taken];
    if (taken.length >= WINDOW) break;
  }
  return [taken, passedThreat];
}
