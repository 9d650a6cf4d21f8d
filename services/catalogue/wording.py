"""Times, costs and conditions of a service in the reader's words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.catalogue.definition import Condition, Duration, Fee, Question, QuestionKind, ServiceDefinition
from services.foundation import texts
from services.foundation.templatetags.bening import rupiah


def duration(time: Duration) -> str:
    """The time with its unit: "5 working days"."""
    counted = {
        "WORKING_DAY": ngettext("%(amount)d working day", "%(amount)d working days", time.amount),
        "CALENDAR_DAY": ngettext("%(amount)d day", "%(amount)d days", time.amount),
        "HOUR": ngettext("%(amount)d hour", "%(amount)d hours", time.amount),
    }
    return counted[time.unit] % {"amount": time.amount}


def days(amount: int) -> str:
    """The time of one step; a step without days of its own happens on the same day."""
    return duration(Duration(amount=amount)) if amount else _("the same day")


def cost(fee: Fee) -> str:
    """The fee: "Free" or an amount in rupiah."""
    return str(rupiah(fee.amount)) if fee.amount else _("Free")


def validity(definition: ServiceDefinition) -> str:
    """How long the paper is good: a number of days, or until the day the applicant names."""
    until, days_good = definition.validity.until_answer, definition.validity.days
    if until:
        question = texts.local(definition.questions[until].label)
        return _("Until the day you name in the form (“%(question)s”).") % {"question": question}
    if days_good and days_good % 365 == 0:
        years = days_good // 365
        return ngettext("%(years)d year from its start.", "%(years)d years from its start.", years) % {
            "years": years
        }
    if days_good:
        return ngettext("%(days)d day from its start.", "%(days)d days from its start.", days_good) % {
            "days": days_good
        }
    return _("It has no end.")


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
