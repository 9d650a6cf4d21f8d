"""What the first page shows whoever supervises: the load of each officer, and the cases that nobody on duty may take."""

from datetime import datetime
from typing import Any

from services.casework import duty
from services.casework.admin.queue import row
from services.casework.workload import Office


def supervised(office: Office, *, at: datetime) -> dict[str, Any]:
    """The part of the first page for supervisors. Three queries, none for anybody else."""
    if not office.supervises:
        return {"supervises": False}
    people = duty.team_of(office, at=at)
    return {
        "supervises": True,
        "loads": duty.loads(people, at=at),
        "stuck": [
            row(found.case, office=office, at=at) | {"cause": found.cause} for found in duty.stuck(people)
        ],
    }
