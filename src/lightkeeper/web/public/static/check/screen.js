// The first pass: which messages may hold a sign at all. The twin of check/screen.py.

import { addUp, countUpTo, LEAD, readRow, THREAT } from "./likeness.js";
import { findRuns, spellRows } from "./line.js";
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
    return row.countOther(likenesses.get(THREAT), steps, word) >= unlike.telling;
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
    const begins = [pieces.length]; // each message's first piece, and the one after the last
    for (const number of numbers) {
      for (const text of splitWords(this.messages[number].text)) pieces.push(text);
      begins.push(pieces.length);
    }
    const rows = pieces.map((text) => this.tokens.get(text).norms); // the words of each piece
    const runs = findRuns(this.tokens, pieces);
    spellRows(this.tokens, pieces, rows, runs, begins);
    const row = readRow(this.tokens.rules, numbers, begins, rows);
    const { norms, ends } = row;
    const longest = rows.reduce((most, own) => Math.max(most, own.length), 0); // words in one piece
    const far = countUpTo(ends, norms.length - this.tokens.rules.unlike.window);
    this.before.set(sender, pieces.slice(Math.min(far, Math.max(0, pieces.length - WINDOW))));
    this.rows.set(sender, row);
    row.opens = this.findOpen(row);
    this.tokens.anchors.eachOpenSpot(norms, row.opens, longest, (phrase, first, last) => {
      const [from, to] = [countUpTo(ends, first), countUpTo(ends, last)];
      for (const number of row.findMessages(from, to)) suspect(suspects, number).add(phrase);
    });
    for (const [first, last] of runs) {
      for (const number of row.findMessages(first, last + WINDOW)) suspect(suspects, number);
    }
  }

  // For each word, whether the words are not quite other talk, or whether too few of them tell.
  findOpen(row) {
    const least = this.tokens.rules.open;
    const { steps, sums } = row.scores.get(THREAT);
    const leads = row.scores.get(LEAD).sums;
    const likeness = this.tokens.rules.likenesses.get(THREAT);
    const nears = addUp(steps, least.near_window, likeness.start);
    const opens = sums.map(
      (sum, at) => sum >= least.threat || nears[at] >= least.near || leads[at] >= least.lead,
    );
    return row.openFirst(likeness, least.first, opens);
  }
}

function suspect(suspects, number) {
  return suspects.get(number) ?? suspects.set(number, new Set()).get(number);
}
