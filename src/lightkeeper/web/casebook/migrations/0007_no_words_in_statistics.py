"""PostgreSQL's planner keeps examples of what columns hold. Of words, identifiers and report ids it keeps none.

Such examples outlive the rows: a table that was emptied keeps its old statistics, and a forgotten case would go on in
them.
"""

from django.db import migrations

COLUMNS = {
    "casebook_caserow": ("report_id", "lookup", "report", "desk"),
    "casebook_searchrow": ("words", "vector"),
    "casebook_itemrow": ("text",),
    "casebook_whyrow": ("words",),
    "casebook_holdrow": ("anchors", "reason", "lifted_why"),
    "casebook_linkrow": ("a", "b", "reasons"),
    "casebook_decisionrow": ("a", "b"),
    "link_report": ("id", "keys"),
    "link_suspect": ("name", "seen"),
    "link_script": ("words",),
    "link_image": ("hash",),
    "link_told": ("body",),
    "link_decision": ("a", "b"),
}


def keep_none(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table, columns in COLUMNS.items():
        for column in columns:
            schema_editor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")


class Migration(migrations.Migration):
    dependencies = (("casebook", "0006_index"),)
    operations = (migrations.RunPython(keep_none, migrations.RunPython.noop, elidable=False),)
