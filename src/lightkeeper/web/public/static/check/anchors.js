// Where to look for phrases: beside the rarest of their words, and only where the next rarest stands near it.
// The twin of check/anchors.py.

import { Index } from "./index.js";
import { push } from "./language.js";

export class Anchors {
  constructor(rules) {
    this.index = new Index(rules);
    this.languages = rules.languages.length;
    this.met = new Map(); // by word: all that has to be looked for near it, or null
  }

  // All phrases that may stand in a row of words.
  phrases(norms) {
    const found = new Set();
    this.eachSpot(norms, () => true, ({ phrase }) => found.add(phrase));
    return found;
  }

  // Calls `tell(phrase, first, last)` for each that may stand in a row and always counts, or that may end near a
  // word that is open, with where it may then end. A piece has at most `longest` words; one of them opens all.
  eachOpenSpot(norms, opens, longest, tell) {
    const next = new Int32Array(norms.length + 1).fill(norms.length); // from each word on, the first that is open
    for (let at = norms.length - 1; at >= 0; at -= 1) next[at] = opens[at] ? at : next[at + 1];
    const isOpen = (first, last) => first < norms.length && next[first] < last + longest;
    this.eachSpot(norms, isOpen, ({ phrase, always }, first, last) => {
      if (always || isOpen(first, last)) tell(phrase, first, last);
    });
  }

  // Calls `tell(chain, first, last)` for each phrase that may stand in a row, with where it may then end; but for
  // those that always count, only if `isOpen(first, last)` says so of the words that the phrases of its anchor reach.
  eachSpot(norms, isOpen, tell) {
    for (let place = 0; place < norms.length; place += 1) {
      const anchor = this.meet(norms[place]);
      if (anchor === null) continue;
      if (!anchor.always && !isOpen(place, place + anchor.farAfter)) continue;
      if (anchor.alone.length || isNear(anchor, norms, place)) this.look(norms, place, anchor, tell);
    }
  }

  look(norms, place, anchor, tell) {
    const from = Math.max(0, place - anchor.farBefore);
    const row = norms.slice(from, place + anchor.farAfter + 1);
    for (const bag of bagsAround(anchor, norms, place)) {
      if (!bag.others.every((words) => row.some((norm) => words.has(norm)))) continue;
      for (const chain of bag.chains) {
        if (!follow(chain, place - from, row.length, (at, step) => step.words.has(row[at])).length) continue;
        const holds = (at, { family }) => this.index.holds(row, at, chain.language, family);
        const ends = follow(chain, place - from, row.length, holds);
        if (!ends.length || !this.index.holds(row, place - from, chain.language, chain.family)) continue;
        tell(chain, from + ends[0], from + ends[ends.length - 1] + chain.rest);
      }
    }
  }

  // All that has to be looked for near one word; null where that is nothing.
  meet(word) {
    const known = this.met.get(word);
    if (known !== undefined) return known;
    const anchor = { before: 0, after: 0, farBefore: 0, farAfter: 0, always: false, alone: [], seconds: new Map() };
    for (let language = 0; language < this.languages; language += 1) {
      for (const family of this.index.own(word, language)) this.addFamily(anchor, language, family);
      for (const [string, families] of this.index.stringsOf(word, language)) {
        this.addString(anchor, language, string, families);
      }
    }
    const found = anchor.alone.length || anchor.seconds.size ? anchor : null;
    this.met.set(word, found);
    return found;
  }

  addFamily(anchor, language, family) {
    for (const bag of this.index.bagsOf(language, family)) {
      widen(anchor, bag, 0, 0);
      for (const { near } of bag.chains) {
        anchor.before = Math.max(anchor.before, near[0]);
        anchor.after = Math.max(anchor.after, near[1]);
      }
      const [{ before, after }] = bag.chains;
      if (!before.length && !after.length) anchor.alone.push(bag);
      else for (const word of this.index.membersOf(language, bag.second)) push(anchor.seconds, word, bag);
    }
  }

  // A string is looked for by its telling word and the longest of the others.
  addString(anchor, language, { words, place }, families) {
    const others = words.map((_, at) => at).filter((at) => at !== place);
    const other = others.reduce((best, at) => (words[at].length > words[best].length ? at : best));
    anchor.before = Math.max(anchor.before, place - other);
    anchor.after = Math.max(anchor.after, other - place);
    for (const family of families) {
      for (const bag of this.index.bagsOf(language, family)) {
        push(anchor.seconds, words[other], bag);
        widen(anchor, bag, place, words.length - 1 - place);
      }
    }
  }
}

function widen(anchor, bag, before, after) {
  for (const { far, rest, always } of bag.chains) {
    anchor.always ||= always;
    anchor.farBefore = Math.max(anchor.farBefore, before + far[0]);
    anchor.farAfter = Math.max(anchor.farAfter, after + far[1] + rest);
  }
}

function isNear(anchor, norms, place) {
  const last = Math.min(norms.length - 1, place + anchor.after);
  for (let at = Math.max(0, place - anchor.before); at <= last; at += 1) {
    if (at !== place && anchor.seconds.has(norms[at])) return true;
  }
  return false;
}

function bagsAround(anchor, norms, place) {
  const bags = new Set(anchor.alone);
  const last = Math.min(norms.length - 1, place + anchor.after);
  for (let at = Math.max(0, place - anchor.before); at <= last; at += 1) {
    if (at !== place) for (const bag of anchor.seconds.get(norms[at]) ?? []) bags.add(bag);
  }
  return bags;
}

// Where a phrase may end that stands around an anchor in a row of so many words; nowhere when it cannot.
function follow(chain, anchor, size, holds) {
  let first = anchor;
  let last = anchor;
  for (const step of chain.before) {
    const places = standing(Math.max(0, first - step.reach), last, step, holds);
    if (!places.length) return places;
    first = places[0];
    last = places[places.length - 1];
  }
  let places = [anchor];
  for (const step of chain.after) {
    const end = Math.min(places[places.length - 1] + step.reach + 1, size);
    places = standing(places[0] + 1, end, step, holds);
    if (!places.length) break;
  }
  return places;
}

function standing(from, end, step, holds) {
  const places = [];
  for (let at = from; at < end; at += 1) if (holds(at, step)) places.push(at);
  return places;
}
