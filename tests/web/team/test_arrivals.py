"""From a sealed envelope to a case: taken once, never lost, never guessed."""

import hmac
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from tests.desk.made_up import NOW, made_up
from tests.sites import House

from lightkeeper.core.report import Danger, Harm
from lightkeeper.desk.actions.hold_case import place_hold
from lightkeeper.desk.actions.move_case import agree_to_close, move_case
from lightkeeper.desk.actions.triage_again import stand_by_band
from lightkeeper.desk.case import Band, ItemKind
from lightkeeper.desk.people import Officer, Role
from lightkeeper.desk.states import State
from lightkeeper.report.seal import make_keys, open_envelope, seal
from lightkeeper.report.slot import EnvelopeKind, SealedEnvelope
from lightkeeper.web.casebook.casebook import DjangoCasebook
from lightkeeper.web.inbox.models import Envelope, Reply
from lightkeeper.web.inbox.slot import InboxSlot
from lightkeeper.web.inbox.tray import LARGEST
from lightkeeper.web.team.arrivals import take_arrivals
from lightkeeper.web.team.models import Delivery, Feedback, Team, Webhook
from lightkeeper.web.team.replies import send_reply
from lightkeeper.web.team.webhooks import announce_urgent, deliver_due, signing_key

pytestmark = pytest.mark.django_db(databases=["default", "inbox"])
SAM = Officer("sam", "Sam", Role.OFFICER, frozenset({"desk"}))
LOOKUP = "ab" * 32


def push(house: House, kind: EnvelopeKind, content: dict[str, Any], recipient: str = "") -> None:
    sealed = seal(json.dumps(content).encode(), [recipient or house.team_key.recipient])
    InboxSlot().add(SealedEnvelope(kind, uuid4(), uuid4().hex * 2, sealed, NOW))


def report_of(number: int, keys: Any = None, **changes: Any) -> dict[str, Any]:
    keys = keys or make_keys()
    return {
        "version": 1,
        "report": made_up(number, **changes).as_json(),
        "reply_to": {"recipient": keys.recipient, "lookup": LOOKUP},
        "contact": {"must_not": "write to my home"},
        "language": "cy",
        "told": {"still_talking": True, "hurt": "rather_not"},
    }


def test_a_report_becomes_a_case_and_leaves_the_tray(house: House) -> None:
    push(house, EnvelopeKind.REPORT, report_of(1, narrative="hello"))
    taken = take_arrivals(DjangoCasebook(), NOW)
    (case,) = taken.cases
    assert (case.language, case.contact, case.facts) == (
        "cy",
        (("must_not", "write to my home"),),
        (("still_in_contact", True),),
    )
    assert case.band is Band.P2
    assert Envelope.objects.count() == 0
    assert take_arrivals(DjangoCasebook(), NOW).cases == ()


def test_a_report_that_was_kept_before_the_machine_stopped_is_one_case(house: House) -> None:
    for _ in range(2):
        push(house, EnvelopeKind.REPORT, report_of(1))
    assert len(take_arrivals(DjangoCasebook(), NOW).cases) == 1
    assert Envelope.objects.count() == 0


@pytest.mark.parametrize("content", [{}, {"report": {}}, {"report": 3}, {"version": 1, "report": {"id": "x"}}])
def test_what_cannot_be_read_stays_for_a_person(house: House, content: dict[str, Any]) -> None:
    push(house, EnvelopeKind.REPORT, content)
    push(house, EnvelopeKind.REPORT, report_of(2))
    taken = take_arrivals(DjangoCasebook(), NOW)
    assert (len(taken.cases), taken.unopened) == (1, 1)
    assert Envelope.objects.count() == 1


