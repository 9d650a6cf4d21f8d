"""What a licence adds to the shared pages of a case: whose it is, what it renews, what the holder has besides."""

from licensing import queries
from licensing.views import pages
from services.casework.handlers import Part
from services.casework.models import Case
from services.foundation import clock


def for_citizen(case: Case) -> Part | None:
    """For which business it is, which licence it renews, and the licence that came of it; None where there is none of it."""
    application, now = queries.application_of(case), clock.now()
    licence = queries.licence_of(case)
    if application.business is None and application.renews is None and licence is None:
        return None
    own = {
        "business": application.business,
        "renews": application.renews,
        "row": pages.licence_row(licence, at=now) if licence else None,
    }
    return Part("licensing/_case.html", own)


def for_desk(case: Case) -> Part:
    """The holder as the register knows them: the business with whoever acts for it, and every other licence they have."""
    application, now = queries.application_of(case), clock.now()
    business = application.business
    own = {
        "business": business,
        "facts": pages.facts_of(business) if business else [],
        "people": [person.name for person in queries.people_of(business, at=now)] if business else [],
        "renews": application.renews,
        "most": case.service_version.parsed.held_at_most,
        "others": [pages.licence_row(each, at=now) for each in queries.others_of_holder(case)],
    }
    return Part("licensing/desk/_holder.html", own)
