// The first pass: which messages may hold a sign at all. The twin of check/screen.py.

import { findRuns } from "./line.js";
import { isSaid, WINDOW } from "./tail.js";
import { splitWords } from "./tokens.js";

const BLOCK = 2000; // messages taken at a time

export class Screen {
  constructor(tokens, messages) {
    this.tokens = tokens;
    this.messages = messages;
    this.before = new Map(); // by sender: the last pieces of the blocks before
  }

  // Each block's messages, from one number to another, and which of them have to be read closely.
  *blocks() {
    for (let start = 0; start < this.messages.length; start += BLOCK) {
      const end = Math.min(start + BLOCK, this.messages.length);
      yield { start, end, suspects: this.screen(start, end) };
    }
  }

  screen(start, end) {
    const said = new Map();
    for (let number = start; number < end; number += 1) {
      const message = this.messages[number];
      if (!isSaid(message)) continue;
      if (said.has(message.sender)) said.get(message.sender).push(number);
      else said.set(message.sender, [number]);
    }
    const suspects = new Set();
    for (const [sender, numbers] of said) this.screenSender(sender, numbers, suspects);
    return suspects;
  }

  // What one person wrote is taken as one row of words, so that a sentence cut into messages stays one.
  screenSender(sender, numbers, suspects) {
    const pieces = [...(this.before.get(sender) ?? [])];
    const norms = [];
    const take = (text) => {
      for (const norm of this.tokens.get(text).norms) norms.push(norm);
    };
    pieces.forEach(take);
    const pieceEnds = [pieces.length]; // before each message, and after the last
    const normEnds = [norms.length];
    for (const number of numbers) {
      for (const text of splitWords(this.messages[number].text)) {
        pieces.push(text);
        take(text);
      }
      pieceEnds.push(pieces.length);
      normEnds.push(norms.length);
    }
    this.before.set(sender, pieces.slice(-WINDOW));
    this.tokens.anchors.eachSpot(norms, (_, first, last) => touch(numbers, normEnds, first, last, suspects));
    for (const [first, last] of findRuns(this.tokens, pieces)) {
      touch(numbers, pieceEnds, first, last + WINDOW, suspects);
    }
  }
}

// Marks the messages that lie, wholly or in part, between two places of their sender's row.
function touch(numbers, ends, first, last, suspects) {
  for (let at = 0; at < numbers.length && ends[at] <= last; at += 1) {
    if (ends[at + 1] > first) suspects.add(numbers[at]);
  }
}
