// The check page: reads a chat in this page, shows what it saw, and sends nothing.

import { readExport } from "./exports/index.js";
import { check } from "./engine.js";
import rules from "./rules-data.js";
import { show } from "./show.js";

const find = (id) => document.getElementById(id);
const texts = find("texts").dataset;
let conversation = null;

for (const part of document.querySelectorAll(".needs-script")) part.hidden = false;

find("chat").addEventListener("submit", async (event) => {
  event.preventDefault();
  find("problem").hidden = true;
  find("answer").hidden = true;
  find("working").textContent = texts.working;
  await painted();
  try {
    conversation = await readChosen();
    if (conversation) read(conversation.me ?? null, true);
  } catch (error) {
    tell(error.message);
  }
  find("working").textContent = "";
});

find("me").addEventListener("change", () => read(find("me").value || null, false));

// The chosen file, or else what was pasted. The same bytes go to the same reader as on the command line.
async function readChosen() {
  const [file] = find("file").files;
  if (file) return readExport(new Uint8Array(await file.arrayBuffer()), { filename: file.name });
  const pasted = find("pasted").value;
  if (pasted.trim()) return readExport(new TextEncoder().encode(pasted), { filename: "", format: "pasted" });
  tell(texts.empty);
  return null;
}

function read(me, first) {
  const reading = check({ ...conversation, me }, rules);
  show(reading, conversation, me, texts, first);
}

function tell(problem) {
  find("problem").textContent = problem;
  find("problem").hidden = false;
}

// Lets the browser paint "Reading" before the work begins.
function painted() {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done, 0));
  });
}
