// The way from a conversation to a reading, in the browser and nowhere else. The twin of check/engine.py.

import { Reader } from "./hits.js";
import { Rules } from "./rules.js";
import { counts, judge, judgeSafely, levelOf, stagesOf } from "./script.js";
import { isSaid } from "./tail.js";
import { Tokens } from "./tokens.js";

export const NOTE_UNKNOWN_ME =
  "We do not know which of these people is you, so this is the more careful of the readings.";

const known = new WeakMap();

// `conversation` is {messages: [{sender, text, kind}], me, notes, id}; `rules` is the parsed rules.json.
// The reading has the form of the contract and no text of a message. Nothing is sent anywhere.
export function check(conversation, rules, report) {
  if (!known.has(rules)) known.set(rules, new Tokens(new Rules(rules)));
  const tokens = known.get(rules);
  const { messages } = conversation;
  let hits = new Reader(tokens, messages).read(report);
  const senders = [...new Set(messages.filter(isSaid).map((one) => one.sender))];
  const me = conversation.me ?? null;
  let verdict;
  if (me !== null) {
    const named = senders.includes(me) ? me : null;
    hits = hits.filter((hit) => counts(tokens.rules, hit, named));
    verdict = judge(tokens.rules, hits, named);
  } else {
    verdict = judgeSafely(tokens.rules, hits, senders);
  }
  const notes = [...(conversation.notes ?? [])];
  if (me === null && senders.length > 1) notes.push(NOTE_UNKNOWN_ME);
  const flags = hits.map((hit) => tokens.rules.rules[hit.rule].flag).filter(Boolean);
  return {
    id: conversation.id ?? null,
    level: levelOf(verdict),
    first_danger: verdict.firstDanger,
    findings: hits.map((hit) => finding(tokens.rules.rules[hit.rule], hit)),
    stages: stagesOf(tokens.rules, hits),
    flags: [...new Set(flags)].sort(),
    notes,
  };
}

function finding(rule, hit) {
  const { message, span, weight } = hit;
  return { stage: rule.stage, message, span, rule: rule.name, weight, why: rule.why };
}
