"""Nobody decided in time: a researcher's permit counts as granted by operation of law, a billboard's does not; the inspectorate reads of both."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from services.accounts.models import Hat, User
from services.casework import operations as casework
from services.casework.models import Case, Expiry
from services.documents.models import Certificate
from services.foundation import clock
from services.government.models import Agency
from services.notifications.models import Notice
from services.outbox import operations as outbox
from tests.factories import accounts
from tests.journeys.conftest import Camera, Manner
from tests.journeys.office import Files, sits_down
from tests.journeys.people import Citizen, soon

ON_A_PHONE: Final = Manner(language="id", width=360, javascript=False)
AT_A_DESK: Final = Manner(language="en", width=1280, javascript=True)
#: Longer than the five working days of both standards, whatever holidays lie between.
SILENCE: Final = timedelta(days=21)


class Story:
    """One researcher, two applications that are complete, and an office in which nobody decides."""

    def __init__(self, manner: Manner, browse: Callable[[Manner], Page], intake: User) -> None:
        self.say, self.camera = manner.words, Camera(f"nobody-decided-{manner}")
        self.manner, self.browse = manner, browse
        self.researcher = accounts.signed_up("Ratna Peneliti")
        self.researcher.language = manner.language
        self.researcher.save(update_fields=["language"])
        self.citizen = Citizen(browse(manner), manner, self.camera)
        days = {"start_date": soon(7).isoformat(), "end_date": soon(90).isoformat()}
        self.permit, self.billboard = (
            files.accepted(self.researcher, intake, at=clock.now() - timedelta(hours=1))
            for files in (Files("izin-penelitian", **days), Files("izin-reklame"))
        )

    def opens(self, case: Case) -> None:
        """The researcher looks at one of their cases."""
        self.citizen.page.goto(f"/cases/{case.reference}/")
        self.citizen.sees(case.reference)

    def passes_the_date(self) -> None:
        """Three weeks go by, and beat looks at the clocks: twice, as two beats would."""
        clock.move(SILENCE)
        assert [casework.expire_clocks(at=clock.now()) for _beat in range(2)] == [2, 0]
        outbox.relay_due(at=clock.now())

    def reads_what_the_law_made_of_it(self) -> Certificate:
        """The certificate of its own kind, and how the clock ran."""
        citizen, say = self.citizen, self.say
        citizen.eventually(lambda: Case.objects.get(pk=self.permit.pk).status == "ISSUED")
        self.opens(self.permit)
        citizen.sees(say("Your certificate is ready."))
        citizen.sees(say("Granted by operation of law"))
        citizen.picture("granted-by-law")
        with citizen.page.expect_download() as download:
            citizen.click(say("Download the certificate (PDF)"), role="link")
        assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
        with citizen.page.expect_download() as evidence:
            citizen.click(say("Download how the clock ran (JSON)"), role="link")
        told = Path(evidence.value.path()).read_bytes()
        assert hashlib.sha256(told).hexdigest() == Expiry.objects.get(case=self.permit).digest
        return Certificate.objects.get(reference=self.permit.reference)

    def is_verified_by_a_stranger(self, paper: Certificate) -> None:
        """Anybody reads that it is genuine, and of which kind."""
        stranger = Citizen(self.browse(self.manner), self.manner, self.camera)
        stranger.choose_language()
        stranger.page.goto(f"/verify/{paper.code}/")
        stranger.sees(self.say("Genuine and valid, by operation of law"))
        stranger.sees(self.say.of(paper.title))
        stranger.picture("verified")

    def is_read_by(self, examiner: User) -> None:
        """The inspectorate has a notice of each, and both on one list, with the evidence and without a name."""
        officer = sits_down(examiner, "inspectorate", self.manner.at_a_desk, self.camera, self.browse)
        told = Notice.objects.filter(notice="casework/nobody_decided", recipient=examiner)
        officer.eventually(lambda: told.count() == len((self.permit, self.billboard)))
        officer.page.goto("/admin/casework/case/expired/")
        for case, followed in ((self.permit, "Granted by operation of law"), (self.billboard, "")):
            row = officer.main.get_by_role("row").filter(has_text=case.reference)
            expect(row).to_contain_text(
                self.say(followed) if followed else self.say.of(case.agency.short_name)
            )
        expect(officer.main).not_to_contain_text(str(self.researcher.person.name))
        officer.picture("the-list-of-the-inspectorate")


@pytest.mark.parametrize("manner", [ON_A_PHONE, AT_A_DESK], ids=str)
def test_nobody_decides_in_time_and_the_law_does_where_the_standard_says_so(
    manner: Manner, town: str, browse: Callable[[Manner], Page], intake: User, executive: User
) -> None:
    code = Agency.objects.get(role=Agency.Role.INSPECTORATE).code
    examiner = accounts.officer("Tulus Pemeriksa", Hat.REVIEWER, agency_code=code)
    story = Story(manner, browse, intake)
    citizen, say = story.citizen, story.say
    citizen.sign_in(str(story.researcher.phone))
    expect(citizen.page.get_by_role("heading", level=1)).to_be_visible()
    story.opens(story.permit)
    citizen.picture("the-date")

    story.passes_the_date()
    paper = story.reads_what_the_law_made_of_it()
    story.is_verified_by_a_stranger(paper)
    story.opens(story.billboard)
    citizen.sees(say("Nobody decided in time"))
    citizen.picture("not-granted-by-silence")
    story.is_read_by(examiner)

    permit = Case.objects.get(pk=story.permit.pk)
    assert (permit.decided_by, permit.is_granted_by_law) == (None, True)
    assert Case.objects.get(pk=story.billboard.pk).decided_at is None
    assert Certificate.objects.filter(reference=permit.reference).count() == 1
    assert Notice.objects.filter(notice="applications/granted_by_law").count() == 1
    assert paper.content["by_law"] is True
