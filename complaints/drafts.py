"""What a draft holds, read back: the steps that are still missing, and the report that it makes."""

from typing import Any, Final

from complaints import queries
from complaints.models import Category, ReportDraft, Visibility
from complaints.operations import Report
from services.government import queries as government
from services.government.models import District
from services.notifications.models import Channel

#: The pages in their order, each with what it must have left behind.
STEPS: Final = ("what", "subject", "where", "photos", "readers", "contact")
NEEDED: Final = {
    "what": "words",
    "subject": "category",
    "where": "has_place",
    "readers": "visibility",
    "contact": "contact",
}


def first_missing(answers: dict[str, Any]) -> str:
    """The first page that is not done; "" where all are. A subject that is offered no longer is not done."""
    for step, key in NEEDED.items():
        if key not in answers:
            return step
        if step == "subject" and category_of(answers) is None:
            return step
    return ""


def category_of(answers: dict[str, Any]) -> Category | None:
    """The chosen subject, if it is still offered."""
    return queries.listed_category(answers.get("category", ""))


def district_of(answers: dict[str, Any]) -> District | None:
    """The chosen district; where a point was given alone, the one nearest to it."""
    code = answers.get("district", "")
    if code:
        return government.districts().filter(code=code).first()
    if answers.get("latitude") is None or answers.get("is_outside"):
        return None
    return government.nearest_district(answers["latitude"], answers["longitude"])


def report_of(draft: ReportDraft, category: Category) -> Report:
    """The report that a complete draft makes."""
    answers = draft.answers
    contact = answers["contact"]
    channel = {"phone": Channel.SMS, "email": Channel.EMAIL}.get(contact)
    return Report(
        category=category,
        words=answers["words"],
        place=answers.get("place", ""),
        district=district_of(answers),
        latitude=answers.get("latitude"),
        longitude=answers.get("longitude"),
        is_outside=answers.get("is_outside", False),
        visibility=visibility_of(answers, category),
        shows_name=answers.get("shows_name", False),
        with_account=contact == "account",
        contact_channel=str(channel) if channel else "",
        contact_address=answers.get(contact, "") if channel else "",
    )


def visibility_of(answers: dict[str, Any], category: Category | None) -> str:
    """Who will read it, as far as it is known."""
    if category is not None and category.is_confidential:
        return Visibility.CONFIDENTIAL
    return str(answers.get("visibility", ""))
