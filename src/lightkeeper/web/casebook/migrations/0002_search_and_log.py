"""The full-text index, and triggers by which the database itself refuses to change the log."""

from django.db import migrations

from lightkeeper.web.casebook.search import POSTGRES_INDEX, SQLITE_TABLE

SQLITE = [
    SQLITE_TABLE,
    "CREATE TRIGGER log_no_update BEFORE UPDATE ON casebook_entryrow "
    "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
    "CREATE TRIGGER log_no_delete BEFORE DELETE ON casebook_entryrow "
    "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
]
POSTGRES = [
    POSTGRES_INDEX,
    "CREATE FUNCTION log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$",
    "CREATE TRIGGER log_no_change BEFORE UPDATE OR DELETE ON casebook_entryrow "
    "FOR EACH ROW EXECUTE FUNCTION log_is_append_only()",
    "CREATE TRIGGER log_no_truncate BEFORE TRUNCATE ON casebook_entryrow "
    "FOR EACH STATEMENT EXECUTE FUNCTION log_is_append_only()",
]


def lay(apps, schema_editor):
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = (("casebook", "0001_initial"),)
    operations = (migrations.RunPython(lay, elidable=False),)
