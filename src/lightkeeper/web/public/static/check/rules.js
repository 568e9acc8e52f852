// The compiled rules in memory, as the engine asks for them. The twin of check/rules.py.

import { Likeness, THREAT } from "./likeness.js";
import { deletions, squeeze } from "./spelling.js";
import { COMMON, Words } from "./words.js";

export const NEGATION = 1; // every language's second family
const SHORT_AND_FREE = new Set(["i", "a", "u", "r"]);

export class Rules {
  constructor(data) {
    this.fold = new Map([...Object.entries(data.fold), ...Object.entries(data.signs)]);
    this.signs = new Set(Object.values(data.signs));
    this.silent = new Set(data.silent);
    this.leet = data.leet;
    this.script = data.script;
    this.languages = data.languages.map((language) => language.code);
    this.rules = data.rules.map((rule) => ({
      ...rule,
      lowered_by: new Set(rule.lowered_by),
      always: rule.flag !== null || rule.by !== "other", // counts whatever the words around it add up to
    }));
    this.likenesses = readLikenesses(data);
    this.unlike = { ...data.likeness, bar: data.likeness.unlike - data.likeness.biases[THREAT] };
    this.open = data.likeness.open; // where talk is read for phrases
    this.phrases = [];
    this.words = new Words(data.languages);
    this.strings = new Map(); // first word -> [{rest, language, families}]
    this.ordinary = new Set();
    this.keys = new Set();
    this.near = new Map();
    this.squeezed = null; // words by their spelling without doubled letters, once they are needed
    this.tables = data.languages.map((language) => language.words);
    data.languages.forEach((language, number) => {
      this.addStrings(number, language);
      this.addPhrases(number, language);
    });
    this.contexts = data.contexts;
    this.telling = indexContexts(data);
    this.addDisguises(data.languages);
  }

  knows(word) {
    return this.words.has(word);
  }

  isKey(word) {
    const meaning = this.words.get(word);
    return meaning !== undefined && ![...meaning.values()].some((families) => families.has(COMMON));
  }

  // How many families a word has, in the language where it has most.
  countUses(word) {
    return Math.max(...[...this.words.get(word).values()].map((families) => families.size));
  }

  joins(left, right) {
    return this.knows(left) && this.knows(right) && (this.keys.has(left) || this.keys.has(right));
  }

  isSpellable(word) {
    return SHORT_AND_FREE.has(word) || (word.length >= 2 && this.words.has(word));
  }

  // The known word that is this one with some of its letters doubled, or undefined.
  unsqueezed(word) {
    this.squeezed ??= this.squeezeAll();
    return this.squeezed.get(squeeze(word));
  }

  squeezeAll() {
    const squeezed = new Map();
    for (const word of this.tables.flatMap((words) => Object.keys(words))) {
      if (!/^[a-z]{3,}$/.test(word)) continue;
      const short = squeeze(word);
      if (short !== word && this.words.has(short)) continue;
      const known = squeezed.get(short);
      squeezed.set(short, known === undefined || word < known ? word : known);
    }
    return squeezed;
  }

  addStrings(number, language) {
    for (const [string, families] of Object.entries(language.strings)) {
      const [first, ...rest] = string.split(" ");
      push(this.strings, first, { rest, language: number, families: new Set(families) });
    }
  }

  addPhrases(number, language) {
    for (const [rule, negated, guards, places] of language.phrases) {
      const needs = [...new Set(places.map(([family]) => family))];
      const phrase = { number: this.phrases.length, rule, language: number, negated: Boolean(negated), places };
      this.phrases.push({ ...phrase, needs, guards });
    }
  }

  addDisguises(languages) {
    for (const [first, told] of this.telling) {
      this.ordinary.add(first);
      for (const { rest } of told) for (const word of rest) this.ordinary.add(word);
    }
    for (const language of languages) {
      for (const word of language.ordinary.split(" ")) if (word) this.ordinary.add(word);
      for (const word of language.keys.split(" ")) if (word) this.keys.add(word);
    }
    for (const key of this.keys) for (const form of new Set([key, ...deletions(key)])) push(this.near, form, key);
  }
}

export function push(map, key, value) {
  if (map.has(key)) map.get(key).push(value);
  else map.set(key, [value]);
}

// The learned scores by name, with the signs that each of them shows and the weights of all languages.
function readLikenesses(data) {
  const { biases, window } = data.likeness;
  const read = Object.entries(biases).map(([name, bias]) => {
    const told = data.rules.map(({ alike }, number) => [alike, number]);
    const own = told.filter(([alike]) => alike?.score === name);
    const bars = own.map(([{ bar, telling }, rule]) => ({ least: bar - bias, rule, telling }));
    const likeness = new Likeness(window, bars);
    for (const language of data.languages) likeness.learn(language.likeness[name]);
    return [name, likeness];
  });
  return new Map(read);
}

// By the first word of what sets a context: the words that have to follow, their language, the context.
function indexContexts(data) {
  const found = new Map();
  data.languages.forEach((language, number) => {
    data.contexts.forEach(({ name }, place) => {
      for (const text of language.contexts[place]) {
        const [first, ...rest] = text.split(" ");
        push(found, first, { rest, language: number, name });
      }
    });
  });
  return found;
}
