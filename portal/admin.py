"""Packages register models of theirs in the admin; what is not changed by our operations has no place at the desk."""

from allauth.account import admin as account_admin
from allauth.mfa import admin as mfa_admin
from allauth.usersessions import admin as usersessions_admin
from django.contrib import admin
from django.contrib.auth import admin as auth_admin

# Their import registers them, in whichever order the apps are found.
PACKAGES = (account_admin, auth_admin, mfa_admin, usersessions_admin)
OURS = {"portal", "permits", "licensing", "complaints", "oversight", "services"}

for model in list(admin.site._registry):  # noqa: SLF001 (the only list of what is registered)
    if model.__module__.partition(".")[0] not in OURS:
        admin.site.unregister(model)
