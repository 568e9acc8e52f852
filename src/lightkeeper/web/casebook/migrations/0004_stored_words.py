"""On PostgreSQL the words of a case stand ready for search in a column of their own, which the database keeps itself.

An index over an expression finds the rows as fast, but where the planner looks at rows one by one, each has its words
split anew: half a second for ten thousand cases.
"""

from django.db import migrations

POSTGRES = [
    "DROP INDEX casebook_words",
    "ALTER TABLE casebook_searchrow ADD COLUMN vector tsvector "
    "GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED",
    "CREATE INDEX casebook_vector ON casebook_searchrow USING gin (vector)",
]
POSTGRES_BACK = [
    "ALTER TABLE casebook_searchrow DROP COLUMN vector",
    "CREATE INDEX casebook_words ON casebook_searchrow USING gin (to_tsvector('simple', words))",
]


def lay(apps, schema_editor):
    _run(schema_editor, POSTGRES)


def take_up(apps, schema_editor):
    _run(schema_editor, POSTGRES_BACK)


def _run(schema_editor, statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = (("casebook", "0003_queue_of_team"),)
    operations = (migrations.RunPython(lay, take_up, elidable=False),)
