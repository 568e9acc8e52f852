// Reads conversations, one JSON object a line, with the page's own engine and its own rules, and writes the readings.
import { createInterface } from "node:readline";

const [folder] = process.argv.slice(2);
const { check } = await import(`${folder}/engine.js`);
const load = async (name) => (await import(`${folder}/rules/${name}.js`)).default;
const base = await load("base");
const rules = { ...base, languages: await Promise.all(base.languages.map(load)) };
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(check(JSON.parse(line), rules))}\n`);
}
