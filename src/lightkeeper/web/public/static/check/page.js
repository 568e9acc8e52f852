// The check page: reads a chat in this page, shows what it saw, and sends nothing.

import { readExport } from "./exports/index.js";
import { check } from "./engine.js";
import { openLanguage } from "./language.js";
import base from "./rules/base.js";
import { show } from "./show.js";

const MISSING = "Some languages could not be loaded. Load the page again to have them read too.";
const find = (id) => document.getElementById(id);
const texts = find("texts").dataset;
let conversation = null;

// All that it knows comes with the page. It is unpacked when the page has come to rest or somebody begins, a language at a
// time as they come, so that a slow phone can scroll and type meanwhile.
const REST = 3000; // milliseconds after the page has loaded
const isFirst = (code) => ["en", document.documentElement.lang].includes(code);
const begun = begin();
const packs = new Map(base.languages.map((code) => [code, begun.then(() => unpack(code))]));
const first = load(base.languages.filter(isFirst));
const every = load(base.languages);
let rules = null; // once they are all here
every.then((loaded) => {
  rules = loaded;
  import("./exports/readers.js").catch(() => null); // a browser that did not fetch these with the page does so now
});

find("chat").dataset.ready = "";
find("go").disabled = false;
find("chat").addEventListener("submit", (event) => {
  event.preventDefault();
  answer();
});
if ("asked" in find("chat").dataset) answer();

async function answer() {
  find("problem").hidden = true;
  find("answer").hidden = true;
  find("working").textContent = texts.working;
  await painted();
  try {
    conversation = await readChosen();
    if (conversation) await read(conversation.me ?? null, true);
  } catch (error) {
    tell(error.message);
  }
  find("working").textContent = "";
}

find("me").addEventListener("change", () => read(find("me").value || null, false));

// When to unpack: at once where somebody was faster than this script. A browser that did not fetch it with the page
// must do so at once too: later the page asks for nothing.
function begin() {
  const begun = find("chat").contains(document.activeElement) || find("pasted").value || find("file").value;
  if (begun || !document.createElement("link").relList.supports("modulepreload")) return Promise.resolve();
  return new Promise((done) => {
    for (const sign of ["pointerdown", "keydown", "focusin"]) addEventListener(sign, done, { once: true, passive: true });
    addEventListener("load", () => setTimeout(done, REST));
  });
}

// One language's rules, or null where they could not be loaded.
async function unpack(code) {
  try {
    const { default: packed } = await import(`./rules/${code}.js`);
    await breath();
    const language = openLanguage(packed);
    await breath();
    language.prepare();
    return packed;
  } catch {
    return null;
  }
}

// The rules of some languages, or of those of them that could be loaded.
async function load(codes) {
  const languages = (await Promise.all(codes.map((code) => packs.get(code)))).filter(Boolean);
  return { ...base, languages, missing: languages.length < codes.length };
}

// Lets what the person does come in between.
function breath() {
  return new Promise((done) => setTimeout(done, 0));
}

// The chosen file, or else what was pasted. The same bytes go to the same reader as on the command line.
async function readChosen() {
  const [file] = find("file").files;
  if (file) return readExport(new Uint8Array(await file.arrayBuffer()), { filename: file.name });
  const pasted = find("pasted").value;
  if (pasted.trim()) return readExport(new TextEncoder().encode(pasted), { filename: "", format: "pasted" });
  tell(texts.empty);
  return null;
}

// A danger that the first languages show is shown at once; nothing is called harmless before all were read.
async function read(me, isFirst) {
  const some = rules ?? (await first);
  let reading = check({ ...conversation, me }, some);
  if (reading.level === "danger" && some !== rules) every.then(() => read(find("me").value || null, false));
  else if (some !== rules) reading = check({ ...conversation, me }, await every);
  if (rules?.missing) reading.notes.push(MISSING);
  show(reading, conversation, me, texts, isFirst);
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
