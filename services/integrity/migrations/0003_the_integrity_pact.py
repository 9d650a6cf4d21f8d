"""The integrity pact: its published texts and the signatures under it, neither of which ever changes."""

import django.db.models.deletion
from django.db import migrations, models

from services.foundation import roles

GUARD = """
CREATE FUNCTION integrity_refuse_change_of_the_pact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the integrity pact and its signatures never change: % is refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER integrity_pact_version_never_changes BEFORE UPDATE OR DELETE ON integrity_pactversion
    FOR EACH ROW EXECUTE FUNCTION integrity_refuse_change_of_the_pact();
CREATE TRIGGER integrity_pact_versions_are_never_emptied BEFORE TRUNCATE ON integrity_pactversion
    FOR EACH STATEMENT EXECUTE FUNCTION integrity_refuse_change_of_the_pact();
CREATE TRIGGER integrity_pact_signature_never_changes BEFORE UPDATE OR DELETE ON integrity_pactsignature
    FOR EACH ROW EXECUTE FUNCTION integrity_refuse_change_of_the_pact();
CREATE TRIGGER integrity_pact_signatures_are_never_emptied BEFORE TRUNCATE ON integrity_pactsignature
    FOR EACH STATEMENT EXECUTE FUNCTION integrity_refuse_change_of_the_pact();
ALTER TABLE integrity_pactversion ENABLE ALWAYS TRIGGER integrity_pact_version_never_changes;
ALTER TABLE integrity_pactversion ENABLE ALWAYS TRIGGER integrity_pact_versions_are_never_emptied;
ALTER TABLE integrity_pactsignature ENABLE ALWAYS TRIGGER integrity_pact_signature_never_changes;
ALTER TABLE integrity_pactsignature ENABLE ALWAYS TRIGGER integrity_pact_signatures_are_never_emptied;
"""

UNGUARD = """
DROP TRIGGER integrity_pact_signatures_are_never_emptied ON integrity_pactsignature;
DROP TRIGGER integrity_pact_signature_never_changes ON integrity_pactsignature;
DROP TRIGGER integrity_pact_versions_are_never_emptied ON integrity_pactversion;
DROP TRIGGER integrity_pact_version_never_changes ON integrity_pactversion;
DROP FUNCTION integrity_refuse_change_of_the_pact();
"""


class Migration(migrations.Migration):
    """Plain SQL for the guards, every trigger ENABLE ALWAYS, so that no session setting walks past it."""

    dependencies = [
        ("integrity", "0002_who_is_kept_away"),
        ("accounts", "0003_a_warning_before_an_unused_hat_ends"),
        ("foundation", "0001_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="PactVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(unique=True, verbose_name="version")),
                ("text", models.JSONField(verbose_name="text")),
                ("digest", models.CharField(max_length=64)),
                ("published_at", models.DateTimeField(verbose_name="published at")),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="pact_versions_count_from_one"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PactSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("signed_at", models.DateTimeField(verbose_name="signed at")),
                ("signed_date", models.DateField(verbose_name="signed on")),
                ("valid_until", models.DateField(verbose_name="valid until")),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pact_signatures",
                        to="accounts.membership",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="integrity.pactversion",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gt", models.F("signed_date"))),
                        name="a_pact_holds_after_its_signature",
                    ),
                    models.UniqueConstraint(
                        fields=("membership", "signed_date"), name="a_hat_is_signed_for_once_a_day"
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
        roles.revoke("integrity_pactversion", "UPDATE", "DELETE", "TRUNCATE"),
        roles.revoke("integrity_pactsignature", "UPDATE", "DELETE", "TRUNCATE"),
    ]
