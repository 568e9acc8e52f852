"""Full-text search by the database itself: FTS5 on SQLite, a stored tsvector and its GIN index on PostgreSQL.
Nothing leaves the database.

Words are split by `desk.queue.split_words` before either sees them: both find what the in-memory judge finds.
"""

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from lightkeeper.desk.queue import split_words
from lightkeeper.web.casebook.models import CaseRow, SearchRow

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # of base32, in which cases are named
SQLITE_TABLE = (
    "CREATE VIRTUAL TABLE casebook_words USING fts5("
    "case_id UNINDEXED, words, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3')"
)
POSTGRES_INDEX = "CREATE INDEX casebook_words ON casebook_searchrow USING gin (to_tsvector('simple', words))"


def index_case(case_id: str, text: str) -> None:
    """Put a case's words into the index in place of those that were there."""
    words = " ".join(dict.fromkeys(split_words(text)))
    if connection.vendor == "postgresql":
        SearchRow.objects.update_or_create(case_id=case_id, defaults={"words": words})
        return
    with connection.cursor() as cursor:
        row = row_of(case_id)
        cursor.execute("DELETE FROM casebook_words WHERE rowid = %s", [row])
        cursor.execute(
            "INSERT INTO casebook_words (rowid, case_id, words) VALUES (%s, %s, %s)", [row, case_id, words]
        )


def row_of(case_id: str) -> int:
    """The row of a case in SQLite's table: its name as a number of 50 bits, so that no row is looked for."""
    number = 0
    for letter in case_id.removeprefix("C"):
        number = number * 32 + _LETTERS.index(letter)
    return number


def drop_cases(case_ids: list[str]) -> None:
    """Take cases out of the index, so that not even their words are left in it."""
    if connection.vendor == "postgresql":
        SearchRow.objects.filter(case_id__in=case_ids).delete()
        return
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM casebook_words WHERE rowid = %s", [[row_of(one)] for one in case_ids])
        cursor.execute("INSERT INTO casebook_words (casebook_words) VALUES ('optimize')")


def with_words(rows: QuerySet[CaseRow], words: str) -> QuerySet[CaseRow]:
    """Only the cases in which every word asked for begins a word."""
    asked = split_words(words)
    if not asked:
        return rows
    if connection.vendor == "postgresql":
        found = "SELECT case_id FROM casebook_searchrow WHERE vector @@ to_tsquery('simple', %s)"
        return rows.filter(id__in=RawSQL(found, [" & ".join(f"'{one}':*" for one in asked)]))  # noqa: S611 - words are parameters
    found = "SELECT case_id FROM casebook_words WHERE casebook_words MATCH %s"
    return rows.filter(id__in=RawSQL(found, [" ".join(f'"{one}"*' for one in asked)]))  # noqa: S611 - words are parameters
