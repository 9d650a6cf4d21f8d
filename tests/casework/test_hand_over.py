"""A supervisor moves files from desk to desk, or back into the queue: one or many, all or none, with a reason."""

from datetime import timedelta
from typing import Any

import pytest

from permits import operations as permits
from services.accounts.models import Hat, User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import operations as casework
from services.casework.models import Case
from services.casework.operations import UnableToHandle
from services.foundation import clock
from services.notifications.models import Notice
from services.outbox import delivery
from services.outbox import queries as outbox
from tests.factories import accounts
from tests.factories import casework as cases


def on_the_desk(citizen: User, officer: User) -> Case:
    case = cases.submitted_application(citizen)
    return casework.take_case(case, actor=officer, reason_code="COUNTER", at=clock.now())


def hand(*given: Case, actor: User, to: User | None, **wanted: Any) -> int:
    values = {"agency": given[0].agency, "reason_code": "LOAD", "at": clock.now(), **wanted}
    return casework.hand_over([case.reference for case in given], actor=actor, to=to, **values)


def holders(*given: Case) -> set[User | None]:
    return {Case.objects.get(pk=case.pk).assignee for case in given}


@pytest.fixture
def intake2() -> User:
    return accounts.officer("Rini Penerima", Hat.INTAKE)


def test_many_files_go_to_another_desk_each_with_its_event_and_its_place(
    citizen: User, citizen2: User, intake: User, intake2: User, supervisor: User
) -> None:
    given = [on_the_desk(person, intake) for person in (citizen, citizen2)]
    assert hand(*given, actor=supervisor, to=intake2, words="Wulan cuti.") == 2
    assert holders(*given) == {intake2}
    for case in given:
        assert Case.objects.get(pk=case.pk).place_at == case.place_at
        events = audit.events_of(Subject("case", case.reference), since=case.created_at)
        (moved,) = [event for event in events if event.action == "casework.case.reassigned"]
        assert moved.details["reason_code"] == "LOAD"
        assert moved.details["to"] == str(intake2.pseudonym)
        rows = case.holdings.order_by("pk").values_list("officer", "left_by")
        assert list(rows) == [(intake.pk, "HANDED_OVER"), (intake2.pk, "")]


def test_back_to_the_queue_where_the_next_one_takes_it(
    citizen: User, intake: User, intake2: User, supervisor: User
) -> None:
    case = on_the_desk(citizen, intake)
    hand(case, actor=supervisor, to=None)
    assert holders(case) == {None}
    taken = casework.take_next_case(actor=intake2, agency=case.agency, hat="INTAKE", at=clock.now())
    assert taken == case


def test_both_officers_read_one_notice_for_all_of_it(
    citizen: User, citizen2: User, intake: User, intake2: User, supervisor: User
) -> None:
    given = [on_the_desk(person, intake) for person in (citizen, citizen2)]
    hand(*given, actor=supervisor, to=intake2)
    later = clock.now() + timedelta(minutes=1)
    while due := list(outbox.due(later).values_list("id", flat=True)):
        for message in due:
            delivery.deliver(message)
    told = Notice.objects.filter(notice__startswith="casework/files")
    assert set(told.values_list("recipient", "notice")) == {
        (intake.pk, "casework/files_left"),
        (intake2.pk, "casework/files_came"),
    }
    for notice in told:
        assert all(case.reference in notice.page_html for case in given)
        assert not notice.deliveries.exists()


def test_one_that_cannot_go_keeps_them_all(
    citizen: User, intake: User, intake2: User, supervisor: User
) -> None:
    given = [on_the_desk(citizen, intake), on_the_desk(intake2, intake)]
    with pytest.raises(UnableToHandle) as refused:
        hand(*given, actor=supervisor, to=intake2)
    assert (refused.value.code, refused.value.field) == ("hat", "to")
    assert given[1].reference in str(refused.value.message)
    assert holders(*given) == {intake}


def test_whoever_recommended_does_not_get_it_to_decide(
    citizen: User, intake: User, reviewer: User, approver: User, supervisor: User
) -> None:
    accounts.wearing(reviewer, Hat.APPROVER)
    case = cases.recommended_application(citizen, intake, reviewer)
    casework.take_case(case, actor=approver, at=clock.now())
    with pytest.raises(UnableToHandle) as refused:
        hand(case, actor=supervisor, to=reviewer)
    assert refused.value.code == "four_eyes"


def test_whoever_decided_does_not_get_the_objection_to_answer(
    citizen: User, intake: User, reviewer: User, approver: User, supervisor: User
) -> None:
    case = cases.refused_application(citizen, intake, reviewer, approver)
    case = permits.BY_TRANSITION["object"](case, actor=citizen, words="Sudah pindah.", at=clock.now())
    superior = accounts.officer("Ratih Atasan", Hat.APPROVER)
    casework.take_case(case, actor=superior, at=clock.now())
    with pytest.raises(UnableToHandle) as refused:
        hand(case, actor=supervisor, to=approver)
    assert refused.value.code == "four_eyes"


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"reason_code": ""}, "reason"),
        ({"reason_code": "LUNCH"}, "reason"),
        ({"reason_code": "OTHER", "words": "  "}, "words"),
    ],
)
def test_a_reason_is_needed(
    citizen: User, intake: User, supervisor: User, wanted: dict[str, str], code: str
) -> None:
    case = on_the_desk(citizen, intake)
    with pytest.raises(UnableToHandle) as refused:
        hand(case, actor=supervisor, to=None, **wanted)
    assert refused.value.code == code
    assert holders(case) == {intake}


def test_what_left_the_desk_meanwhile_is_told(citizen: User, intake: User, supervisor: User) -> None:
    case = on_the_desk(citizen, intake)
    casework.release_case(case, actor=intake, at=clock.now())
    with pytest.raises(UnableToHandle) as refused:
        hand(case, actor=supervisor, to=None)
    assert refused.value.code == "gone"


def test_a_second_press_moves_nothing_more(
    citizen: User, intake: User, intake2: User, supervisor: User
) -> None:
    case = on_the_desk(citizen, intake)
    assert hand(case, actor=supervisor, to=intake2) == 1
    assert hand(case, actor=supervisor, to=intake2) == 0
    assert case.holdings.count() == 2
