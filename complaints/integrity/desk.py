"""How an integrity report is worked on at the desk: its forms, and the part of the page that shows what was told."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints.integrity import passes, queries
from complaints.integrity.matters import ArchiveReason, Concerned, Maladministration, Matter, Pressure
from services.accounts.models import User
from services.casework.forms.desk import EMPTY, DeskForm, offer, words_field
from services.casework.handlers import Desk, Part
from services.casework.models import Case
from services.foundation import clock, texts
from services.government.models import Agency

TO_REPORTER: Final = _(
    "The reporter reads these words in the dialogue. Write nothing that shows who they are."
)


class OfficersForm(DeskForm):
    """Colleagues whom the report is about, so that they are kept away from it."""

    officers = forms.MultipleChoiceField(
        label=_("Is it about a colleague here?"),
        help_text=_("Whoever you tick can neither see nor find this report any longer."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        colleagues = queries.colleagues(case, at=clock.now())
        if colleagues:
            offer(self, "officers", colleagues)
        else:
            del self.fields["officers"]


class ExamineForm(OfficersForm):
    """Where it stands on the second axis, before the examination begins."""

    axis = forms.ChoiceField(
        label=_("Classification (Ombudsman)"), choices=[EMPTY, *Maladministration.choices], required=False
    )
    field_order = ("axis", "officers")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.initial.setdefault("axis", queries.told_of(case.integrity_report).classified)


class AskReporterForm(DeskForm):
    """A question to the reporter."""

    words = words_field(
        _("Your question"),
        required=True,
        help_text=_("The reporter reads it in the dialogue. Ask for nothing that shows who they are."),
    )


class HandOverForm(OfficersForm):
    """Why the other receiver gets it."""

    words = words_field(
        _("Why is it handed over?"),
        required=True,
        help_text=_("The other receiver reads this note; the reporter does not."),
    )
    field_order = ("words", "officers")


class FindingForm(DeskForm):
    """What was found, in words to the reporter."""

    words = words_field(_("What was found, and what follows"), required=True, help_text=TO_REPORTER)


class ArchiveReportForm(DeskForm):
    """Why it is put aside."""

    reason_code = forms.ChoiceField(
        label=_("Reason"),
        choices=[EMPTY, *ArchiveReason.choices],
        error_messages={"required": _("Choose the reason.")},
    )
    words = words_field(_("In words the reporter reads"), required=True, help_text=TO_REPORTER)


def may_hand_over(case: Case) -> bool:
    """Whether the other receiver may get it: the commission always, the inspectorate only where the reporter allowed it."""
    other = queries.other_receiver(case.agency)
    if other is None:
        return False
    report = case.integrity_report
    is_allowed = report.may_be_handed_over and not report.commission_alone
    return other.role == Agency.Role.COMMISSION or is_allowed


DESK: Final = Desk(
    forms={
        "examine": ExamineForm,
        "ask_reporter": AskReporterForm,
        "hand_over": HandOverForm,
        "substantiate": FindingForm,
        "leave_unproved": FindingForm,
        "archive_report": ArchiveReportForm,
    },
    kinds={"examine": "go", "substantiate": "go", "leave_unproved": "end", "archive_report": "end"},
    done={
        "examine": _("The examination of %(reference)s has begun."),
        "ask_reporter": _("The reporter of %(reference)s was asked. The clock stands still meanwhile."),
        "hand_over": _("%(reference)s was handed to the other receiver. You cannot read it any longer."),
        "substantiate": _("%(reference)s was found true. The reporter is told."),
        "leave_unproved": _("%(reference)s could not be proved. The reporter is told."),
        "archive_report": _("%(reference)s was put aside. The reporter is told why."),
    },
    offered={"hand_over": may_hand_over},
)


def part(case: Case) -> Part:
    """What was told, opened for whoever may read the file."""
    report = case.integrity_report
    told = queries.told_of(report)
    unit = queries.unit_of(told.reference)
    axis = told.classified
    rows = [
        (_("What it is about"), Matter(told.matter).label),
        (_("What the officer was asked to do"), Pressure(told.asked).label if told.asked else ""),
        (_("Classification (Ombudsman)"), Maladministration(axis).label if axis else ""),
        (_("What happened"), told.what),
        (_("Which office"), _office(told.office)),
        (_("Where"), told.place),
        (_("Whom it concerns"), Concerned(told.concerned).label),
        (_("Who, in the reporter's words"), told.who),
        (_("When"), told.when),
        (_("Works there"), _("Yes") if told.works_here else _("No")),
        (_("Case or certificate"), told.reference),
        (_("Office that had the case"), texts.local(unit.name) if unit else ""),
    ]
    own = {
        "rows": [(label, value) for label, value in rows if value],
        "amount": told.amount,
        "messages": queries.dialogue_of(case),
        "can_be_asked": bool(report.passphrase_hash or told.asked),
        "commission_alone": report.commission_alone,
    }
    return Part(template="complaints/integrity/_desk.html", own=own)


def aside(case: Case, reader: User) -> Part:
    """On every page of a case at the desk, whoever reads it and whatever was reported: the way to say "I was asked to…"."""
    return Part(template="complaints/integrity/_aside.html", own={"pass": passes.issue(reader, case)})


def _office(code: str) -> str:
    agency = Agency.objects.filter(code=code).first() if code else None
    return texts.local(agency.name) if agency else ""
