"""Put a report into a band by rules that can be read, with every reason and every open question (FACTS E5, E6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from lightkeeper.core.report import Report
from lightkeeper.desk.case import Band, BandReason, Triage
from lightkeeper.desk.cues import Cue, find_cues
from lightkeeper.desk.rules import read_rules
from lightkeeper.desk.signs import Surroundings, signs_of


@dataclass(frozen=True, slots=True)
class Question:
    """Something that may matter and that nobody has said yet, with words to ask it in."""

    name: str
    asks: str
    to_child: dict[str, str]  # by language
    yes_means: str
    report_field: str | None


def _read_question(row: dict[str, Any]) -> Question:
    words = {"en": row["to_child"], "cy": row["to_child_cy"]}
    return Question(row["name"], row["asks"], words, row["yes_means"], row.get("report"))


QUESTIONS: tuple[Question, ...] = tuple(_read_question(row) for row in read_rules("questions")["question"])
#: Every fact that a case can have, as the question that it answers.
FACT_WORDS: dict[str, str] = {row["name"]: row["asks"] for row in read_rules("questions")["fact"]} | {
    question.name: question.asks for question in QUESTIONS
}
RULES: tuple[dict[str, Any], ...] = tuple(read_rules("triage")["rule"])


def triage_report(
    report: Report,
    now: datetime,
    facts: Mapping[str, bool] | None = None,
    around: Surroundings | None = None,
) -> Triage:
    """The band of a report: the most urgent that any one rule gives. There is no score.

    `facts` are answers that an officer has found, by the question's name. Words in the narrative can only raise.
    """
    known = facts or {}
    cues = find_cues(report.narrative or "")
    signs = signs_of(report, known, around or Surroundings(), now) | {f"cue.{cue.name}" for cue in cues}
    reasons = tuple(reason for rule in RULES if (reason := _apply(rule, signs, cues)))
    ordered = tuple(sorted(reasons, key=lambda reason: reason.band))
    return Triage(ordered[0].band, ordered, _open_questions(report, known))


def _apply(rule: dict[str, Any], signs: frozenset[str], cues: tuple[Cue, ...]) -> BandReason | None:
    met = [way for way in rule["when"] if signs.issuperset(way)]
    if not met:
        return None
    used = {sign for way in met for sign in way}
    words = tuple(cue.span for cue in cues if f"cue.{cue.name}" in used)
    return BandReason(rule["name"], Band(rule["band"]), rule["says"], words)


def _open_questions(report: Report, facts: Mapping[str, bool]) -> tuple[str, ...]:
    return tuple(
        question.name for question in QUESTIONS if question.name not in facts and _unsaid(report, question)
    )


def _unsaid(report: Report, question: Question) -> bool:
    match question.report_field:
        case None:
            return True
        case "age":
            return report.age is None
        case field:
            return getattr(report.danger, field.removeprefix("danger.")) is None


def find_question(name: str) -> Question:
    """The question of that name. Raises KeyError for a name that is none."""
    return _BY_NAME[name]


_LAST_DAY = datetime(9000, 1, 1, tzinfo=UTC)
_BY_NAME = {one.name: one for one in QUESTIONS}


def due_at(report: Report, band: Band, team: str = "") -> datetime:
    """When a first decision is due: the team's response time, or the offender's deadline if that is sooner."""
    table = read_rules("response")
    minutes = table.get("team", {}).get(team, {}).get(str(band), table["minutes"][str(band)])
    due = min(report.received, _LAST_DAY) + timedelta(minutes=minutes)  # a hostile date must not stop the desk
    deadline = report.danger.deadline
    return min(due, deadline) if deadline and deadline > report.received else due
