"""Integrity reports at every point of their life, and those who receive them: an inspectorate and a commission with two each."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from complaints.integrity import operations as integrity
from complaints.integrity.values import Reach, Told
from services.accounts.models import Hat, User
from services.casework import operations as casework
from services.casework.models import Case
from services.foundation import clock
from services.government.models import Agency
from tests.factories import accounts, catalogue, complaints

INSPECTORATE, COMMISSION = "inspektorat", "kpk"
PASSPHRASE = "gajah makan pisang sore tadi"
WORDS = "Petugas loket meminta lima ratus ribu supaya izin cepat keluar."


def receiver(code: str, role: str) -> Agency:
    """An agency that receives integrity reports."""
    agency = accounts.agency(code)
    Agency.objects.filter(pk=agency.pk).update(role=role)
    agency.refresh_from_db()
    return agency


def ready() -> None:
    """All that integrity reports need: the two receivers, the service, the times. Doing it twice is harmless."""
    complaints.ready()
    receiver(INSPECTORATE, Agency.Role.INSPECTORATE)
    receiver(COMMISSION, Agency.Role.COMMISSION)
    catalogue.published_version(
        slug="laporan-integritas",
        agency_code=INSPECTORATE,
        kind="COMPLAINT",
        groups=[],
        documents=[],
        defect_reasons=[],
        refusal_reasons=[],
        certificate=None,
        validity={},
    )


def examiner(name: str, agency_code: str = INSPECTORATE) -> User:
    """Somebody who receives and examines reports there."""
    user = accounts.officer(name, Hat.INTAKE, agency_code=agency_code)
    accounts.wearing(user, Hat.REVIEWER, agency_code=agency_code)
    return user


def told(**changes: Any) -> Told:
    """What somebody tells: a demanded bribe, unless told otherwise."""
    said: dict[str, Any] = {
        "matter": "REWARD_DEMANDED",
        "what": WORDS,
        "concerned": "OFFICER",
        "office": "dpmptsp",
    }
    return Told(**said | changes)


def received(
    *,
    receiver: str = "INSPECTORATE",
    may_be_handed_over: bool = False,
    reach: Reach | None = None,
    at: datetime | None = None,
    **changes: Any,
) -> Case:
    """A report that lies with its receiver."""
    ready()
    return integrity.send_report(
        told(**changes),
        receiver=receiver,
        may_be_handed_over=may_be_handed_over,
        reach=reach or Reach(passphrase=PASSPHRASE),
        submission_key=uuid4().hex,
        language="id",
        at=at or clock.now(),
    )


def taken(case: Case, by: User, *, at: datetime | None = None) -> Case:
    """The report on an examiner's desk."""
    return casework.take_case(case, actor=by, reason_code="SAME_MATTER", at=at or clock.now())


def in_examination(by: User, **wanted: Any) -> Case:
    """A report whose examination has begun, on the examiner's desk."""
    case = integrity.begin_examination(taken(received(**wanted), by), actor=by, at=clock.now())
    return taken(case, by)


def asked(by: User, **wanted: Any) -> Case:
    """A report whose reporter was asked."""
    case = in_examination(by, **wanted)
    return integrity.ask_reporter(case, actor=by, words="Di loket nomor berapa?", at=clock.now())
