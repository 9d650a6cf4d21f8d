"""Conflicts of interest as they are met at the desk: refused, declared, stepped back from, asked about."""

from typing import Any

import pytest
from django.test import Client

from permits import operations as permits
from services.accounts.models import User
from services.audit import queries as audit
from services.audit.actors import Subject
from services.casework import operations as casework
from services.casework.models import Case
from services.casework.operations import Thing
from services.foundation import clock
from services.integrity.models import Interest, Refusal
from tests.casework.desk import explain
from tests.factories import casework as cases
from tests.factories import reviews
from tests.integrity.interests import NIK, relative, take, with_nik


@pytest.fixture
def file(citizen: User, intake: User) -> Case:
    """A permit that waits for a reviewer; its applicant's NIK is on file."""
    with_nik(citizen)
    return cases.accepted_application(citizen, intake)


def page(answer: Any) -> str:
    return str(answer.content.decode())


def address(case: Case, place: str = "") -> str:
    return f"/admin/casework/case/{case.reference}/{place}"


def test_the_file_says_that_there_is_a_conflict_and_offers_nothing(
    client: Client, file: Case, reviewer: User
) -> None:
    relative(reviewer)
    client.force_login(reviewer)
    explain(client, file)
    shown = client.get(address(file))
    assert shown.context["in_conflict"]
    assert shown.context["take_form"] is None
    assert shown.context["recuse_form"] is None


def test_the_refusal_names_no_rule_and_is_kept_with_its_rule(
    client: Client, file: Case, reviewer: User
) -> None:
    relative(reviewer)
    client.force_login(reviewer)
    explain(client, file)
    answer = client.post(address(file, "take/"), {"take-reason_code": "COUNTER"})
    assert answer.status_code == 200
    assert "NIK" not in str(answer.context["refused"][0].errors)
    kept = Refusal.objects.get()
    assert (kept.user, kept.rule, kept.doing, kept.reference) == (reviewer, "NIK", "take", file.reference)


def test_a_refused_decision_is_kept_too(client: Client, file: Case, reviewer: User) -> None:
    taken = take(file, reviewer)
    relative(reviewer)
    client.force_login(reviewer)
    client.post(address(taken, "act/recommend/"), {"recommend-recommendation": "GRANT"})
    assert Refusal.objects.get().doing == "recommend"
    taken.refresh_from_db()
    assert taken.recommended_by is None


def test_stepping_back_at_the_desk(client: Client, file: Case, reviewer: User) -> None:
    take(file, reviewer)
    client.force_login(reviewer)
    assert 'id="recuse"' in page(client.get(address(file)))
    assert client.post(address(file, "recuse/"), {"recuse-reason": ""}).status_code == 200
    assert client.post(address(file, "recuse/"), {"recuse-reason": "Ipar saya."}).status_code == 302
    explain(client, file)
    shown = client.get(address(file))
    assert shown.context["in_conflict"]
    file.refresh_from_db()
    assert file.assignee is None


def test_the_supervisor_reads_who_stepped_back_and_why_and_nobody_below(
    client: Client, file: Case, reviewer: User, reviewer2: User, supervisor: User, citizen: User
) -> None:
    casework.recuse_officer(file, actor=reviewer, reason="Ipar saya.", at=clock.now())
    client.force_login(supervisor)
    explain(client, file)
    assert "Ipar saya." in page(client.get(address(file)))
    for other, where in ((reviewer2, address(file)), (citizen, f"/cases/{file.reference}/")):
        client.force_login(other)
        assert "Ipar saya." not in page(client.get(where))


