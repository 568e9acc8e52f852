// The compiled rules in memory, as the engine asks for them. The twin of check/rules.py.

import { deletions, jumble, slips, squeeze } from "./spelling.js";

export const COMMON = 0; // every language's first two families
export const NEGATION = 1;
const SHORTEST_SWAPPED = 5; // letters of a word that is known with two letters swapped
export const SHORTEST_SLIP = 6; // the same, without one letter inside or with one twice
const SHORT_AND_FREE = new Set(["i", "a", "u", "r"]);

export class Rules {
  constructor(data) {
    this.fold = new Map([...Object.entries(data.fold), ...Object.entries(data.signs)]);
    this.signs = new Set(Object.values(data.signs));
    this.silent = new Set(data.silent);
    this.leet = data.leet;
    this.script = data.script;
    this.languages = data.languages.map((language) => language.code);
    this.rules = data.rules.map((rule) => ({ ...rule, lowered_by: new Set(rule.lowered_by) }));
    this.phrases = [];
    this.words = new Map(); // word -> Map(language -> Set of families)
    this.strings = new Map(); // first word -> [{rest, language, families}]
    this.ordinary = new Set();
    this.keys = new Set();
    this.near = new Map();
    this.squeezed = new Map();
    this.jumbled = new Map(); // known words by their letters
    this.slips = new Map(); // long known words by what is left without one letter
    data.languages.forEach((language, number) => {
      this.addWords(number, language);
      this.addPhrases(number, language);
    });
    this.addNumbers();
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

  addWords(number, language) {
    const know = (word) => this.words.get(word) ?? this.words.set(word, new Map()).get(word);
    for (const [word, families] of Object.entries(language.words)) know(word).set(number, new Set(families));
    for (const [string, families] of Object.entries(language.strings)) {
      const [first, ...rest] = string.split(" ");
      push(this.strings, first, { rest, language: number, families: new Set(families) });
      for (const word of [first, ...rest]) if (!know(word).has(number)) know(word).set(number, new Set());
    }
  }

  addPhrases(number, language) {
    for (const [rule, negated, guards, places] of language.phrases) {
      const needs = [...new Set(places.map(([family]) => family))];
      const phrase = { number: this.phrases.length, rule, language: number, negated: Boolean(negated), places };
      this.phrases.push({ ...phrase, needs, guards });
    }
  }

  // A number that is a word too ("2" for "to", "1" for "i") is still a number.
  addNumbers() {
    this.addMeaning("1", this.words.get("i") ?? new Map());
    const number = this.words.get("#") ?? new Map();
    for (const word of [...this.words.keys()]) if (/^[0-9]+$/.test(word)) this.addMeaning(word, number);
  }

  // Gives a word the families of another, but not what that one says of the language.
  addMeaning(word, meaning) {
    if (!this.words.has(word)) this.words.set(word, new Map());
    const own = this.words.get(word);
    for (const [language, families] of meaning) {
      const added = [...families].filter((family) => family !== COMMON);
      own.set(language, new Set([...(own.get(language) ?? []), ...added]));
    }
  }

  addDisguises(languages) {
    for (const [first, told] of this.telling) {
      this.ordinary.add(first);
      for (const { rest } of told) for (const word of rest) this.ordinary.add(word);
    }
    for (const language of languages) {
      for (const word of language.ordinary.split(" ")) if (word) this.ordinary.add(word);
      for (const word of Object.keys(language.words)) {
        if (!/^[a-z]{3,}$/.test(word)) continue;
        const squeezed = squeeze(word);
        if (squeezed !== word && this.words.has(squeezed)) continue;
        const known = this.squeezed.get(squeezed);
        this.squeezed.set(squeezed, known === undefined || word < known ? word : known);
      }
      for (const word of language.keys.split(" ")) if (word) this.keys.add(word);
    }
    for (const word of [...this.words.keys()].sort()) {
      if (word.length >= SHORTEST_SWAPPED && /^[a-z]+$/.test(word)) push(this.jumbled, jumble(word), word);
      if (word.length < SHORTEST_SLIP || !/^[a-z]+$/.test(word)) continue;
      for (const form of slips(word)) push(this.slips, form, word);
    }
    for (const key of this.keys) for (const form of new Set([key, ...deletions(key)])) push(this.near, form, key);
  }
}

export function push(map, key, value) {
  if (map.has(key)) map.get(key).push(value);
  else map.set(key, [value]);
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
