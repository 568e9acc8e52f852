// Reads a chat export of any app, on the device: finds the format, reads every chat in it, and drops nothing.
// The twin of lightkeeper.check.exports; a test holds the two together.
import { isArchive, openArchive } from "./archive.js";
import { decode, refuseMedia } from "./decode.js";
import { LARGEST_FILE, LARGEST_TEXT, LONGEST_MESSAGE, MOST_LINES, MOST_MESSAGES, MOST_OBJECTS } from "./facts.js";
import * as pasted from "./pasted.js";
import { UnreadableExport, note, size, strip } from "./text.js";

export { UnreadableExport };

// Pasted text needs no other reader, and whoever pastes does not wait for them.
async function loadReaders(format) {
  if (format === "pasted") return new Map([["pasted", pasted]]);
  const { READERS } = await import("./readers.js").catch(() => {
    throw new UnreadableExport("a part of this page did not load; load the page again");
  });
  return READERS;
}

// One conversation; several chats follow one another, which a note says. `file`: Uint8Array, ArrayBuffer or Blob.
export async function readExport(file, options = {}) {
  const chats = await readExports(file, options);
  if (chats.length === 1) return chats[0];
  const owners = new Set(chats.map((chat) => chat.me));
  return {
    messages: chats.flatMap((chat) => chat.messages),
    me: owners.size === 1 ? [...owners][0] : null,
    notes: [...new Set([note("many_chats", { n: chats.length }), ...chats.flatMap((chat) => chat.notes)])],
    id: null,
  };
}

// Every chat of a file apart, each with the number under which it stands in the file as its `id`.
export async function readExports(file, { filename = "", format = null } = {}) {
  const readers = await loadReaders(format);
  if (format !== null && !readers.has(format)) {
    throw new UnreadableExport(`this format is not known; known are ${[...readers.keys()].join(", ")}`);
  }
  const named = format ?? "unknown";
  const { parts, damaged } = await openParts(file, filename, named);
  let chats = [];
  for (const [name, group] of sortParts(readers, parts, format)) chats.push(...readers.get(name).read(group));
  chats = chats.filter((chat) => chat.messages.length);
  if (!chats.length) throw new UnreadableExport("there is no message in it", named);
  checkSize(chats, named);
  const extra = damaged ? [note("bad_characters")] : [];
  return chats.map((chat, at) => ({
    ...chat,
    notes: [...new Set([...chat.notes, ...extra])],
    id: chat.id ?? (chats.length > 1 ? String(at + 1) : null),
  }));
}

async function openParts(file, filename, format) {
  const source = file instanceof ArrayBuffer ? new Uint8Array(file) : file;
  const length = source instanceof Uint8Array ? source.length : source.size;
  if (length > LARGEST_FILE) {
    throw new UnreadableExport(`the file is larger than ${Math.floor(LARGEST_FILE / 1000000)} MB`, format);
  }
  const head = await bytesOf(source, 0, 64);
  if (isArchive(head)) return partsOf(await openArchive(source), format);
  refuseMedia(head, format);
  if (length > LARGEST_TEXT) {
    throw new UnreadableExport(`the text is larger than ${Math.floor(LARGEST_TEXT / 1000000)} MB`, format);
  }
  const bytes = await bytesOf(source, 0, length);
  if (bytes.every((byte) => byte === 32 || (byte >= 9 && byte <= 13))) {
    throw new UnreadableExport("the file is empty", format);
  }
  return partsOf([[filename, bytes]], format);
}

async function bytesOf(source, from, to) {
  if (source instanceof Uint8Array) return source.subarray(from, to);
  return new Uint8Array(await source.slice(from, to).arrayBuffer());
}

function partsOf(files, format) {
  let damaged = false;
  const parts = files.map(([name, bytes]) => {
    const decoded = decode(bytes, format);
    damaged ||= decoded.damaged;
    if (/^[ \t\n]*<(?:!doctype html|html|\?xml)/i.test(decoded.text)) {
      throw new UnreadableExport("it is a web page; ask the app for JSON, or copy the words and paste them", format);
    }
    return { name, text: decoded.text, data: dataOf(decoded.text, format) };
  });
  if (!parts.length) throw new UnreadableExport("the archive holds no text of a chat", "zip");
  return { parts, damaged };
}

function sortParts(readers, parts, format) {
  if (format !== null) return new Map([[format, parts]]);
  const found = new Map();
  for (const part of parts) {
    const name = findFormat(readers, part, parts.length === 1);
    if (name) found.set(name, [...(found.get(name) ?? []), part]);
  }
  if (!found.size) throw new UnreadableExport("no chat was found in it");
  return found;
}

function findFormat(readers, part, alone) {
  for (const [name, reader] of readers) if (reader !== pasted && reader.recognises(part)) return name;
  return alone && part.data === null ? "pasted" : null;
}

// The parsed JSON of a text, or of its lines; a text that merely starts with a bracket has none.
function dataOf(text, format) {
  if (!/^[ \t\n]*[{[]/.test(text)) return noJson(text, format);
  if (count(text, "{") + count(text, "[") > MOST_OBJECTS) {
    throw new UnreadableExport(`the JSON has more than ${MOST_OBJECTS.toLocaleString("en-US")} parts`, format);
  }
  try {
    return JSON.parse(text);
  } catch {
    const lines = parseLines(text);
    if (lines === null && /^[ \t\n]*(?:\{[ \t\n]*["}]|\[[ \t\n]*[{[\]])/.test(text)) {
      throw new UnreadableExport("the JSON is broken or cut off", format);
    }
    return lines ?? noJson(text, format);
  }
}

function noJson(text, format) {
  if (count(text, "\n") > MOST_LINES) {
    throw new UnreadableExport(`the text has more than ${MOST_LINES.toLocaleString("en-US")} lines`, format);
  }
  return null;
}

function count(text, letter) {
  let found = 0;
  for (let at = text.indexOf(letter); at >= 0; at = text.indexOf(letter, at + 1)) found += 1;
  return found;
}

function parseLines(text) {
  const values = [];
  try {
    for (const line of text.split("\n")) if (strip(line, " ")) values.push(JSON.parse(line));
  } catch {
    return null;
  }
  return values;
}

function checkSize(chats, format) {
  const total = chats.reduce((sum, chat) => sum + chat.messages.length, 0);
  const grouped = (number) => number.toLocaleString("en-US");
  if (total > MOST_MESSAGES) throw new UnreadableExport(`it holds more than ${grouped(MOST_MESSAGES)} messages`, format);
  const long = (message) => message.text.length > LONGEST_MESSAGE && size(message.text) > LONGEST_MESSAGE;
  if (chats.some((chat) => chat.messages.some(long))) {
    throw new UnreadableExport(`one message is longer than ${grouped(LONGEST_MESSAGE)} characters`, format);
  }
}
