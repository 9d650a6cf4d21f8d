"""What the first page shows whoever supervises: the load of each officer, the cases that nobody on duty may take, what is to be asked again."""

from datetime import datetime
from typing import Any, Final

from django.urls import reverse

from services.casework import duty, requested, team
from services.casework.admin.queue import FILE
from services.casework.admin.queue import row as line_of
from services.casework.workload import Office

#: More proposals than these are not shown at once; the oldest come first.
SHOWN: Final = 20


def supervised(office: Office, *, at: datetime) -> dict[str, Any]:
    """The part of the first page for supervisors. Four queries, none for anybody else."""
    if not office.supervises:
        return {"supervises": False}
    people = duty.team_of(office, at=at)
    return {
        "supervises": True,
        "proposed": [
            {
                "href": reverse(FILE, args=[row.case.reference]) + "#requests",
                "reference": row.case.reference,
                "title": requested.title_of(row),
                "words": row.words,
                "by": requested.by_whom(row),
            }
            for row in team.proposed(office.supervises)[:SHOWN]
        ],
        "loads": duty.loads(people, at=at),
        "stuck": [
            line_of(found.case, office=office, at=at) | {"cause": found.cause} for found in duty.stuck(people)
        ],
    }
