"""How a case can end, and when an outcome may not be used (FACTS B21)."""

from dataclasses import dataclass
from typing import Any

from lightkeeper.desk.case import Case
from lightkeeper.desk.policy import No, Yes
from lightkeeper.desk.rules import read_rules


@dataclass(frozen=True, slots=True)
class Outcome:
    code: str
    says: str
    condition: str = ""
    not_if: tuple[str, ...] = ()


def _read_outcome(row: dict[str, Any]) -> Outcome:
    return Outcome(row["code"], row["says"], row.get("condition", ""), tuple(row.get("not_if", ())))


OUTCOMES: dict[str, Outcome] = {row["code"]: _read_outcome(row) for row in read_rules("outcomes")["outcome"]}


def may_end(case: Case, code: str) -> Yes | No:
    """Whether a case may end with this outcome, with the reason when it may not."""
    outcome = OUTCOMES.get(code)
    if outcome is None:
        return No("there is no such outcome")
    if not _signs(case).isdisjoint(outcome.not_if):
        return No(outcome.condition)
    return Yes()


def _signs(case: Case) -> frozenset[str]:
    report = case.report
    signs = {f"harm.{harm}" for harm in report.harms} | {f"rule.{reason.rule}" for reason in case.triage.reasons}
    if report.demands:
        signs.add("demand.any")
    if report.lost and report.lost.amount > 0:
        signs.add("lost")
    return frozenset(signs)
