// Words as they are meant: p1cs, p i c s, piiics and pcis are one word. The twin of check/tokens.py.

import { Anchors } from "./anchors.js";
import { deletions, hasRun, isTypo, undouble, unstretch } from "./spelling.js";
import { SHORTEST_SLIP } from "./words.js";

const MOST_REMEMBERED = 100_000;
const LONGEST_PIECE = 64;
const LONGEST_WORD = 24;
const SHORTEST_UNKNOWN = 4; // letters in a row that are one word, even one that we do not know
const NOTHING = new Map();
const LONE = new Set("bcdefghjklmnopqstvwxyz"); // letters that are hardly a word by themselves: perhaps a part of one
const MARKS = new Set("!(+|");
const CLOSING = new Set("\"')]}*_~”’»");
const STOPS = new Set([".", "!", "?", "…"]);
const isAscii = (letter) => (letter >= "a" && letter <= "z") || (letter >= "0" && letter <= "9");
const isAlpha = (letter) => letter >= "a" && letter <= "z" && letter.length === 1;

// White space as Python's str.split sees it: both engines must cut a text at the same places.
const SPACES = new Set([
  ...[9, 10, 11, 12, 13, 28, 29, 30, 31, 32, 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000],
  ...Array.from({ length: 11 }, (_, step) => 0x2000 + step),
]);

// The pieces of a text between its spaces, each with its place counted in characters (not UTF-16 units).
export function splitPieces(text) {
  const pieces = [];
  let piece = "";
  let start = 0;
  let place = 0;
  for (const character of text) {
    if (SPACES.has(character.codePointAt(0))) {
      if (piece) pieces.push({ text: piece, start });
      piece = "";
    } else {
      if (!piece) start = place;
      piece += character;
    }
    place += 1;
  }
  if (piece) pieces.push({ text: piece, start });
  return { pieces, length: place };
}

