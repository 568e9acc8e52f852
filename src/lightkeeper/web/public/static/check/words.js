// The known words of all languages and what they mean. A phone meets few of the many thousands: a meaning is put
// together when its word is met. In check/rules.py these are the plain dictionaries `words`, `squeezed`, `jumbled`
// and `slips`.

import { COMMON, push } from "./language.js";
import { squeeze } from "./spelling.js";

const SHORTEST_SWAPPED = 5; // letters of a word that is known with two letters swapped
export const SHORTEST_SLIP = 6; // the same, without one letter inside or with one twice
const LETTERS = /^[a-z]+$/;

export class Words {
  constructor(languages) {
    this.languages = languages;
    this.numbers = new Set(["1", ...languages.flatMap((language) => language.numbers)]);
    this.met = new Map(); // word -> Map(language -> Set of families)
    this.sized = new Map(); // by first letter: words by their length
    this.squeezed = new Map(); // by first letter: words by their spelling without doubled letters
  }

  has(word) {
    return this.languages.some((language) => language.knows(word)) || this.numbers.has(word);
  }

  // What a word means, by language; undefined for a word that no language knows.
  get(word) {
    if (!this.met.has(word)) {
      if (!this.has(word)) return undefined;
      const languages = this.languages.map((_, number) => number).filter((number) => this.speaks(number, word));
      this.met.set(word, new Map(languages.map((number) => [number, new Set(this.families(word, number))])));
    }
    return this.met.get(word);
  }

  speaks(number, word) {
    const language = this.languages[number];
    if (language.knows(word)) return true;
    return this.numbers.has(word) && (language.knows("#") || (word === "1" && language.knows("i")));
  }

  // A number that is a word too ("2" for "to", "1" for "i") is still a number; that says nothing of the language.
  families(word, number) {
    const language = this.languages[number];
    const own = language.familiesOf(word);
    if (!this.numbers.has(word)) return own;
    const others = [...(word === "1" ? language.familiesOf("i") : []), ...language.familiesOf("#")];
    return [...own, ...others.filter((family) => family !== COMMON)];
  }

  // Any known word that is not short, with two letters swapped that stand together; or null.
  swapped(word) {
    if (word.length < SHORTEST_SWAPPED) return null;
    return least(this.near(word, 0).filter((known) => isSwap(word, known)));
  }

  // Long known words without one of the letters inside them.
  withoutLetter(word) {
    return word.length < SHORTEST_SLIP - 1 ? [] : this.near(word, 1).filter((known) => lacksOne(word, known));
  }

  // The known word that is this one with some of its letters doubled, or undefined.
  unsqueezed(word) {
    const [letter] = word;
    if (!this.squeezed.has(letter)) this.squeezed.set(letter, this.squeezeAll(letter));
    return this.squeezed.get(letter).get(squeeze(word));
  }

  squeezeAll(letter) {
    const squeezed = new Map();
    for (const word of this.languages.flatMap(({ words }) => words.filter((one) => one[0] === letter))) {
      if (word.length < 3 || !LETTERS.test(word)) continue;
      const short = squeeze(word);
      if (short !== word && this.has(short)) continue;
      const known = squeezed.get(short);
      squeezed.set(short, known === undefined || word < known ? word : known);
    }
    return squeezed;
  }

  near(word, longer) {
    const [letter] = word;
    if (!this.sized.has(letter)) this.sized.set(letter, this.sizeAll(letter));
    return this.sized.get(letter).get(word.length + longer) ?? [];
  }

  sizeAll(letter) {
    const sized = new Map();
    const words = this.languages.flatMap(({ spoken }) => spoken.filter((one) => one[0] === letter));
    for (const word of new Set(words)) if (LETTERS.test(word)) push(sized, word.length, word);
    return sized;
  }
}

function least(words) {
  return words.length ? words.reduce((one, other) => (other < one ? other : one)) : null;
}

// True when two letters that stand together changed places, and nothing else is different.
function isSwap(word, known) {
  let at = 1;
  while (at < word.length && word[at] === known[at]) at += 1;
  if (at + 1 >= word.length || word[at] !== known[at + 1] || word[at + 1] !== known[at]) return false;
  return word.slice(at + 2) === known.slice(at + 2);
}

// True when the known word is the word with one letter more, which is neither its first nor its last.
function lacksOne(word, known) {
  let at = 0;
  while (at < word.length && word[at] === known[at]) at += 1;
  for (; at > 0; at -= 1) {
    if (at < known.length - 1 && word.slice(at) === known.slice(at + 1)) return true;
  }
  return false;
}
