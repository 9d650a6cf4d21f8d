"""What a pack says about reports, brought into the database: categories, routes and who receives them."""

import datetime as dt
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value
from django.db.models.expressions import CombinedExpression

from complaints.definition import CategoryDefinition, ComplaintsDefinition, GroupDefinition
from complaints.models import Category, ComplaintsOffice, Route
from services.audit import operations as audit
from services.audit.actors import SYSTEM, Subject
from services.catalogue import words
from services.government.models import Agency, District


@transaction.atomic
def describe_reports(*, definition: ComplaintsDefinition, at: dt.datetime) -> list[str]:
    """Bring categories, routes and the complaints office to the definition. One line for each thing that changed.

    A category that is missing is offered no longer; cases keep it.
    """
    changed = _describe_office(definition)
    for rank, (group, category) in enumerate(definition.categories):
        changed += _describe_category(group, category, rank=rank)
    codes = [category.code for _group, category in definition.categories]
    gone = Category.objects.filter(is_listed=True).exclude(code__in=codes)
    changed += [f"category {code}: withdrawn" for code in gone.values_list("code", flat=True)]
    gone.update(is_listed=False)
    if changed:
        audit.record(
            "complaints.categories.changed",
            actor=SYSTEM,
            subject=Subject("government", "1"),
            at=at,
            details={"changed": changed},
        )
    return changed


def _describe_office(definition: ComplaintsDefinition) -> list[str]:
    said = {
        "agency": Agency.objects.get(code=definition.office),
        "service": definition.service,
        "danger": definition.danger.model_dump(mode="json"),
    }
    row, is_new = ComplaintsOffice.objects.select_related("agency").get_or_create(id=1, defaults=said)
    differing = [] if is_new else _differing(row, said)
    if differing:
        ComplaintsOffice.objects.filter(pk=row.pk).update(**said)
    return _line("complaints office", differing, is_new=is_new)


def _describe_category(group: GroupDefinition, definition: CategoryDefinition, *, rank: int) -> list[str]:
    said: dict[str, Any] = {
        "name": definition.name.model_dump(),
        "group": group.code,
        "group_name": group.name.model_dump(),
        "agency": Agency.objects.get(code=definition.agency),
        "settlement": definition.settlement,
        "is_confidential": definition.confidential,
        "is_listed": True,
        "rank": rank,
        "words": words.vocabulary([*definition.search_words, definition.name.id, definition.name.en]),
    }
    row, is_new = Category.objects.select_related("agency").get_or_create(code=definition.code, defaults=said)
    differing = [] if is_new else _differing(row, said)
    Category.objects.filter(pk=row.pk).update(search=_search_vector(definition), **said)
    if _describe_routes(row, definition):
        differing.append("districts")
    return _line(f"category {definition.code}", differing, is_new=is_new)


def _describe_routes(category: Category, definition: CategoryDefinition) -> bool:
    """Bring the routes of one category to its definition; whether that changed any."""
    known = dict(category.routes.values_list("district__code", "agency__code"))
    if known == definition.districts:
        return False
    category.routes.all().delete()
    agencies = {agency.code: agency for agency in Agency.objects.all()}
    districts = {district.code: district for district in District.objects.all()}
    Route.objects.bulk_create(
        Route(category=category, district=districts[district], agency=agencies[agency])
        for district, agency in definition.districts.items()
    )
    return True


def _differing(row: Any, said: dict[str, Any]) -> list[str]:
    return [name for name, value in said.items() if getattr(row, name) != value]


def _line(what: str, differing: list[str], *, is_new: bool) -> list[str]:
    if is_new:
        return [f"{what}: added"]
    return [f"{what}: changed {', '.join(differing)}"] if differing else []


def _search_vector(definition: CategoryDefinition) -> CombinedExpression:
    """Stems in both languages, plain words for beginnings."""
    name, said = definition.name, " ".join(definition.search_words)
    return (
        SearchVector(Value(f"{name.id} {name.en} {said}"), config="simple", weight="A")
        + SearchVector(Value(f"{name.id} {said}"), config="indonesian", weight="A")
        + SearchVector(Value(f"{name.en} {said}"), config="english", weight="A")
    )
