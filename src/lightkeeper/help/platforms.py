"""How to report and block on each app, in words, with the day on which a person last checked them.

Menus move: a way that nobody checked in the last 30 days is shown as unchecked (FACTS B29). An app that has
closed is kept, because a case may be older than the app: there the words say what to do instead.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lightkeeper.core.errors import UnreadableInput
from lightkeeper.help.directory import may_show_link
from lightkeeper.help.records import shipped_services
from lightkeeper.help.service import Audience, Kind, Reach, Service

_PREFIX = "platform-"


@dataclass(frozen=True, slots=True)
class Platform:
    """One app, as its page shows it. `slug` is its name in an address: "snapchat"."""

    service: Service

    @property
    def id(self) -> str:
        return self.service.id

    @property
    def slug(self) -> str:
        return self.service.id.removeprefix(_PREFIX)

    @property
    def name(self) -> str:
        return self.service.name

    @property
    def reach(self) -> Reach | None:
        return self.service.route.reach if self.service.route else None

    @property
    def reachable(self) -> bool:
        """It still runs, as far as anybody knows."""
        return self.service.status == "active"

    @property
    def reportable(self) -> bool:
        return self.reachable and self.service.route is not None

    def described(self, language: str) -> str:
        return self.service.described(language)

    def report_steps(self, language: str) -> tuple[str, ...]:
        return self.service.route.report[language] if self.service.route else ()

    def block_steps(self, language: str) -> tuple[str, ...]:
        return self.service.route.block[language] if self.service.route else ()

    def is_checked(self, today: date) -> bool:
        return self.service.is_checked(today)

    def checked_on(self) -> date | None:
        return self.service.verified.on if self.service.verified else None

    def link(self, audience: Audience, today: date) -> str | None:
        return self.service.url if may_show_link(self.service, audience, today) else None


def find_platforms(services: Iterable[Service] | None = None) -> tuple[Platform, ...]:
    """Every app of the directory, those that still run first, then by name."""
    chosen = shipped_services() if services is None else services
    found = [Platform(one) for one in chosen if one.kind is Kind.PLATFORM]
    return tuple(sorted(found, key=lambda one: (not one.reachable, one.name.lower())))


def find_platform(slug: str, services: Iterable[Service] | None = None) -> Platform:
    """The app with this short name. Raises UnreadableInput when there is none."""
    for platform in find_platforms(services):
        if slug in (platform.slug, platform.id):
            return platform
    raise UnreadableInput("no such platform; `lightkeeper directory report` lists them")
