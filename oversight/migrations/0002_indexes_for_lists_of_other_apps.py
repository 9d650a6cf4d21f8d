"""Indexes that serve oversight's lists over tables of other apps; only oversight asks for these orders."""

from django.db import migrations

#: Cases by the day on which they came in; the few that nobody may count; signed papers by the day of their signature.
MAKE = """
CREATE INDEX oversight_cases_by_sending ON casework_case (submitted_at DESC, id DESC) WHERE submitted_at IS NOT NULL;
CREATE INDEX oversight_hidden_cases ON casework_case (id) WHERE is_confidential;
CREATE INDEX oversight_papers_by_signing ON documents_certificate (signed_at DESC, id DESC) WHERE state = 'SIGNED';
"""
DROP = "DROP INDEX oversight_cases_by_sending, oversight_hidden_cases, oversight_papers_by_signing;"


class Migration(migrations.Migration):
    """Three indexes."""

    dependencies = [
        ("oversight", "0001_stays_and_daily_figures"),
        ("documents", "0003_certificates_stay_as_they_are"),
    ]
    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RunSQL(MAKE, DROP),
    ]
