// Every sign in a conversation, message by message. The twin of check/hits.py.

import { Contexts } from "./context.js";
import { placeTokens, readLine } from "./line.js";
import { findPhrases } from "./phrases.js";
import { Screen } from "./screen.js";
import { FARTHEST, isSaid, tailsBefore, Threatening } from "./tail.js";
import { countCharacters, splitPieces } from "./tokens.js";

export class Reader {
  constructor(tokens, messages) {
    this.tokens = tokens;
    this.rules = tokens.rules;
    this.messages = messages;
    this.hits = [];
    this.threatening = new Threatening(tokens, messages);
    this.contexts = new Contexts(tokens, messages, this.threatening);
    this.screen = new Screen(tokens, messages);
    this.threats = new Map(); // sender -> the last of these
    this.counted = 0; // messages whose characters are in the position
    this.position = 0;
  }

  // All signs, in the order of messages, places and rules. `report` hears how many messages are done.
  read(report = () => {}) {
    for (const { start, end, suspects, alike } of this.screen.blocks()) {
      for (let number = start; number < end; number += 1) {
        const signs = alike.get(number) ?? [];
        const message = this.messages[number];
        const phrases = suspects.get(number);
        if (phrases || this.followsThreat(number)) this.search(number, message, phrases ?? new Set(), signs);
        else if (signs.length) this.hits.push(...this.like(number, message, signs));
      }
      report(end);
    }
    return this.hits;
  }

  // True when what the sender said before is also read as if a threat had not been put in between.
  followsThreat(number) {
    const message = this.messages[number];
    return this.threats.size && number - (this.threats.get(message.sender) ?? -Infinity) <= FARTHEST && isSaid(message);
  }

  // Reads one message closely, for the phrases that the first pass met where it is read as it is written.
  search(number, message, phrases, signs) {
    const { pieces } = splitPieces(message.text);
    const matches = new Map();
    tailsBefore(this.messages, this.threatening, number, message.sender).forEach((tail, way) => {
      const line = readLine(this.tokens, tail, pieces);
      const found = this.find(line, way === 0 && !line.spelled ? phrases : this.all(line));
      for (const match of found) if (!matches.has(match.rule)) matches.set(match.rule, { match, line });
    });
    if (!matches.size && !signs.length) return;
    const found = [...matches.values()].flatMap(({ match, line }) => this.hit(number, message, pieces, match, line));
    found.push(...this.like(number, message, signs));
    found.sort(byPlace);
    this.hits.push(...found);
    if (!found.some((hit) => this.isThreat(hit.rule))) return;
    const alone = readLine(this.tokens, [], pieces);
    if (this.find(alone, this.all(alone)).some((match) => this.isThreat(match.rule))) {
      this.threatening.found.add(number);
      this.threats.set(message.sender, number);
    }
  }

  // All phrases that may stand in a line.
  all(line) {
    return this.tokens.anchors.phrases(line.tokens.map((token) => token.norm));
  }

  find(line, wanted) {
    return wanted.size ? findPhrases(this.rules, line.tokens, line.begin, wanted) : [];
  }

  isThreat(rule) {
    return this.rules.rules[rule].stage === "threat";
  }

  // A sign that a phrase shows; none where the words around it are quite other talk.
  hit(number, message, pieces, match, line) {
    const places = placeTokens(line, pieces);
    const first = Math.max(match.first, line.begin) - line.begin;
    const span = [places[first][0], places[match.after - 1 - line.begin][1]];
    const rule = this.rules.rules[match.rule];
    const piece = pieces.findIndex((one) => endOf(one) >= span[1]);
    if (!rule.always && !this.screen.isOpen(number, piece)) return [];
    let factor = this.contexts.factor(rule, number, span);
    if (rule.flag === null) {
      const { factor: less, strong_factor: lessStrong } = this.rules.unlike;
      if (this.screen.isUnlike(number, piece)) factor *= rule.weight >= this.rules.script.strong ? lessStrong : less;
    }
    return this.made(number, message, match.rule, span, factor);
  }

  // The signs that the words, whatever phrase they make, are like those of blackmail.
  like(number, message, signs) {
    const { pieces } = splitPieces(message.text);
    const found = signs.map(({ rule, first, last }) => {
      const span = [pieces[first].start, endOf(pieces[last])];
      const factor = this.contexts.factor(this.rules.rules[rule], number, span);
      return this.made(number, message, rule, span, factor);
    });
    return found.sort(byPlace);
  }

  made(number, message, rule, span, factor) {
    const weight = this.rules.rules[rule].weight * factor;
    return { message: number, sender: message.sender, rule, span, weight, position: this.countTo(number) };
  }

  // The characters of talk before a message, leaving out messages where the phrase of a threat was found.
  countTo(number) {
    for (; this.counted < number; this.counted += 1) {
      if (!this.threatening.found.has(this.counted)) this.position += countCharacters(this.messages[this.counted].text);
    }
    return this.position;
  }
}

function byPlace(one, other) {
  return one.span[0] - other.span[0] || one.span[1] - other.span[1] || one.rule - other.rule;
}

function endOf(piece) {
  return piece.start + countCharacters(piece.text);
}
