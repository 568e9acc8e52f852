// How far one spelling is from another. The twin of check/spelling.py.

const RUN = /(.)\1\1+/gs;
const MOST_RUNS = 4; // in one word, for which each way is tried

export function squeeze(word) {
  let kept = "";
  for (const letter of word) if (!kept.endsWith(letter)) kept += letter;
  return kept;
}

export function hasRun(word) {
  for (let place = 2; place < word.length; place += 1) {
    if (word[place] === word[place - 1] && word[place] === word[place - 2]) return true;
  }
  return false;
}

// What a word with drawn-out letters may mean: each run of three and more is two letters or one.
export function unstretch(word) {
  const runs = (word.match(RUN) ?? []).length;
  if (runs > MOST_RUNS) return [word.replace(RUN, "$1")];
  return Array.from({ length: 2 ** runs }, (_, way) => {
    let run = runs;
    return word.replace(RUN, (_, letter) => {
      run -= 1;
      return (way >> run) & 1 ? letter : letter + letter;
    });
  });
}

export function deletions(word) {
  return Array.from(word, (_, place) => word.slice(0, place) + word.slice(place + 1));
}

// What a word is without one of two equal letters that stand together.
export function undouble(word) {
  return new Set(deletions(word).filter((_, place) => place && word[place] === word[place - 1]));
}

// True when one edit turns the key word into the word; short keys allow fewer kinds of edit.
export function isTypo(word, key, hidden = false) {
  if (hidden) {
    return word.length === key.length - 1 && key.length >= 4 && word[0] === key[0] && deletions(key).includes(word);
  }
  if (word.length === key.length) {
    const different = [];
    for (let place = 0; place < key.length; place += 1) if (word[place] !== key[place]) different.push(place);
    const [first, second] = different;
    if (different.length === 2 && second === first + 1) {
      return word[first] === key[second] && word[second] === key[first];
    }
    return different.length === 1 && key.length >= 5 && (first > 0 || key.length >= 6);
  }
  if (word.length === key.length + 1) return deletions(word).includes(key) && (word[0] === key[0] || key.length >= 6);
  return key.length >= 5 && deletions(key).includes(word) && (word[0] === key[0] || key.length >= 6);
}