// The same without their places, and how many characters a text has: for texts that are not read closely.
export function splitWords(text) {
  return text.split(/[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/).filter(Boolean);
}

export function countCharacters(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

export class Tokens {
  constructor(rules) {
    this.rules = rules;
    this.anchors = new Anchors(rules);
    this.seen = new Map();
  }

  // What a piece gives: its tokens, how the rules spell them, and whether it is a letter by itself.
  get(text) {
    const known = this.seen.get(text);
    if (known !== undefined) return known;
    if (this.seen.size >= MOST_REMEMBERED) this.seen.clear();
    const characters = Array.from(text);
    const tokens = this.read(characters);
    let end = characters.length;
    while (end && CLOSING.has(characters[end - 1])) end -= 1;
    if (tokens.length && end && STOPS.has(characters[end - 1])) {
      tokens[tokens.length - 1] = { ...tokens[tokens.length - 1], stop: true };
    }
    const letter = this.letter(characters);
    const lone = tokens.length === 1 && LONE.has(tokens[0].norm);
    const norms = tokens.map((token) => token.norm);
    const piece = { tokens, norms, letter, lone, length: characters.length };
    this.seen.set(text, piece);
    return piece;
  }

  letter(characters) {
    if (characters.length > 3) return null;
    let letters = this.letters(characters)
      .map(([letter]) => letter)
      .filter((letter) => isAscii(letter) || letter in this.rules.leet);
    const clear = letters.filter((letter) => !MARKS.has(letter));
    if (clear.length) letters = clear;
    if (letters.length !== 1) return null;
    return letters[0] in this.rules.leet ? this.rules.leet[letters[0]][0] : letters[0];
  }

  read(characters) {
    const letters = this.letters(characters);
    const segments = this.segments(letters);
    const known = segments.every((segment) => this.rules.knows(spell(segment)));
    const single = segments.length > 2 && segments.every((segment) => segment.length === 1);
    const cut = characters.includes("*") || single;
    if (characters.length <= LONGEST_PIECE && (cut || !known)) {
      const disguised = this.undisguise(letters);
      if (disguised !== null) return [disguised];
    }
    return segments.flatMap((segment) => this.segment(segment));
  }

  letters(characters) {
    const found = [];
    characters.forEach((character, place) => {
      if (isAscii(character)) found.push([character, place]);
      else if (!this.rules.silent.has(character)) {
        for (const one of this.rules.fold.get(character) ?? character) found.push([one, place]);
      }
    });
    return found;
  }

  segments(letters) {
    const segments = [];
    let open = false;
    for (const [letter, place] of letters) {
      if (isAscii(letter)) {
        if (!open) segments.push([]);
        segments[segments.length - 1].push([letter, place]);
        open = true;
        continue;
      }
      open = false;
      if (this.rules.signs.has(letter)) segments.push([[letter, place]]);
    }
    return segments;
  }

  // The one word that a piece of letters, digits and marks stands for, or null.
  undisguise(letters) {
    const { leet } = this.rules;
    const places = letters.flatMap(([letter], place) => (isAscii(letter) ? [place] : []));
    if (!places.some((place) => isAlpha(letters[place][0]))) return null;
    let first = places[0];
    const last = places[places.length - 1];
    while (first && letters[first - 1][0] in leet) first -= 1;
    const inner = letters.slice(first, last + 1);
    const stars = inner.some(([letter]) => letter === "*");
    for (const choice of [0, -1]) {
      const word = inner
        .filter(([letter]) => isAscii(letter) || letter in leet)
        .map(([letter]) => (isAlpha(letter) ? letter : leet[letter].at(choice)))
        .join("");
      const meant = word.length <= LONGEST_WORD ? this.meant(word, stars) : null;
      if (meant !== null) return this.token(meant, inner[0][1], inner[inner.length - 1][1] + 1);
    }
    return null;
  }

  meant(word, stars) {
    const hidden = stars ? this.typo(word, true) : null;
    if (hidden !== null) return hidden;
    if (this.rules.knows(word)) return word.length >= 2 ? word : null;
    return this.unstretched(word);
  }

  segment(segment) {
    const word = spell(segment);
    const start = segment[0][1];
    const end = segment[segment.length - 1][1] + 1;
    if (this.rules.knows(word) || word.length > LONGEST_WORD) return [this.token(word, start, end)];
    if (/^[0-9]+$/.test(word)) return [this.token("#", start, end)];
    const unit = /^([0-9]+)([a-z]+)$/.exec(word);
    if (unit && this.rules.knows(unit[2])) {
      const middle = segment[unit[1].length][1];
      return [this.token("#", start, middle), this.token(unit[2], middle, end)];
    }
    const meant = this.whole(word);
    if (meant !== null) return [this.token(meant, start, end)];
    return this.glued(word, segment) ?? [this.token(word, start, end)];
  }

  whole(word) {
    if (this.rules.ordinary.has(word)) return null;
    return this.unstretched(word) ?? this.typo(word) ?? this.rules.words.swapped(word) ?? this.slipped(word);
  }

  // `pleeease` and `alllll` as the word that is said most of those that these may be.
  unstretched(word) {
    if (!hasRun(word)) return null;
    const known = unstretch(word).filter((one) => one.length > 1 && this.rules.knows(one));
    const uses = (one) => this.rules.countUses(one);
    if (known.length) return known.reduce((most, one) => (uses(one) > uses(most) ? one : most));
    return this.rules.words.unsqueezed(word) ?? null;
  }

  // A long known word without one of the letters inside it, or with one of them twice.
  slipped(word) {
    const { rules } = this;
    const doubled = [...undouble(word)].filter((one) => one.length >= SHORTEST_SLIP && rules.knows(one));
    const near = [...rules.words.withoutLetter(word), ...doubled];
    const better = (one, other) => rules.countUses(other) - rules.countUses(one) || (one < other ? -1 : 1);
    return near.length ? near.sort(better)[0] : null;
  }

  typo(word, hidden = false) {
    if (word.length < 3 || this.rules.ordinary.has(word)) return null;
    const near = [word, ...deletions(word)].flatMap((form) => this.rules.keysNear(form));
    const keys = near.filter((key) => isTypo(word, key, hidden));
    return keys.length ? keys.reduce((least, key) => (key < least ? key : least)) : null;
  }

  glued(word, segment) {
    if (word.length < 6 || word.length > LONGEST_WORD) return null;
    for (let cut = word.length - 2; cut > 1; cut -= 1) {
      const [left, right] = [word.slice(0, cut), word.slice(cut)];
      if (this.rules.joins(left, right)) {
        const middle = segment[cut][1];
        const end = segment[segment.length - 1][1] + 1;
        return [this.token(left, segment[0][1], middle), this.token(right, middle, end)];
      }
    }
    return null;
  }

  token(norm, start, end) {
    const { words } = this.rules;
    return { norm, start, end, meaning: words.get(norm) ?? NOTHING, strings: this.rules.stringsFrom(norm), stop: false };
  }

  // Words that letters written one by one spell out, the fewest that do; one word where we know none. Null for a few
  // letters that make no word: these are letters.
  spelled(letters) {
    const best = [[]];
    for (let end = 1; end <= letters.length; end += 1) {
      let fewest = null;
      for (let start = Math.max(0, end - LONGEST_WORD); start < end; start += 1) {
        const word = letters.slice(start, end);
        if (best[start] === null || !this.rules.isSpellable(word)) continue;
        if (fewest === null || best[start].length + 1 < fewest.length) fewest = [...best[start], word];
      }
      best.push(fewest);
    }
    const words = best[letters.length];
    const telling = (word) => word.length > 3 || (word.length > 2 && this.rules.isKey(word));
    if (words && words.some(telling)) return words;
    return letters.length >= SHORTEST_UNKNOWN && letters.length <= LONGEST_WORD ? [letters] : null;
  }
}

function spell(segment) {
  return segment.map(([letter]) => letter).join("");
}
