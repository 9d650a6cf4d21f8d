"""Businesses and who acts for them; what a licence has beside its case and its certificate."""

from licensing.models.business import Business, BusinessMember, Invitation, KbliScheme, LegalForm
from licensing.models.licence import Licence, LicenceApplication

__all__ = [
    "Business",
    "BusinessMember",
    "Invitation",
    "KbliScheme",
    "LegalForm",
    "Licence",
    "LicenceApplication",
]
