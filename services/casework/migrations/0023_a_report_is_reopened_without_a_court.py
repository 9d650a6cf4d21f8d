"""A court rules on decisions. A report of a citizen is taken up again by the citizen alone, in a status of the same name."""

from typing import ClassVar

from django.db import migrations

AGAIN = """
DROP TRIGGER casework_require_ruling ON casework_case;
CREATE CONSTRAINT TRIGGER casework_require_ruling AFTER UPDATE ON casework_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ({whose}OLD.status <> NEW.status
        AND (OLD.status = 'STAYED' OR NEW.status IN ('STAYED', 'ANNULLED', 'REOPENED')))
    EXECUTE FUNCTION casework_require_ruling();
ALTER TABLE casework_case ENABLE ALWAYS TRIGGER casework_require_ruling;
"""


class Migration(migrations.Migration):
    """The same trigger, for what is decided."""

    dependencies: ClassVar = [("casework", "0022_rulings_of_courts")]

    operations: ClassVar = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RunSQL(
            AGAIN.format(whose="NEW.kind IN ('PERMIT', 'LICENCE') AND "), AGAIN.format(whose="")
        ),
    ]
