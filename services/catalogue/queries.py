"""What the portal asks about public services: which are offered, one by its address, the version in force, a search."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, OuterRef, QuerySet, Subquery

from services.catalogue import words
from services.catalogue.definition import ServiceDefinition
from services.catalogue.models import Deadline, Service, ServiceVersion
from services.foundation.once import once


@dataclass(frozen=True)
class Found:
    """The answer to a search, best first. `read_as` is the text with typing errors mended, "" when none was."""

    services: list[Service] = field(default_factory=list)
    read_as: str = ""


@dataclass(frozen=True)
class Reading:
    """What typed words mean as a full-text query. `read_as` is the text with typing errors mended, "" when none was."""

    query: SearchQuery
    read_as: str = ""


def published_services() -> QuerySet[Service]:
    """The services offered now, those most needed first, each with its agency."""
    offered = Service.objects.filter(is_listed=True).select_related("agency").defer("search", "words")
    return offered.order_by(F("rank").asc(nulls_last=True), "slug")


def most_needed_services(*, at_most: int = 6) -> QuerySet[Service]:
    """The services people need most, in the order of the pack."""
    return published_services().filter(rank__isnull=False).order_by("rank", "slug")[:at_most]


def service_by_slug(slug: str) -> Service:
    """The offered service at this address; raises Service.DoesNotExist."""
    return published_services().get(slug=slug)


def current_version(service: Service) -> ServiceVersion:
    """The version in force; raises ServiceVersion.DoesNotExist when the service is no longer offered."""
    return ServiceVersion.objects.select_related("service__agency").get(service=service, retired_at=None)


def current_version_of(slug: str) -> ServiceVersion:
    """The version in force of the offered service at this address, in one query; raises ServiceVersion.DoesNotExist."""
    versions = ServiceVersion.objects.select_related("service__agency")
    return versions.get(service__slug=slug, service__is_listed=True, retired_at=None)


def current_definitions(services: Sequence[Service]) -> dict[int, ServiceDefinition]:
    """The definitions in force of these services, by their keys, in one query."""
    versions = ServiceVersion.objects.filter(service__in=services, retired_at=None)
    return {version.service_id: version.parsed for version in versions}


def search(text: str) -> Found:
    """The services that these words mean, in either language, by stem, by beginning, or in spite of a typing error.

    Two queries: the words of the catalogue, and the search itself.
    """
    listed = published_services()
    reading = reading_of(
        text, known={word for some in listed.values_list("words", flat=True) for word in some}
    )
    if reading is None:
        return Found()
    found = listed.filter(search=reading.query).order_by(
        SearchRank(F("search"), reading.query).desc(), F("rank").asc(nulls_last=True), "slug"
    )
    return Found(services=list(found), read_as=reading.read_as)


def reading_of(text: str, *, known: Collection[str]) -> Reading | None:
    """What these words mean, typing errors mended against the known ones; None where nothing was said."""
    asked = words.taken_apart(text)
    if not asked:
        return None
    meant = {word: words.mended(word, known) or [word] for word in asked}
    query = reduce(or_, [_search_query(word) for some in meant.values() for word in some])
    changed = any(some != [word] for word, some in meant.items())
    return Reading(query=query, read_as=" ".join(some[0] for some in meant.values()) if changed else "")


def deadline(code: str, *, on: dt.date) -> Deadline:
    """The time in force on this date; raises Deadline.DoesNotExist."""
    return once(("catalogue.deadline", code, on), lambda: _deadline(code, on))


def _deadline(code: str, on: dt.date) -> Deadline:
    return Deadline.objects.filter(code=code, valid_from__lte=on).order_by("-valid_from")[:1].get()


def deadlines_of(codes: Iterable[str]) -> list[Deadline]:
    """Every time of these codes, the newest first: for whoever asks for many days at once. One query."""
    return list(Deadline.objects.filter(code__in=list(codes)).order_by("-valid_from"))


def of_deadline(field: str, *, code: OuterRef, on: dt.date) -> Subquery:
    """A column of the time in force on this date, for a list whose rows bear the code of a time."""
    times = Deadline.objects.filter(code=code, valid_from__lte=on).order_by("-valid_from")
    return Subquery(times.values(field)[:1])


def _search_query(word: str) -> SearchQuery:
    """One word in all readings. It holds letters, digits and underscores only, so it may stand in a raw query."""
    return (
        SearchQuery(f"{word}:*", config="simple", search_type="raw")
        | SearchQuery(word, config="indonesian")
        | SearchQuery(word, config="english")
    )
