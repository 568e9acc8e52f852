// One language's rules, as its module packs them (check/pack.py says how), unpacked once for all readings: its words at
// once, and what they mean when one of them is met, for most people write in one language or two.

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
    Object.assign(this, { packed, code, contexts, ordinary: split(packed.ordinary), keys: split(packed.keys) });
    this.words = unpackWords(packed.words); // those with a meaning
    this.lines = unpackWords(packed.strings); // several words that mean something together
    this.places = new Map(); // of each word in the vocabulary: these, then those of strings, then those that only weigh
    for (const word of [...this.words, ...this.lines.flatMap((line) => line.split(" "))]) this.place(word);
    this.known = this.places.size;
    this.numbers = [...this.places.keys()].filter((word) => /^[0-9]+$/.test(word));
    for (const word of unpackWords(packed.strangers)) this.place(word);
    this.parts = new Map(); // the rest, by name, once it is needed
  }

  part(name, make) {
    if (!this.parts.has(name)) this.parts.set(name, make());
    return this.parts.get(name);
  }

  get vocabulary() {
    return this.part("vocabulary", () => [...this.places.keys()]);
  }

  // Unpacks now what a reading needs: while a phone still waits for other languages this costs nobody anything.
  prepare() {
    this.families;
    this.strings;
    this.phrases;
    for (const name of Object.keys(this.packed.likeness)) this.score(name);
  }

  // The families of each word.
  get families() {
    return this.part("families", () => unpackRows(this.packed.families));
  }

  // Strings of words: by their first word, by their most telling, and by family the words of the longest.
  get strings() {
    return this.part("strings", () => this.readStrings());
  }

  // All phrases, and their numbers by the family that they are looked for by.
  get phrases() {
    return this.part("phrases", () => readPhrases(this.packed.phrases));
  }

  // The words that it knows, whether they mean anything by themselves or not.
  get spoken() {
    return this.vocabulary.slice(0, this.known);
  }

  knows(word) {
    return this.places.get(word) < this.known;
  }

  // The families of a word by itself.
  familiesOf(word) {
    const place = this.places.get(word);
    return place === undefined ? NOTHING : (this.families[place] ?? NOTHING);
  }

  // The words of a family, and of each of its strings the most telling.
  membersOf(family) {
    return this.part("members", () => this.listMembers()).get(family) ?? NOTHING;
  }

  // The key words that are spelled like this without one of their letters, or with all.
  keysNear(form) {
    return this.part("near", () => this.spellKeys()).get(form) ?? NOTHING;
  }

  // What a word weighs by itself in a score.
  weigh(name, word) {
    const place = this.places.get(word);
    return place === undefined ? 0 : this.score(name).words[place];
  }

  // The words that weigh together with this one where it follows them, and how much.
  weighPairs(name, word) {
    const place = this.places.get(word);
    if (place === undefined) return NOTHING;
    const { pairs, ends, weights } = this.score(name);
    const begin = ends[place] - pairs[place].length;
    return pairs[place].map((first, at) => [this.vocabulary[first], weights[begin + at]]);
  }

  // The strings that begin with a word.
  stringsFrom(word) {
    return this.places.has(word) ? (this.strings.first.get(word) ?? NOTHING) : NOTHING;
  }

  // The strings that are found by a word.
  stringsTold(word) {
    return this.places.has(word) ? (this.strings.told.get(word) ?? NOTHING) : NOTHING;
  }

  score(name) {
    return this.part(name, () => readScore(this.packed.likeness[name]));
  }

  place(word) {
    if (!this.places.has(word)) this.places.set(word, this.places.size);
  }

  readStrings() {
    const [first, told, longest] = [new Map(), new Map(), new Map()];
    const rows = unpackRows(this.packed.stringFamilies);
    this.lines.forEach((line, number) => {
      const words = line.split(" ");
      const telling = words.reduce((best, word) => (this.tellsMore(word, best) ? word : best));
      const string = { words, place: words.indexOf(telling), families: new Set(rows[number]) };
      push(first, words[0], string);
      push(told, telling, string);
      for (const family of rows[number]) longest.set(family, Math.max(longest.get(family) ?? 1, words.length));
    });
    return { first, told, longest };
  }

  tellsMore(one, other) {
    const [common, otherCommon] = [one, other].map((word) => this.familiesOf(word).includes(COMMON));
    return common === otherCommon ? one.length > other.length : otherCommon;
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
    for (const [word, strings] of this.strings.told) {
      for (const { families } of strings) for (const family of families) push(lists, family, word);
    }
    return lists;
  }
}

function readPhrases(packed) {
  const [signs, shapes, families, gaps] = ["signs", "shapes", "families", "gaps"].map((one) => unpackNumbers(packed[one]));
  const all = [];
  const anchored = new Map();
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
    push(anchored, places[guards[0]][0], all.length);
    all.push({ rule, negated, guards, places });
  }
  return { all, anchored };
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
