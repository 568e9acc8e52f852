"""The tables of the index that links a new report at once. It is filled from the cases when it is first asked."""

from django.db import migrations

from lightkeeper.link.online.store import schema


def lay(apps, schema_editor):
    for statement in schema(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = (("casebook", "0005_few_rows_by_index"),)
    operations = (migrations.RunPython(lay, elidable=False),)
