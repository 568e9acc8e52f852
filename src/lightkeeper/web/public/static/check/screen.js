// The first pass: which messages may hold a sign at all. The twin of check/screen.py.

import { addUp, countUpTo, LEAD, Row, THREAT } from "./likeness.js";
import { findRuns } from "./line.js";
import { isSaid, WINDOW } from "./tail.js";
import { splitWords } from "./tokens.js";

const BLOCK = 2000; // messages taken at a time

export class Screen {
  constructor(tokens, messages) {
    this.tokens = tokens;
    this.messages = messages;
    this.before = new Map(); // by sender: the last pieces of the blocks before
    this.rows = new Map(); // by sender: what they said in this block
  }

  // Each block's messages, from one number to another, which of them have to be read closely, and which are
  // like blackmail.
  *blocks() {
    for (let start = 0; start < this.messages.length; start += BLOCK) {
      const end = Math.min(start + BLOCK, this.messages.length);
      this.rows.clear();
      const suspects = this.screen(start, end);
      const { likenesses } = this.tokens.rules;
      const alike = new Map([...this.rows.values()].flatMap((row) => [...row.alike(likenesses)]));
      yield { start, end, suspects, alike };
    }
  }

  // True when a phrase counts that ends in this piece of a message of the block.
  isOpen(number, piece) {
    return this.rows.get(this.messages[number].sender).isOpen(number, piece);
  }

  // True when what its sender said, up to this piece of a message of the block, is quite other talk.
  isUnlike(number, piece) {
    const row = this.rows.get(this.messages[number].sender);
    const { likenesses, unlike } = this.tokens.rules;
    const { steps, sums } = row.scores.get(THREAT);
    const word = row.lastWord(number, piece);
    if (word < 0 || sums[word] >= unlike.bar) return false;
    return likenesses.get(THREAT).countTelling(steps, word) >= unlike.telling;
  }

  screen(start, end) {
    const said = new Map();
    for (let number = start; number < end; number += 1) {
      const message = this.messages[number];
      if (!isSaid(message)) continue;
      if (said.has(message.sender)) said.get(message.sender).push(number);
      else said.set(message.sender, [number]);
    }
    const suspects = new Map(); // by message, the phrases that may end in it as it is written
    for (const [sender, numbers] of said) this.screenSender(sender, numbers, suspects);
    return suspects;
  }

  // What one person wrote is taken as one row of words, so that a sentence cut into messages stays one.
  screenSender(sender, numbers, suspects) {
    const pieces = [...(this.before.get(sender) ?? [])];
    const norms = [];
    const ends = []; // in words, after each piece
    let longest = 0; // words in one piece
    const take = (text) => {
      for (const norm of this.tokens.get(text).norms) norms.push(norm);
      longest = Math.max(longest, norms.length - (ends[ends.length - 1] ?? 0));
      ends.push(norms.length);
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
    const far = countUpTo(ends, norms.length - this.tokens.rules.unlike.window);
    this.before.set(sender, pieces.slice(Math.min(far, Math.max(0, pieces.length - WINDOW))));
    const row = new Row(numbers, pieceEnds.slice(0, -1), ends, norms);
    for (const [name, likeness] of this.tokens.rules.likenesses) {
      const steps = likeness.steps(norms);
      row.scores.set(name, { steps, sums: likeness.sums(steps) });
    }
    this.rows.set(sender, row);
    row.opens = this.findOpen(row);
    this.tokens.anchors.eachOpenSpot(norms, row.opens, longest, (phrase, first, last) => {
      for (const number of touched(numbers, normEnds, first, last)) suspect(suspects, number).add(phrase);
    });
    for (const [first, last] of findRuns(this.tokens, pieces)) {
      for (const number of touched(numbers, pieceEnds, first, last + WINDOW)) suspect(suspects, number);
    }
  }

  // For each word, whether the words are not quite other talk, or whether too few of them tell.
  findOpen(row) {
    const least = this.tokens.rules.open;
    const { steps, sums } = row.scores.get(THREAT);
    const leads = row.scores.get(LEAD).sums;
    const nears = addUp(steps, least.near_window);
    return sums.map(
      (sum, at) => at < least.first || sum >= least.threat || nears[at] >= least.near || leads[at] >= least.lead,
    );
  }
}

function suspect(suspects, number) {
  return suspects.get(number) ?? suspects.set(number, new Set()).get(number);
}

// The messages that lie, wholly or in part, between two places of their sender's row.
function touched(numbers, ends, first, last) {
  return numbers.slice(Math.max(0, countUpTo(ends, first) - 1), Math.max(0, countUpTo(ends, last)));
}
