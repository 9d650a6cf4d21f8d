"""A document with a defect is known by its defect: the mark beside it said the same, and nobody read it."""

from django.db import migrations


class Migration(migrations.Migration):
    """Take the mark away."""

    dependencies = [
        ("casework", "0002_guards_of_the_status"),
    ]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RemoveField(model_name="casedocument", name="mark"),
    ]
