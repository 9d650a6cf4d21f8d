"""What people found who looked at decisions of the machine again, and how often one was asked for; service by service. Public."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q

from oversight.queries.cases import cases
from services.casework.models import SecondLook
from services.foundation import texts

Result, Origin = SecondLook.Result, SecondLook.Origin


@dataclass(frozen=True, slots=True)
class LookLine:
    """Of one service: decisions drawn for a second look, those found right, those found wrong.

    `asked_before` is how often a person was wanted instead of the machine, `asked` how often one was asked to look at its decision
    afterwards, `asked_wrong` in how many of these it was wrong.
    """

    name: str
    slug: str
    drawn: int = 0
    confirmed: int = 0
    wrong: int = 0
    asked_before: int = 0
    asked: int = 0
    asked_wrong: int = 0


def look_lines() -> list[LookLine]:
    """The services at whose decisions people looked, by name. Two queries, over what was drawn or asked for and no other case."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for row in (*_looks(), *_asked_before()):
        slug, name = row.pop("slug"), texts.local(row.pop("name"))
        found[slug] |= {"name": name, "slug": slug, **row}
    return sorted((LookLine(**facts) for facts in found.values()), key=lambda line: line.name)


def _looks() -> list[dict[str, Any]]:
    drawn, asked = Q(origin=Origin.DRAWN), Q(origin=Origin.ASKED)
    rows = SecondLook.objects.values(**_service("case__service_version__service")).annotate(
        drawn=Count("pk", filter=drawn),
        confirmed=Count("pk", filter=drawn & Q(result=Result.CONFIRMED)),
        wrong=Count("pk", filter=drawn & Q(result=Result.ERROR)),
        asked=Count("pk", filter=asked),
        asked_wrong=Count("pk", filter=asked & Q(result=Result.ERROR)),
    )
    return [dict(row) for row in rows]


def _asked_before() -> list[dict[str, Any]]:
    wanted = cases().filter(person_asked_at__isnull=False)
    rows = wanted.values(**_service("service_version__service")).annotate(asked_before=Count("pk"))
    return [dict(row) for row in rows]


def _service(path: str) -> Mapping[str, F]:
    return {"slug": F(f"{path}__slug"), "name": F(f"{path}__name")}
