"""What the tests of conflicts share: a relative in somebody's register, and a case that is taken or refused."""

from typing import Any

import pytest

from services.accounts import actors
from services.accounts import operations as accounts_operations
from services.accounts.models import User
from services.casework import operations as casework
from services.casework import queries
from services.casework.models import Case
from services.casework.operations.desk import OutOfOrder
from services.casework.policies import InConflict
from services.foundation import clock
from services.integrity.conflicts import operations
from services.integrity.models import Interest

NIK = "3578015502900000"


def with_nik(user: User, number: str = NIK) -> None:
    accounts_operations.keep_nik(user.person, number, actor=actors.acting(user), at=clock.now())


def relative(officer: User, **changes: Any) -> Interest:
    line: dict[str, Any] = {"kind": "RELATIVE", "name": "Adik saya", "nik": NIK}
    return operations.declare_interest(user=officer, at=clock.now(), **line | changes)


def take(case: Case, officer: User) -> Case:
    return casework.take_case(case, actor=officer, reason_code=OutOfOrder.COUNTER, at=clock.now())


def waits_for(case: Case, officer: User) -> bool:
    found = queries.waiting_for(agency=case.agency, hat=case.current.queue_hat, user=officer, at=clock.now())
    return found.filter(pk=case.pk).exists()


def rule_that_refuses(case: Case, officer: User) -> str:
    with pytest.raises(InConflict) as refusal:
        take(case, officer)
    return str(refusal.value.rule)
