"""Let the database refuse to change or remove a line of the journal or an anchor."""

from django.db import migrations

from metgezel.foundation.audit import triggers


def install(_apps, schema_editor):
    triggers.install(schema_editor.connection)


def remove(_apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_journal")]

    operations = [migrations.RunPython(install, remove)]
