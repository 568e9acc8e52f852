// Every sign in a conversation, message by message. The twin of check/hits.py.

import { Contexts } from "./context.js";
import { placeTokens, readLine } from "./line.js";
import { findPhrases } from "./phrases.js";
import { Screen } from "./screen.js";
import { FARTHEST, isSaid, tailsBefore } from "./tail.js";
import { countCharacters, splitPieces } from "./tokens.js";

export class Reader {
  constructor(tokens, messages) {
    this.tokens = tokens;
    this.rules = tokens.rules;
    this.messages = messages;
    this.hits = [];
    this.contexts = new Contexts(tokens, messages);
    this.threatening = new Set(); // messages that hold a whole threat by themselves
    this.threats = new Map(); // sender -> the last of these
    this.counted = 0; // messages whose characters are in the position
    this.position = 0;
  }

  // All signs, in the order of messages, places and rules. `report` hears how many messages are done.
  read(report = () => {}) {
    for (const { start, end, suspects } of new Screen(this.tokens, this.messages).blocks()) {
      for (let number = start; number < end; number += 1) {
        if (suspects.has(number) || this.followsThreat(number)) this.search(number, this.messages[number]);
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

  search(number, message) {
    const { pieces } = splitPieces(message.text);
    const matches = new Map();
    for (const tail of tailsBefore(this.messages, this.threatening, number, message.sender)) {
      const line = readLine(this.tokens, tail, pieces);
      for (const match of this.find(line)) if (!matches.has(match.rule)) matches.set(match.rule, { match, line });
    }
    if (!matches.size) return;
    const found = [...matches.values()].map(({ match, line }) => this.hit(number, message, pieces, match, line));
    found.sort((one, other) => one.span[0] - other.span[0] || one.span[1] - other.span[1] || one.rule - other.rule);
    this.hits.push(...found);
    if (!found.some((hit) => this.isThreat(hit.rule))) return;
    if (this.find(readLine(this.tokens, [], pieces)).some((match) => this.isThreat(match.rule))) {
      this.threatening.add(number);
      this.threats.set(message.sender, number);
    }
  }

  find(line) {
    const wanted = this.tokens.anchors.phrases(line.tokens.map((token) => token.norm));
    return wanted.size ? findPhrases(this.rules, line.tokens, line.begin, wanted) : [];
  }

  isThreat(rule) {
    return this.rules.rules[rule].stage === "threat";
  }

  hit(number, message, pieces, match, line) {
    const places = placeTokens(line, pieces);
    const first = Math.max(match.first, line.begin) - line.begin;
    const span = [places[first][0], places[match.after - 1 - line.begin][1]];
    const rule = this.rules.rules[match.rule];
    const weight = rule.weight * this.contexts.factor(rule, number, span, this.threatening);
    return { message: number, sender: message.sender, rule: match.rule, span, weight, position: this.countTo(number) };
  }

  // The characters of talk before a message, leaving out messages that threaten.
  countTo(number) {
    for (; this.counted < number; this.counted += 1) {
      if (!this.threatening.has(this.counted)) this.position += countCharacters(this.messages[this.counted].text);
    }
    return this.position;
  }
}
