"""`lightkeeper night`: what the desk does without a person: take, link, count, draft, announce, write the head."""

import argparse
import os

SUMMARY = "Take what came in, link and count it, draft warnings, deliver announcements, write down the log's head."
EXAMPLE = """
LIGHTKEEPER_DATA=/var/lib/lightkeeper-team lightkeeper night
LIGHTKEEPER_DATA=/var/lib/lightkeeper-team lightkeeper night --tray-only
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--tray-only", action="store_true", help="take, link and announce what came in: for every few minutes"
    )


def run(options: argparse.Namespace) -> int:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "lightkeeper.web.shared.settings.team"
    django.setup()
    from datetime import UTC, datetime

    from lightkeeper.web.team.arrivals import take_arrivals
    from lightkeeper.web.team.heads import write_head
    from lightkeeper.web.team.linking import link_new, look_at_waiting
    from lightkeeper.web.team.night import run_night
    from lightkeeper.web.team.webhooks import announce_urgent, deliver_due
    from lightkeeper.web.team.wiring import casebook

    book, now = casebook(), datetime.now(UTC)
    taken = take_arrivals(book, now)
    link_new(book, taken.cases, now)
    rose = look_at_waiting(book, now)
    announce_urgent(now)
    announced = deliver_due(now)
    print(f"{len(taken.cases)} new, {taken.answers} answers, {taken.unopened} unopened")
    print(f"{rose} cases rose by waiting, {announced} announcements were taken")
    if not options.tray_only:
        result = run_night(book, now)
        head = write_head(now)
        print(f"{len(result.figures)} areas, {len(result.drafts)} drafts, log head {head.number if head else 0}")
    return 0
