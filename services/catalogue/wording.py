"""Times, costs and conditions of a service in the reader's words."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.catalogue.definition import Condition, Duration, Fee, Question, QuestionKind, ServiceDefinition
from services.foundation import texts
from services.foundation.templatetags.bening import rupiah

DAYS_OF_A_YEAR: Final = 365


def duration(time: Duration) -> str:
    """The time with its unit: "5 working days"."""
    counted = {
        "WORKING_DAY": ngettext("%(amount)d working day", "%(amount)d working days", time.amount),
        "CALENDAR_DAY": ngettext("%(amount)d day", "%(amount)d days", time.amount),
        "HOUR": ngettext("%(amount)d hour", "%(amount)d hours", time.amount),
        "MINUTE": ngettext("%(amount)d minute", "%(amount)d minutes", time.amount),
    }
    return counted[time.unit] % {"amount": time.amount}


def part(amount: int, *, of: Duration) -> str:
    """The time of one step of it; a step without time of its own happens on the same day, or at once."""
    if amount:
        return duration(Duration(amount=amount, unit=of.unit))
    return _("at once") if of.unit in {"HOUR", "MINUTE"} else _("the same day")


def passed(number: int, *, of: Duration, is_over: bool = False) -> str:
    """How much of a time has passed, or was used: "Working day 2 of 5", "Just started", "Less than 1 working day"."""
    if number == 0:
        unit = duration(Duration(amount=1, unit=of.unit))
        return _("Less than %(time)s") % {"time": unit} if is_over else _("Just started")
    if number > of.amount:
        return _("%(passed)s, where %(promised)s were promised") % {
            "passed": duration(Duration(amount=number, unit=of.unit)),
            "promised": duration(of),
        }
    said = {
        "WORKING_DAY": _("Working day %(number)d of %(amount)d"),
        "CALENDAR_DAY": _("Day %(number)d of %(amount)d"),
        "HOUR": _("Hour %(number)d of %(amount)d"),
        "MINUTE": _("Minute %(number)d of %(amount)d"),
    }
    return said[of.unit] % {"number": number, "amount": of.amount}


def cost(fee: Fee) -> str:
    """The fee: "Free" or an amount in rupiah."""
    return str(rupiah(fee.amount)) if fee.amount else _("Free")


def validity(definition: ServiceDefinition) -> str:
    """How long the paper is good: a number of days, until the day the applicant names, or whichever comes first."""
    ends = []
    if definition.validity.until_answer:
        question = texts.local(definition.questions[definition.validity.until_answer].label)
        ends.append(_("Until the day you name in the form (“%(question)s”).") % {"question": question})
    if definition.validity.days and ends:
        ends.append(_at_most(definition.validity.days))
    elif definition.validity.days:
        ends.append(_counted(definition.validity.days))
    return " ".join(ends) or _("It has no end.")


def _counted(good: int) -> str:
    if good % DAYS_OF_A_YEAR == 0:
        years = good // DAYS_OF_A_YEAR
        return ngettext("%(years)d year from its start.", "%(years)d years from its start.", years) % {
            "years": years
        }
    return ngettext("%(days)d day from its start.", "%(days)d days from its start.", good) % {"days": good}


def _at_most(good: int) -> str:
    if good % DAYS_OF_A_YEAR == 0:
        years = good // DAYS_OF_A_YEAR
        return ngettext("At most %(years)d year.", "At most %(years)d years.", years) % {"years": years}
    return ngettext("At most %(days)d day.", "At most %(days)d days.", good) % {"days": good}


def condition(definition: ServiceDefinition, when: Condition | None) -> str:
    """When something is asked for, as a sentence of the form's own words; "" when it always is."""
    if when is None:
        return ""
    question = definition.questions[when.question]
    answers = " / ".join(_answer(question, value) for value in when.one_of)
    return _("Only if “%(question)s” is answered with: %(answers)s") % {
        "question": texts.local(question.label),
        "answers": answers,
    }


def _answer(question: Question, value: str) -> str:
    if question.kind is QuestionKind.YES_NO:
        return _("Yes") if value == "yes" else _("No")
    label = next(choice.label for choice in question.choices if choice.value == value)
    return texts.local(label)
