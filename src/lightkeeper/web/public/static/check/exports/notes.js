// What the app writes in which language, and what is said to the person: the same data as on the Python side.
import { FACTS } from "./facts.js";

export function note(name, numbers = {}) {
  return FACTS.notes[name].replace(/\{(\w+)\}/g, (_, key) => String(numbers[key]));
}

// The phrases of one kind ("deleted", "call", …) of all languages together.
export function words(name) {
  return new Set(Object.values(FACTS.locales).flatMap((locale) => locale[name]));
}
