"""What officers fill in on a report at the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from complaints import queries
from complaints.models import Category
from complaints.reasons import ArchiveReason
from services.casework.forms.desk import EMPTY, DeskForm, offer, words_field
from services.foundation import texts
from services.foundation.forms import PhotosField, ReferenceField
from services.foundation.forms.days import day_field
from services.government import queries as government
from services.government.models import Agency

PUBLIC_WORDS = _("The reporter reads it; of a public report everybody does. Name no person.")


class _OfficeForm(DeskForm):
    """A form that hands the report to an office."""

    agency = forms.ChoiceField(label=_("Office"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.complaint = queries.complaint_of(self.case)
        self.offices = {row.code: row for row in government.agencies()}
        routed = queries.agency_for(self.complaint.category, self.case.district)
        named = sorted((texts.local(row.name), code) for code, row in self.offices.items())
        default = _("The one that subject and district name: %(office)s") % {
            "office": texts.local(routed.short_name)
        }
        offer(self, "agency", [("", default), *((code, name) for name, code in named)])

    def office_for(self, category: Category) -> Agency:
        """The office that was chosen, else the one of the subject in this district."""
        chosen = self.offices.get(self.cleaned_data.get("agency", ""))
        return chosen or queries.agency_for(category, self.case.district)


class VerifyForm(_OfficeForm):
    """What it is about, and where it goes."""

    category = forms.ChoiceField(
        label=_("Subject"), error_messages={"required": _("Choose the subject that fits best")}
    )
    field_order = ("category", "agency")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.complaint.category
        self.categories = {row.code: row for row in (*queries.listed_categories(), own)}
        groups: dict[str, list[tuple[str, str]]] = {}
        for row in self.categories.values():
            groups.setdefault(texts.local(row.group_name), []).append((row.code, texts.local(row.name)))
        offer(self, "category", list(groups.items()))
        self.initial.setdefault("category", own.code)

    def values(self) -> dict[str, Any]:
        """The subject and the office as they are kept."""
        category = self.categories[self.cleaned_data["category"]]
        return {"category": category, "agency": self.office_for(category)}


class AssignForm(_OfficeForm):
    """Where it goes."""

    def values(self) -> dict[str, Any]:
        """The office as it is kept."""
        return {"agency": self.office_for(self.complaint.category)}


class AskDataForm(DeskForm):
    """What is missing."""

    words = words_field(
        _("What do you need to know?"),
        required=True,
        help_text=_("The reporter reads it and answers. The clock stands still meanwhile."),
    )


class ArchiveForm(DeskForm):
    """Why it is put aside."""

    reason_code = forms.ChoiceField(
        label=_("Reason"),
        choices=[EMPTY, *(choice for choice in ArchiveReason.choices if choice[0] != ArchiveReason.NO_DATA)],
        error_messages={"required": _("Choose the reason.")},
    )
    reason = words_field(_("In words the reporter reads"))


class NotOursForm(DeskForm):
    """Who is responsible."""

    words = words_field(
        _("Who is responsible, and how are they reached?"), required=True, help_text=PUBLIC_WORDS
    )


class DuplicateForm(DeskForm):
    """Which report was there before."""

    reference = ReferenceField(
        label=_("Reference of the earlier report"),
        help_text=_("It must be one that everybody may read."),
        error_messages={"required": _("Enter the reference of the earlier report")},
    )


class PlanForm(DeskForm):
    """What will be done, and when."""

    words = words_field(_("What will be done?"), required=True, help_text=PUBLIC_WORDS)
    planned_date = day_field(
        _("On which day?"),
        error_messages={
            "required": _("Give the day on which it is planned"),
            "invalid": _("Give the day as year-month-day"),
        },
    )


class RespondForm(DeskForm):
    """The answer, with photos of what was done."""

    words = words_field(_("Your answer"), required=True, rows=5, help_text=PUBLIC_WORDS)
    uploads = PhotosField(
        is_paper=False,
        required=False,
        allow_empty_file=True,
        label=_("Photos of what was done"),
        help_text=_("Up to 6, JPG, PNG or WebP. After an error they must be chosen again."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = self.fields["uploads"].widget.attrs
        attrs.pop("data-photos", None)
        attrs["accept"] = "image/jpeg,image/png,image/webp"


class WhyNotForm(DeskForm):
    """Why it cannot be done."""

    words = words_field(_("Why can it not be done?"), required=True, rows=5, help_text=PUBLIC_WORDS)


class HandBackForm(DeskForm):
    """Why it is handed back."""

    words = words_field(
        _("Why is it not yours, and whose is it?"),
        required=True,
        help_text=_("A note for the complaints office. The reporter does not read it."),
    )


class TakeUpForm(DeskForm):
    """What is done now."""

    words = words_field(_("What happens now?"), required=True, help_text=PUBLIC_WORDS)
