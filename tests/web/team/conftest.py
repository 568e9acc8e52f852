"""The team site's tests: its own settings, real SQLite and PostgreSQL, real keys, in a folder that goes away."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django
import pytest
from tests.sites import House, build_house
from tests.web.conftest import use_site

use_site("team")
FOLDER = Path(tempfile.mkdtemp(prefix="lightkeeper-team-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
HOUSE = build_house(FOLDER)
os.environ.update(HOUSE.environment("team"))
django.setup()


@pytest.fixture(scope="session")
def house() -> House:
    return HOUSE


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture(scope="session")
def _postgres_database(postgres: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The casebook's tables on a real PostgreSQL, made by the same migrations."""
    from django.core.management import call_command
    from django.db import connections

    from lightkeeper.web.shared.settings import environment

    os.environ["LIGHTKEEPER_TEST_URL"] = postgres.url(postgres.new_database())
    settings = {**connections.settings["default"], **environment.database("LIGHTKEEPER_TEST_URL", FOLDER / "x")}
    with django_db_blocker.unblock():
        sqlite = connections["default"]
        made = connections.create_connection("default")
        made.settings_dict = {**made.settings_dict, **settings}
        from django.db.backends.postgresql.base import DatabaseWrapper

        on_postgres = DatabaseWrapper({**made.settings_dict, "TEST": {}}, "default")
        connections["default"] = on_postgres
        try:
            call_command("migrate", verbosity=0, interactive=False)
        finally:
            connections["default"] = sqlite
    yield on_postgres
    with django_db_blocker.unblock():
        on_postgres.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_database(request: Any) -> Iterator[str]:
    """The casebook on SQLite, then on PostgreSQL; what a test does is rolled back."""
    from django.db import connections, transaction

    request.getfixturevalue("db")
    if request.param == "sqlite":
        yield "sqlite"
        return
    on_postgres = request.getfixturevalue("_postgres_database")
    sqlite = connections["default"]
    connections["default"] = on_postgres
    try:
        with transaction.atomic():
            yield "postgres"
            transaction.set_rollback(True)
    finally:
        connections["default"] = sqlite


@pytest.fixture
def book(any_database: str) -> Any:
    """The casebook on each database in turn."""
    from lightkeeper.web.casebook.casebook import DjangoCasebook

    return DjangoCasebook()


@pytest.fixture
def people(db: None) -> dict[str, Any]:
    """One person of each role on the desk, and an officer of another team."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from lightkeeper.desk.people import Role
    from lightkeeper.web.team.models import Team
    from lightkeeper.web.team.who import make_person

    desk, elsewhere = (Team.objects.create(name=name, title=name.title()) for name in ("desk", "elsewhere"))
    rows = (
        ("sam", Role.OFFICER, desk, ""),
        ("ali", Role.OFFICER, desk, ""),
        ("robin", Role.LEAD, desk, ""),
        ("kit", Role.READER, desk, ""),
        ("jo", Role.ADMINISTRATOR, desk, ""),
        ("lee", Role.OFFICER, elsewhere, ""),
        ("kent", Role.OFFICER, desk, "kent"),
    )
    made = {name: make_person(name, name.title(), role, [team], areas).user for name, role, team, areas in rows}
    for user in made.values():
        TOTP.activate(user, generate_totp_secret())
    assert Authenticator.objects.count() == len(rows)
    return made


@pytest.fixture
def sign_in(people: dict[str, Any]) -> Callable[..., Any]:
    """A client signed in as a person: `sign_in("sam")`. `recently=False`: long enough ago to be asked again."""
    from django.test import Client

    def enter(name: str, recently: bool = True) -> Client:
        client = Client()
        client.force_login(people[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        at = datetime.now(UTC).timestamp() - (0 if recently else 3600)
        session["account_authentication_methods_user"] = str(people[name].pk)
        session["account_authentication_methods"] = [{"method": "password", "at": at, "reauthenticated": True}]
        session.save()
        return client

    return enter
