"""A case on one page: what was told, what we do not know, what hangs together, what was done."""

import json
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import escape, mark_safe

from lightkeeper.core.suspect import Strength
from lightkeeper.desk.actions.write_item import TOLD
from lightkeeper.desk.case import Band, Case, ItemKind
from lightkeeper.desk.outcomes import OUTCOMES, may_end
from lightkeeper.desk.people import Officer
from lightkeeper.desk.policy import PERMISSIONS, No, Yes, about_case, may
from lightkeeper.desk.rules import read_rules
from lightkeeper.desk.states import State, moves_from
from lightkeeper.desk.timeline import timeline_of
from lightkeeper.desk.triage import FACT_WORDS, QUESTIONS
from lightkeeper.web.team.guard import Desk, page
from lightkeeper.web.team.who import colleagues


@page("case.see")
def case(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    return render(request, "team/case.html", case_context(desk))


@page("case.see", post=True)
def open_restricted(request: HttpRequest, desk: Desk, case_id: str) -> HttpResponse:
    """The reason was given (guard keeps it); go on to the case."""
    return redirect("case", case_id=case_id)


def case_context(desk: Desk, **more: Any) -> dict[str, Any]:
    """Everything that the case's page shows."""
    one = _case(desk)
    items = desk.book.items(one.id)
    people = colleagues(desk.officer)
    names = {person.id: person.name for person in people}
    return {
        "desk": desk,
        "case": one,
        "report": one.report,
        "reasons": _reasons(one),
        "raised_by_hand": one.band < one.triage.band,
        "narrative": marked_words(one),
        "questions": [question for question in QUESTIONS if question.name in one.triage.unknown],
        "answers": _answers(one),
        "linked": linked_cases(desk),
        "timeline": timeline_of(one, items, desk.book.entries(about=one.id), names),
        "tasks": [item for item in items if item.kind is ItemKind.TASK and not item.done],
        "outcomes": [(outcome, _no(may_end(one, outcome.code))) for outcome in OUTCOMES.values()],
        "outcome_words": {outcome.code: outcome.says for outcome in OUTCOMES.values()},
        "moves": [move for move in moves_from(one.state) if move.wanted not in (State.CLOSED, State.TRIAGED)],
        "may_close": any(move.wanted is State.CLOSED for move in moves_from(one.state)),
        "two_people": one.band in (Band.P1, Band.P2),
        "higher": [band for band in Band if band < one.band],
        "lower": [band for band in Band if band > one.band],
        "told_whom": TOLD.items(),
        "canned": read_rules("canned")["text"],
        "canned_json": _canned_json(one),
        "workers": [person for person in people if _may(person, "case.triage", one)],
        "could_open": [person for person in people if _may(person, "case.see", replace(one, restricted=False))],
        "names": names,
        "holds": [hold for hold in desk.book.holds() if hold.stands and one.report.id in hold.anchors],
        "may": {name.replace(".", "_"): isinstance(desk.may(name), Yes) for name in PERMISSIONS},
        "why_not": {name.replace(".", "_"): _no(desk.may(name)) for name in PERMISSIONS},
        **more,
    }


def _case(desk: Desk) -> Case:
    assert desk.case is not None
    return desk.case


def _may(person: Officer, action: str, one: Case) -> bool:
    return isinstance(may(person, action, about_case(one)), Yes)


def _no(answer: Yes | No) -> str:
    return answer.reason if isinstance(answer, No) else ""


def _reasons(one: Case) -> list[Any]:
    """The reasons of its band first, then those of lower bands."""
    return sorted(one.triage.reasons, key=lambda reason: reason.band)


def _answers(one: Case) -> list[dict[str, Any]]:
    """What officers found out or the form said; a question that is asked here can be answered anew."""
    asked = {question.name for question in QUESTIONS}
    return [
        {"name": name if name in asked else "", "asks": FACT_WORDS.get(name, f"{name}?"), "said": said}
        for name, said in one.facts
    ]


def marked_words(one: Case) -> str:
    """The narrative with the words marked that raised the band; escaped first, marked second."""
    text = one.report.narrative or ""
    spans = sorted({span for reason in one.triage.reasons for span in reason.words})
    parts, place = [], 0
    for start, end in spans:
        if start < place or end > len(text):
            continue
        parts += [escape(text[place:start]), "<mark>", escape(text[start:end]), "</mark>"]
        place = end
    parts.append(escape(text[place:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part was escaped above


def linked_cases(desk: Desk) -> list[dict[str, Any]]:
    """The cases that this one is linked to, with reasons; one of another team shows only that it is there."""
    one = _case(desk)
    verdicts = {(word.a, word.b): word.verdict for word in desk.book.decisions()}
    suspect = desk.book.suspect_of(one.report.id)
    found = []
    for link in desk.book.links((one.report.id,)):
        other_id = link.b if link.a == one.report.id else link.a
        other = desk.book.case_of(other_id)
        visible = other is not None and isinstance(may(desk.officer, "case.see", about_case(other)), Yes)
        found.append(
            {
                "link": link,
                "case": other if visible else None,
                "possible": link.strength is Strength.POSSIBLE,
                "same_suspect": bool(suspect and other_id in suspect.reports),
                "verdict": verdicts.get((link.a, link.b)),
            }
        )
    return found


def _canned_json(one: Case) -> str:
    """The texts to begin an answer with, and each open question in words for a child, by name and language."""
    texts = {
        row["name"]: {"en": row["en"].strip(), "cy": row["cy"].strip()} for row in read_rules("canned")["text"]
    }
    asked = {
        f"ask {question.name}": question.to_child for question in QUESTIONS if question.name in one.triage.unknown
    }
    return json.dumps(texts | asked)
