"""What can be reported, what typed words mean, and which office a report goes to."""

import re
from typing import Final

from django.contrib.postgres.search import SearchRank
from django.db.models import F, QuerySet

from complaints.models import Category, ComplaintsOffice
from services.catalogue import queries as catalogue
from services.catalogue.models import ServiceVersion
from services.government.models import Agency, District

SUGGESTED_AT_MOST: Final = 5
WORD: Final = re.compile(r"\w+")


def listed_categories() -> QuerySet[Category]:
    """The categories offered now, in the order of the pack."""
    return Category.objects.filter(is_listed=True).defer("search").select_related("agency")


def listed_category(code: str) -> Category | None:
    """An offered category by its code; None for one that is withdrawn or never was."""
    return listed_categories().filter(code=code).first()


def is_told_in_confidence(code: str) -> bool:
    """Whether this is always confidential, and so taken down by no officer."""
    return Category.objects.filter(code=code, is_confidential=True).exists()


def suggested_categories(text: str) -> list[Category]:
    """The categories that these words mean, best first, typing errors mended; none where nothing fits. Two queries."""
    listed = listed_categories()
    known = {word for some in listed.values_list("words", flat=True) for word in some}
    reading = catalogue.reading_of(text, known=known)
    if reading is None:
        return []
    found = listed.filter(search=reading.query)
    return list(found.order_by(SearchRank(F("search"), reading.query).desc(), "rank")[:SUGGESTED_AT_MOST])


def complaints_office() -> ComplaintsOffice:
    """Who receives reports. Raises ComplaintsOffice.DoesNotExist until a pack is loaded."""
    return ComplaintsOffice.objects.select_related("agency").get()


def version_in_force() -> ServiceVersion:
    """The version of the service under which reports are received; raises ServiceVersion.DoesNotExist."""
    return catalogue.current_version_of(complaints_office().service)


def danger_number(text: str) -> str:
    """The number to call at once where the words tell of danger to life; "" where they do not."""
    office = ComplaintsOffice.objects.first()
    if office is None:
        return ""
    said = f" {' '.join(WORD.findall(text.lower()))} "
    in_danger = any(f" {word.lower()} " in said for word in office.danger["words"])
    return str(office.danger["number"]) if in_danger else ""


def emergency_number() -> str:
    """The number to call in danger to life; "" until a pack is loaded."""
    office = ComplaintsOffice.objects.first()
    return str(office.danger["number"]) if office else ""


def agency_for(category: Category, district: District | None) -> Agency:
    """The office that a report of this category in this district goes to.

    A route of a regency or city holds for the districts in it, unless one of them has its own.
    """
    if district is None:
        return category.agency
    routes = {
        route.district_id: route.agency
        for route in category.routes.select_related("agency").filter(
            district__in=[district.pk, district.parent_id]
        )
    }
    return routes.get(district.pk) or routes.get(district.parent_id or 0) or category.agency
