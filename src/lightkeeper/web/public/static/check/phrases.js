// Finds the phrases of the rules in a row of tokens. The twin of check/phrases.py.

import { COMMON } from "./language.js";
import { NEGATION } from "./rules.js";

const SHORTEST_SENTENCE = 4;
const NONE = new Set();

// Each rule that one of the wanted phrases shows, once, leftmost and then shortest.
export function findPhrases(rules, tokens, begin, wanted) {
  const rows = new Map();
  const best = new Map();
  for (const phrase of wanted) {
    if (!rows.has(phrase.language)) rows.set(phrase.language, readRow(tokens, phrase.language));
    const row = rows.get(phrase.language);
    if (!phrase.needs.every((family) => stands(family, row, 0))) continue;
    if (!phrase.needs.some((family) => stands(family, row, begin))) continue;
    const match = findMatch(phrase, row, begin);
    const known = best.get(phrase.rule);
    if (match === null || (known && compare(known, match) <= 0)) continue;
    const spoken = findLanguages(rules.languages.length, tokens.slice(0, match.after));
    if (!spoken.length || spoken.includes(phrase.language)) best.set(phrase.rule, match);
  }
  return [...best.values()].sort(compare);
}

function compare(one, other) {
  return one.rule - other.rule || one.first - other.first || one.after - other.after;
}

function readRow(tokens, language) {
  const families = tokens.map((token) => token.meaning.get(language) ?? NONE);
  const row = { families, stops: new Set(), strings: new Map() };
  let began = 0;
  tokens.forEach((token, place) => {
    if (token.stop) {
      if (place - began >= SHORTEST_SENTENCE - 1) row.stops.add(place);
      began = place + 1;
    }
    for (const string of token.strings) {
      if (string.language !== language || !follows(tokens, place, string.words)) continue;
      if (!row.strings.has(place)) row.strings.set(place, []);
      row.strings.get(place).push([string.words.length, string.families]);
    }
  });
  return row;
}

// True when a word of the family, or a string of words of it, ends at or after `begin`.
function stands(family, row, begin) {
  for (let place = begin; place < row.families.length; place += 1) if (row.families[place].has(family)) return true;
  for (const [place, strings] of row.strings) {
    for (const [length, families] of strings) if (families.has(family) && place + length > begin) return true;
  }
  return false;
}

function follows(tokens, place, words) {
  return place + words.length <= tokens.length && words.every((word, step) => tokens[place + step].norm === word);
}

function findMatch(phrase, row, begin) {
  const [firstFamily] = phrase.places[0];
  for (let start = 0; start < row.families.length; start += 1) {
    if (!row.families[start].has(firstFamily) && !row.strings.has(start)) continue;
    const refused = start && row.families[start - 1].has(NEGATION) && !row.stops.has(start - 1);
    if (!phrase.negated && refused) continue;
    let ends = step(start, firstFamily, row);
    for (const [family, gap] of phrase.places.slice(1)) {
      const next = new Set();
      for (const end of ends) reach(end, family, gap, phrase.negated, row, next);
      ends = next;
      if (!ends.size) break;
    }
    const good = [...ends].filter((end) => end > begin);
    if (good.length) return { rule: phrase.rule, first: start, after: Math.min(...good) };
  }
  return null;
}

function step(place, family, row) {
  const ends = new Set();
  if (row.families[place].has(family)) ends.add(place + 1);
  for (const [length, families] of row.strings.get(place) ?? []) if (families.has(family)) ends.add(place + length);
  return ends;
}

function reach(end, family, gap, negated, row, found) {
  const last = Math.min(end + gap + 1, row.families.length);
  for (let place = end; place < last; place += 1) {
    if (row.stops.has(place - 1)) break;
    for (const after of step(place, family, row)) found.add(after);
    if (row.families[place].has(NEGATION) && !negated) break;
  }
}

// The languages that these tokens may be written in; empty when any may be meant.
export function findLanguages(languages, tokens) {
  const counts = new Array(languages).fill(0);
  for (const token of tokens) {
    if (token.norm === "#") continue;
    for (const [language, families] of token.meaning) if (families.has(COMMON)) counts[language] += 1;
  }
  const most = Math.max(0, ...counts);
  return most ? counts.flatMap((count, place) => (2 * count >= most ? [place] : [])) : [];
}
