// One message's tokens, after those of what the same person wrote just before it. The twin of check/line.py.

const SHORTEST_RUN = 3;
const LONGEST_RUN = 48;

export function readLine(tokens, tail, pieces, spelled) {
  if (spelled) return readSpelled(tokens, tail, pieces);
  const before = tail.flatMap((piece) => tokens.get(piece).tokens);
  const own = pieces.flatMap((piece) => tokens.get(piece.text).tokens);
  const owners = pieces.flatMap((piece, place) => tokens.get(piece.text).tokens.map(() => [place, place]));
  return { tokens: [...before, ...own], begin: before.length, owners };
}

// True when enough letters stand in a row by themselves to spell a word; some are words, and those alone spell none.
export function hasLetters(tokens, pieces) {
  let run = 0;
  let lone = false;
  for (const text of pieces) {
    const piece = tokens.get(text);
    run = piece.letter === null ? 0 : run + 1;
    lone = run > 0 && (piece.lone || (lone && run > 1));
    if (run >= SHORTEST_RUN && lone) return true;
  }
  return false;
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
    const letters = every.slice(place, place + run).map((piece) => tokens.get(piece).letter);
    const words = run >= SHORTEST_RUN ? tokens.spelled(letters.join("")) : null;
    if (words) {
      for (const word of words) {
        const last = place + word.length - 1;
        read.push(tokens.token(word, 0, tokens.get(every[last]).length));
        owners.push([place, last]);
        place = last + 1;
      }
    } else {
      for (const token of tokens.get(every[place]).tokens) {
        read.push(token);
        owners.push([place, place]);
      }
      place += 1;
    }
  }
  const begin = owners.filter(([, last]) => last < tail.length).length;
  const own = owners.slice(begin).map(([first, last]) => [Math.max(0, first - tail.length), last - tail.length]);
  return { tokens: read, begin, owners: own };
}
