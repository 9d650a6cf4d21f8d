"""What nobody decided in time: one application for each service of the demo that silence grants, accepted and then left alone."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final

from portal.demo.data.office import Begun, Office
from portal.demo.data.stories import Filer, Staff, Story
from services.accounts.models import User
from services.catalogue.models import Service, ServiceVersion

#: Longer than any standard, whatever holidays lie between: the law has granted it when the demo begins.
BEGUN_DAYS_AGO: Final = 24
#: Whose they are: a place among the citizens.
WHOSE: Final = 3
SEED: Final = 53


def begin_silence(*, citizens: list[User], staff: dict[str, Staff], today: datetime) -> Iterator[Begun]:
    """The stories of these applications; the sweep at the end of the office's work grants them.

    They have chances of their own, so that no other story goes another way for them.
    """
    office = Office(citizens=citizens, staff=staff, seed=SEED)
    offered = ServiceVersion.objects.filter(retired_at=None, service__kind=Service.Kind.PERMIT)
    chance = Random(SEED)  # noqa: S311 (invented data, no secret)
    for version in offered.select_related("service__agency").order_by("id"):
        if version.parsed.deemed_approval != "auto_issue":
            continue
        citizen = citizens[WHOSE % len(citizens)]
        filer = Filer(user=citizen, applicant=citizen)
        steps = Story(office, "IN_REVIEW", filer, version, chance).steps()
        _pause, first = next(steps)
        yield today - timedelta(days=BEGUN_DAYS_AGO), first, steps
