// The second pass: what the signs add up to. The twin of check/script.py.

const STAGES = ["contact", "trust", "move", "request", "threat", "demand", "pressure", "aftermath"];
const HINT = "_hint"; // a sign so named is a word that any talk may hold
const LEAD_UP = new Set(STAGES.slice(0, 4));
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

class Tally {
  constructor(rules) {
    this.rules = rules;
    this.script = rules.script;
    this.latest = new Map();
  }

  add(hit) {
    if (!this.latest.has(hit.rule)) this.latest.set(hit.rule, []);
    const seen = this.latest.get(hit.rule);
    while (seen.length && seen[seen.length - 1].weight <= hit.weight) seen.pop();
    seen.push({ position: hit.position, weight: hit.weight });
  }

  level(position) {
    const signs = Object.fromEntries(STAGES.map((stage) => [stage, 0]));
    const hints = { ...signs };
    let alone = 0;
    for (const [number, seen] of this.latest) {
      const rule = this.rules.rules[number];
      const isHint = rule.name.endsWith(HINT);
      const kind = isHint ? "hint" : LEAD_UP.has(rule.stage) ? "lead" : "script";
      while (seen.length && position - seen[0].position > this.script[`${kind}_reach`]) seen.shift();
      if (!seen.length) continue;
      (isHint ? hints : signs)[rule.stage] += seen[0].weight;
      if (rule.weight >= this.script.danger && rule.stage !== "threat") alone = Math.max(alone, seen[0].weight);
    }
    return this.judge(signs, hints, alone);
  }

  // Hints are words that any talk may hold: they may complete a danger, and never give a caution.
  judge(signs, hints, alone) {
    const { least_threat, least_pair, danger, caution } = this.script;
    const both = this.total(Object.fromEntries(STAGES.map((stage) => [stage, signs[stage] + hints[stage]])));
    const pair = Math.min(signs.demand, signs.pressure);
    const forced = signs.threat + hints.threat >= least_threat || pair >= least_pair;
    if (alone >= danger || (both >= danger && forced)) return "danger";
    return this.total(signs) >= caution ? "caution" : "none";
  }

  total(points) {
    const { most, lead_most } = this.script;
    const held = Object.fromEntries(STAGES.map((stage) => [stage, Math.min(points[stage], most[stage])]));
    const lead = Math.min(sum(STAGES.filter((stage) => LEAD_UP.has(stage)).map((stage) => held[stage])), lead_most);
    return lead + sum(STAGES.filter((stage) => !LEAD_UP.has(stage)).map((stage) => held[stage]));
  }
}

export function judge(rules, hits, me) {
  const tally = new Tally(rules);
  let firstCaution = null;
  for (const hit of hits) {
    if (!counts(rules, hit, me)) continue;
    tally.add(hit);
    const level = tally.level(hit.position);
    if (level !== "none" && firstCaution === null) firstCaution = hit.message;
    if (level === "danger") return { firstCaution, firstDanger: hit.message };
  }
  return { firstCaution, firstDanger: null };
}

export function counts(rules, hit, me) {
  const { by } = rules.rules[hit.rule];
  return by === "anyone" || (hit.sender === me) === (by === "me");
}

// The most careful of the verdicts, when it is not known which of the senders asks for help.
export function judgeSafely(rules, hits, senders) {
  const withHits = new Set(hits.map((hit) => hit.sender));
  const without = senders.find((sender) => !withHits.has(sender));
  const maybe = senders.filter((sender) => withHits.has(sender) || sender === without);
  if (senders.length < 2) maybe.push(null);
  let best = { firstCaution: null, firstDanger: null };
  for (const me of maybe) {
    const verdict = judge(rules, hits, me);
    if (isBefore(verdict, best)) best = verdict;
  }
  return best;
}

function isBefore(one, other) {
  const care = (verdict) => [verdict.firstDanger ?? Infinity, verdict.firstCaution ?? Infinity];
  const [danger, caution] = care(one);
  const [otherDanger, otherCaution] = care(other);
  return danger < otherDanger || (danger === otherDanger && caution < otherCaution);
}

export function levelOf(verdict) {
  if (verdict.firstDanger !== null) return "danger";
  return verdict.firstCaution === null ? "none" : "caution";
}

export function stagesOf(rules, hits) {
  const seen = {};
  for (const hit of hits) {
    const { stage } = rules.rules[hit.rule];
    seen[stage] = [seen[stage]?.[0] ?? hit.message, hit.message];
  }
  return Object.fromEntries(STAGES.filter((stage) => stage in seen).map((stage) => [stage, seen[stage]]));
}
