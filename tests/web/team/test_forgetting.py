"""The purge proof: after forgetting, no byte of a case is in the database, its free pages, the search index, the
inbox, or a backup made afterwards; and what is left is a certificate."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, transaction
from tests.desk.made_up import LEAD, MadeUpLinkage, open_case

from lightkeeper.core.errors import Held, NotAllowed
from lightkeeper.core.identifier import Identifier, IdentifierKind
from lightkeeper.desk.actions.hold_case import lift_hold, place_hold
from lightkeeper.desk.actions.move_case import move_case
from lightkeeper.desk.actions.write_item import write_note
from lightkeeper.desk.audit import find_flaws
from lightkeeper.desk.case import ReplyTo
from lightkeeper.desk.states import State
from lightkeeper.report.seal import make_keys
from lightkeeper.web.casebook.casebook import DjangoCasebook
from lightkeeper.web.inbox.models import Reply
from lightkeeper.web.team.forgetting import cases_due, forget_cases, scrub_pages
from lightkeeper.web.team.linking import link_new
from lightkeeper.web.team.models import Certificate, Warned
from lightkeeper.web.team.replies import send_reply

CANARIES = ("canarynarrative", "canary.handle", "canarynote", "canaryreason", "canarycontact", "canaryreport-1")
LOOKUP = "c0ffee" + "0" * 58


def make_case(book: DjangoCasebook, days_ago: int) -> Any:
    """A closed case with a canary in every place where a person's words can be."""
    then = datetime.now(UTC) - timedelta(days=days_ago)
    case = open_case(
        book,
        1,
        id="canaryreport-1",
        narrative="canarynarrative said this: "
        + " ".join(f"canarynarrative{number} came" for number in range(40)),
        suspect=(Identifier(IdentifierKind.HANDLE, "canary.handle", platform="instagram"),),
        contact=(("how", "canarycontact"),),
        reply_to=ReplyTo(make_keys().recipient, LOOKUP),
    )
    link_new(book, [case], then)  # so that the index of links has it, too
    write_note(book, case, LEAD, then, "canarynote")
    send_reply(book, case, LEAD, then, "canaryreply")
    working = move_case(book, case, LEAD, then, State.WORKING)
    hold = place_hold(book, LEAD, then, case.id, [working], "canaryreason", "robin", then.date())
    lift_hold(book, LEAD, then, hold, [working], "canaryreason over")
    return move_case(book, working, LEAD, then, State.CLOSED, "canaryreason", "mistake")


def tables() -> str:
    """Every row of every table of the casebook, as text."""
    found = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{name}"')
            found += [repr(row) for row in cursor.fetchall()]
    return "\n".join(found)


@pytest.mark.django_db(databases=["default", "inbox"])
def test_no_table_holds_anything_of_a_forgotten_case(book: Any, any_database: str) -> None:
    case = make_case(book, days_ago=40)
    kept = open_case(book, 2, narrative="somebody else")
    book.store_linkage(MadeUpLinkage(("canaryreport-1", kept.report.id)))
    draft = {"behind": ["canaryreport-1", kept.report.id]}
    Warned.objects.create(warning_id="w", area="x", at=case.opened, state="draft", warning=draft, approval={})
    before = tables()
    assert all(canary in before for canary in CANARIES)
    assert Reply.objects.filter(lookup=LOOKUP).count() == 1
    now = datetime.now(UTC)
    (due,) = cases_due(book, now, {"desk"})
    made = forget_cases(book, [due], LEAD, now, "it is due")
    after = tables()
    assert [canary for canary in CANARIES if canary in after] == []
    assert case.id not in json.dumps(made.body)
    assert "somebody else" in after
    assert Reply.objects.filter(lookup=LOOKUP).count() == 0
    assert Warned.objects.get().warning["behind"] == [kept.report.id]
    assert made.body["cases"] == 1
    assert made.body["by_outcome"] == {"mistake": 1}
    assert find_flaws(book.entries(), book.reasons()) == ()
    assert cases_due(book, now, {"desk"}) == ()


