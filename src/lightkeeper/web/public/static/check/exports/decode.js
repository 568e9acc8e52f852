// Turns bytes into text, whatever computer they come from, and refuses what is no text.
import { UnreadableExport } from "./text.js";

const MEDIA = ["\xff\xd8\xff", "\x89PNG", "GIF8", "II*\0", "MM\0*", "\x1aE\xdf\xa3", "OggS", "fLaC", "ID3\x02", "ID3\x03", "ID3\x04"];
const WINDOWS = "€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ";
const LEAST_SIGHT = 100000;

export function decode(bytes, format = "unknown") {
  refuseMedia(bytes, format);
  const text = asText(bytes);
  const seen = text.slice(0, LEAST_SIGHT);
  // eslint-disable-next-line no-control-regex
  const odd = (seen.match(/[\x00-\x08\x0e-\x1a\x1c-\x1f]/g) || []).length;
  if (odd * 100 > seen.length) throw new UnreadableExport("it is not a text", format);
  return { text: text.replace(/\r\n?/g, "\n"), damaged: text.includes("\ufffd") };
}

export function refuseMedia(bytes, format = "unknown") {
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  const riff = head.startsWith("RIFF") && ["WEBP", "AVI ", "WAVE"].includes(head.slice(8, 12));
  const bitmap = head.startsWith("BM") && head.includes("\0");
  if (MEDIA.some((start) => head.startsWith(start)) || riff || bitmap || head.slice(4, 8) === "ftyp") {
    throw new UnreadableExport("it is a picture, a film or a sound; only the words of a chat are read", format);
  }
  if (head.startsWith("%PDF")) throw new UnreadableExport("it is a PDF; copy the words and paste them", format);
}

function asText(bytes) {
  const read = (encoding, from = 0) =>
    new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes.subarray(from));
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return read("utf-8", 3);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return read("utf-16le", 2);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return read("utf-16be", 2);
  const wide = guessWide(bytes.subarray(0, 2000));
  if (wide) return read(wide);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // another encoding, or a damaged file
  }
  const mended = read("utf-8");
  const good = (mended.match(/[\x80-\ufffc]|[\u{10000}-\u{10ffff}]/gu) || []).length;
  const bad = (mended.match(/\ufffd/g) || []).length;
  if (good > bad) return mended;
  // Some programs take Windows' letters for control characters, so these are put right by hand.
  return read("windows-1252").replace(/[\x80-\x9f]/g, (letter) => WINDOWS[letter.charCodeAt(0) - 0x80]);
}

function guessWide(head) {
  let even = 0;
  let odd = 0;
  head.forEach((byte, at) => {
    if (byte === 0) at % 2 ? (odd += 1) : (even += 1);
  });
  const half = Math.floor(head.length / 2);
  if (!half || !(Math.max(even, odd) * 2 > half && half > 4 * Math.min(even, odd))) return null;
  return odd > even ? "utf-16le" : "utf-16be";
}
