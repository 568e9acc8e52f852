// WhatsApp's text export from Android and iOS, in every language we know of and, by its shape, in others.
import { resolveStamps } from "./dates.js";
import { FACTS } from "./facts.js";
import { deletedByMe, isCall, isNotice, whatItIs } from "./kinds.js";
import { LONGEST_NAME } from "./facts.js";
import { MARKS, UnreadableExport, escapeForPattern, longestFirst, size, strip, stripEnd, toNumber } from "./text.js";

const M = `[${MARKS}]`;
const S = "[ \\t\\u00a0\\u202f\\u2009\\u3000]";
const D = "[0-9٠-٩۰-۹०-९০-৯]"; // Western, Arabic, Persian, Hindi, Bengali
const GAP = `(?:${M}|${S}){0,3}`;
const anyOf = (phrases) => longestFirst(phrases).map((phrase) => escapeForPattern(phrase).replaceAll(" ", S)).join("|");

const HALF = `(?:${anyOf([...FACTS.am, ...FACTS.pm])})`;
const DATE =
  `(${D}{1,4})${GAP}([./\\-]|年|년)${GAP}(${D}{1,2})${GAP}(?:[./\\-]|月|월)${GAP}(${D}{1,4})` + `(?:[.日일]|${S}?г\\.)?`;
const JOIN = `${GAP}[,،、]?${GAP}(?:(${anyOf(FACTS.joins)})${GAP})?`;
const TIME =
  `(?:(${HALF})${GAP})?(${D}{1,2})(?:[:.٫]|${S}?h${S}?)(${D}{2})(?:[:.٫](${D}{2}))?` + `(?:${GAP}(${HALF}))?(?:${S}?ч\\.)?`;
const CLOSE = `${GAP}(?:\\]|[\\-–—](?=${S})|:(?=${S})|,(?=${S}))`;
const HEADER = new RegExp(`^${GAP}(\\[)?${GAP}${DATE}${JOIN}${TIME}${CLOSE}${GAP}`, "iu");
const WEB_HEADER = new RegExp(`^${GAP}(\\[)${GAP}${TIME}${GAP},${GAP}${DATE}${CLOSE}${GAP}`, "iu");
const MAY_START = new RegExp(`^${GAP}\\[?${GAP}${D}`, "u");
const PM = new Set(FACTS.pm);
const DAY_FIRST_JOINS = new Set(FACTS.day_first_joins);
const SPACES = new RegExp(S, "gu");

export function recognises(part) {
  return part.data === null && part.text.slice(0, 20000).split("\n").slice(0, 40).some((line) => readHeader(line));
}

export function read(parts) {
  return parts.map((part) => readText(part.text));
}

export function newSigns() {
  return { surelyDayFirst: false, likelyMonthFirst: false, likelyYearFirst: false };
}

function readText(text) {
  const signs = newSigns();
  const drafts = readDrafts(text, signs);
  if (!drafts.some((draft) => draft.stamp)) {
    throw new UnreadableExport("no line starts with a date, a time and a name", "whatsapp");
  }
  return finish(drafts, signs);
}

export function finish(drafts, signs) {
  const [moments, notes] = resolveStamps(drafts.map((draft) => draft.stamp), signs);
  unmaskNotices(drafts);
  const owners = new Set();
  const messages = drafts.map((draft, at) => {
    if (draft.sender && deletedByMe(draft.text)) owners.add(draft.sender);
    const [kind, text] = draft.sender ? whatItIs(draft.text) : [draft.kind, draft.text];
    return { sender: draft.sender, text, sentAt: moments[at], kind };
  });
  return { messages, me: owners.size === 1 ? [...owners][0] : null, notes };
}

// `Sam changed the subject to "Pay` is the app's own line again, where a colon made it a name. Only a name that
// stands once can be such a line: nobody hides by calling himself like one.
function unmaskNotices(drafts) {
  const times = new Map();
  for (const { sender } of drafts) times.set(sender, (times.get(sender) ?? 0) + 1);
  const once = [...times].filter(([name, count]) => count === 1 && name).map(([name]) => name);
  const masks = new Set(once.filter((name) => name.includes('"') || name.includes("“") || isNotice(name)));
  for (const draft of drafts) {
    if (!masks.has(draft.sender)) continue;
    draft.text = `${draft.sender}:${draft.text}`;
    draft.sender = "";
    draft.kind = "system";
  }
}

function readDrafts(text, signs) {
  const drafts = [];
  let waiting = [];
  for (const line of text.split("\n")) {
    const header = readHeader(line);
    if (!header) {
      waiting.push(line);
      continue;
    }
    close(drafts, waiting);
    waiting = [];
    drafts.push(splitSender(line.slice(header.end), noteSigns(header, line, signs)));
  }
  close(drafts, waiting);
  return drafts;
}

// The start of a message with date and time, or null when the line goes on with the one before.
export function readHeader(line) {
  if (!MAY_START.test(line)) return null;
  let found = HEADER.exec(line);
  if (found) {
    const [, , first, separator, second, third, join, before, hour, minute, seconds, after] = found;
    return { end: found[0].length, first, separator, second, third, join, before, hour, minute, seconds, after };
  }
  found = WEB_HEADER.exec(line);
  if (!found) return null;
  const [, , before, hour, minute, seconds, after, first, separator, second, third] = found;
  return { end: found[0].length, first, separator, second, third, before, hour, minute, seconds, after };
}

export function noteSigns(header, line, signs) {
  const { first, separator, third, join, before, after } = header;
  const half = plain(before || after || "");
  const spaced = separator === "." && line.slice(0, 8).includes(". ");
  if ((separator === "." && first.length < 3 && !spaced) || DAY_FIRST_JOINS.has(plain(join || ""))) {
    signs.surelyDayFirst = true;
  }
  if (separator === "年" || separator === "년" || before || spaced) signs.likelyYearFirst = true;
  const shouted = after && after === after.toUpperCase() && after !== after.toLowerCase();
  if (shouted && third.length === 2 && separator === "/") signs.likelyMonthFirst = true;
  return [
    ...[first, header.second, third].map(toNumber),
    hourOf(toNumber(header.hour), half),
    toNumber(header.minute),
    toNumber(header.seconds || "0"),
  ];
}

function splitSender(rest, stamp) {
  let colon = rest.indexOf(": ");
  if (colon >= 0 && size(rest.slice(0, colon)) > LONGEST_NAME + 2) colon = -1;
  if (colon < 0) {
    const bare = stripEnd(rest);
    if (bare.endsWith(":") && size(bare) <= LONGEST_NAME) colon = bare.length - 1;
  }
  const name = colon > 0 ? strip(rest.slice(0, colon)) : "";
  if (!name) {
    return { sender: "", text: strip(rest), stamp, kind: isCall(rest) ? "call" : "system" };
  }
  return { sender: name, text: rest.slice(colon + 1), stamp, kind: "text" };
}

function close(drafts, waiting) {
  while (waiting.length && !strip(waiting[waiting.length - 1])) waiting.pop();
  if (!waiting.length) return;
  if (drafts.length) {
    const last = drafts[drafts.length - 1];
    last.text = [last.text, ...waiting].join("\n");
    return;
  }
  for (const line of waiting) {
    if (strip(line)) drafts.push({ sender: "", text: strip(line), stamp: null, kind: "text" });
  }
}

function plain(word) {
  return word.replace(SPACES, " ").toLowerCase();
}

function hourOf(hour, half) {
  if (!half || hour > 12) return hour;
  return (hour % 12) + (PM.has(half) ? 12 : 0);
}
