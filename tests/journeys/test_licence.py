"""A midwife: sent back for one thing, corrected, granted by people, reminded and renewed, in both manners."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from licensing import tasks
from services.accounts.models import User
from services.casework.models import Case
from services.catalogue.definition import RequiredDocument
from services.documents.models import Certificate
from services.foundation import clock
from tests.journeys import papers
from tests.journeys.conftest import Manner
from tests.journeys.people import sms_with, soon
from tests.journeys.test_permit import AT_A_DESK, ON_A_PHONE, Story

PHONE = "0812 3456 7820"
NAME = "Ratna Kusumawati"
NIK = "3578035502900000"
#: What she types at first, what stands on her registration, and what stands on the next one.
MISTYPED, REGISTERED_FOR, REGISTERED_ANEW_FOR = 400, 120, 1500
UNTIL_REMINDED = 45


class Midwife(Story):
    """One telling, from the search to the licence that follows on the first."""

    slug = "sip-bidan"

    def folder_of_pictures(self) -> str:
        return f"licence-{self.manner}"

    def tell(self) -> None:
        """All four parts, in order."""
        self.applies()
        self.is_returned_and_corrected()
        self.is_granted_by_people()
        self.is_renewed()

    def applies(self) -> None:
        """Finds it by her own word, signs up by phone, fills in, photographs seven papers, sends."""
        citizen, say = self.citizen, self.say
        citizen.choose_language()
        citizen.find_service("bidan", self.definition)
        citizen.picture("service")
        citizen.click(say("Apply now"), role="link")
        citizen.sign_up_by_phone(phone=PHONE, name=NAME)
        citizen.page.get_by_role("radio", name=say("For myself")).check()
        citizen.click(say("Begin"))
        citizen.click(say("Your name and NIK"), role="link")
        citizen.field(say("NIK")).fill(NIK)
        citizen.click(say("Save and continue"))
        self.answers("registration", registration_number="STR 01/2026", education="profession")
        place = {"street": "Jalan Kenjeran 12", "district": "Rungkut"}
        practice: dict[str, Any] = {
            "practice_kind": "own",
            "practice_name": "Praktik Bidan Ratna",
            "practice_address": place,
        }
        self.answers("practice", **practice, practice_hours="Senin sampai Jumat, 08.00-15.00")
        for wanted in self.definition.documents:
            citizen.add_document(wanted, [self.photograph_of(wanted)])
        self.sends("Your application has arrived")
        citizen.picture("receipt")

    def answers(self, key: str, *, until: date | None = None, **answers: Any) -> None:
        """Answer one group of the form; that of the registration names the day until which it is valid."""
        group = next(each for each in self.definition.groups if each.key == key)
        if key == "registration":
            answers["registration_ends_on"] = until or soon(MISTYPED)
        self.citizen.answer_group(group, answers)

    def photograph_of(self, wanted: RequiredDocument) -> Path:
        """A photograph of this paper."""
        return papers.photograph(self.folder, wanted.key, wanted.title.id)

    def sends(self, words: str) -> None:
        """Check everything once more, declare, and send."""
        citizen, say = self.citizen, self.say
        citizen.click(say("Check and send"), role="link")
        citizen.picture("check")
        citizen.page.get_by_role("checkbox").check()
        citizen.click(say("Declare and send"))
        citizen.sees(say(words))
        self.reference = Case.objects.latest("id").reference

    def is_returned_and_corrected(self) -> None:
        """The day she typed is not the one on her registration: intake returns the file, she corrects it, it is complete."""
        say, intake, citizen = self.say, self.officers["intake"], self.citizen
        intake.sign_in()
        self.takes_next(intake)
        intake.sees(say("Checked by the machine"))
        intake.picture("file")
        self.marks(intake, say.of(self.title("registration_ends_on")), "REGISTRATION_DATE_DIFFERS")
        intake.click(say("Return with all defects"))
        intake.picture("letter")
        intake.click(say("Return it and send this letter"))
        self.stands("RETURNED", intake)
        sms_with(self.reference, to=PHONE)
        citizen.page.goto(f"/cases/{self.reference}/")
        citizen.click(say("Mend and send again"), role="link")
        citizen.picture("mending")
        self.opens_defect("registration_ends_on")
        self.answers("registration", until=soon(REGISTERED_FOR))
        citizen.send_again()
        self.becomes("SUBMITTED", citizen)
        self.takes_next(intake)
        intake.click(say("Accept as complete"))
        self.stands("IN_REVIEW", intake)

    def is_granted_by_people(self, *, is_first: bool = True) -> None:
        """One officer recommends, another decides; the licence is sealed, and stands among hers."""
        say, citizen = self.say, self.citizen
        reviewer, approver = self.officers["reviewer"], self.officers["approver"]
        if is_first:
            reviewer.sign_in()
        self.takes_next(reviewer)
        reviewer.page.get_by_role("radio", name=say("Grant", context="recommendation")).check()
        reviewer.picture("recommendation" if is_first else "other-licences")
        reviewer.click(say("Recommend"))
        self.stands("READY_FOR_DECISION", reviewer)
        if is_first:
            approver.sign_in()
        self.takes_next(approver)
        approver.click(say("Grant", context="decision"))
        self.stands("GRANTED", approver)
        self.becomes("ISSUED", citizen)
        citizen.page.goto("/licensing/")
        citizen.sees(self.certificate_now().number)
        citizen.picture("my-licences" if is_first else "my-licences-renewed")

    def certificate_now(self) -> Certificate:
        """The paper of the present case."""
        return Certificate.objects.get(reference=self.reference)

    def is_renewed(self) -> None:
        """Reminded before the end, she renews with what is known already; the new licence follows on the old one."""
        citizen, say = self.citizen, self.say
        first = self.certificate_now()
        assert first.valid_until
        clock.move(timedelta(days=UNTIL_REMINDED))
        tasks.remind_holders()
        link = sms_with(r"/licensing/[A-Z0-9-]+/", to=PHONE)[0]
        citizen.page.goto(link)
        citizen.picture("licence-ends-soon")
        citizen.click(say("Renew it"))
        citizen.sees(say("Your application"))
        citizen.picture("renewal")
        group = next(each for each in self.definition.groups if each.key == "registration")
        citizen.click(say.of(group.title), role="link")
        self.answers("registration", until=soon(REGISTERED_ANEW_FOR))
        citizen.page.goto(f"/licensing/apply/{self.slug}/{Case.objects.latest('id').reference}/")
        self.sends("Your application has arrived")
        intake = self.officers["intake"]
        self.takes_next(intake)
        intake.sees(first.number)
        intake.picture("file-of-the-renewal")
        intake.click(say("Accept as complete"))
        self.stands("IN_REVIEW", intake)
        self.is_granted_by_people(is_first=False)
        second = self.certificate_now()
        assert second.valid_from == first.valid_until + timedelta(days=1)
        self.is_refused_a_second_renewal(link)
        stranger = self.somebody()
        stranger.choose_language()
        stranger.page.goto(f"/verify/{first.code}/")
        stranger.sees(say("Genuine and valid"))
        stranger.page.goto(f"/verify/{second.code}/")
        stranger.sees(say("Genuine, not valid yet"))
        stranger.picture("verified")

    def is_refused_a_second_renewal(self, link: str) -> None:
        """What was renewed is not renewed again."""
        self.citizen.page.goto(link)
        self.citizen.sees(self.say("It was renewed already."))
        expect(self.citizen.page.get_by_role("button", name=self.say("Renew it"))).to_have_count(0)


@pytest.mark.parametrize("manner", [ON_A_PHONE, AT_A_DESK], ids=str)
def test_a_midwife_is_sent_back_corrects_is_granted_by_people_and_renews(
    manner: Manner, officers: dict[str, User], browse: Callable[[Manner], Page], tmp_path: Path
) -> None:
    Midwife(manner, browse, officers, tmp_path).tell()
