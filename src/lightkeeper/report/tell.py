"""Turns answers into a report of the contract, and into the plaintext of its envelope."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from lightkeeper.core.identifier import Identifier, IdentifierKind
from lightkeeper.core.report import Danger, Demand, Harm, Money, Report, Reporter
from lightkeeper.report.form import Answers
from lightkeeper.report.receipt import Door

OLDEST_CHILD = 17
UNTIL = {"hour": timedelta(hours=2), "today": timedelta(days=1), "week": timedelta(days=7)}
_YES_OR_NO: Mapping[str | None, bool] = {"yes": True, "no": False}
CONTACT = ("name", "how", "when", "must_not")
_SCHEME = re.compile(
    r"^(paypal|cash ?app|revolut|monzo|venmo|zelle|wise|bitcoin|btc|ethereum|eth|iban)\b[\s:.@-]*", re.I
)
_SCHEMES = {"cash app": "cashapp", "btc": "bitcoin", "eth": "ethereum"}
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_BITCOIN = re.compile(r"(?:bc1[a-z0-9]{25,60}|[13][A-HJ-NP-Za-km-z1-9]{25,34})")


def build_report(answers: Answers, reference: str, received: datetime) -> Report:
    """The report as the schema has it. What the schema has no field for is in `told`."""
    age = _age(answers)
    return Report(
        id=reference,
        received=received,
        reporter=Reporter(_one(answers, "who") or "child"),
        harms=_harms(answers),
        area=_one(answers, "area"),
        age=age if age is not None and age <= OLDEST_CHILD else None,
        platforms=answers.get("apps", ()),
        demands=tuple(Demand(value) for value in answers.get("demands", ())),
        lost=_lost(answers),
        danger=_danger(answers, received),
        suspect=tuple(dict.fromkeys(_identifiers(answers))),
        narrative=_one(answers, "what"),
    )


def told(answers: Answers) -> dict[str, Any]:
    """What was said beyond the schema: see docs/reference/envelope.md."""
    ticked = answers.get("happened", ())
    said: dict[str, Any] = {name: said_now(answers, name) for name in ("hurt", "danger")}
    said |= {
        "deadline": _deadline(answers),
        "town": _one(answers, "town"),
        "other_app": _one(answers, "other_app"),
    }
    said |= {name: True for name in ("fake", "adult_known", "knows_address", "still_talking") if name in ticked}
    if "image_shared" in ticked:
        said["spread"] = True
    age = _age(answers)
    if age is not None and age > OLDEST_CHILD:
        said["age"] = age
    return {name: value for name, value in said.items() if value is not None}


def said_now(answers: Answers, what: str) -> str | None:
    """`yes` for what was ticked on the first screen; `no` only where "none of this" was ticked, and alone."""
    now = answers.get("now", ())
    return "yes" if what in now else "no" if now == ("safe",) else None


def write_envelope(report: Report, answers: Answers, door: Door, language: str) -> bytes:
    """The plaintext that is sealed."""
    content = {
        "version": 1,
        "report": report.as_json(),
        "reply_to": {"recipient": door.recipient, "lookup": door.lookup},
        "contact": {name: _one(answers, name) for name in CONTACT if name in answers},
        "language": language,
        "told": told(answers),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _one(answers: Answers, name: str) -> str | None:
    return next(iter(answers.get(name, ())), None)


def _age(answers: Answers) -> int | None:
    given = _one(answers, "age")
    return int(given) if given else None


def _harms(answers: Answers) -> tuple[Harm, ...]:
    """What was ticked; a demand with a fake picture or for money is blackmail even where nothing was ticked."""
    ticked = [Harm(value) for value in answers.get("happened", ()) if value in set(Harm)]
    pressed = {"money", "gift_card", "cryptocurrency"} & set(answers.get("demands", ()))
    if pressed and Harm.SEXTORTION not in ticked:
        ticked.append(Harm.SEXTORTION)
    if {"images", "video_call"} & set(answers.get("demands", ())) and Harm.IMAGES_REQUESTED not in ticked:
        ticked.append(Harm.IMAGES_REQUESTED)
    return tuple(ticked) or (Harm.OTHER,)


def _lost(answers: Answers) -> Money | None:
    given = answers.get("lost", ())
    return Money(float(given[0]), given[1]) if len(given) == 2 else None


def _danger(answers: Answers, received: datetime) -> Danger:
    """`None` where nothing was said: not answering is never "no"."""
    demands = answers.get("demands", ())
    hurt = _YES_OR_NO.get(said_now(answers, "hurt"))
    until = UNTIL.get(_deadline(answers) or "")
    return Danger(
        now=_YES_OR_NO.get(said_now(answers, "danger")),
        self_harm=True if "self_harm" in demands else hurt,
        meeting=True if "meeting" in demands else None,
        deadline=received + until if until else None,
    )


def _deadline(answers: Answers) -> str | None:
    """What was said of the time: the exact answer, or else the tick of the first screen."""
    return _one(answers, "deadline") or ("hour" if "soon" in answers.get("now", ()) else None)


def _identifiers(answers: Answers) -> Iterator[Identifier]:
    apps = [app for app in answers.get("apps", ()) if app != "other"]
    app = apps[0] if len(apps) == 1 else None
    for line in _lines(answers, "names"):
        if " " in line.strip("@"):
            yield Identifier(IdentifierKind.DISPLAY_NAME, line)
        else:
            yield Identifier(IdentifierKind.HANDLE, line, platform=app)
    for line in _lines(answers, "numbers"):
        yield Identifier(IdentifierKind.EMAIL if "@" in line else IdentifierKind.PHONE, line)
    for line in _lines(answers, "links"):
        yield Identifier(IdentifierKind.URL, line)
    for line in _lines(answers, "payments"):
        yield payment(line)
    words = _one(answers, "words")
    if words:
        yield Identifier(IdentifierKind.SCRIPT, words)


def payment(line: str) -> Identifier:
    """A payment account, with its scheme where it was named or where the account's own form tells it."""
    named = _SCHEME.match(line)
    scheme = named.group(1).lower() if named else None
    value = line[named.end() :].strip() if named else line
    together = value.replace(" ", "")
    if scheme is None and _IBAN.fullmatch(together.upper()):
        scheme = "iban"
    if scheme is None and _BITCOIN.fullmatch(together):
        scheme = "bitcoin"
    return Identifier(IdentifierKind.PAYMENT, value or line, scheme=_SCHEMES.get(scheme or "", scheme))


def _lines(answers: Answers, name: str) -> Iterator[str]:
    for line in (_one(answers, name) or "").splitlines():
        if line.strip():
            yield line.strip()
