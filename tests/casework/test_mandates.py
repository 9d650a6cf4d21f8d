"""Acting officials: a letter, days, a scope; two people give it, and what is decided under it says so."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils.translation import override

from permits import operations as permits
from services.accounts import operations as accounts
from services.accounts.models import Hat, Membership, User
from services.accounts.operations import UnableToChangeHats
from services.accounts.tasks import end_mandates
from services.applications import paper
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import operations as casework
from services.casework import policies, queries
from services.casework.models import Case
from services.casework.operations import UnableToFile, UnableToHandle
from services.casework.policies import UnableToAct
from services.documents.models import Document
from services.foundation import clock
from services.integrity.pact import queries as pact
from services.notifications.models import Notice
from services.outbox import delivery
from services.outbox.models import Message
from tests.casework.desk import Desk
from tests.factories import accounts as people
from tests.factories import casework as cases
from tests.factories import catalogue, documents, mandates

DAY = timedelta(days=1)


def delivered() -> None:
    for message in Message.objects.filter(topic="accounts.mandate_changed", done_at=None):
        delivery.deliver(message.pk)


def events(user: User) -> list[str]:
    found = audit.events_of(Subject("user", str(user.pseudonym)), since=clock.now() - DAY)
    return [event.action for event in found if event.action.startswith("accounts.hat.")]


@pytest.fixture
def acting(inspector: User, approver: User, supervisor: User, executive: User) -> Membership:
    """The inspector acts for the signatory, who is away."""
    mandates.away(approver)
    return mandates.acting(inspector, by=supervisor, second=executive, holder=approver)


def test_a_decision_taken_by_mandate_names_the_post_and_the_letter_everywhere(
    acting: Membership, citizen: User, intake: User, reviewer: User, inspector: User, desk: Desk
) -> None:
    case = cases.recommended_application(citizen, intake, reviewer)
    casework.take_case(case, actor=inspector, reason_code="COUNTER", at=clock.now())
    case = permits.grant_application(case, actor=inspector, at=clock.now())
    role = paper.content(case, at=clock.now()).signatory.role
    assert role.id.startswith("Plh. Kepala Bidang Perizinan")
    assert "800/123/2026" in role.id
    assert "by letter 800/123/2026" in role.en
    (decided,) = [
        event
        for event in audit.events_of(Subject("case", case.reference))
        if event.action == "permits.application.granted"
    ]
    assert decided.details["mandate"]["letter_number"] == "800/123/2026"
    page = desk.sit(citizen).read(f"/cases/{case.reference}/")
    assert "Plh. Kepala Bidang Perizinan" in page
    casework.end_mandate(
        acting, actor=people.officer("Kedua", Hat.SUPERVISOR), reason="Selesai", at=clock.now() + DAY
    )
    assert paper.content(case, at=clock.now()).signatory.role.id.startswith("Plh. "), (
        "what was decided stays as it was"
    )


def test_a_decision_in_a_post_of_ones_own_says_nothing_of_a_letter(
    citizen: User, intake: User, reviewer: User, approver: User
) -> None:
    case = cases.granted_application(citizen, intake, reviewer, approver)
    assert "Plh" not in paper.content(case, at=clock.now()).signatory.role.id
    assert all("mandate" not in event.details for event in audit.events_of(Subject("case", case.reference)))


def test_whoever_recommended_does_not_decide_by_mandate(
    citizen: User, intake: User, reviewer: User, supervisor: User, executive: User
) -> None:
    mandates.acting(reviewer, by=supervisor, second=executive)
    case = cases.recommended_application(citizen, intake, reviewer)
    with pytest.raises(UnableToAct) as refused:
        permits.grant_application(case, actor=reviewer, at=clock.now())
    assert refused.value.code in {"four_eyes", "assignment"}
    waiting = queries.waiting_for(agency=case.agency, hat=Hat.APPROVER, user=reviewer, at=clock.now())
    assert case not in waiting


def test_a_mandate_for_one_service_reaches_no_other(
    citizen: User,
    citizen2: User,
    intake: User,
    reviewer: User,
    inspector: User,
    supervisor: User,
    executive: User,
) -> None:
    other = catalogue.published_version(slug="izin-lain")
    cases_of = {
        slug: cases.recommended_application(person, intake, reviewer, version=version)
        for slug, person, version in (("izin-uji", citizen, None), ("izin-lain", citizen2, other))
    }
    mandates.acting(inspector, by=supervisor, second=executive, services=["izin-lain"])
    within, beyond = cases_of["izin-lain"], cases_of["izin-uji"]
    now = clock.now()
    assert Hat.APPROVER in policies.hats_for(inspector, within, now)
    assert Hat.APPROVER not in policies.hats_for(inspector, beyond, now)
    assert list(queries.waiting_for(agency=within.agency, hat=Hat.APPROVER, user=inspector, at=now)) == [
        within
    ]
    with pytest.raises(UnableToHandle):
        casework.take_case(beyond, actor=inspector, reason_code="COUNTER", at=now)


def test_it_counts_for_nobody_before_a_second_person_and_the_pact(
    inspector: User, supervisor: User, executive: User, citizen: User, intake: User, reviewer: User
) -> None:
    case = cases.recommended_application(citizen, intake, reviewer)
    worn = mandates.given(inspector, by=supervisor)
    assert worn.state == "PROPOSED"
    assert Hat.APPROVER not in policies.worn_for(inspector, case, clock.now())
    casework.confirm_mandate(worn, actor=executive, at=clock.now())
    assert Hat.APPROVER in policies.worn_for(inspector, case, clock.now())
    assert Hat.APPROVER not in policies.hats_for(inspector, case, clock.now()), (
        "the pact is not signed for it"
    )
    assert events(inspector) == ["accounts.hat.proposed", "accounts.hat.confirmed"]


def test_it_ends_by_itself_after_its_last_day_with_one_event(acting: Membership, inspector: User) -> None:
    after = clock.now() + 6 * DAY
    assert Hat.APPROVER not in pact.signed_hats(inspector, agency=acting.agency, at=after)
    assert [accounts.end_mandates_past(at=after) for _ in range(2)] == [1, 0]
    end_mandates()
    assert events(inspector).count("accounts.hat.ended") == 1


def test_it_ends_when_the_holder_is_back(acting: Membership, approver: User) -> None:
    absence = approver.absences.get()
    casework.end_absence(absence, actor=approver, at=clock.now())
    acting.refresh_from_db()
    assert (acting.state, acting.ended_by) == ("ENDED", None)
    assert "kembali" in acting.reason


def test_it_is_taken_back_with_a_reason(acting: Membership, supervisor: User) -> None:
    with pytest.raises(UnableToChangeHats) as refused:
        casework.end_mandate(acting, actor=supervisor, reason=" ", at=clock.now())
    assert refused.value.field == "reason"
    ended = casework.end_mandate(acting, actor=supervisor, reason="Surat dicabut", at=clock.now())
    assert (ended.state, ended.reason) == ("ENDED", "Surat dicabut")
    with pytest.raises(UnableToChangeHats):
        casework.end_mandate(acting, actor=supervisor, reason="Lagi", at=clock.now())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"hat": "REVIEWER"}, "hat"),
        ({"kind": "PLH"}, "holder"),
        ({"kind": "PLS"}, "kind"),
        ({"services": ["tidak-ada"]}, "services"),
        ({"first_date": clock.today() - DAY}, "valid_until"),
        ({"last_date": clock.today() + 400 * DAY}, "last_date"),
        ({"hat": "SUPERVISOR", "services": ["izin-uji"]}, "services"),
    ],
)
def test_what_does_not_hold_is_refused_beside_its_field(
    changes: dict[str, Any], field: str, inspector: User, supervisor: User
) -> None:
    with pytest.raises((UnableToHandle, UnableToChangeHats)) as refused:
        mandates.given(inspector, by=supervisor, **changes)
    assert refused.value.field == field
    assert not Document.objects.filter(owner=None).exists(), "no letter is left behind"


def test_nobody_acts_for_a_holder_who_is_here_or_in_a_post_that_has_a_head(
    inspector: User, approver: User, supervisor: User, executive: User
) -> None:
    with pytest.raises(UnableToHandle) as here:
        mandates.given(inspector, by=supervisor, holder=approver)
    assert here.value.code == "here"
    with pytest.raises(UnableToHandle) as headed:
        mandates.given(inspector, by=executive, hat="EXECUTIVE")
    assert headed.value.code == "vacant"


def test_a_letter_that_is_no_letter_is_refused(inspector: User, supervisor: User) -> None:
    fake = mandates.letter(file=documents.upload(b"not a letter", name="surat.pdf"))
    with pytest.raises(UnableToFile) as refused:
        mandates.given(inspector, by=supervisor, letter=fake)
    assert refused.value.field == "upload"
    assert not Document.objects.exists()
    assert not Membership.objects.filter(origin="MANDATE").exists()


def test_those_concerned_read_of_it_once(acting: Membership, inspector: User, supervisor: User) -> None:
    delivered()
    casework.end_mandate(acting, actor=supervisor, reason="Selesai", at=clock.now())
    delivered()
    delivered()
    told = Notice.objects.filter(recipient=inspector).values_list("notice", flat=True)
    assert sorted(told) == ["casework/mandate_counts", "casework/mandate_ended"]


def test_the_second_person_reads_that_it_waits(inspector: User, supervisor: User, executive: User) -> None:
    mandates.given(inspector, by=supervisor)
    delivered()
    assert Notice.objects.get().recipient == executive


def test_the_database_refuses_a_signatory_by_one_word(inspector: User, supervisor: User) -> None:
    worn = mandates.given(inspector, by=supervisor)
    with pytest.raises(DatabaseError, match="hats_of_two"), transaction.atomic():
        Membership.objects.filter(pk=worn.pk).update(state="ACTIVE")


def test_the_register_of_signatories_names_the_post(acting: Membership, desk: Desk, citizen: User) -> None:
    page = desk.sit(citizen).read("/transparency/pact/")
    assert "Plh. Kepala Bidang Perizinan" in page


def test_a_refusal_is_previewed_and_sent_with_the_post(
    acting: Membership, citizen: User, intake: User, reviewer: User, inspector: User
) -> None:
    case: Case = cases.recommended_application(citizen, intake, reviewer)
    casework.take_case(case, actor=inspector, reason_code="COUNTER", at=clock.now())
    code = case.service_version.parsed.refusal_reasons[0].code
    permits.refuse_application(case, actor=inspector, reason_code=code, reason="", at=clock.now())
    for message in Message.objects.filter(topic="permits.application.refused"):
        delivery.deliver(message.pk)
    with override("id"):
        assert "Plh. Kepala Bidang Perizinan" in Notice.objects.get(notice="applications/refused").page_html


def test_a_confirmed_objection_names_the_post_of_whoever_answers_it(
    citizen: User,
    intake: User,
    reviewer: User,
    approver: User,
    inspector: User,
    supervisor: User,
    executive: User,
    desk: Desk,
) -> None:
    case = cases.refused_application(citizen, intake, reviewer, approver)
    object_to, confirm = (permits.BY_TRANSITION[name] for name in ("object", "confirm_decision"))
    objected = object_to(case, actor=citizen, words="Jaraknya cukup.", at=clock.now())
    mandates.away(approver)
    mandates.acting(inspector, by=supervisor, second=executive, holder=approver)
    confirm(objected, actor=inspector, reason="Sudah diukur ulang.", at=clock.now())
    assert "Plh. Kepala Bidang Perizinan" in desk.sit(citizen).read(f"/cases/{case.reference}/objection/")
    assert "Plh. Kepala Bidang Perizinan" in desk.sit(reviewer).open(case)
    for message in Message.objects.filter(topic="permits.objection.confirmed"):
        delivery.deliver(message.pk)
    with override("id"):
        told = Notice.objects.get(notice="applications/objection_confirmed").page_html
    assert "Plh. Kepala Bidang Perizinan" in told
