// Decides from the whole file whether 03/04 is the third of April or the fourth of March.
import { note } from "./text.js";

const DAY_FIRST = [2, 1, 0];
const MONTH_FIRST = [2, 0, 1];
const YEAR_FIRST = [0, 1, 2];
const DAY = 86400000;

// A stamp is [three numbers as written, hour, minute, second]; the answer is an ISO text without a zone, or null.
export function resolveStamps(stamps, signs) {
  const run = dayChanges(stamps);
  const distinct = [...new Map(run.map((triple) => [triple.join(), triple])).values()];
  const [order, notes] = decideOrder(run, distinct, signs);
  const days = new Map(distinct.map((triple) => [triple.join(), dayOf(triple, order)]));
  let impossible = 0;
  const moments = stamps.map((stamp) => {
    if (!stamp) return null;
    const moment = momentOf(stamp, days.get(stamp.slice(0, 3).join()));
    if (moment === null) impossible += 1;
    return moment;
  });
  return [moments, impossible ? [...notes, note("impossible_dates", { n: impossible })] : notes];
}

export function decideOrder(run, distinct, signs) {
  const orders = signs.likelyYearFirst ? [YEAR_FIRST] : [];
  orders.push(DAY_FIRST, ...(signs.surelyDayFirst ? [] : [MONTH_FIRST]));
  const wrong = new Map([...orders, YEAR_FIRST].map((order) => [order, countWrong(distinct, order)]));
  const fewest = Math.min(...orders.map((order) => wrong.get(order)));
  if (wrong.get(YEAR_FIRST) < fewest) return [YEAR_FIRST, []];
  let possible = orders.filter((order) => wrong.get(order) === fewest);
  const steps = new Map([...possible, YEAR_FIRST].map((order) => [order, stepsBack(run, order)]));
  const least = Math.min(...possible.map((order) => steps.get(order)));
  if (least && !wrong.get(YEAR_FIRST) && !steps.get(YEAR_FIRST)) return [YEAR_FIRST, []];
  possible = possible.filter((order) => steps.get(order) <= 2 * least);
  if (possible.length === 1 || allAgree(distinct, possible)) return [possible[0], []];
  if (possible[0] === YEAR_FIRST) return [YEAR_FIRST, []];
  if (signs.likelyMonthFirst) return [MONTH_FIRST, [note("month_first_assumed")]];
  return [DAY_FIRST, [note("day_first_assumed")]];
}

function dayChanges(stamps) {
  const run = [];
  for (const stamp of stamps) {
    if (!stamp) continue;
    const last = run[run.length - 1];
    if (!last || last[0] !== stamp[0] || last[1] !== stamp[1] || last[2] !== stamp[2]) run.push(stamp.slice(0, 3));
  }
  return run;
}

// A day as milliseconds since 1970, or null when there is none.
function dayOf(triple, order) {
  let year = triple[order[0]];
  const month = triple[order[1]];
  const day = triple[order[2]];
  if (year < 100) year += 2000;
  else if (year > 2400) year -= 543; // the Buddhist calendar of Thai phones
  if (!(year >= 1990 && year <= 2100)) return null;
  const made = new Date(Date.UTC(year, month - 1, day));
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === day ? made.getTime() : null;
}

function countWrong(distinct, order) {
  return distinct.filter((triple) => dayOf(triple, order) === null).length;
}

function stepsBack(run, order) {
  const days = run.map((triple) => dayOf(triple, order)).filter((day) => day !== null);
  return days.filter((day, at) => at > 0 && day < days[at - 1] - DAY).length;
}

function allAgree(distinct, orders) {
  return distinct.every((triple) => new Set(orders.map((order) => dayOf(triple, order))).size === 1);
}

function momentOf(stamp, day) {
  const [hour, minute, second] = stamp.slice(3);
  if (day === null || hour > 23 || minute > 59 || second > 59) return null;
  return new Date(day + ((hour * 60 + minute) * 60 + second) * 1000).toISOString().slice(0, 19);
}