@pytest.mark.parametrize(
    "content",
    [
        *([], 7, None, "x", [[1]], {"report": []}, {"report": report_of(1)["report"], "reply_to": 5}),
        {"report": report_of(1)["report"], "reply_to": {"recipient": [1], "lookup": {"a": 1}}},
        {"report": report_of(1)["report"], "told": [1, 2], "contact": "x"},
        {"report": report_of(1)["report"], "language": "x" * 100_000},
        {"report": report_of(1)["report"], "contact": {"how": "zero \x00 byte"}},
        {"report": {**report_of(1)["report"], "received": "0000-00-00"}},
    ],
)
@pytest.mark.parametrize("kind", list(EnvelopeKind))
def test_whatever_the_holder_of_the_public_site_seals_never_stops_the_next_report(
    house: House, any_database: str, kind: EnvelopeKind, content: Any
) -> None:
    push(house, kind, content)
    push(house, EnvelopeKind.REPORT, report_of(2))
    taken = take_arrivals(DjangoCasebook(), NOW)
    assert report_of(2)["report"]["id"] in {case.report.id for case in taken.cases}
    for case in taken.cases:
        assert case.reply_to is None or len(case.reply_to.lookup) == 64
        assert len(case.language) <= 10


@pytest.mark.parametrize("plain", [b"[" * 100_000, b"\xff\xfe", b"1e999", b'{"report": NaN}', b'"\\ud800"'])
def test_what_is_no_json_stays_and_stops_nothing(house: House, plain: bytes) -> None:
    InboxSlot().add(
        SealedEnvelope(EnvelopeKind.REPORT, uuid4(), "k", seal(plain, [house.team_key.recipient]), NOW)
    )
    push(house, EnvelopeKind.REPORT, report_of(2))
    taken = take_arrivals(DjangoCasebook(), NOW)
    assert (len(taken.cases), taken.unopened) == (1, 1)


def test_a_row_of_no_kind_and_one_too_large_to_open_stay_and_are_counted(house: House) -> None:
    Envelope.objects.create(reference=uuid4(), key="a", kind="other", sealed=b"x", arrived=NOW)
    Envelope.objects.create(reference=uuid4(), key="b", kind="report", sealed=bytes(LARGEST + 1), arrived=NOW)
    push(house, EnvelopeKind.REPORT, report_of(2))
    taken = take_arrivals(DjangoCasebook(), NOW)
    assert (len(taken.cases), taken.unopened) == (1, 2)


def test_an_answer_that_comes_again_out_of_the_spool_is_taken_once(house: House, any_database: str) -> None:
    """The machine stopped before the envelope was removed, or the inbox's yes was lost and it was spooled too."""
    book = DjangoCasebook()
    push(house, EnvelopeKind.REPORT, report_of(1))
    (case,) = take_arrivals(book, NOW).cases
    words = {"lookup": LOOKUP, "text": "he wrote again", "written": "2026-01-31T10:00:00Z"}
    sealed = seal(json.dumps({"answer": words}).encode(), [house.team_key.recipient])
    praise = seal(json.dumps({"feedback": {"text": "good"}}).encode(), [house.team_key.recipient])
    answers = 0
    for _ in range(2):
        InboxSlot().add(SealedEnvelope(EnvelopeKind.ANSWER, uuid4(), "a" * 64, sealed, NOW))
        InboxSlot().add(SealedEnvelope(EnvelopeKind.FEEDBACK, uuid4(), "b" * 64, praise, NOW))
        answers += take_arrivals(book, NOW).answers
    assert answers == 1
    assert sum(item.kind is ItemKind.NEWS for item in book.items(case.id)) == 1
    assert Feedback.objects.count() == 1
    assert Envelope.objects.count() == 0


def test_an_envelope_for_another_key_stays(house: House) -> None:
    push(house, EnvelopeKind.REPORT, report_of(1), make_keys().recipient)
    assert take_arrivals(DjangoCasebook(), NOW).unopened == 1
    assert Envelope.objects.count() == 1


