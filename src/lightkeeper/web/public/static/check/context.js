// What kind of talk a sign stands in. The twin of check/context.py.

import { findLanguages } from "./phrases.js";
import { tailsBefore } from "./tail.js";
import { splitWords } from "./tokens.js";

const OPENING = new Set("“«„‹");
const CLOSING = new Set("”»›");
const ENDING = new Set("”»“›");
const MOST_REMEMBERED = 4096;

export class Contexts {
  constructor(tokens, messages, threatening) {
    this.tokens = tokens;
    this.messages = messages;
    this.threatening = threatening;
    this.seen = new Map();
    this.spoken = { number: -1, languages: [] }; // of the message that was asked of last
  }

  factor(rule, number, span) {
    const { contexts, script } = this.tokens.rules;
    let left = 1;
    for (const context of contexts) {
      if (!rule.lowered_by.has(context.name) || !this.applies(context, number, span)) continue;
      left = Math.min(left, rule.weight >= script.strong ? context.strong_factor : context.factor);
    }
    return left;
  }

  applies(context, number, span) {
    if (context.name === "quote" && isQuoted(this.messages[number].text, span)) return true;
    const told = [];
    for (let one = Math.max(0, number - context.reach); one <= number; one += 1) {
      if (one !== number && this.threatening.has(one)) continue;
      for (const { name, language } of this.of(one)) if (name === context.name) told.push(language);
    }
    if (!told.length) return false;
    const spoken = this.languages(number);
    return !spoken.length || told.some((language) => spoken.includes(language));
  }

  // The languages that a message may be written in, by what its sender wrote up to its end. By that and not by
  // each message alone: a message cut in pieces has to be read like the whole. A threat that was put in between
  // says nothing of the language of what follows.
  languages(number) {
    if (this.spoken.number !== number) {
      const { sender, text } = this.messages[number];
      const pieces = [...tailsBefore(this.messages, this.threatening, number, sender).at(-1), ...splitWords(text)];
      const tokens = pieces.flatMap((piece) => this.tokens.get(piece).tokens);
      this.spoken = { number, languages: findLanguages(this.tokens.rules.languages.length, tokens) };
    }
    return this.spoken.languages;
  }

  of(number) {
    if (this.seen.has(number)) return this.seen.get(number);
    if (this.seen.size >= MOST_REMEMBERED) this.seen.clear();
    const found = this.read(this.messages[number]);
    this.seen.set(number, found);
    return found;
  }

  // The contexts that a message sets, each with the language of the words that set it.
  read(message) {
    const { rules } = this.tokens;
    const tokens = splitWords(message.text).flatMap((piece) => this.tokens.get(piece).tokens);
    const follows = (place, rest) => rest.every((word, step) => tokens[place + 1 + step]?.norm === word);
    return tokens.flatMap(({ norm }, place) =>
      (rules.telling.get(norm) ?? []).filter(({ rest }) => follows(place, rest)),
    );
  }
}

function isQuoted(text, span) {
  const characters = Array.from(text);
  const before = characters.slice(0, span[0]);
  const after = characters.slice(span[1]);
  if (before.filter((one) => one === '"').length % 2 && after.includes('"')) return true;
  const opened = before.filter((one) => OPENING.has(one)).length - before.filter((one) => CLOSING.has(one)).length;
  return opened > 0 && after.some((one) => ENDING.has(one));
}
