// What a person wrote just before a message. The twin of check/tail.py.

import { splitPieces } from "./tokens.js";

export const WINDOW = 20;
export const FARTHEST = 80;
const MOST_STRANGE = 4;
const SILENT = new Set(["system", "deleted", "call"]);

// True for what somebody said; what the app itself says, of a call or a message taken back, has no sender.
export function isSaid(message) {
  return !SILENT.has(message.kind) || message.sender !== "";
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
    if (threatening.has(earlier)) {
      passedThreat = true;
      if (skip) continue;
    }
    if (!isSaid(message)) continue;
    if (message.sender !== sender) {
      strange += 1;
      if (strange > MOST_STRANGE) break;
      continue;
    }
    const pieces = splitPieces(message.text).pieces.map((piece) => piece.text);
    taken = [...pieces.slice(-(WINDOW - taken.length)), ...taken];
    if (taken.length >= WINDOW) break;
  }
  return [taken, passedThreat];
}
