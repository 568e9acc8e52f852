// Opens a zip archive as far as a chat needs it: texts only, never a picture, never more than the limits.
import { LARGEST_TEXT, MOST_ENTRIES } from "./facts.js";
import { UnreadableExport } from "./text.js";

const READABLE = /^.*\.(?:txt|json|jsonl|csv)$/is;
const CHATS =
  /^(?:.*\/)?(?:_chat\.txt|(?:chat|snap)_history[^/]*\.json|result\.json|user_data[^/]*\.json|messages?[^/]*\/.*|message_\d+\.json|account\/user\.json|.*direct messages?[^/]*\.txt|.*whatsapp[^/]*\.txt)$/is;
const LONGEST_TAIL = 65557;

export function isArchive(bytes) {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));
}

// `file` is a Uint8Array or a Blob: of a Blob only the list of entries and the texts are ever in memory.
export async function openArchive(file) {
  const entries = choose(await listEntries(file));
  const found = [];
  let left = LARGEST_TEXT;
  for (const entry of entries) {
    const content = await unpack(file, entry, left);
    left -= content.length;
    found.push([entry.name, content]);
  }
  return found;
}

async function slice(file, from, to) {
  if (from < 0 || from > to) throw broken();
  if (file instanceof Uint8Array) return file.subarray(from, to);
  return new Uint8Array(await file.slice(from, to).arrayBuffer());
}

const sizeOf = (file) => (file instanceof Uint8Array ? file.length : file.size);
const view = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const broken = () => new UnreadableExport("the zip archive is broken or locked", "zip");

async function listEntries(file) {
  const total = sizeOf(file);
  const start = Math.max(0, total - LONGEST_TAIL);
  const tail = await slice(file, start, total);
  let end = tail.length - 22;
  while (end >= 0 && !(tail[end] === 0x50 && tail[end + 1] === 0x4b && tail[end + 2] === 5 && tail[end + 3] === 6)) end -= 1;
  if (end < 0) throw broken();
  const last = view(tail);
  const [length, offset] = [last.getUint32(end + 12, true), last.getUint32(end + 16, true)];
  const where = start + end - length;
  const shift = where - offset; // bytes that stand before the archive
  const list = await slice(file, where, where + length);
  return readList(list, shift);
}

function readList(list, shift) {
  const data = view(list);
  const entries = [];
  let at = 0;
  while (at + 46 <= list.length && data.getUint32(at, true) === 0x02014b50) {
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => data.getUint16(at + place, true));
    entries.push({
      locked: Boolean(data.getUint16(at + 8, true) & 1),
      method: data.getUint16(at + 10, true),
      packed: data.getUint32(at + 20, true),
      offset: data.getUint32(at + 42, true) + shift,
      name: new TextDecoder().decode(list.subarray(at + 46, at + 46 + nameLength)),
    });
    at += 46 + nameLength + extra + comment;
    if (entries.length > MOST_ENTRIES) {
      throw new UnreadableExport(`the archive has more than ${MOST_ENTRIES.toLocaleString("en-GB")} entries`, "zip");
    }
  }
  return entries;
}

function choose(entries) {
  const texts = entries.filter((entry) => READABLE.test(entry.name) && !entry.name.startsWith("__MACOSX/"));
  if (!texts.length && entries.some((entry) => /\.html?$/i.test(entry.name))) {
    throw new UnreadableExport("it holds web pages; ask the app for JSON instead of HTML", "zip");
  }
  const chats = texts.filter((entry) => CHATS.test(entry.name));
  const keyed = (chats.length ? chats : texts).map((entry) => [byNumber(entry.name), entry]);
  return keyed.sort((a, b) => compareKeys(a[0], b[0])).map((pair) => pair[1]);
}

// `message_2` before `message_10`.
function byNumber(path) {
  return path.split(/([0-9]{1,15})/).map((piece) => (/^[0-9]+$/.test(piece) ? [Number(piece), ""] : [-1, piece]));
}

function compareKeys(a, b) {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    if (a[at][0] !== b[at][0]) return a[at][0] - b[at][0];
    if (a[at][1] !== b[at][1]) return a[at][1] < b[at][1] ? -1 : 1;
  }
  return a.length - b.length;
}

async function unpack(file, entry, left) {
  if (entry.locked) throw new UnreadableExport("the zip archive is locked with a password", "zip");
  if (entry.method !== 0 && entry.method !== 8) {
    throw new UnreadableExport("the zip archive is packed in a rare way; unpack it first", "zip");
  }
  const head = await slice(file, entry.offset, entry.offset + 30);
  if (head.length < 30 || view(head).getUint32(0, true) !== 0x04034b50) throw broken();
  const start = entry.offset + 30 + view(head).getUint16(26, true) + view(head).getUint16(28, true);
  const packed = await slice(file, start, start + entry.packed);
  if (packed.length < entry.packed) throw broken();
  return entry.method === 0 ? limited(packed, left) : inflate(packed, left);
}

function limited(content, left) {
  if (content.length > left) {
    throw new UnreadableExport(`it unpacks to more than ${Math.floor(LARGEST_TEXT / 1000000)} MB of text`, "zip");
  }
  return content;
}

async function inflate(packed, left) {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const pieces = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > left) break;
      pieces.push(value);
    }
  } catch {
    throw broken();
  }
  if (length > left) {
    await reader.cancel().catch(() => {});
    limited({ length }, left);
  }
  const content = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    content.set(piece, at);
    at += piece.length;
  }
  return content;
}
