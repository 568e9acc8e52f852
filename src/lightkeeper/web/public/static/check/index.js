// All phrases of some rules by the words that they are looked for by. The twin of check/index.py.

import { push } from "./rules.js";
import { COMMON } from "./words.js";

export class Index {
  constructor(rules) {
    this.words = rules.words;
    this.rules = rules.rules;
    this.strings = rules.languages.map(() => new Map()); // by language and telling word: {words, place, families}
    this.longest = rules.languages.map(() => new Map()); // words in a family's longest string
    this.addStrings(rules);
    this.lists = rules.languages.map((_, language) => this.listMembers(language)); // words by family
    this.members = rules.languages.map(() => new Map()); // the same as sets, of the families that were met
    this.bags = rules.languages.map(() => new Map()); // by language and anchor's family: Map(key -> bag)
    for (const phrase of rules.phrases) this.add(phrase);
    this.anchors = new Set();
    this.lists.forEach((lists, language) => {
      for (const family of this.bags[language].keys()) for (const word of lists.get(family)) this.anchors.add(word);
    });
  }

  // The words of a family, and of each of its strings the most telling.
  membersOf(language, family) {
    const met = this.members[language];
    return met.get(family) ?? met.set(family, new Set(this.lists[language].get(family))).get(family);
  }

  // True when the word at a place of a row, or a string of words around it, belongs to a family.
  holds(norms, at, language, family) {
    if (this.words.get(norms[at])?.get(language)?.has(family)) return true;
    return (this.strings[language].get(norms[at]) ?? []).some(
      ({ words, place, families }) => families.has(family) && words.every((word, step) => norms[at - place + step] === word),
    );
  }

  // The families that phrases are looked for by and that a word belongs to by itself.
  own(word, language) {
    return [...(this.words.get(word)?.get(language) ?? [])].filter((family) => this.bags[language].has(family));
  }

  // The strings that are found by a word, each with its families that phrases are looked for by.
  stringsOf(word, language) {
    return (this.strings[language].get(word) ?? [])
      .map((string) => [string, [...string.families].filter((family) => this.bags[language].has(family))])
      .filter(([, families]) => families.length);
  }

  addStrings(rules) {
    for (const [first, strings] of rules.strings) {
      for (const { rest, language, families } of strings) {
        const words = [first, ...rest];
        const isCommon = (word) => rules.words.families(word, language).includes(COMMON);
        const better = (one, other) => isCommon(one) - isCommon(other) || other.length - one.length;
        const telling = words.reduce((best, word) => (better(word, best) < 0 ? word : best));
        push(this.strings[language], telling, { words, place: words.indexOf(telling), families });
        const longest = this.longest[language];
        for (const family of families) longest.set(family, Math.max(longest.get(family) ?? 1, words.length));
      }
    }
  }

  listMembers(language) {
    const lists = new Map();
    for (const [word, families] of Object.entries(this.words.tables[language])) {
      for (const family of families) push(lists, family, word);
    }
    for (const word of this.words.numbers) {
      for (const family of this.words.families(word, language)) push(lists, family, word);
    }
    for (const [word, strings] of this.strings[language]) {
      for (const { families } of strings) for (const family of families) push(lists, family, word);
    }
    return lists;
  }

  add(phrase) {
    const { language, guards } = phrase;
    const families = phrase.places.map(([family]) => family);
    const first = families[guards[0]];
    const second = families[guards[1] ?? guards[0]];
    const others = [...new Set([...guards.slice(1).map((at) => families[at]), ...families])];
    const rest = others.filter((family) => family !== first && family !== second);
    if (!this.bags[language].has(first)) this.bags[language].set(first, new Map());
    const bags = this.bags[language].get(first);
    const key = [second, ...rest].join(" ");
    if (!bags.has(key)) bags.set(key, new Bag(this, language, second, rest));
    bags.get(key).phrases.push(phrase);
  }

  // One phrase as steps away from its anchor: whose words come next, and how far they may be.
  chain({ number, rule, language, guards, places }) {
    const families = places.map(([family]) => family);
    const [first, second = first] = guards;
    const longest = families.map((family) => this.longest[language].get(family) ?? 1);
    // The telling words of two strings may stand as far apart as both strings are long.
    const reach = places.map(([, gap], at) => gap + longest[at] + (longest[at - 1] ?? 1) - 1);
    const step = (at, far) => ({ words: this.membersOf(language, families[at]), family: families[at], reach: far });
    const sum = (from, to) => reach.slice(from, to).reduce((total, one) => total + one, 0);
    return {
      phrase: number,
      always: this.rules[rule].always,
      language,
      family: families[first],
      before: families.slice(0, first).map((_, at) => step(at, reach[at + 1])).reverse(),
      after: families.slice(first + 1).map((_, at) => step(first + 1 + at, reach[first + 1 + at])),
      rest: longest[longest.length - 1] - 1,
      near: [sum(second + 1, first + 1), sum(first + 1, second + 1)],
      far: [sum(1, first + 1), sum(first + 1)],
    };
  }
}

// Phrases made of the same families around the same anchor, put together when they are asked for.
class Bag {
  constructor(index, language, second, rest) {
    Object.assign(this, { index, language, second, rest, phrases: [], made: null });
  }

  get others() {
    return this.make().others;
  }

  get chains() {
    return this.make().chains;
  }

  make() {
    this.made ??= {
      others: this.rest.map((family) => this.index.membersOf(this.language, family)),
      chains: this.phrases.map((phrase) => this.index.chain(phrase)),
    };
    return this.made;
  }
}
