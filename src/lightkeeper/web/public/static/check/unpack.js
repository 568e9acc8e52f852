// Reads what check/pack.py packs: numbers, rows of numbers and words, in few characters.

const FIRST = 35; // the character of 0
const SHORT = 60; // numbers below it are one character
const LONG = 32; // what a digit of the others counts for, beside the digit before it

export function unpackNumbers(text) {
  const numbers = [];
  for (let at = 0; at < text.length; at += 1) {
    let digit = text.charCodeAt(at) - FIRST;
    let number = digit;
    for (let unit = LONG; digit >= SHORT; unit *= LONG) {
      at += 1;
      digit = text.charCodeAt(at) - FIRST;
      number += digit * unit;
    }
    numbers.push(number);
  }
  return numbers;
}

// Rows of numbers that rise: how many there are, then what lies between each and the one before.
export function unpackRows(text) {
  const numbers = unpackNumbers(text);
  const rows = [];
  for (let at = 0; at < numbers.length; ) {
    const row = [];
    let last = -1;
    for (const end = at + numbers[at]; at < end; ) {
      at += 1;
      last += 1 + numbers[at];
      row.push(last);
    }
    rows.push(row);
    at += 1;
  }
  return rows;
}

// Words in order: a capital says how many letters of the last one each begins with.
export function unpackWords(text) {
  let last = "";
  return (text.match(/[A-Z][^A-Z]*/g) ?? []).map((packed) => {
    last = last.slice(0, packed.charCodeAt(0) - 65) + packed.slice(1);
    return last;
  });
}

// Weights that are folded to numbers from 0 on, by their step.
export function unpackWeights(text, step) {
  return unpackNumbers(text).map((one) => step * (one & 1 ? -(one + 1) / 2 : one / 2));
}
