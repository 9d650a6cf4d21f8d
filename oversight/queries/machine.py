"""What people found who looked at decisions of the machine again, service by service. Public."""

from dataclasses import dataclass

from django.db.models import Count, Q

from services.casework.models import SecondLook
from services.foundation import texts

Result = SecondLook.Result


@dataclass(frozen=True, slots=True)
class LookLine:
    """Of one service: decisions drawn for a second look, those found right, those found wrong."""

    name: str
    slug: str
    drawn: int
    confirmed: int
    wrong: int


def look_lines() -> list[LookLine]:
    """The services of which decisions were drawn, by name. One query over what was drawn, not over cases."""
    service = "case__service_version__service"
    rows = SecondLook.objects.values(f"{service}__slug", f"{service}__name").annotate(
        drawn=Count("pk"),
        confirmed=Count("pk", filter=Q(result=Result.CONFIRMED)),
        wrong=Count("pk", filter=Q(result=Result.ERROR)),
    )
    lines = [
        LookLine(
            texts.local(row[f"{service}__name"]),
            row[f"{service}__slug"],
            row["drawn"],
            row["confirmed"],
            row["wrong"],
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: line.name)
