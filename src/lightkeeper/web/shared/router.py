"""Which table lives in which database on the team site: the inbox apart, all else in the casebook."""

from typing import Any

INBOX_APP = "inbox"


class TwoDatabases:
    """Django's router protocol."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return alias_of(model._meta.app_label)

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return alias_of(model._meta.app_label)

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return alias_of(one._meta.app_label) == alias_of(other._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == alias_of(app_label)


def alias_of(app_label: str) -> str:
    return "inbox" if app_label == INBOX_APP else "default"
