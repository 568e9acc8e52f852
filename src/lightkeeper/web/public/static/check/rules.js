// The compiled rules in memory, as the engine asks for them. The twin of check/rules.py.

import { COMMON, openLanguage, push } from "./language.js";
import { LEAD, Likeness, THREAT } from "./likeness.js";
import { Words } from "./words.js";

export const NEGATION = 1; // every language's second family
const SHORT_AND_FREE = new Set(["i", "a", "u", "r"]);

export class Rules {
  constructor(data) {
    this.fold = new Map([...Object.entries(data.fold), ...Object.entries(data.signs)]);
    this.signs = new Set(Object.values(data.signs));
    this.silent = new Set(data.silent);
    this.leet = data.leet;
    this.script = data.script;
    this.languages = data.languages.map(openLanguage);
    this.rules = data.rules.map((rule) => ({
      ...rule,
      lowered_by: new Set(rule.lowered_by),
      always: rule.flag !== null || rule.by !== "other", // counts whatever the words around it add up to
    }));
    this.likenesses = readLikenesses(data, this.languages);
    this.unlike = { ...data.likeness, bar: data.likeness.unlike - data.likeness.biases[THREAT] };
    this.open = readOpen(data.likeness.open, this.likenesses);
    this.words = new Words(this.languages);
    this.contexts = data.contexts;
    this.telling = indexContexts(data.contexts, this.languages);
    const told = [...this.telling].flatMap(([first, all]) => [first, ...all.flatMap(({ rest }) => rest)]);
    this.ordinary = new Set([...told, ...this.languages.flatMap((language) => language.ordinary)]);
    this.keys = new Set(this.languages.flatMap((language) => language.keys));
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

  // The key words that are spelled like this without one of their letters, or with all.
  keysNear(form) {
    return this.languages.flatMap((language) => language.keysNear(form));
  }

  // The strings that begin with a word, each with its language.
  stringsFrom(word) {
    return this.languages.flatMap((one, language) =>
      one.stringsFrom(word).map(({ words, families }) => ({ words, families, language })),
    );
  }
}

// Where talk is read for phrases: words that are a sign are open.
function readOpen(open, likenesses) {
  const lowest = (name) => Math.min(...likenesses.get(name).bars.map(({ least }) => least));
  return { ...open, threat: Math.min(open.threat, lowest(THREAT)), lead: Math.min(open.lead, lowest(LEAD)) };
}

// The learned scores by name, with the signs that each of them shows and the weights of all languages.
function readLikenesses(data, languages) {
  const { biases, window, start, once: less } = data.likeness;
  const read = Object.entries(biases).map(([name, bias]) => {
    const told = data.rules.map(({ alike }, number) => [alike, number]);
    const own = told.filter(([alike]) => alike?.score === name);
    const bars = own.map(([{ bar, telling }, rule]) => ({ least: bar - bias, rule, telling }));
    return [name, new Likeness(name, { window, start: name === THREAT ? start : 0, less }, bars, languages)];
  });
  return new Map(read);
}

// By the first word of what sets a context: the words that have to follow, their language, the context.
function indexContexts(contexts, languages) {
  const found = new Map();
  languages.forEach((language, number) => {
    contexts.forEach(({ name }, place) => {
      for (const text of language.contexts[place]) {
        const [first, ...rest] = text.split(" ");
        push(found, first, { rest, language: number, name });
      }
    });
  });
  return found;
}