def test_an_answer_goes_on_its_case_wakes_it_and_can_raise_it(house: House) -> None:
    book = DjangoCasebook()
    push(house, EnvelopeKind.REPORT, {**report_of(1), "told": {}})
    (case,) = take_arrivals(book, NOW).cases
    assert case.band is Band.P4
    move_case(book, move_case(book, case, SAM, NOW, State.WORKING), SAM, NOW, State.CLOSED, "done", "safe")
    words = {"lookup": LOOKUP, "text": "i want to die", "written": "2026-01-31T10:00:00Z"}
    push(house, EnvelopeKind.ANSWER, {"version": 1, "answer": words, "language": "en"})
    assert take_arrivals(book, NOW).answers == 1
    woken = book.case(case.id)
    assert (woken.state, woken.band, woken.outcome) == (State.REOPENED, Band.P1, None)
    assert [item.text for item in book.items(case.id) if item.kind is ItemKind.NEWS] == ["i want to die"]


def test_an_answer_without_a_case_waits(house: House) -> None:
    words = {"lookup": "cd" * 32, "text": "hello", "written": "2026-01-31T10:00:00Z"}
    push(house, EnvelopeKind.ANSWER, {"version": 1, "answer": words})
    assert take_arrivals(DjangoCasebook(), NOW).unopened == 1
    assert Envelope.objects.count() == 1


def test_feedback_is_kept_for_the_team_alone(house: House) -> None:
    push(
        house, EnvelopeKind.FEEDBACK, {"version": 1, "feedback": {"page": "help", "found": "yes", "text": "good"}}
    )
    assert take_arrivals(DjangoCasebook(), NOW).feedback == 1
    assert Feedback.objects.get().text == "good"


def test_a_reply_is_sealed_for_the_receipt_and_nobody_else(house: House) -> None:
    keys = make_keys()
    push(house, EnvelopeKind.REPORT, report_of(1, keys))
    (case,) = take_arrivals(DjangoCasebook(), NOW).cases
    item = send_reply(DjangoCasebook(), case, SAM, NOW, "you did the right thing")
    row = Reply.objects.get()
    assert (row.lookup, b"right thing" in bytes(row.sealed)) == (LOOKUP, False)
    plain = json.loads(open_envelope(bytes(row.sealed), [keys.identity]))
    assert plain == {
        "version": 1,
        "reply": {"id": item.id, "text": "you did the right thing", "written": "2026-01-31T09:30:00Z"},
    }


def test_a_p1_is_announced_sealed_signed_and_tried_again(house: House) -> None:
    keys = make_keys()
    team = Team.objects.create(name="desk", title="Desk")
    Webhook.objects.create(url="https://tool.example/p1", team=team, recipient=keys.recipient, made_by="jo")
    push(house, EnvelopeKind.REPORT, report_of(1, danger=Danger(now=True), narrative="my words"))
    push(house, EnvelopeKind.REPORT, report_of(2, harms=(Harm.SEXTORTION,)))
    push(house, EnvelopeKind.REPORT, report_of(3, danger=Danger(now=True), hold=True))
    cases = take_arrivals(DjangoCasebook(), NOW).cases
    delivery = Delivery.objects.get()
    assert delivery.case_id == cases[0].id
    said = json.loads(open_envelope(bytes(delivery.body), [keys.identity]))
    assert (said["event"], said["case"]) == ("case.p1", cases[0].id)
    assert "my words" not in json.dumps(said)
    sent: list[dict[str, str]] = []
    assert deliver_due(NOW, lambda url, body, headers: sent.append(headers) or False) == 0
    assert deliver_due(NOW, lambda url, body, headers: True) == 0  # not yet: the next try is in a minute
    later = datetime(2026, 1, 31, 9, 40, tzinfo=UTC)
    assert deliver_due(later, lambda url, body, headers: True) == 1
    assert deliver_due(datetime(2026, 2, 3, tzinfo=UTC), lambda url, body, headers: True) == 0
    assert sent[0]["Lightkeeper-Signature"].startswith("v1=")


def hook(team: Team, url: str = "https://tool.example/p1") -> Any:
    keys = make_keys()
    Webhook.objects.create(url=url, team=team, recipient=keys.recipient, made_by="jo")
    return keys


