// Lines that a person copied from a screen or typed from memory: `Name: text`, with or without times or names.
import { FACTS } from "./facts.js";
import { whatItIs } from "./kinds.js";
import { EDGE, UnreadableExport, note, strip } from "./text.js";

const CLOCK = "[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?(?:[ \\u00a0\\u202f]?[AaPp]\\.?[Mm]\\.?)?";
const LED_BY_TIME = new RegExp(
  `^(?:\\[${CLOCK}\\]|\\(${CLOCK}\\)|${CLOCK}(?=[ \\u00a0\\u202f]))[ \\u00a0\\u202f]*(?:[\\-–—] )?`,
  "u",
);
const TIME_AFTER_NAME = new RegExp(`^([^:\\[\\]()]{1,40}?),? {0,4}[\\[(]?${CLOCK}[\\])]?:[ \\u00a0](.*)$`, "su");
const NAME_HEAD = new RegExp(
  `^([^:\\[\\]()]{1,40}?)(?:,? \\[[^\\]]{4,40}\\]:?|,? {0,4}[—–•·\\-] {0,4}(?:[^:]{0,24} )?${CLOCK})$`,
  "u",
);
const NAME_TIME = new RegExp(`^([^:\\[\\]()]{1,40}?) {1,4}${CLOCK}$`, "u");
const CLOCK_ALONE = new RegExp(`^([^:]{0,40}?)${CLOCK}$`, "u");
const HAS_CLOCK = /[0-9][:.][0-9]{2}/gu;
const NO_LETTERS = /[^\p{L}\p{Nl}\p{No}]+/u;
const NAMED = /^([^:]{1,40}):(?:[ \t\u00a0\u202f]+(.*)|())$/su;
const TIGHT = /^([^ \t\u00a0\u202f:]{1,40}):([^ \t\u00a0\u202f0-9/()[\]:;,.*|\\\-].{2,})/su;
const TIGHT_WHOLE = new RegExp(`${TIGHT.source}$`, "su");
const NO_NAME = /[?!"“”<>{}/\\=;*#]|\.$|^[0-9]{1,5}$|^[^\p{L}\p{N}]+$/u;
const GAPS = /[ \t\u00a0\u202f]+/u;
const NOT_NAMES = new Set(FACTS.not_names);
const SCREEN_WORDS = new Set(FACTS.screen_words);
const DAY_WORDS = new Set([...FACTS.screen_words, ...FACTS.day_words]);
const SMALL_WORDS = new Set(FACTS.small_words);

export function read(parts) {
  return parts.map((part) => readLines(part.text));
}

export function readLines(text) {
  const lines = text.split("\n").map((line) => strip(line));
  const names = findNames(lines);
  const drafts = [];
  let leftOut = false;
  for (const line of lines) if (line && addLine(drafts, line, names)) leftOut = true;
  if (!drafts.length) throw new UnreadableExport("it is empty", "pasted");
  const messages = drafts.map(messageOf);
  const notes = messages.some((message) => message.sender) ? [] : [note("no_names")];
  if (leftOut) notes.push(note("times_left_out"));
  return { messages, me: findMe(names), notes };
}

function findNames(lines) {
  const seen = new Map();
  const weak = new Map(); // forms that make a name only when they come again
  const add = (counts, name) => counts.set(name, (counts.get(name) || 0) + 1);
  for (const line of lines) {
    const name = nameBeforeColon(line) || nameHead(line);
    if (name) {
      add(seen, name);
      continue;
    }
    const match = NAME_TIME.exec(line) || TIGHT.exec(line.replace(LED_BY_TIME, ""));
    if (match) add(weak, strip(match[1]));
  }
  const names = new Set();
  for (const [name, times] of seen) if (looksLikeName(name, times)) names.add(name);
  for (const [name, times] of weak) if (times > 1 && looksLikeName(name, times)) names.add(name);
  return names;
}

// Says whether a time beside a name was left out.
function addLine(drafts, line, names) {
  if (!names.has(nameAlone(line)) && isScreenWord(line)) {
    drafts.push({ sender: "", text: line, kind: "system" });
    return false;
  }
  const [name, text] = split(line, names);
  if (name) {
    drafts.push({ sender: name, text, kind: "text" });
    return (line.match(HAS_CLOCK) ?? []).length > (text.match(HAS_CLOCK) ?? []).length;
  }
  const open = names.size && drafts.length ? openDraft(drafts) : null;
  if (open) open.text = open.text ? `${open.text}\n${text}` : text;
  else drafts.push({ sender: "", text, kind: "text" });
  return false;
}

function findMe(names) {
  const sorted = [...names].sort();
  for (const own of FACTS.me_names) {
    const found = sorted.find((name) => name.toLowerCase() === own);
    if (found) return found;
  }
  return null;
}

function openDraft(drafts) {
  let last = drafts[drafts.length - 1];
  if (last.kind === "system") last = drafts.slice(-4).reverse().find((draft) => draft.kind !== "system") ?? last;
  return last.sender ? last : null;
}

function split(line, names) {
  const rest = line.replace(LED_BY_TIME, "");
  for (const pattern of [TIME_AFTER_NAME, NAMED, TIGHT_WHOLE]) {
    const match = pattern.exec(rest);
    if (match && names.has(strip(match[1]))) return [strip(match[1]), strip(match[2] || "")];
  }
  const alone = nameAlone(line);
  return names.has(alone) ? [alone, ""] : ["", line];
}

function nameBeforeColon(line) {
  const rest = line.replace(LED_BY_TIME, "");
  const match = TIME_AFTER_NAME.exec(rest) || NAMED.exec(rest);
  return match ? strip(match[1]) : "";
}

function nameAlone(line) {
  const match = NAME_TIME.exec(line);
  return nameHead(line) || (match ? strip(match[1]) : "");
}

function nameHead(line) {
  if (line === "You sent") return "You";
  const match = NAME_HEAD.exec(line);
  return match ? strip(match[1]) : "";
}

// `Delivered`, `22:07`, `Today 22:07`, `Mon 21 Nov, 22:07`; but `pay by 22:07` is a person's word.
function isScreenWord(line) {
  if (SCREEN_WORDS.has(line.toLowerCase())) return true;
  const match = CLOCK_ALONE.exec(line);
  if (!match) return false;
  const words = match[1].toLowerCase().split(NO_LETTERS).filter((word) => word && !SMALL_WORDS.has(word));
  const bare = !strip(match[1], EDGE + "0123456789./,-");
  return words.every((word) => DAY_WORDS.has(word)) && (words.length > 0 || bare);
}

function looksLikeName(name, times) {
  const words = name.split(GAPS).filter(Boolean);
  if (!words.length || words.length > 4 || NO_NAME.test(name) || NOT_NAMES.has(name.toLowerCase())) return false;
  if (SCREEN_WORDS.has(words[0].toLowerCase())) return false;
  return times > 1 || words.length === 1 || !words.some((word) => isSmall([...word][0]));
}

function isSmall(letter) {
  return letter.toLowerCase() === letter && letter !== letter.toUpperCase();
}

function messageOf(draft) {
  const [kind, text] = draft.kind === "text" ? whatItIs(draft.text) : [draft.kind, draft.text];
  return { sender: draft.sender, text, sentAt: null, kind };
}
