// Recognises what an app wrote in the place of a message: a photo left out, a deleted message, a call.
import { FACTS } from "./facts.js";
import { EDGE, size, strip, stripEnd, stripStart, words } from "./text.js";

const MEDIA = ["photo", "video", "audio", "sticker", "file", "contact", "media"];
const LONGEST_PHRASE = 120;
const LONGEST_END = 24;
const EXTENSIONS = new Map(
  Object.entries(FACTS.extensions).flatMap(([kind, endings]) => endings.map((ending) => [ending, kind])),
);
const ATTACHED_TAG = /[\u200e\u200f]?<[^<>:\n]{2,40}: ?([^<>\n/]{1,200}\.([A-Za-z0-9]{2,5}))>/u;
const ATTACHED_LINE = /^([^\n/]{1,200}\.([A-Za-z0-9]{2,5})) \(([^()\n]{2,40})\)(?:\n|$)/u;
const LOCATION = /^[^\n]{0,40}https:\/\/(?:maps\.google\.com\/|maps\.apple\.com\/|foursquare\.com\/v\/)[!-~]+$/u;
const PLACEHOLDERS = placeholders();
const ATTACHED = words("attached");
const DELETED = words("deleted");
const DELETED_BY_ME = words("deleted_by_me");
const EDITED = words("edited");
const CALLS = words("call");
const NOTICES = [...words("system")];
const CALL_STARTS = [...CALLS];

// [kind, the words that a person wrote]
export function whatItIs(text) {
  const bare = strip(text);
  const kind = short(bare) ? byPhrase(bare, stripStart(text, " ").startsWith("\u200e")) : null;
  if (kind !== null) return [kind, kind === "call" || kind === "system" ? bare : ""];
  const tag = text.includes("<") ? ATTACHED_TAG.exec(text) : null;
  if (tag) {
    const caption = text.slice(0, tag.index) + text.slice(tag.index + tag[0].length);
    return [byFile(tag[1], tag[2]), strip(caption, EDGE + "\n")];
  }
  const line = bare.includes("(") ? ATTACHED_LINE.exec(bare) : null;
  if (line && ATTACHED.has(strip(line[3]).toLowerCase())) {
    return [byFile(line[1], line[2]), strip(bare.slice(line[0].length), EDGE + "\n")];
  }
  if (bare.includes("https://") && LOCATION.test(bare)) return ["location", bare];
  return ["text", withoutEdited(bare)];
}

export function isNotice(line) {
  const lowered = line.toLowerCase();
  return NOTICES.some((phrase) => lowered.includes(phrase));
}

export function isCall(line) {
  const bare = strip(line).toLowerCase();
  return CALL_STARTS.some((phrase) => bare.startsWith(phrase));
}

export function deletedByMe(text) {
  return short(text) && DELETED_BY_ME.has(strip(text).toLowerCase());
}

function short(text) {
  return text.length <= LONGEST_PHRASE || (text.length <= 2 * LONGEST_PHRASE && size(text) <= LONGEST_PHRASE);
}

// What a file is by the ending of its name, which may be an address.
export function kindOfFile(path) {
  const name = path.split("?", 1)[0];
  return byFile(name, name.slice(name.lastIndexOf(".") + 1));
}

function byPhrase(bare, marked) {
  const lowered = bare.toLowerCase();
  const leftOut = PLACEHOLDERS.get(strip(lowered, "<>"));
  if (leftOut !== undefined) return leftOut;
  if (DELETED.has(lowered) || DELETED_BY_ME.has(lowered)) return "deleted";
  if (CALLS.has(lowered) || (marked && isCallWithEnd(lowered))) return "call";
  return marked && isNotice(lowered) ? "system" : null;
}

// `Voice call, ‎2 min`: the app's second mark stands before how it ended, and that is short.
function isCallWithEnd(lowered) {
  const at = lowered.indexOf(", \u200e");
  return at >= 0 && CALLS.has(lowered.slice(0, at)) && size(lowered.slice(at + 3)) <= LONGEST_END;
}

function byFile(name, ending) {
  if (name.includes("-PHOTO-")) return "photo";
  if (name.includes("-STICKER-")) return "sticker";
  return EXTENSIONS.get(ending.toLowerCase()) ?? "file";
}

function withoutEdited(bare) {
  if (!bare.endsWith(">")) return bare;
  const start = bare.lastIndexOf("<");
  const inside = strip(bare.slice(start + 1, -1)).toLowerCase();
  return start >= 0 && EDITED.has(inside) ? stripEnd(bare.slice(0, start)) : bare;
}

function placeholders() {
  const found = new Map();
  const add = (phrase, kind) => found.has(phrase) || found.set(phrase, kind);
  for (const locale of Object.values(FACTS.locales)) {
    for (const kind of MEDIA) {
      for (const noun of locale[kind]) {
        for (const leftOut of locale.omitted) {
          for (const gap of [" ", ""]) {
            add(noun + gap + leftOut, kind);
            add(leftOut + gap + noun, kind);
          }
        }
      }
    }
  }
  return found;
}