@pytest.mark.django_db(transaction=False, databases=["default", "inbox"])
def test_what_is_not_due_or_is_held_stays(book: Any) -> None:
    case = make_case(book, days_ago=10)
    now = datetime.now(UTC)
    assert cases_due(book, now, {"desk"}) == ()
    later = now + timedelta(days=30)
    assert cases_due(book, later, {"elsewhere"}) == ()
    place_hold(book, LEAD, now, case.id, [case], "live", "robin", later.date())
    (due,) = cases_due(book, later, {"desk"})
    assert due.kept_by == "a hold"
    with pytest.raises(Held):
        forget_cases(book, [due], LEAD, later, "why")
    with pytest.raises(NotAllowed):
        forget_cases(book, [], LEAD, later, "why")
    assert Certificate.objects.count() == 0


def test_no_byte_is_left_in_the_files_or_in_a_backup(
    tmp_path: Path, django_db_blocker: Any, django_db_setup: None
) -> None:
    """On real SQLite files: the database, its journal, and a copy made afterwards."""
    from django.core.management import call_command
    from django.db.backends.sqlite3.base import DatabaseWrapper

    old = {alias: connections[alias] for alias in ("default", "inbox")}
    with django_db_blocker.unblock():
        try:
            for alias, one in old.items():
                settings = {**one.settings_dict, "NAME": str(tmp_path / f"{alias}.sqlite3")}
                connections[alias] = DatabaseWrapper(settings, alias)
                call_command("migrate", database=alias, verbosity=0, interactive=False)
            book = DjangoCasebook()
            make_case(book, days_ago=40)
            assert any(b"canarynarrative" in path.read_bytes() for path in tmp_path.iterdir())
            now = datetime.now(UTC)
            with transaction.atomic():
                forget_cases(book, cases_due(book, now, {"desk"}), LEAD, now, "it is due")
            scrub_pages()
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(tmp_path / "backup.sqlite3")])
            assert canaries_in(tmp_path) == []
        finally:
            for alias, one in old.items():
                connections[alias].close()
                connections[alias] = one


def canaries_in(folder: Path) -> list[tuple[str, str]]:
    """Every file below a folder that holds a canary, in either case and in two encodings."""
    found = []
    for path in (one for one in folder.rglob("*") if one.is_file()):
        data = path.read_bytes().lower()
        for canary in (*CANARIES, LOOKUP):
            if canary.encode() in data or canary.encode("utf-16-le") in data:
                found.append((str(path.relative_to(folder)), canary))
    return found


@pytest.mark.postgres
def test_no_byte_is_left_in_a_postgresql_that_does_not_keep_its_old_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any, django_db_setup: None
) -> None:
    """Every file of a real cluster: tables, indexes, statistics, and the journal (`wal_recycle = off`)."""
    from django.core.management import call_command
    from django.db.utils import ConnectionHandler
    from tests.postgres import running_cluster, there_is_postgres

    from lightkeeper.web.shared.settings import environment

    if not there_is_postgres():
        pytest.skip("no PostgreSQL on this machine")
    old = {alias: connections[alias] for alias in ("default", "inbox")}
    with running_cluster() as cluster, django_db_blocker.unblock():
        with cluster.connect() as owner:
            owner.execute("ALTER SYSTEM SET wal_recycle = off")
            owner.execute("SELECT pg_reload_conf()")
        try:
            for alias, one in old.items():
                monkeypatch.setenv("LIGHTKEEPER_PURGE_URL", cluster.url(cluster.new_database()))
                settings = {**one.settings_dict, **environment.database("LIGHTKEEPER_PURGE_URL", tmp_path / "x")}
                handler = ConnectionHandler({"default": {**settings, "ATOMIC_REQUESTS": False}})
                connections[alias] = handler.create_connection("default")
                connections[alias].alias = alias
                call_command("migrate", database=alias, verbosity=0, interactive=False)
            book = DjangoCasebook()
            make_case(book, days_ago=40)
            with cluster.connect(connections["default"].settings_dict["NAME"]) as owner:
                owner.execute("ANALYZE")
                owner.execute("CHECKPOINT")
            before = {path.split("/")[0] for path, _ in canaries_in(cluster.data)}
            assert before == {"base", "pg_wal"}
            now = datetime.now(UTC)
            with transaction.atomic():
                forget_cases(book, cases_due(book, now, {"desk"}), LEAD, now, "it is due")
            scrub_pages()
            with cluster.connect() as owner:
                for _ in range(2):  # what a checkpoint of any busy day does by itself
                    owner.execute("SELECT pg_switch_wal()")
                    owner.execute("CHECKPOINT")
            assert canaries_in(cluster.data) == []
        finally:
            for alias, one in old.items():
                connections[alias].close()
                connections[alias] = one
