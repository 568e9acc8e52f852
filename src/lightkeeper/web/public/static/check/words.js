// The known words and what they mean. A phone meets few of the many thousands: a meaning is put together when its
// word is met. In check/rules.py these are the plain dictionaries `words`, `jumbled` and `slips`.

export const COMMON = 0; // every language's first family: its most common words
const SHORTEST_SWAPPED = 5; // letters of a word that is known with two letters swapped
export const SHORTEST_SLIP = 6; // the same, without one letter inside or with one twice

export class Words {
  constructor(languages) {
    this.tables = languages.map((language) => language.words);
    this.spoken = new Map(); // word -> the languages that know it, as bits
    this.met = new Map(); // word -> Map(language -> Set of families)
    this.alike = null; // words by their first letter and length, once they are needed
    languages.forEach(({ words, strings }, number) => {
      for (const word of Object.keys(words)) this.add(word, 1 << number);
      for (const string of Object.keys(strings)) for (const word of string.split(" ")) this.add(word, 1 << number);
    });
    this.add("1", this.spoken.get("i") ?? 0);
    this.numbers = [...this.spoken.keys()].filter((word) => /^[0-9]+$/.test(word));
    for (const word of this.numbers) this.add(word, this.spoken.get("#") ?? 0);
  }

  has(word) {
    return this.spoken.has(word);
  }

  // What a word means, by language; undefined for a word that no language knows.
  get(word) {
    if (!this.spoken.has(word)) return undefined;
    if (!this.met.has(word)) {
      const languages = this.tables.map((_, number) => number).filter((number) => (this.spoken.get(word) >> number) & 1);
      this.met.set(word, new Map(languages.map((number) => [number, new Set(this.families(word, number))])));
    }
    return this.met.get(word);
  }

  // A number that is a word too ("2" for "to", "1" for "i") is still a number; that says nothing of the language.
  families(word, number) {
    const own = this.listed(word, number);
    if (!/^[0-9]+$/.test(word)) return own;
    const others = [...(word === "1" ? this.listed("i", number) : []), ...this.listed("#", number)];
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

  add(word, bits) {
    this.spoken.set(word, (this.spoken.get(word) ?? 0) | bits);
  }

  listed(word, number) {
    return Object.hasOwn(this.tables[number], word) ? this.tables[number][word] : [];
  }

  near(word, longer) {
    if (this.alike === null) {
      this.alike = new Map();
      for (const known of this.spoken.keys()) {
        if (known.length < SHORTEST_SWAPPED || !/^[a-z]+$/.test(known)) continue;
        const key = known[0] + known.length;
        if (this.alike.has(key)) this.alike.get(key).push(known);
        else this.alike.set(key, [known]);
      }
    }
    return this.alike.get(word[0] + (word.length + longer)) ?? [];
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
