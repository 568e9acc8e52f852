"""Converters of addresses: only what can be the name of a case, a suspect or an item gets to a view."""

from django.urls import register_converter


class CaseName:
    regex = "C[A-Z2-7]{10}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class SuspectName(CaseName):
    regex = "[A-Za-z0-9._-]{1,120}"


class ItemName(CaseName):
    regex = "[0-9a-f]{16}"


register_converter(CaseName, "case")
register_converter(SuspectName, "suspect")
register_converter(ItemName, "item")
