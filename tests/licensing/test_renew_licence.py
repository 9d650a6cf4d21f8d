"""A licence is renewed: not before its time, not after it, not twice; and the new one begins where the old one ends."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from licensing import operations, queries
from licensing.models import Licence, LicenceApplication
from services.accounts.models import User
from services.casework import operations as casework
from services.catalogue import operations as catalogue
from services.documents import operations as documents
from services.foundation import clock
from tests.factories import applications, licensing

Officers = tuple[User, User, User]


def renew(licence: Licence, actor: User) -> LicenceApplication:
    case = operations.renew_licence(licence, actor=actor, at=clock.now())
    return LicenceApplication.objects.select_related("case", "business", "renews").get(case=case)


def refusal(licence: Licence, actor: User) -> operations.UnableToRenew:
    with pytest.raises(operations.UnableToRenew) as told:
        renew(licence, actor)
    return told.value


def send(application: LicenceApplication, actor: User) -> None:
    operations.submit_application(
        application.case, actor=actor, submission_key=application.case.reference, at=clock.now()
    )


def test_answers_and_documents_are_carried_over(citizen: User, officers: Officers) -> None:
    licence = licensing.ending_in(30, citizen, *officers)
    application = renew(licence, citizen)
    assert application.renews == licence
    assert application.case.answers == licence.case.answers
    slots = dict(application.case.documents.values_list("slot", "document_id"))
    assert slots == dict(licence.case.documents.values_list("slot", "document_id"))
    assert application.case.status == "DRAFT"


def test_the_day_that_ended_the_last_one_is_asked_anew(citizen: User, officers: Officers) -> None:
    version = licensing.practice(validity={"until_answer": "ends_on", "days": 365})
    licence = licensing.ending_in(30, citizen, *officers, version=version)
    assert "ends_on" not in renew(licence, citizen).case.answers


def test_a_sealed_nik_is_bound_to_the_new_case(citizen: User, officers: Officers) -> None:
    group = applications.group(applications.asked("owner_nik", "nik"), key="people")
    practice = licensing.practice()
    groups = [*practice.definition["groups"], group.model_dump(mode="json")]
    licence = licensing.ending_in(30, citizen, *officers, version=licensing.practice(groups=groups))
    from services.catalogue import answers as stored  # noqa: PLC0415 (only here)

    licence.case.answers["owner_nik"] = stored.seal_nik(
        applications.NIK, reference=licence.case.reference, key="owner_nik"
    )
    licence.case.save(update_fields=["answers"])
    case = renew(licence, citizen).case
    value = case.answers["owner_nik"]
    assert stored.unseal_nik(value, reference=case.reference, key="owner_nik") == applications.NIK


def test_what_the_new_version_no_longer_asks_is_left_behind(citizen: User, officers: Officers) -> None:
    licence = licensing.ending_in(30, citizen, *officers)
    short = licensing.practice().definition
    documents_left = [document for document in short["documents"] if document["key"] != "drawing"]
    group = {**short["groups"][0], "questions": [short["groups"][0]["questions"][0]]}
    certificate = {**short["certificate"], "fields": ["shown_text"]}
    licensing.practice(groups=[group], documents=documents_left, certificate=certificate)
    case = renew(licence, citizen).case
    assert set(case.answers) == {"shown_text"}
    assert set(case.documents.values_list("slot", flat=True)) == {"ktp"}


@pytest.mark.parametrize(("days", "code"), [(91, "not_yet"), (-1, "ended")])
def test_not_before_its_time_and_not_after_it(
    citizen: User, officers: Officers, days: int, code: str
) -> None:
    assert refusal(licensing.ending_in(days, citizen, *officers), citizen).code == code


@pytest.mark.parametrize("days", [90, 1, 0])
def test_from_ninety_days_before_to_the_last_day(citizen: User, officers: Officers, days: int) -> None:
    assert renew(licensing.ending_in(days, citizen, *officers), citizen).case.status == "DRAFT"


def test_a_pack_may_give_days_of_grace(citizen: User, officers: Officers) -> None:
    version = licensing.practice(grace_days=7)
    licence = licensing.ending_in(-1, citizen, *officers, version=version)
    assert renew(licence, citizen).case.status == "DRAFT"
    assert refusal(licensing.ending_in(-8, citizen, *officers, version=version), citizen).code == "ended"


def test_a_licence_that_ended_yesterday_says_to_apply_anew(
    reader: Client, citizen: User, officers: Officers
) -> None:
    licence = licensing.ending_in(-1, citizen, *officers)
    page = reader.get(f"/licensing/{licence.case.reference}/").content.decode()
    assert "can no longer be renewed. Apply anew." in page
    assert "See how to apply anew" in page
    assert "Renew it" not in page


def test_a_renewal_twice_is_refused_clearly(reader: Client, citizen: User, officers: Officers) -> None:
    licence = licensing.ending_in(30, citizen, *officers)
    address = f"/licensing/{licence.case.reference}/"
    first = reader.post(f"{address}renew/")
    assert first.status_code == 302
    assert "/licensing/apply/" in first["Location"]
    page = reader.post(f"{address}renew/", follow=True).content.decode()
    assert "Its renewal is under way already." in page
    assert "Go on with the renewal" in page
    assert LicenceApplication.objects.filter(renews=licence).count() == 1


def test_a_renewal_that_was_given_up_may_be_begun_again(citizen: User, officers: Officers) -> None:
    licence = licensing.ending_in(30, citizen, *officers)
    case = renew(licence, citizen).case
    operations.BY_TRANSITION["withdraw"](case, actor=citizen, at=clock.now())
    assert renew(licence, citizen).case.status == "DRAFT"


def test_the_new_one_begins_the_day_after_the_old_one_ends(citizen: User, officers: Officers) -> None:
    licence = licensing.ending_in(30, citizen, *officers)
    application = renew(licence, citizen)
    send(application, citizen)
    application.case.refresh_from_db()
    renewed = licensing.sealed(licensing.granted(application.case, *officers))
    assert renewed.certificate.valid_from == licensing.last_day(licence) + timedelta(days=1)
    assert licensing.last_day(renewed) == renewed.certificate.valid_from + timedelta(days=365)
    assert refusal(licence, citizen).code == "renewed"


def test_what_is_granted_after_the_old_one_ended_begins_with_the_decision(
    citizen: User, officers: Officers
) -> None:
    licence = licensing.ending_in(1, citizen, *officers)
    application = renew(licence, citizen)
    send(application, citizen)
    clock.move(timedelta(days=5))
    documents.expire_certificates(at=clock.now())
    application.case.refresh_from_db()
    renewed = licensing.sealed(licensing.granted(application.case, *officers))
    assert renewed.certificate.valid_from == clock.today()


def test_what_is_suspended_or_revoked_is_not_renewed(citizen: User, officers: Officers) -> None:
    licence, approver = licensing.ending_in(30, citizen, *officers), officers[2]
    casework.suspend_certificate(licence.case, actor=approver, reason="Kotor.", at=clock.now())
    assert refusal(licence, citizen).code == "suspended"
    casework.revoke_certificate(licence.case, actor=approver, reason="Tetap kotor.", at=clock.now())
    assert refusal(licence, citizen).code == "revoked"


def test_what_has_no_end_needs_no_renewal(citizen: User, officers: Officers) -> None:
    licence = licensing.issued(citizen, *officers, version=licensing.practice(validity={}))
    assert refusal(licence, citizen).code == "endless"


def test_a_licence_that_is_given_no_longer_says_so(citizen: User, officers: Officers) -> None:
    licence = licensing.ending_in(30, citizen, *officers)
    catalogue.withdraw_service(service=licence.service, at=clock.now())
    assert refusal(licence, citizen).code == "not_offered"


def test_a_business_s_licence_is_renewed_in_its_name(citizen: User, officers: Officers) -> None:
    licence = licensing.ending_in(30, citizen, *officers, of=licensing.business(citizen))
    application = renew(licence, citizen)
    assert application.business == licence.business
    send(application, citizen)
    application.case.refresh_from_db()
    renewed = licensing.sealed(licensing.granted(application.case, *officers))
    assert renewed.business == licence.business
    assert renewed.certificate.holder_name == "Bakso Pak Slamet"


def test_the_applicant_is_told_as_of_any_application(
    citizen: User, officers: Officers, deliver_outbox: Callable[[], int]
) -> None:
    application = renew(licensing.ending_in(30, citizen, *officers), citizen)
    send(application, citizen)
    deliver_outbox()
    assert citizen.notices.filter(
        notice="applications/submitted", reference=application.case.reference
    ).exists()


def test_the_old_one_is_not_held_against_its_renewal(citizen: User, officers: Officers) -> None:
    licence = licensing.ending_in(30, citizen, *officers, of=licensing.business(citizen))
    case = renew(licence, citizen).case
    assert queries.places_taken(case, at=clock.now()) == 0
