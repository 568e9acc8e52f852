// One language's rules, as its module packs them (check/pack.py says how), unpacked once for all readings.

import { deletions } from "./spelling.js";
import { unpackNumbers, unpackRows, unpackWeights, unpackWords } from "./unpack.js";

export const COMMON = 0; // every language's first family: its most common words
const OWN_FAMILIES = 2; // those before the ones that phrases name
const GUARDS = 3; // places that a phrase is looked for by, where it has so many
const NOTHING = [];
const opened = new WeakMap();

// The language of a module; the same one each time.
export function openLanguage(packed) {
  if (!opened.has(packed)) opened.set(packed, new Language(packed));
  return opened.get(packed);
}

class Language {
  constructor(packed) {
    const { code, contexts } = packed;
    Object.assign(this, { code, contexts, ordinary: split(packed.ordinary), keys: split(packed.keys) });
    this.words = unpackWords(packed.words); // those with a meaning
    this.families = unpackRows(packed.families); // of each of them
    const strings = unpackWords(packed.strings).map((string) => string.split(" "));
    this.places = new Map(); // of each word in the vocabulary: these, then those of strings, then those that only weigh
    for (const word of [...this.words, ...strings.flat()]) this.place(word);
    this.known = this.places.size;
    this.numbers = [...this.places.keys()].filter((word) => /^[0-9]+$/.test(word));
    for (const word of unpackWords(packed.strangers)) this.place(word);
    this.readStrings(strings, unpackRows(packed.stringFamilies));
    this.readPhrases(packed.phrases);
    this.scores = new Map(Object.entries(packed.likeness).map(([name, score]) => [name, readScore(score)]));
    this.lists = null; // words by family, once they are needed
    this.vocabulary = null;
    this.near = null; // key words by their spelling with and without each letter, once they are needed
  }

  // The words that it knows, whether they mean anything by themselves or not.
  get spoken() {
    this.vocabulary ??= [...this.places.keys()];
    return this.vocabulary.slice(0, this.known);
  }

  knows(word) {
    return this.places.get(word) < this.known;
  }

  // The families of a word by itself.
  familiesOf(word) {
    return this.families[this.places.get(word)] ?? NOTHING;
  }

  // The words of a family, and of each of its strings the most telling.
  membersOf(family) {
    this.lists ??= this.listMembers();
    return this.lists.get(family) ?? NOTHING;
  }

  // The key words that are spelled like this without one of their letters, or with all.
  keysNear(form) {
    this.near ??= this.spellKeys();
    return this.near.get(form) ?? NOTHING;
  }

  // What a word weighs by itself in a score.
  weigh(name, word) {
    return this.scores.get(name).words[this.places.get(word)] ?? 0;
  }

  // The words that weigh together with this one where it follows them, and how much.
  weighPairs(name, word) {
    const { pairs, ends, weights } = this.scores.get(name);
    const place = this.places.get(word);
    if (!pairs[place]?.length) return NOTHING;
    this.vocabulary ??= [...this.places.keys()];
    const begin = ends[place] - pairs[place].length;
    return pairs[place].map((first, at) => [this.vocabulary[first], weights[begin + at]]);
  }

  place(word) {
    if (!this.places.has(word)) this.places.set(word, this.places.size);
  }

  readStrings(strings, families) {
    this.strings = new Map(); // by their first word
    this.told = new Map(); // by their most telling word
    this.longest = new Map(); // by family: the words of its longest string
    strings.forEach((words, number) => {
      const telling = words.reduce((best, word) => (this.tellsMore(word, best) ? word : best));
      const string = { words, place: words.indexOf(telling), families: new Set(families[number]) };
      push(this.strings, words[0], string);
      push(this.told, telling, string);
      for (const family of families[number]) {
        this.longest.set(family, Math.max(this.longest.get(family) ?? 1, words.length));
      }
    });
  }

  tellsMore(one, other) {
    const [common, otherCommon] = [one, other].map((word) => this.familiesOf(word).includes(COMMON));
    return common === otherCommon ? one.length > other.length : otherCommon;
  }

  readPhrases(packed) {
    const [signs, shapes, families, gaps] = ["signs", "shapes", "families", "gaps"].map((one) => unpackNumbers(packed[one]));
    this.phrases = [];
    this.anchored = new Map(); // phrases by the family that they are looked for by
    let [rule, shape, place, named] = [0, 0, 0, OWN_FAMILIES];
    for (const step of signs) {
      const size = shapes[shape] >> 1;
      const negated = (shapes[shape] & 1) === 1;
      const guards = shapes.slice(shape + 1, shape + 1 + Math.min(size, GUARDS));
      const places = [];
      for (const end = place + size; place < end; place += 1) {
        const family = named - families[place];
        if (family === named) named += 1;
        places.push([family, gaps[place]]);
      }
      rule += step;
      shape += 1 + guards.length;
      push(this.anchored, places[guards[0]][0], this.phrases.length);
      this.phrases.push({ rule, negated, guards, places });
    }
  }

  spellKeys() {
    const near = new Map();
    for (const key of this.keys) for (const form of new Set([key, ...deletions(key)])) push(near, form, key);
    return near;
  }

  listMembers() {
    const lists = new Map();
    this.families.forEach((families, place) => {
      for (const family of families) push(lists, family, this.words[place]);
    });
    for (const [word, strings] of this.told) {
      for (const { families } of strings) for (const family of families) push(lists, family, word);
    }
    return lists;
  }
}

// A score's weights: of each word, and of its pairs by their second word.
function readScore({ step, words, pairs, weights }) {
  const rows = unpackRows(pairs);
  let end = 0;
  const ends = rows.map((row) => (end += row.length));
  return { words: unpackWeights(words, step), pairs: rows, ends, weights: unpackWeights(weights, step) };
}

function split(text) {
  return text.split(" ").filter(Boolean);
}

export function push(map, key, value) {
  if (map.has(key)) map.get(key).push(value);
  else map.set(key, [value]);
}
