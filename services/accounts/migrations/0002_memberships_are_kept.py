"""Memberships end and stay: the web role may not delete one, nor the traces of codes that were used."""

from django.db import migrations

from services.foundation import roles


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_users_persons_and_memberships"),
        ("foundation", "0001_roles"),
    ]

    operations = [
        roles.revoke("accounts_membership", "DELETE", "TRUNCATE"),
    ]
