// How far a person's last words are like those of blackmail, or of what leads up to it. The twin of check/likeness.py.

export const THREAT = "threat"; // the score that, where it is low, says that talk is of quite another kind
export const LEAD = "lead"; // the score of what comes before a threat

// One learned score: what the last words of somebody, `window` in all, add up to.
export class Likeness {
  // Each bar: from which sum on words are a sign, which sign, and how many of them have to have a weight.
  // A score begins `start` higher for each word that is not there yet, and a sign may add up to `less` when each
  // word counts once.
  constructor(name, { window, start, less }, bars, languages) {
    Object.assign(this, { name, window, start, less });
    this.bars = bars.sort((one, other) => other.least - one.least || other.rule - one.rule);
    this.languages = languages;
    this.met = new Map(); // by word: what it weighs, and by the word before it what the two weigh more
  }

  // What each word adds, alone and with the word before it.
  steps(norms) {
    return norms.map((norm, at) => {
      const { alone, after } = this.find(norm);
      return alone + (after?.get(norms[at - 1]) ?? 0);
    });
  }

  find(word) {
    return this.met.get(word) ?? this.meet(word);
  }

  // Every word and every pair has its weight in one language, the first that needs it.
  meet(word) {
    const alone = this.languages.reduce((sum, language) => sum + language.weigh(this.name, word), 0);
    const pairs = this.languages.flatMap((language) => language.weighPairs(this.name, word));
    const met = { alone, after: pairs.length ? new Map(pairs) : null };
    this.met.set(word, met);
    return met;
  }

  // What words add up to when each, and each two neighbours, count once however often they are said.
  once(norms) {
    let sum = this.start * (this.window - norms.length);
    for (const norm of new Set(norms)) sum += this.find(norm).alone;
    for (const pair of new Set(norms.slice(1).map((norm, at) => `${norms[at]} ${norm}`))) {
      const [first, second] = pair.split(" ");
      sum += this.find(second).after?.get(first) ?? 0;
    }
    return sum;
  }

  // True when enough of the words up to this one tell, and when it is not the same few words over and over.
  isSign(norms, steps, word, { least, telling }) {
    const said = norms.slice(Math.max(0, word + 1 - this.window), word + 1);
    return this.countTelling(steps, word) >= telling && this.once(said) >= least - this.less;
  }

  // True when these words make the score no lower than it begins.
  raises(norms) {
    return this.steps(norms).reduce((sum, step) => sum + step, 0) >= this.start * norms.length;
  }

  // How many of the words up to this one have a weight.
  countTelling(steps, word) {
    return steps.slice(Math.max(0, word + 1 - this.window), word + 1).filter((step) => step !== 0).length;
  }

  // What the words up to each one add up to.
  sums(steps) {
    return addUp(steps, this.window, this.start);
  }
}

// The sum of so many steps up to each of them; those before the first are `start`.
export function addUp(steps, window, start) {
  let sum = window * start;
  return steps.map((step, at) => (sum += step - (at >= window ? steps[at - window] : start)));
}

// What one person said in a block of messages, as words, and how it is cut into pieces and messages.
export class Row {
  // `begins` holds each message's first piece and the one after the last, `ends` the words up to each piece's end.
  constructor(numbers, begins, ends, norms) {
    this.norms = norms;
    this.numbers = numbers;
    this.begins = begins;
    this.ends = ends;
    this.scores = new Map(); // by score: what words add, and their sums
    this.opens = []; // for each word, whether phrases count there
  }

  // The messages that lie, wholly or in part, between two pieces.
  findMessages(first, last) {
    return this.numbers.slice(Math.max(0, countUpTo(this.begins, first) - 1), countUpTo(this.begins, last));
  }

  // True when a phrase that ends in this piece of a message counts by what the words add up to.
  isOpen(number, piece) {
    const place = this.place(number, piece);
    const first = Math.min(place ? this.ends[place - 1] : 0, this.ends[place] - 1);
    return this.opens.slice(Math.max(0, first), this.ends[place]).includes(true);
  }

  // Opens somebody's first words, whatever they add up to; earlier messages like blackmail do not count.
  openFirst(likeness, left, opens) {
    const first = this.ends[this.begins[0] - 1] ?? 0;
    opens.fill(true, 0, Math.max(0, Math.min(first, left)));
    left -= first;
    for (const [begin, end] of this.messagesFrom(0)) {
      if (left <= 0) break;
      opens.fill(true, begin, Math.min(begin + left, end));
      if (!likeness.raises(this.norms.slice(begin, end))) left -= end - begin;
    }
    return opens;
  }

  // How many of the words up to this one have a weight, leaving out earlier messages like blackmail.
  countOther(likeness, steps, word) {
    let left = likeness.countTelling(steps, word);
    const begin = Math.max(0, word + 1 - likeness.window);
    for (const [first, end] of this.messagesFrom(begin)) {
      if (end > word) break;
      if (!likeness.raises(this.norms.slice(first, end))) continue;
      left -= steps.slice(Math.max(first, begin), Math.max(end, begin)).filter((step) => step !== 0).length;
    }
    return left;
  }

  // Between which words each message stands, from the one on that a word is in.
  *messagesFrom(word) {
    const message = Math.max(0, countUpTo(this.begins, countUpTo(this.ends, word)) - 1);
    for (let one = message; one + 1 < this.begins.length; one += 1) {
      yield [this.ends[this.begins[one] - 1] ?? 0, this.ends[this.begins[one + 1] - 1] ?? 0];
    }
  }

  // The last word of a message's piece, counted in the row; -1 where there is none before it either.
  lastWord(number, piece) {
    return this.ends[this.place(number, piece)] - 1;
  }

  // A message's piece, counted in the row.
  place(number, piece) {
    return this.begins[this.numbers.indexOf(number)] + piece;
  }

  // The messages whose words became like those of blackmail, each with at most one sign of every score.
  alike(likenesses) {
    const found = new Map();
    for (const [name, { steps, sums }] of this.scores) {
      for (const [number, sign] of this.signs(likenesses.get(name), steps, sums)) {
        found.set(number, [...(found.get(number) ?? []), sign]);
      }
    }
    return found;
  }

  // By message the sign of the highest bar that was reached, where it was reached first.
  signs(likeness, steps, sums) {
    const found = new Map();
    for (const bar of likeness.bars) {
      sums.forEach((sum, word) => {
        if (sum < bar.least || steps[word] <= 0) return;
        const piece = countUpTo(this.ends, word);
        const message = countUpTo(this.begins, piece) - 1;
        if (message < 0 || found.has(this.numbers[message])) return;
        if (!likeness.isSign(this.norms, steps, word, bar)) return;
        const begin = this.begins[message];
        const first = countUpTo(this.ends, Math.max(0, word + 1 - likeness.window));
        found.set(this.numbers[message], { rule: bar.rule, first: Math.max(first, begin) - begin, last: piece - begin });
      });
    }
    return found;
  }
}

// A row with its scores. `rows` are the words of each piece.
export function readRow(rules, numbers, begins, rows) {
  const ends = []; // in words, after each piece
  for (const own of rows) ends.push((ends[ends.length - 1] ?? 0) + own.length);
  const row = new Row(numbers, begins, ends, rows.flat());
  for (const [name, likeness] of rules.likenesses) {
    const steps = likeness.steps(row.norms);
    row.scores.set(name, { steps, sums: likeness.sums(steps) });
  }
  return row;
}

// How many of the numbers, which rise, are at most this one.
export function countUpTo(numbers, one) {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= one) low = middle + 1;
    else high = middle;
  }
  return low;
}
