"""The way through the pages: which are asked of this reporter, which is next, and the report that a complete draft makes."""

from datetime import datetime
from typing import Any, Final

from complaints import passphrases
from complaints.integrity import queries
from complaints.integrity.drafts import Draft
from complaints.integrity.forms import EMAIL, FORMS, NOBODY, PHONE
from complaints.integrity.matters import Matter
from complaints.integrity.values import Reach, Told
from services.government.models import Agency
from services.notifications.models import Channel

CHANNELS: Final = {PHONE: Channel.SMS, EMAIL: Channel.EMAIL}
#: What the pages before the receiver leave behind, under the same names as in `Told`.
TOLD: Final = (
    "matter",
    "axis",
    "what",
    "office",
    "place",
    "who",
    "concerned",
    "when",
    "amount",
    "works_here",
    "reference",
)


def steps(draft: Draft) -> list[str]:
    """The pages that are asked of this reporter, in their order."""
    is_other = draft.answers.get("matter") == Matter.OTHER
    return [step for step in FORMS if step != "kind" or is_other]


def first_missing(draft: Draft) -> str:
    """The first page that is not done; "" where all are."""
    return next((step for step in steps(draft) if step not in draft.done), "")


def previous(draft: Draft, step: str) -> str:
    """The page before this one; "" before the first."""
    asked = steps(draft)
    place = asked.index(step) if step in asked else 0
    return asked[place - 1] if place else ""


def keep(draft: Draft, step: str, values: dict[str, Any]) -> None:
    """Take over what a page asked. A page that what was said makes needless is forgotten."""
    draft.answers |= values
    draft.done = [*(done for done in draft.done if done != step), step]
    if "kind" not in steps(draft):
        draft.answers.pop("axis", None)
        draft.done = [done for done in draft.done if done != "kind"]


def told_of(draft: Draft) -> Told:
    """What was told so far; a page that was not asked is left empty."""
    known = {name: draft.answers[name] for name in TOLD if draft.answers.get(name) is not None}
    return Told(**{"matter": Matter.OTHER.value, "what": ""} | known)


def is_for_commission_alone(draft: Draft, *, at: datetime) -> bool:
    """Whether there is nothing to choose: it is against the head of government or the inspectorate."""
    return queries.goes_to_commission_alone(told_of(draft), at=at)


def receiver_of(draft: Draft, *, at: datetime) -> str:
    """The role of the receiver: the chosen one, or the commission where there is nothing to choose."""
    if is_for_commission_alone(draft, at=at):
        return Agency.Role.COMMISSION.value
    return str(draft.answers.get("receiver", ""))


def reach_of(draft: Draft) -> Reach:
    """How the reporter is reached, with a passphrase unless they want no way back: the same one at a second sending."""
    contact = draft.answers.get("contact", NOBODY)
    if contact == NOBODY:
        return Reach()
    passphrase = draft.answers.setdefault("passphrase", passphrases.new())
    channel = CHANNELS.get(contact)
    address = str(draft.answers.get(contact, "")) if channel else ""
    return Reach(channel=str(channel.value) if channel else "", address=address, passphrase=passphrase)
