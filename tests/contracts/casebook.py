"""What every casebook must do, whichever way it keeps its cases. Subclasses give `book`."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.desk.made_up import NOW, REPLY_TO, MadeUpLinkage, made_up, open_case

from lightkeeper.core.errors import AlreadyHere, NoSuchCase
from lightkeeper.core.report import Danger, Harm
from lightkeeper.core.suspect import Decision, Suspect, Verdict
from lightkeeper.desk.audit import Act, Head, find_flaws
from lightkeeper.desk.case import Band, Hold, Item, ItemKind, Proposal, name_suspect
from lightkeeper.desk.casebook import Casebook, Wanted
from lightkeeper.desk.states import State

ACT = Act("sam", "test.act", "about", why="a reason")
DESK = Wanted(frozenset({"desk"}))


class CasebookContract:
    """One test a promise of the protocol."""

    def test_a_case_comes_back_as_it_was_put(self, book: Casebook) -> None:
        case = open_case(
            book,
            narrative="Zażółć <b>gęślą</b> jaźń, 彼は \U0001f600",
            danger=Danger(now=None, self_harm=False, deadline=NOW + timedelta(hours=5)),
            reply_to=REPLY_TO,
            contact=(("how", "07700 900123"),),
            facts=(("adult", True),),
            told=(("town", "Made-up Town"),),
        )
        assert book.case(case.id) == case
        assert book.case_of(case.report.id) == case
        changed = replace(
            case,
            state=State.WORKING,
            owner="sam",
            restricted=True,
            allowed=frozenset({"sam", "ali"}),
            proposal=Proposal("lower", "sam", NOW, "why", band=Band.P4),
            kirat="low",
            first_decision=NOW,
        )
        book.save_case(changed, ACT)
        assert book.case(case.id) == changed

    def test_a_report_is_taken_once(self, book: Casebook) -> None:
        open_case(book)
        with pytest.raises(AlreadyHere):
            open_case(book)
        assert len(tuple(book.reports())) == 1

    def test_what_is_not_there_says_so(self, book: Casebook) -> None:
        assert book.case_of("nothing") is None
        assert book.suspect_of("nothing") is None
        for ask in (lambda: book.case("CAAAAAAAAAA"), lambda: book.suspect("nothing")):
            with pytest.raises(NoSuchCase):
                ask()

    def test_what_leaves_has_nothing_held_in_it_and_does_not_count_it(self, book: Casebook) -> None:
        held, linked, free = open_case(book, 1), open_case(book, 2), open_case(book, 3)
        came_held = open_case(book, 4, hold=True)
        book.store_linkage(MadeUpLinkage(("R-0001", "R-0002"), ("R-0003",)))
        book.put_hold(Hold("f" * 16, held.id, ("R-0001",), "live", "sam", NOW.date(), NOW), ACT)
        inside, outside = book.queue(DESK), book.queue(replace(DESK, leaves=True))
        assert {line.case_id for line in inside.lines} == {held.id, linked.id, free.id, came_held.id}
        assert [line.case_id for line in outside.lines] == [free.id]
        assert (inside.total, outside.total) == (4, 1)

    def test_what_a_person_has_to_do_is_found_over_all_cases(self, book: Casebook) -> None:
        one, two = open_case(book, 1), open_case(book, 2)
        day = NOW.date()
        for name, case, who, due, done in (
            ("0" * 16, one, "sam", None, None),
            ("1" * 16, one, "sam", day + timedelta(days=2), None),
            ("2" * 16, two, "sam", day, None),
            ("3" * 16, two, "sam", day, NOW),
            ("4" * 16, two, "ali", day, None),
        ):
            task = Item(name, case.id, ItemKind.TASK, NOW, "robin", "ring", due=due, assigned=who, done=done)
            book.put_item(task, ACT)
        book.put_item(Item("5" * 16, one.id, ItemKind.NOTE, NOW, "sam", "x", assigned="sam"), ACT)
        assert [item.id[0] for item in book.tasks_of("sam")] == ["2", "1", "0"]
        assert book.tasks_of("nobody") == ()

    def test_what_stands_around_a_report(self, book: Casebook) -> None:
        cases = [open_case(book, number) for number in range(4)]
        assert book.around("R-0000") == (0, 0)
        book.store_linkage(MadeUpLinkage(("R-0000", "R-0001", "R-0002"), ("R-0003",)))
        book.save_case(replace(cases[1], state=State.CLOSED), ACT)
        assert [book.around(f"R-000{number}") for number in range(4)] == [(2, 1), (2, 2), (2, 1), (0, 0)]
        assert book.around("nothing") == (0, 0)
        assert [one.id for one in book.cases_of(["R-0003", "nothing", "R-0001"])] == [
            one.id for one in sorted((cases[1], cases[3]), key=lambda case: (case.report.received, case.id))
        ]

    def test_a_line_of_the_queue_says_why_and_whether_somebody_decided(self, book: Casebook) -> None:
        case = open_case(book, 1, harms=(Harm.SEXTORTION,), age=15)
        (line,) = book.queue(DESK).lines
        assert line.because.startswith("Somebody is blackmailing the child. The child is under 16")
        assert line.decided is None
        raised = replace(book.case_to_change(case.id), band=Band.P1, first_decision=NOW)
        book.save_case(raised, ACT)
        (line,) = book.queue(DESK).lines
        assert line.because.startswith("A person raised it. Somebody is blackmailing")
        assert line.decided == NOW
        assert len(line.because) <= 200
        with pytest.raises(NoSuchCase):
            book.case_to_change("CAAAAAAAAAA")

    def test_the_queue_is_in_the_order_of_the_desk(self, book: Casebook) -> None:
        calm = open_case(book, 1)
        urgent = open_case(book, 2, danger=Danger(now=True))
        soon = open_case(book, 3, harms=(Harm.SEXTORTION,), danger=Danger(deadline=NOW + timedelta(hours=60)))
        older = open_case(book, 4, harms=(Harm.SEXTORTION,), received=NOW - timedelta(hours=2))
        page = book.queue(DESK)
        assert [line.case_id for line in page.lines] == [urgent.id, older.id, soon.id, calm.id]
        assert dict(page.counts) == {Band.P1: 1, Band.P2: 2, Band.P3: 0, Band.P4: 1}
        assert page.total == 4
        second = book.queue(replace(DESK, after=1, limit=2))
        assert [line.case_id for line in second.lines] == [older.id, soon.id]
        assert book.queue(replace(DESK, bands=frozenset({Band.P1}))).lines == page.lines[:1]

    def test_the_queue_shows_only_what_is_asked_for(self, book: Casebook) -> None:
        mine = open_case(book, 1)
        book.save_case(replace(mine, owner="sam"), ACT)
        nobodys = open_case(book, 2, area="kent")
        open_case(book, 3, team="elsewhere")
        closed = open_case(book, 4)
        book.save_case(replace(closed, state=State.CLOSED, closed=NOW, outcome="safe"), ACT)
        ids = {
            "all": DESK,
            "mine": replace(DESK, owner="sam"),
            "nobodys": replace(DESK, owner=""),
            "kent": replace(DESK, areas=frozenset({"kent"})),
            "closed": replace(DESK, states=frozenset({State.CLOSED})),
            "elsewhere": Wanted(frozenset({"nowhere"})),
        }
        found = {name: {line.case_id for line in book.queue(wanted).lines} for name, wanted in ids.items()}
        assert found["all"] == {mine.id, nobodys.id}
        assert (found["mine"], found["nobodys"], found["kent"]) == ({mine.id}, {nobodys.id}, {nobodys.id})
        assert (found["closed"], found["elsewhere"]) == ({closed.id}, set())

    def test_a_restricted_case_is_in_the_queue_of_named_people_alone(self, book: Casebook) -> None:
        case = open_case(book)
        book.save_case(replace(case, restricted=True, allowed=frozenset({"sam"})), ACT)
        assert [line.case_id for line in book.queue(replace(DESK, person="sam")).lines] == [case.id]
        assert book.queue(replace(DESK, person="ali")).lines == ()
        assert book.queue(replace(DESK, person="robin", sees_restricted=True)).lines[0].restricted

    def test_search_finds_beginnings_of_words(self, book: Casebook) -> None:
        case = open_case(book, 77, narrative="He wrote about the Lighthouse café, don't tell")
        open_case(book, 2, narrative="nothing of the kind")
        note = Item("aa" * 8, case.id, ItemKind.NOTE, NOW, "sam", "rang the harbourmaster")
        book.put_item(note, ACT)
        for words in (
            "light",
            "LIGHTHOUSE wrote",
            "café",
            "made up_77",
            "@made.up_77",
            "harbourm",
            case.id.lower(),
        ):
            found = [line.case_id for line in book.queue(replace(DESK, words=words)).lines]
            assert found == [case.id], words
        for words in ("ighthouse", "lighthouse nothing", "house", "'; DROP TABLE x", '"', "a OR b NOT c"):
            assert book.queue(replace(DESK, words=words)).lines == () or not words.strip("\"';"), words

    def test_items_are_kept_in_order_and_replaced(self, book: Casebook) -> None:
        case = open_case(book)
        task = Item("a" * 16, case.id, ItemKind.TASK, NOW, "sam", "ring back", assigned="ali")
        note = Item("b" * 16, case.id, ItemKind.NOTE, NOW + timedelta(minutes=1), "sam", "rang")
        book.put_item(note, ACT)
        book.put_item(task, ACT)
        assert book.items(case.id) == (task, note)
        done = replace(task, done=NOW + timedelta(hours=1))
        book.put_item(done, ACT)
        assert book.items(case.id) == (done, note)
        with pytest.raises(NoSuchCase):
            book.put_item(replace(note, case_id="CAAAAAAAAAA"), ACT)

    def test_cases_of_one_receipt_are_found(self, book: Casebook) -> None:
        first = open_case(book, 1, reply_to=REPLY_TO, received=NOW - timedelta(days=2))
        second = open_case(book, 2, reply_to=REPLY_TO)
        open_case(book, 3)
        assert [case.id for case in book.cases_behind(REPLY_TO.lookup)] == [first.id, second.id]
        assert book.cases_behind("cd" * 32) == ()
        assert book.cases_behind("") == ()

    def test_links_and_suspects_are_replaced_as_a_whole(self, book: Casebook) -> None:
        for number in range(1, 5):
            open_case(book, number)
        book.store_linkage(MadeUpLinkage(("R-0001", "R-0002", "R-0003"), ("R-0004",)))
        assert [len(suspect.reports) for suspect in book.suspects()] == [3]
        assert len(book.suspects(least=1)) == 2
        linkage = MadeUpLinkage(("R-0001", "R-0002"), ("R-0003", "R-0004"), possible=(("R-0002", "R-0003"),))
        book.store_linkage(linkage)
        assert {suspect.reports for suspect in book.suspects()} == {("R-0001", "R-0002"), ("R-0003", "R-0004")}
        assert book.suspect_of("R-0004") == Suspect(name_suspect("S-R-0003"), ("R-0003", "R-0004"))
        assert [(link.a, link.b) for link in book.links(["R-0003"])] == [
            ("R-0003", "R-0004"),
            ("R-0002", "R-0003"),
        ]
        assert set(book.links(["R-0001", "R-0002", "R-0003"])) == set(linkage.links)
        assert book.queue(DESK).lines[0].suspect_size == 2

    def test_suspects_can_be_grouped_anew_in_part(self, book: Casebook) -> None:
        for number in range(1, 5):
            open_case(book, number)
        book.store_linkage(MadeUpLinkage(("R-0001", "R-0002"), ("R-0003", "R-0004")))
        book.put_suspects((Suspect("S-new", ("R-0001",)), Suspect("S-other", ("R-0002",))))
        assert book.suspect_of("R-0001") == Suspect("S-new", ("R-0001",))
        assert [suspect.id for suspect in book.suspects()] == [name_suspect("S-R-0003")]

    def test_decisions_are_remembered_replaced_and_undone(self, book: Casebook) -> None:
        book.decide(Decision("R-2", "R-1", Verdict.REJECTED), ACT)
        assert book.decisions() == (Decision("R-1", "R-2", Verdict.REJECTED),)
        book.decide(Decision("R-1", "R-2", Verdict.CONFIRMED), ACT)
        assert book.decisions() == (Decision("R-1", "R-2", Verdict.CONFIRMED),)
        book.undecide("R-2", "R-1", ACT)
        assert book.decisions() == ()

    def test_a_hold_covers_the_whole_suspect_and_follows_it(self, book: Casebook) -> None:
        for number in range(1, 6):
            open_case(book, number, hold=number == 5)
        book.store_linkage(MadeUpLinkage(("R-0001", "R-0002"), ("R-0003", "R-0004")))
        hold = Hold("c" * 16, "S-R-0001", ("R-0001",), "why", "sam", NOW.date(), NOW)
        book.put_hold(hold, ACT)
        assert book.held_reports() == {"R-0001", "R-0002", "R-0005"}
        assert {report.id for report in book.reports() if report.hold} == book.held_reports()
        book.store_linkage(MadeUpLinkage(("R-0001", "R-0003"), ("R-0002",), ("R-0004", "R-0005")))
        assert book.held_reports() == {"R-0001", "R-0003", "R-0004", "R-0005"}
        assert {line.case_id for line in book.queue(DESK).lines if line.held} == {
            case.id for report in book.held_reports() if (case := book.case_of(report))
        }
        book.put_hold(replace(hold, lifted_by="robin", lifted_at=NOW, lifted_why="over"), ACT)
        assert book.held_reports() == {"R-0004", "R-0005"}
        assert [one.stands for one in book.holds()] == [False]

    def test_a_hold_that_came_in_is_lifted_by_a_hold_of_our_own(self, book: Casebook) -> None:
        open_case(book, 1, hold=True)
        ours = Hold("c" * 16, "x", ("R-0001",), "why", "sam", NOW.date(), NOW)
        book.put_hold(ours, ACT)
        assert book.held_reports() == {"R-0001"}
        book.put_hold(replace(ours, lifted_by="robin", lifted_at=NOW, lifted_why="over"), ACT)
        assert book.held_reports() == frozenset()
        book.put_hold(replace(ours, id="d" * 16), ACT)
        assert book.held_reports() == {"R-0001"}

    def test_reports_come_oldest_first(self, book: Casebook) -> None:
        open_case(book, 1)
        open_case(book, 2, received=NOW - timedelta(days=3))
        assert [report.id for report in book.reports()] == ["R-0002", "R-0001"]
        assert [report.id for report in book.reports_of(["R-0001", "R-0009"])] == ["R-0001"]
        assert next(iter(book.reports_of(["R-0001"]))) == made_up(1)

    def test_every_write_is_in_the_log_and_the_chain_holds(self, book: Casebook) -> None:
        case = open_case(book)
        before = len(tuple(book.entries()))
        book.save_case(replace(case, owner="sam"), Act("sam", "case.assign", case.id))
        book.put_item(Item("d" * 16, case.id, ItemKind.NOTE, NOW, "sam", "x"), Act("sam", "case.note", case.id))
        book.put_hold(Hold("e" * 16, case.id, ("R-0001",), "w", "sam", NOW.date(), NOW), ACT)
        book.decide(Decision("R-1", "R-2", Verdict.REJECTED), ACT)
        book.undecide("R-1", "R-2", ACT)
        book.store_linkage(MadeUpLinkage(("R-0001",)), ACT)
        last = book.record(Act("sam", "see.case.see", case.id, why="looked", detail=(("b", "2"), ("a", "1"))))
        entries = tuple(book.entries())
        assert len(entries) == before + 7
        assert find_flaws(entries, book.reasons(), [Head(last.number, last.hash)]) == ()
        assert last.detail == (("a", "1"), ("b", "2"))
        assert tuple(book.entries(about=case.id, who="sam"))[-1] == last
        assert {why.words for why in book.reasons()} == {"a reason", "looked"}

    def test_forgetting_takes_all_of_a_case_and_leaves_the_chain(self, book: Casebook) -> None:
        gone, kept = open_case(book, 1, narrative="lighthouse"), open_case(book, 2)
        book.store_linkage(MadeUpLinkage(("R-0001", "R-0002")))
        book.put_item(Item("f" * 16, gone.id, ItemKind.NOTE, NOW, "sam", "x"), Act("sam", "n", gone.id, "secret"))
        book.put_item(Item("0" * 16, kept.id, ItemKind.NOTE, NOW, "sam", "x"), Act("sam", "n", kept.id, "other"))
        book.decide(Decision("R-0001", "R-0002", Verdict.CONFIRMED), ACT)
        book.record(Act("sam", "search", why="searched: somebody"))
        assert book.forget([gone.id, "CAAAAAAAAAA"], Act("robin", "keep.forget", why="due")) == 1
        with pytest.raises(NoSuchCase):
            book.case(gone.id)
        assert (book.items(gone.id), book.links(["R-0001"]), book.decisions()) == ((), (), ())
        assert book.suspect_of("R-0002") == Suspect(name_suspect("S-R-0001"), ("R-0002",))
        assert book.queue(replace(DESK, words="lighthouse")).lines == ()
        assert not {"secret", "searched: somebody"} & {why.words for why in book.reasons()}
        assert "other" in {why.words for why in book.reasons()}
        assert find_flaws(book.entries(), book.reasons()) == ()
