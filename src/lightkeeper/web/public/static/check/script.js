// The second pass: what the signs add up to. The twin of check/script.py.

const STAGES = ["contact", "trust", "move", "request", "threat", "demand", "pressure", "aftermath"];
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
    const points = Object.fromEntries(STAGES.map((stage) => [stage, 0]));
    let alone = 0;
    for (const [number, seen] of this.latest) {
      const rule = this.rules.rules[number];
      const reach = LEAD_UP.has(rule.stage) ? this.script.lead_reach : this.script.script_reach;
      while (seen.length && position - seen[0].position > reach) seen.shift();
      if (!seen.length) continue;
      points[rule.stage] += seen[0].weight;
      if (rule.weight >= this.script.danger && rule.stage !== "threat") alone = Math.max(alone, seen[0].weight);
    }
    return this.judge(points, alone);
  }

  judge(points, alone) {
    const { most, lead_most, least_threat: least, danger, caution } = this.script;
    const held = Object.fromEntries(STAGES.map((stage) => [stage, Math.min(points[stage], most[stage])]));
    const lead = Math.min(sum(STAGES.filter((stage) => LEAD_UP.has(stage)).map((stage) => held[stage])), lead_most);
    const total = lead + sum(STAGES.filter((stage) => !LEAD_UP.has(stage)).map((stage) => held[stage]));
    const forced = held.threat >= least || Math.min(held.demand, held.pressure) >= least;
    if (alone >= danger || (total >= danger && forced)) return "danger";
    return total >= caution ? "caution" : "none";
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
