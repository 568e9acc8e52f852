"""`lightkeeper users`: the first administrator of a new desk, and who works there."""

import argparse
import os

from lightkeeper.core.errors import NotAllowed

SUMMARY = "Invite the desk's first administrator, and list who works there."
EXAMPLE = """
LIGHTKEEPER_DATA=/var/lib/lightkeeper-team lightkeeper users invite --name "Jo Example" --username jo
LIGHTKEEPER_DATA=/var/lib/lightkeeper-team lightkeeper users list
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    invite = what.add_parser("invite", help="print a link that works once, for three days")
    invite.add_argument("--name", required=True, help="the person's name")
    invite.add_argument("--username", required=True, help="what they sign in with")
    invite.add_argument(
        "--role", default="administrator", help="reader, officer, lead or administrator (the default)"
    )
    invite.add_argument("--team", help="the team's short name (default: LIGHTKEEPER_TEAM)")
    what.add_parser("list", help="everybody with a place at the desk")


def run(options: argparse.Namespace) -> int:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "lightkeeper.web.shared.settings.team"
    django.setup()
    if options.what == "list":
        _list()
    else:
        _invite(options)
    return 0


def _list() -> None:
    from lightkeeper.web.team.models import Person

    for person in Person.objects.select_related("user").prefetch_related("teams").order_by("name"):
        teams = ",".join(sorted(team.name for team in person.teams.all()))
        ended = "" if person.user.is_active else "  (ended)"
        print(f"{person.user.get_username():20} {person.role:14} {teams:20} {person.name}{ended}")


def _invite(options: argparse.Namespace) -> None:
    from datetime import UTC, datetime

    from django.conf import settings
    from django.urls import reverse

    from lightkeeper.desk.audit import Act
    from lightkeeper.desk.people import Role
    from lightkeeper.web.team.invitations import invite
    from lightkeeper.web.team.models import Team
    from lightkeeper.web.team.wiring import casebook

    if options.role not in list(Role):
        raise NotAllowed(f"a role is one of: {', '.join(Role)}")
    name = options.team or settings.TEAM
    team, _ = Team.objects.get_or_create(name=name, defaults={"title": name.title()})
    now = datetime.now(UTC)
    _, token = invite(options.username, options.name, Role(options.role), [team], "", "command line", now)
    casebook().record(Act("command line", "people.invite", options.username, detail=(("role", options.role),)))
    print(f"open on the team site, within three days: {reverse('join_desk', args=[token])}")
