// The first pass: every sign, message by message. The twin of check/hits.py and check/tail.py.

import { Contexts } from "./context.js";
import { hasLetters, placeTokens, readLine } from "./line.js";
import { findPhrases } from "./phrases.js";
import { splitPieces } from "./tokens.js";

const WINDOW = 20;
const FARTHEST = 80;
const MOST_STRANGE = 4;
const SILENT = new Set(["system", "deleted", "call"]);
const isSilent = (message) => SILENT.has(message.kind);

export class Reader {
  constructor(tokens, messages) {
    this.tokens = tokens;
    this.rules = tokens.rules;
    this.messages = messages;
    this.hits = [];
    this.contexts = new Contexts(tokens, messages);
    this.threatening = new Set();
    this.said = new Map(); // sender -> what was said lately
    this.position = 0;
    this.all = this.rules.phrases.map((phrase) => phrase.number);
  }

  // All signs, in the order of messages, places and rules. `report` hears how many messages are done.
  read(report = () => {}) {
    this.messages.forEach((message, number) => {
      if (number % 2000 === 0) report(number);
      const { pieces, length } = splitPieces(message.text);
      if (!isSilent(message)) this.readMessage(number, message, pieces);
      if (!this.threatening.has(number)) this.position += length;
    });
    return this.hits;
  }

  readMessage(number, message, pieces) {
    const here = this.gather(pieces);
    if (!this.said.has(message.sender)) this.said.set(message.sender, new Said());
    const said = this.said.get(message.sender);
    const lone = here.lone || said.messages.some((one) => one.lone);
    const wanted = this.wanted([...said.messages, here]);
    if (wanted.length || lone) {
      const spelled = lone && this.mayBeSpelled(number, message, pieces);
      this.search(number, message, pieces, spelled ? this.all : wanted, spelled);
    }
    said.add({ ...here, pieces: this.threatening.has(number) ? 0 : pieces.length });
  }

  gather(pieces) {
    const anchors = [];
    const norms = [];
    let lone = false;
    for (const { text } of pieces) {
      const piece = this.tokens.get(text);
      for (const phrase of piece.anchors) anchors.push(phrase);
      for (const norm of piece.norms) norms.push(norm);
      lone ||= piece.lone;
    }
    return { anchors, norms, lone };
  }

  // The phrases whose rarest words were all said here or lately.
  wanted(said) {
    const wanted = new Set();
    for (const { anchors } of said) for (const phrase of anchors) wanted.add(phrase);
    const isSaid = (words) => said.some(({ norms }) => norms.some((norm) => words.has(norm)));
    return [...wanted].filter((number) => this.rules.phrases[number].guards.every(isSaid));
  }

  mayBeSpelled(number, message, pieces) {
    const own = pieces.map((piece) => piece.text);
    return this.tails(number, message.sender).some((tail) => hasLetters(this.tokens, [...tail, ...own]));
  }

  search(number, message, pieces, wanted, spelled) {
    const matches = new Map();
    for (const tail of this.tails(number, message.sender)) {
      const line = readLine(this.tokens, tail, pieces, spelled);
      for (const match of findPhrases(this.rules, line.tokens, line.begin, wanted)) {
        if (!matches.has(match.rule)) matches.set(match.rule, { match, line });
      }
    }
    if (!matches.size) return;
    const found = [...matches.values()].map(({ match, line }) => this.hit(number, message, pieces, match, line));
    found.sort((one, other) => one.span[0] - other.span[0] || one.span[1] - other.span[1] || one.rule - other.rule);
    this.hits.push(...found);
    if (!found.some((hit) => this.isThreat(hit.rule))) return;
    const line = readLine(this.tokens, [], pieces, spelled);
    const alone = findPhrases(this.rules, line.tokens, 0, wanted);
    if (alone.some((match) => this.isThreat(match.rule))) this.threatening.add(number);
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
    return { message: number, sender: message.sender, rule: match.rule, span, weight, position: this.position };
  }

  // What the sender wrote just before: all of it, and without the messages that threaten by themselves.
  tails(number, sender) {
    const [whole, passedThreat] = this.lookBack(number, sender, false);
    return passedThreat ? [whole, this.lookBack(number, sender, true)[0]] : [whole];
  }

  lookBack(number, sender, skip) {
    let taken = [];
    let strange = 0;
    let passedThreat = false;
    for (let earlier = number - 1; earlier >= 0 && earlier > number - 1 - FARTHEST; earlier -= 1) {
      const message = this.messages[earlier];
      if (this.threatening.has(earlier)) {
        passedThreat = true;
        if (skip) continue;
      }
      if (isSilent(message)) continue;
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
}

// One sender's last messages: enough of them to hold WINDOW pieces without a threat.
class Said {
  constructor() {
    this.messages = [];
    this.pieces = 0;
  }

  add(message) {
    if (this.messages.length === FARTHEST) this.pieces -= this.messages.shift().pieces;
    this.messages.push(message);
    this.pieces += message.pieces;
    while (this.pieces - this.messages[0].pieces >= WINDOW) this.pieces -= this.messages.shift().pieces;
  }
}
