"""What the portal asks about its government: names and look, agencies, districts, whom to call."""

from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet

from services.foundation import texts
from services.government import opening_hours, outline
from services.government.models import Agency, District, Government

GOVERNMENT_KEY = "government.row"
ROOT_KEY = "government.root"
KEPT_SECONDS = 600
#: A district by code and name, or the name of a regency or city with its districts.
DistrictChoice = tuple[str, str | list[tuple[str, str]]]
PHONE_DIGITS = "+0123456789"


@dataclass(frozen=True)
class OfficeContact:
    """Where a person gets help from a person, in the reader's language. Empty strings are not shown.

    `hours` is one text; `lines` the same, one run of days each.
    """

    name: str
    phone: str = ""
    whatsapp: str = ""
    email: str = ""
    address: str = ""
    hours: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def phone_link(self) -> str:
        """The tel: address of the number, or nothing."""
        digits = "".join(filter(PHONE_DIGITS.__contains__, self.phone))
        return f"tel:{digits}" if digits else ""

    @property
    def whatsapp_link(self) -> str:
        """The wa.me address of the number, or nothing."""
        digits = "".join(filter(str.isdigit, self.whatsapp))
        return f"https://wa.me/{digits}" if digits else ""


def government() -> Government | None:
    """The government of this portal; None until a pack is loaded. Kept in the cache, since every page names it."""
    known: Government | None = cache.get(GOVERNMENT_KEY)
    if known is None:
        known = Government.objects.first()
        if known:
            cache.set(GOVERNMENT_KEY, known, KEPT_SECONDS)
    return known


def forget_government() -> None:
    """Drop what is kept in the cache; the operation that loads a pack calls this."""
    cache.delete_many([GOVERNMENT_KEY, ROOT_KEY])


def drawings() -> dict[str, str]:
    """The drawings of the government's look as SVG, "band" and "pattern", and their "version"; none without a pack."""
    row = government()
    return dict(row.tokens.get("drawings", {})) if row else {}


def root_agency() -> Agency:
    """The agency of the head of government, above all offices. Raises Agency.DoesNotExist until a pack is loaded."""
    known: Agency | None = cache.get(ROOT_KEY)
    if known is None:
        known = Agency.objects.get(is_root=True)
        cache.set(ROOT_KEY, known, KEPT_SECONDS)
    return known


def agencies() -> QuerySet[Agency]:
    """The agencies that work today, by code."""
    return Agency.objects.filter(is_active=True)


def agency_by_code(code: str) -> Agency:
    """The agency with this code; raises Agency.DoesNotExist."""
    return Agency.objects.get(code=code)


def watchers() -> list[OfficeContact]:
    """Whom to tell when someone asks for more than the standard: the inspectorate, then the commission outside."""
    found = (
        agencies()
        .filter(role__in=[Agency.Role.INSPECTORATE, Agency.Role.COMMISSION])
        .order_by("-role", "code")
    )
    return [office_contact(agency) for agency in found]


def districts() -> QuerySet[District]:
    """All districts by code."""
    return District.objects.all()


def smallest_districts() -> QuerySet[District]:
    """The districts that somebody lives in: a regency whose kecamatan the pack lists is none of them. By code."""
    return District.objects.filter(children=None).select_related("parent")


def district_choices() -> list[DistrictChoice]:
    """The smallest districts for a list to choose from, by name: (code, name), or (name of the regency, its districts)."""
    rows = list(districts().order_by("name"))
    inside: dict[int, list[tuple[str, str]]] = {}
    for row in rows:
        if row.parent_id:
            inside.setdefault(row.parent_id, []).append((row.code, row.name))
    return [
        (row.name, inside[row.pk]) if row.pk in inside else (row.code, row.name)
        for row in rows
        if row.parent_id is None
    ]


def district_by_code(code: str) -> District:
    """The district with this dotted code; raises District.DoesNotExist."""
    return District.objects.get(code=code)


def is_inside(latitude: float, longitude: float) -> bool:
    """Whether a point lies in the region of the government; everywhere does where no pack has drawn it."""
    row = government()
    rings = row.map.get("outline", {}).get("coordinates", []) if row else []
    return not rings or outline.holds(rings, latitude=latitude, longitude=longitude)


def nearest_district(latitude: float, longitude: float) -> District | None:
    """The district whose centre lies nearest to a point: a guess, where somebody gave the point alone."""
    return min(
        smallest_districts(),
        key=lambda row: (row.latitude - latitude) ** 2 + (row.longitude - longitude) ** 2,
        default=None,
    )


def office_contact(agency: Agency | None = None) -> OfficeContact:
    """The contact of an agency, or of the government's help desk where none is given.

    What an office lacks is the help desk's; the inspectorate and the commission speak only for themselves.
    """
    row = government()
    desk: dict[str, Any] = dict(row.contact) if row else {}
    name = texts.local(row.name) if row else ""
    if agency and agency.contact:
        own = {key: value for key, value in agency.contact.items() if value}
        desk = desk | own if agency.role == Agency.Role.OFFICE else own
        name = texts.local(agency.name)
    lines = opening_hours.in_words(desk.get("hours") or {})
    return OfficeContact(
        name=name,
        phone=desk.get("phone", ""),
        whatsapp=desk.get("whatsapp", ""),
        email=desk.get("email", ""),
        address=texts.local(desk.get("address") or {}),
        hours=", ".join(lines),
        lines=lines,
    )
