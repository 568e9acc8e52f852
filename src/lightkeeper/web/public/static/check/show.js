// Draws a reading: what it is, what we saw and where, what to do now, and what the person may take along.

import { isSaid } from "./tail.js";

const MOST_REASONS = 3; // beside one message
const MOST_SHOWN = 6;
const MOST_KEPT = 12;
const MOST_NAMES = 12;
const HEAVY = 5;
const find = (id) => document.getElementById(id);

export function show(reading, conversation, me, texts, first) {
  for (const part of document.querySelectorAll("[data-level]")) part.hidden = part.dataset.level !== reading.level;
  for (const part of document.querySelectorAll("[data-flag]")) part.hidden = !reading.flags.includes(part.dataset.flag);
  const senders = [...new Set(conversation.messages.filter(isSaid).map((one) => one.sender))];
  if (first) askWho(senders, me);
  drawTimeline(reading, conversation, texts, MOST_SHOWN);
  find("more").onclick = () => drawTimeline(reading, conversation, texts, Infinity);
  drawKeep(reading, conversation, me, senders);
  const counted = `${conversation.messages.length} ${texts.counted}`;
  find("notes").replaceChildren(...[counted, ...reading.notes].map((note) => element("li", note)));
  find("answer").hidden = false;
  if (first) find("answer").focus();
}

function askWho(senders, me) {
  find("who").hidden = senders.length < 2 || senders.length > MOST_NAMES;
  const [none] = find("me").options;
  find("me").replaceChildren(none, ...senders.map((sender) => option(sender, sender === me)));
}

// The messages with signs in the order of the chat; at first only those that weigh most.
function drawTimeline(reading, conversation, texts, most) {
  const byMessage = new Map();
  for (const finding of reading.findings) {
    byMessage.set(finding.message, [...(byMessage.get(finding.message) ?? []), finding]);
  }
  const weight = (findings) => Math.max(...findings.map((finding) => finding.weight));
  const ranked = [...byMessage].sort((one, other) => weight(other[1]) - weight(one[1]) || one[0] - other[0]);
  const shown = ranked.slice(0, most).sort((one, other) => one[0] - other[0]);
  find("seen").hidden = !shown.length;
  find("more").hidden = ranked.length <= shown.length;
  find("timeline").replaceChildren(
    ...shown.map(([number, findings]) => drawMessage(number, findings, conversation.messages[number], texts)),
  );
}

function drawMessage(number, findings, message, texts) {
  const item = element("li");
  if (findings.some((finding) => finding.weight >= HEAVY)) item.className = "heavy";
  const who = message.sender ? `, ${message.sender}` : "";
  item.append(element("p", `${texts.message} ${number + 1}${who}`, "when"), quote(message.text, findings));
  for (const why of reasons(findings)) item.append(element("p", why));
  return item;
}

// What matters most about one message: the heaviest signs, those that a phrase shows before those of all its words.
function reasons(findings) {
  const isGeneral = ({ rule }) => /\.alike/.test(rule);
  const ranked = [...findings].sort((one, other) => isGeneral(one) - isGeneral(other) || other.weight - one.weight);
  return [...new Set(ranked.map((finding) => finding.why))].slice(0, MOST_REASONS);
}

// The message with the places marked. Places are counted in characters, as the contract has them.
function quote(text, findings) {
  const characters = Array.from(text);
  const marked = characters.map(() => false);
  for (const { span } of findings) marked.fill(true, span[0], span[1]);
  const block = element("blockquote");
  let from = 0;
  while (from < characters.length) {
    let to = from;
    while (to < characters.length && marked[to] === marked[from]) to += 1;
    const part = characters.slice(from, to).join("");
    block.append(marked[from] ? element("mark", part) : part);
    from = to;
  }
  return block;
}

// What may go along to the report: unticked, and sent by nobody but the person who presses the button.
function drawKeep(reading, conversation, me, senders) {
  find("keep").hidden = reading.level === "none";
  const others = senders.filter((sender) => sender && sender !== me).slice(0, MOST_NAMES);
  fill("names", "keep_names", others);
  const heavy = [...reading.findings].sort((one, other) => other.weight - one.weight);
  const numbers = [...new Set(heavy.map((finding) => finding.message))].slice(0, MOST_KEPT);
  const said = numbers.map((number) => conversation.messages[number]).filter((message) => message.sender !== me);
  fill("words", "keep_words", [...new Set(said.map((message) => message.text))]);
}

function fill(id, name, values) {
  const set = find(id);
  set.hidden = !values.length;
  set.replaceChildren(set.querySelector("legend"), ...values.map((value) => choice(name, value)));
}

function choice(name, value) {
  const label = element("label", "", "choice");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.name = name;
  box.value = value;
  label.append(box, element("span", value.length > 160 ? `${value.slice(0, 160)}…` : value));
  return label;
}

function option(text, selected) {
  const one = new Option(text, text);
  one.selected = selected;
  return one;
}

function element(tag, text = "", kind = "") {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (kind) made.className = kind;
  return made;
}
