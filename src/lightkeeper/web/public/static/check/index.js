// All phrases of some rules by the words that they are looked for by, put together as words are met.
// The twin of check/index.py.

export class Index {
  constructor(rules) {
    this.rules = rules;
    this.words = rules.words;
    this.languages = rules.languages;
    this.members = rules.languages.map(() => new Map()); // by language and family: words, as sets
    this.bags = rules.languages.map(() => new Map()); // by language and anchor's family: its bags
  }

  // The words of a family, and of each of its strings the most telling.
  membersOf(language, family) {
    const met = this.members[language];
    if (!met.has(family)) {
      const numbers = [...this.words.numbers].filter((word) => this.words.get(word).get(language)?.has(family));
      met.set(family, new Set([...this.languages[language].membersOf(family), ...numbers]));
    }
    return met.get(family);
  }

  // True when the word at a place of a row, or a string of words around it, belongs to a family.
  holds(norms, at, language, family) {
    if (this.words.get(norms[at])?.get(language)?.has(family)) return true;
    return this.languages[language].stringsTold(norms[at]).some(
      ({ words, place, families }) => families.has(family) && words.every((word, step) => norms[at - place + step] === word),
    );
  }

  // The families that phrases are looked for by and that a word belongs to by itself.
  own(word, language) {
    const families = [...(this.words.get(word)?.get(language) ?? [])];
    return families.filter((family) => this.languages[language].phrases.anchored.has(family));
  }

  // The strings that are found by a word, each with its families that phrases are looked for by.
  stringsOf(word, language) {
    const isAnchor = (family) => this.languages[language].phrases.anchored.has(family);
    return this.languages[language].stringsTold(word)
      .map((string) => [string, [...string.families].filter(isAnchor)])
      .filter(([, families]) => families.length);
  }

  // The phrases that are looked for by a family, those of the same families together.
  bagsOf(language, family) {
    const met = this.bags[language];
    return met.get(family) ?? met.set(family, this.fillBags(language, family)).get(family);
  }

  fillBags(language, first) {
    const bags = new Map();
    const { all, anchored } = this.languages[language].phrases;
    for (const number of anchored.get(first)) {
      const { guards, places } = all[number];
      const families = places.map(([family]) => family);
      const second = families[guards[1] ?? guards[0]];
      const others = [...new Set([...guards.slice(1).map((at) => families[at]), ...families])];
      const rest = others.filter((family) => family !== first && family !== second);
      const key = [second, ...rest].join(" ");
      if (!bags.has(key)) bags.set(key, new Bag(this, language, second, rest));
      bags.get(key).phrases.push(number);
    }
    return [...bags.values()];
  }

  // One phrase as steps away from its anchor: whose words come next, and how far they may be.
  chain(language, number) {
    const { longest } = this.languages[language].strings;
    const phrase = this.languages[language].phrases.all[number];
    const { rule, guards, places } = phrase;
    const families = places.map(([family]) => family);
    const [first, second = first] = guards;
    const sizes = families.map((family) => longest.get(family) ?? 1);
    // The telling words of two strings may stand as far apart as both strings are long.
    const reach = places.map(([, gap], at) => gap + sizes[at] + (sizes[at - 1] ?? 1) - 1);
    const step = (at, far) => ({ words: this.membersOf(language, families[at]), family: families[at], reach: far });
    const sum = (from, to) => reach.slice(from, to).reduce((total, one) => total + one, 0);
    return {
      phrase: { ...phrase, language, needs: [...new Set(families)] },
      always: this.rules.rules[rule].always,
      language,
      family: families[first],
      before: families.slice(0, first).map((_, at) => step(at, reach[at + 1])).reverse(),
      after: families.slice(first + 1).map((_, at) => step(first + 1 + at, reach[first + 1 + at])),
      rest: sizes[sizes.length - 1] - 1,
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
      chains: this.phrases.map((number) => this.index.chain(this.language, number)),
    };
    return this.made;
  }
}
