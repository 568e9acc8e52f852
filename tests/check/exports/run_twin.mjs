// Reads base64 files, one JSON object a line, with the browser's modules, and writes what they say, one a line.
// Started by test_twins.py with the address of index.js; runs in Node.
import { createInterface } from "node:readline";

const { readExport, readExports } = await import(process.argv[2]);

for await (const line of createInterface({ input: process.stdin })) {
  const { data, filename, format } = JSON.parse(line);
  const bytes = Uint8Array.from(Buffer.from(data, "base64"));
  let said;
  try {
    said = { chats: await readExports(bytes, { filename, format }), one: await readExport(new Blob([bytes]), { filename, format }) };
  } catch (error) {
    said = error.name === "UnreadableExport" ? { error: error.reason } : { broken: String(error.stack) };
  }
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
