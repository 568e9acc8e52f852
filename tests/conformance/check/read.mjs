// Reads conversations, one JSON object a line, with the page's own engine, and writes the readings.
import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";

const [engine, rulesFile] = process.argv.slice(2);
const { check } = await import(engine);
const rules = JSON.parse(readFileSync(rulesFile, "utf-8"));
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(check(JSON.parse(line), rules))}\n`);
}
