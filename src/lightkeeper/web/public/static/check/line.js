// One message's tokens, after those of what the same person wrote just before it. The twin of check/line.py.

const SHORTEST_RUN = 3;
const LONGEST_RUN = 48;

// The tokens of the tail and of the message's pieces, with words written l i k e this put together.
export function readLine(tokens, tail, pieces) {
  if (findRuns(tokens, [...tail, ...pieces.map((piece) => piece.text)]).length) {
    return readSpelled(tokens, tail, pieces);
  }
  const before = tail.flatMap((piece) => tokens.get(piece).tokens);
  const own = pieces.flatMap((piece) => tokens.get(piece.text).tokens);
  const owners = pieces.flatMap((piece, place) => tokens.get(piece.text).tokens.map(() => [place, place]));
  return { tokens: [...before, ...own], begin: before.length, owners, spelled: false };
}

// The first and the last of the pieces wherever letters stand in a row, enough of them to spell a word.
// Some letters are words by themselves, and a row of those alone is none.
export function findRuns(tokens, pieces) {
  const runs = [];
  let first = 0;
  let lone = false;
  for (let place = 0; place <= pieces.length; place += 1) {
    const piece = place < pieces.length ? tokens.get(pieces[place]) : null;
    if (piece !== null && piece.letter !== null) {
      lone ||= piece.lone;
      continue;
    }
    if (lone && place - first >= SHORTEST_RUN) runs.push([first, place - 1]);
    first = place + 1;
    lone = false;
  }
  return runs;
}

// Puts the words that runs of letters spell in place of the letters, each where its last letter stands. `rows` are
// the words of each piece; what is spelled in one message must not depend on the next, so runs are cut at `begins`.
export function spellRows(tokens, pieces, rows, runs, begins) {
  for (const [first, last] of runs) {
    const cuts = [first, ...begins.filter((one) => first < one && one <= last), last + 1];
    for (let cut = 1; cut < cuts.length; cut += 1) spellRun(tokens, pieces, rows, cuts[cut - 1], cuts[cut]);
  }
}

function spellRun(tokens, pieces, rows, begin, after) {
  for (let place = begin; place < after; ) {
    const words = spell(tokens, pieces, place, after);
    for (const { word, first, last } of words) {
      rows.fill([], first, last);
      rows[last] = [word];
    }
    place = words.length ? words[words.length - 1].last + 1 : place + 1;
  }
}

// The words that a run of letters spells from one of them on, each with its first and its last piece.
function spell(tokens, pieces, place, after) {
  const run = pieces.slice(place, Math.min(after, place + LONGEST_RUN));
  if (run.length < SHORTEST_RUN) return [];
  let next = place;
  return (tokens.spelled(run.map((piece) => tokens.get(piece).letter).join("")) ?? []).map((word) => {
    const first = next;
    next += word.length;
    return { word, first, last: next - 1 };
  });
}

// Where in the message's text each of its own tokens begins and ends, in characters.
export function placeTokens(line, pieces) {
  return line.tokens.slice(line.begin).map((token, place) => {
    const [first, last] = line.owners[place];
    return [pieces[first].start + token.start, pieces[last].start + token.end];
  });
}

function readSpelled(tokens, tail, pieces) {
  const every = [...tail, ...pieces.map((piece) => piece.text)];
  const read = [];
  const owners = [];
  let place = 0;
  while (place < every.length) {
    let run = 0;
    while (run < LONGEST_RUN && place + run < every.length && tokens.get(every[place + run]).letter !== null) run += 1;
    const words = spell(tokens, every, place, place + run);
    for (const { word, first, last } of words) {
      read.push(tokens.token(word, 0, tokens.get(every[last]).length));
      owners.push([first, last]);
      place = last + 1;
    }
    if (!words.length) {
      for (const token of tokens.get(every[place]).tokens) {
        read.push(token);
        owners.push([place, place]);
      }
      place += 1;
    }
  }
  const begin = owners.filter(([, last]) => last < tail.length).length;
  const own = owners.slice(begin).map(([first, last]) => [Math.max(0, first - tail.length), last - tail.length]);
  return { tokens: read, begin, owners: own, spelled: true };
}