def test_a_case_that_becomes_a_p1_is_announced_and_again_when_it_wakes(house: House) -> None:
    book, taken = DjangoCasebook(), lambda url, body, headers: True
    hook(Team.objects.create(name="desk", title="Desk"))
    push(house, EnvelopeKind.REPORT, {**report_of(1, harms=(Harm.THREAT,), age=17), "told": {}})
    (case,) = take_arrivals(book, NOW).cases
    assert deliver_due(NOW, taken) == 0
    raised = stand_by_band(book, case, SAM, NOW, Band.P1)
    assert (announce_urgent(NOW), announce_urgent(NOW), deliver_due(NOW, taken)) == (1, 0, 1)
    ask = move_case(book, move_case(book, raised, SAM, NOW, State.WORKING), SAM, NOW, State.CLOSED, "done", "safe")
    agree_to_close(book, ask, Officer("ali", "Ali", Role.OFFICER, frozenset({"desk"})), NOW)
    assert announce_urgent(NOW) == 0
    words = {"lookup": LOOKUP, "text": "he wrote again", "written": "2026-01-31T10:00:00Z"}
    push(house, EnvelopeKind.ANSWER, {"version": 1, "answer": words, "language": "en"})
    assert take_arrivals(book, NOW).answers == 1
    assert deliver_due(NOW, taken) == 1


def test_what_was_held_since_it_was_queued_is_not_announced(house: House) -> None:
    book = DjangoCasebook()
    hook(Team.objects.create(name="desk", title="Desk"))
    push(house, EnvelopeKind.REPORT, report_of(1, danger=Danger(now=True)))
    (case,) = take_arrivals(book, NOW).cases
    assert Delivery.objects.filter(delivered=None).count() == 1
    place_hold(book, SAM, NOW, case.id, [case], "live", "sam", NOW.date())
    assert deliver_due(NOW, lambda url, body, headers: True) == 0


class Receiver(BaseHTTPRequestHandler):
    """A team's own tool: it takes what is signed, and nothing before it has been asked twice."""

    seen: ClassVar[list[tuple[str, bytes, dict[str, str]]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append((self.path, body, dict(self.headers)))
        self.send_response(302 if self.path == "/elsewhere" else 204 if len(self.seen) > 1 else 503)
        if self.path == "/elsewhere":
            self.send_header("Location", "/taken")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged."""


@pytest.fixture
def receiver() -> Iterator[str]:
    Receiver.seen.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_real_receiver_opens_what_it_gets_and_checks_who_sent_it(house: House, receiver: str) -> None:
    keys = hook(Team.objects.create(name="desk", title="Desk"), f"{receiver}/p1")
    push(house, EnvelopeKind.REPORT, report_of(1, danger=Danger(now=True), narrative="my words"))
    (case,) = take_arrivals(DjangoCasebook(), NOW).cases
    assert [deliver_due(NOW + timedelta(minutes=wait)) for wait in (0, 0, 1, 9)] == [0, 0, 1, 0]
    (_, first, _), (_, body, headers) = Receiver.seen
    assert first == body
    expected = hmac.new(signing_key(), headers["Lightkeeper-Time"].encode() + b"." + body, "sha256").hexdigest()
    assert headers["Lightkeeper-Signature"] == f"v1={expected}"
    assert json.loads(open_envelope(body, [keys.identity]))["case"] == case.id
    assert b"my words" not in body


def test_a_receiver_that_sends_us_elsewhere_has_taken_nothing(house: House, receiver: str) -> None:
    hook(Team.objects.create(name="desk", title="Desk"), f"{receiver}/elsewhere")
    push(house, EnvelopeKind.REPORT, report_of(1, danger=Danger(now=True)))
    take_arrivals(DjangoCasebook(), NOW)
    assert deliver_due(NOW) == 0
    assert [path for path, _, _ in Receiver.seen] == ["/elsewhere"]
