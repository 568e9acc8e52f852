// Small, strict steps into JSON whose shape nobody promises, and the moments that need no guessing.
import { strip, wholeText } from "./text.js";

export const dictOf = (value) => (value !== null && typeof value === "object" && !Array.isArray(value) ? value : {});
export const listOf = (value) => (Array.isArray(value) ? value : []);
export const dictsOf = (value) => listOf(value).filter((one) => one !== null && typeof one === "object" && !Array.isArray(one));

export function textOf(value) {
  if (typeof value === "string") return wholeText(value);
  return Number.isInteger(value) ? String(value) : "";
}

// A moment is { iso, at }: the text as Python writes it, and milliseconds for sorting.
export function momentOfNumber(given) {
  const value = typeof given === "string" && /^[0-9]{1,17}$/.test(given) ? Number(given) : given;
  if (typeof value !== "number" || !(value >= 1e8 && value < 4e15)) return null;
  const at = Math.trunc(value < 1e10 ? value * 1000 : value < 4e12 ? value : Math.floor(Math.trunc(value) / 1000));
  return { iso: `${isoOf(at)}+00:00`, at };
}

const MOMENT =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?(?: ?(UTC|Z|[+-][0-9]{2}:?[0-9]{2}))?$/;

export function momentOfText(value) {
  const match = typeof value === "string" && value.length < 60 ? MOMENT.exec(strip(value, " \t\n")) : null;
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part || 0));
  const at = clockOf(year, month, day, hour, minute, second);
  if (at === null) return null;
  const precise = at + Number((match[7] || "0").slice(0, 3).padEnd(3, "0"));
  if (match[8] === undefined) return { iso: isoOf(precise), at: precise };
  const zone = zoneOf(match[8]);
  return zone === null ? null : { iso: isoOf(precise) + writeZone(zone), at: precise - zone * 60000 };
}

// Milliseconds since 1970 as if the place were in UTC, or null when there is no such moment.
export function clockOf(year, month, day, hour, minute, second) {
  if (!(year >= 1970 && year <= 2100) || hour > 23 || minute > 59 || second > 59) return null;
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  const made = new Date(at);
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === day ? at : null;
}

export function isoOf(at) {
  const iso = new Date(at).toISOString();
  return iso.slice(20, 23) === "000" ? iso.slice(0, 19) : `${iso.slice(0, 23)}000`;
}

function zoneOf(written) {
  if (written === "UTC" || written === "Z") return 0;
  const digits = written.slice(1).replace(":", "");
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return minutes >= 1440 ? null : written[0] === "-" ? -minutes : minutes;
}

function writeZone(zone) {
  const pad = (number) => String(number).padStart(2, "0");
  const size = Math.abs(zone);
  return `${zone < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

export function message(sender, text, moment, kind) {
  return { sender, text, sentAt: moment ? moment.iso : null, kind, at: moment ? moment.at : 0 };
}

// Oldest first; those of one moment stay as they stood, those without one come first.
export function sortByTime(messages) {
  return [...messages].sort((a, b) => a.at - b.at);
}

// One conversation, without what was only needed for sorting.
export function conversation(messages, me = null, notes = [], id = null) {
  const plain = messages.map(({ sender, text, sentAt, kind }) => ({ sender, text, sentAt, kind }));
  return { messages: plain, me: me || null, notes, id };
}

// Whose account it is: the only person who takes part in every one of several chats.
export function ownerOf(groups) {
  if (groups.length < 2) return null;
  const shared = [...groups[0]].filter((name) => groups.every((group) => group.has(name)));
  return shared.length === 1 ? shared[0] : null;
}
