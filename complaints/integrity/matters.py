"""What an integrity report can be about: the points of the pact of 2016, the list of the Ombudsman, and whom it concerns."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Matter(models.TextChoices):
    """What it is about, in the reporter's words: a demanded gift, pressure on an employee, or a point of the pact."""

    REWARD_DEMANDED = "REWARD_DEMANDED", _("Someone asked for money, a gift or a favour")
    PRESSED = "PRESSED", _("I work here and was pressed to do something wrong, or punished because I refused")
    CORRUPTION = "CORRUPTION", _("Corruption: public money or goods were taken, a bribe was given or taken")
    DRUGS = "DRUGS", _("Drugs")
    BUSINESS_INTEREST = "BUSINESS_INTEREST", _("Office was used for somebody's own business")
    OTHER = "OTHER", _("An office did something else that is wrong")


class Pressure(models.TextChoices):
    """What an officer was asked to do with a case on the desk."""

    HURRY = "HURRY", _("To take it before others, or to hurry")
    HOLD = "HOLD", _("To hold it back, or to leave it lying")
    GRANT = "GRANT", _("To grant it, or to say that it is in order")
    REFUSE = "REFUSE", _("To refuse it, or to find something wrong with it")
    COLLECT = "COLLECT", _("To collect money, a gift or a favour for it")
    OTHER = "OTHER", _("Something else")


class Maladministration(models.TextChoices):
    """The second axis, as the Ombudsman classifies (UU 37/2008 article 11 and its regulations)."""

    NO_SERVICE = "NO_SERVICE", _("No service was given")
    UNDUE_DELAY = "UNDUE_DELAY", _("Undue delay")
    DEVIATION = "DEVIATION", _("The procedure was not followed")
    IMPROPRIETY = "IMPROPRIETY", _("Improper behaviour")
    INCOMPETENCE = "INCOMPETENCE", _("Somebody did not know their work")
    ABUSE_OF_AUTHORITY = "ABUSE_OF_AUTHORITY", _("Authority was abused")
    REQUEST_FOR_REWARD = "REQUEST_FOR_REWARD", _("A reward was asked for")
    DISCRIMINATION = "DISCRIMINATION", _("Discrimination")
    PARTIALITY = "PARTIALITY", _("Taking sides")
    CONFLICT_OF_INTEREST = "CONFLICT_OF_INTEREST", _("Conflict of interest")


class Concerned(models.TextChoices):
    """Whom it concerns. Two of these decide who alone may receive it."""

    OFFICER = "OFFICER", _("Somebody who works at an office")
    HEAD = "HEAD", _("The head of government, or somebody who acts for them")
    INSPECTORATE = "INSPECTORATE", _("Somebody of the inspectorate")
    BROKER = "BROKER", _("A broker or somebody else outside")
    UNKNOWN = "UNKNOWN", _("I do not know")


class ArchiveReason(models.TextChoices):
    """Why a report is put aside without a finding."""

    NOTHING_TO_GO_ON = "NOTHING_TO_GO_ON", _("It names nothing that could be examined")
    EXAMINED_ELSEWHERE = "EXAMINED_ELSEWHERE", _("The same matter is being examined already")
    NOT_INTEGRITY = "NOT_INTEGRITY", _("It is a matter for an ordinary report")
    SPAM = "SPAM", _("Advertising or insults, and nothing else")


#: What the matter says by itself on the second axis; the examiner may correct it.
AXIS_OF: Final = {
    Matter.REWARD_DEMANDED: Maladministration.REQUEST_FOR_REWARD,
    Matter.BUSINESS_INTEREST: Maladministration.CONFLICT_OF_INTEREST,
    Matter.PRESSED: Maladministration.ABUSE_OF_AUTHORITY,
}
#: Against these, the commission alone: the inspectorate answers to the head of government.
COMMISSION_ALONE: Final = frozenset({Concerned.HEAD, Concerned.INSPECTORATE})