def test_no_conflict_is_declared_beside_the_deciding_button_and_stored_with_the_decision(
    client: Client, file: Case, reviewer: User, approver: User
) -> None:
    ready = permits.recommend_application(
        take(file, reviewer), actor=reviewer, recommendation="GRANT", at=clock.now()
    )
    take(ready, approver)
    client.force_login(approver)
    approver.language = "en"
    approver.save(update_fields=["language"])
    sentence = "By deciding I declare: I have no conflict of interest in this case."
    assert page(client.get(address(ready))).count(sentence) == 2
    letter = client.post(
        address(ready, "act/refuse/"),
        {"refuse-reason_code": "site", "refuse-reason": "Dekat sekolah.", "step": "letter"},
    )
    assert letter.status_code == 200
    permits.grant_application(ready, actor=approver, at=clock.now())
    steps = audit.events_of(Subject("case", file.reference))
    granted = next(step for step in steps if step.action.endswith("application.granted"))
    assert granted.details["conflict"] == "none_declared"


def test_an_officer_declares_reads_and_ends_their_own_lines_alone(
    client: Client, reviewer: User, reviewer2: User
) -> None:
    client.force_login(reviewer)
    register = "/admin/integrity/interest/"
    assert client.get(register).status_code == 200
    refused = client.post(register, {"kind": "RELATIVE", "name": "Adik"})
    assert "nik" in refused.context["form"].errors
    broken = client.post(register, {"kind": "RELATIVE", "name": "Adik", "nik": "12"})
    assert "nik" in broken.context["form"].errors
    assert client.post(register, {"kind": "RELATIVE", "name": "Adik", "nik": NIK}).status_code == 302
    line = Interest.objects.get()
    assert "Adik" in page(client.get(register))
    client.force_login(reviewer2)
    assert "Adik" not in page(client.get(register))
    assert client.post(f"{register}{line.pk}/end/").status_code == 404
    client.force_login(reviewer)
    client.post(f"{register}{line.pk}/end/")
    line.refresh_from_db()
    assert line.valid_until == clock.local_date(clock.now())


def test_an_administrator_asks_which_rule_refused_a_person_without_seeing_the_case(
    client: Client, file: Case, reviewer: User, administrator: User
) -> None:
    relative(reviewer)
    client.force_login(reviewer)
    client.post(address(file, "take/"), {"take-reason_code": "COUNTER"})
    client.force_login(administrator)
    shown = page(client.get("/admin/integrity/refusal/"))
    assert "Agus Penelaah" in shown
    assert file.reference not in shown
    assert "Adik" not in shown


@pytest.mark.parametrize("who", ["reviewer", "supervisor", "executive", "auditor", "citizen"])
def test_nobody_but_an_administrator_reads_refusals(
    client: Client, who: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get("/admin/integrity/refusal/").status_code in {302, 403, 404}


def test_whoever_has_the_file_when_the_conflict_shows_steps_back_from_it(
    client: Client, file: Case, reviewer: User
) -> None:
    taken = take(file, reviewer)
    relative(reviewer)
    client.force_login(reviewer)
    shown = client.get(address(taken))
    assert shown.context["in_conflict"]
    assert 'href="#recuse"' in page(shown)
    assert client.post(address(taken, "recuse/"), {"recuse-reason": "Adik saya."}).status_code == 302
    file.refresh_from_db()
    assert file.assignee is None


def test_whoever_is_kept_from_a_review_is_refused_with_its_rule_at_every_door(
    client: Client, citizen: User, intake: User, reviewer: User
) -> None:
    with_nik(citizen)
    case = cases.accepted_application(citizen, intake, version=reviews.reviewed_service())
    held = reviews.taken(reviewer, reviews.of(case, "content"))
    text = Thing(kind="CORRECTION", key="shown_text", words="Tulis seluruh teks.")
    casework.ask_for_review(held, actor=reviewer, things=[text], at=clock.now())
    relative(reviewer)
    client.force_login(reviewer)
    number = case.requests.get().pk
    client.post(address(case, f"reviews/content/requests/{number}/withdraw/"))
    said = {"item-decent": "yes", "outcome": "FAVOURABLE", "findings": ""}
    client.post(address(case, "reviews/content/"), said)
    assert [row.doing for row in Refusal.objects.order_by("pk")] == ["request", "review"]
    assert case.requests.get().is_open
