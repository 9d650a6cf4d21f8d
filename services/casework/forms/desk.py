"""What officers fill in on the desk. The codes to choose from are those of the case's version of the service."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from services.casework.models import Case, Recommendation
from services.casework.operations.desk import OWN_REASONS
from services.catalogue.definition import ReasonCode, UrgentClass
from services.foundation import texts

EMPTY: Any = ("", _("Choose"))
WORDS_LENGTH = 2000


def words_field(label: Any, *, required: bool = False, rows: int = 3, help_text: Any = "") -> forms.CharField:
    """A few lines of an officer's own words."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": _("Write a few words.")},
    )


class DeskForm(forms.Form):
    """A form of the case page. It knows the version of the case it was drawn from, so that a stale tab is told."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    #: Whether the letter is shown before the decision is taken.
    has_letter: ClassVar[bool] = False
    #: How its fields are drawn; one after the other without it.
    template: ClassVar[str] = ""
    use_required_attribute = False

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.definition = case.service_version.parsed

    @property
    def done(self) -> str:
        """What is said after it, where what was filled in has a say in that."""
        return ""

    def values(self) -> dict[str, Any]:
        """What the operation is called with, beside case, actor, time and version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class AcceptForm(DeskForm):
    """Nothing to fill in: the file is complete. It is sent with the marks of a return beside it, where there are any."""

    def clean(self) -> dict[str, Any]:
        """A file with a marked defect is not complete."""
        cleaned: dict[str, Any] = super().clean() or {}
        if any(name.startswith("return-") and name.endswith("-tick") for name in self.data):
            words = _("You marked a defect. Return the file with it, or take the mark away first.")
            raise forms.ValidationError(words, code="marked")
        return cleaned


class _ReasonForm(DeskForm):
    """A form whose reason codes are the service's reasons of refusal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "reason_code", [EMPTY, *_options(self.definition.refusal_reasons)])


class RecommendForm(_ReasonForm):
    """What the reviewer recommends; a refusal needs its reason."""

    recommendation = forms.ChoiceField(
        label=_("What do you recommend?"),
        choices=Recommendation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you recommend.")},
    )
    reason_code = forms.ChoiceField(label=_("Reason, if you recommend to refuse"), required=False)
    reason = words_field(_("To the one who decides"), help_text=_("Read by the office only."))


class GrantForm(DeskForm):
    """Words that go with a grant, if any."""

    reason = words_field(_("Words to the applicant"))


class RefuseForm(_ReasonForm):
    """The reason of the refusal: its code chooses the letter and the article."""

    has_letter = True

    reason_code = forms.ChoiceField(
        label=_("Reason"), error_messages={"required": _("Choose the reason of the refusal.")}
    )
    reason = words_field(
        _("In words the applicant reads"), help_text=_("Say what the reason means in this case.")
    )


class ConfirmForm(DeskForm):
    """Why the decision stands."""

    reason = words_field(
        _("Why does the decision stand?"),
        required=True,
        help_text=_("The applicant reads these words. Answer every point of the objection."),
    )


class ReplaceForm(DeskForm):
    """Why the application is granted after all."""

    reason = words_field(
        _("Why is it granted after all?"), required=True, help_text=_("The applicant reads these words.")
    )


class ConfirmPaperForm(DeskForm):
    """Why what was decided about a certificate stands."""

    reason = words_field(
        _("Why does it stand?"),
        required=True,
        help_text=_("The applicant reads these words. Answer every point of the objection."),
    )


class LiftForm(DeskForm):
    """Why a suspension is lifted after an objection."""

    reason = words_field(
        _("Why is the suspension lifted?"), required=True, help_text=_("The applicant reads these words.")
    )


class ReplacePaperForm(DeskForm):
    """Why another certificate takes the place of the old one."""

    reason = words_field(
        _("Why is the certificate replaced?"),
        required=True,
        help_text=_(
            "The applicant reads these words. A new certificate is made: in force again, or without the conditions objected to."
        ),
    )


class NoteForm(forms.Form):
    """A note that only the office reads."""

    words = words_field(_("Note"), required=True)


class DialogueForm(forms.Form):
    """A message to the citizen's side."""

    words = words_field(
        _("Message"),
        required=True,
        help_text=_("The other side reads it and can answer. It cannot be changed."),
    )


class LateDefectsForm(forms.Form):
    """Why a supervisor allows one more return."""

    reason = words_field(
        _("Why is it allowed?"),
        required=True,
        help_text=_("The applicant sees that it was allowed; the record keeps why."),
    )


class RevokeForm(forms.Form):
    """Why a certificate is taken back."""

    reason = words_field(
        _("Why is it revoked?"),
        required=True,
        help_text=_("The applicant reads these words, and how to object. A revocation cannot be undone."),
    )


class SuspendForm(forms.Form):
    """Why a certificate may not be used for now."""

    reason = words_field(
        _("Why is it suspended?"),
        required=True,
        help_text=_("The applicant reads these words, and how to object. Say what must be put right."),
    )


class ReinstateForm(forms.Form):
    """Why a certificate may be used again."""

    reason = words_field(
        _("Why is the suspension lifted?"), required=True, help_text=_("The applicant reads these words.")
    )


class RecuseForm(forms.Form):
    """What touches an officer, so that somebody else goes on."""

    reason = words_field(
        _("What touches you?"),
        required=True,
        help_text=_("Kept for your superiors. The applicant learns only that somebody stepped back."),
    )


class ProposeUrgencyForm(forms.Form):
    """Which urgent class of the standard a case belongs to, and what shows it."""

    code = forms.ChoiceField(
        label=_("Urgent class"), error_messages={"required": _("Choose the urgent class.")}
    )
    words = words_field(_("Why, and what shows it"), required=True, help_text=_("The supervisor decides."))
    use_required_attribute = False

    def __init__(self, *args: Any, classes: Sequence[UrgentClass], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(row.code, f"{texts.local(row.label)} ({texts.local(row.evidence)})") for row in classes]
        offer(self, "code", [EMPTY, *named])


class DecideUrgencyForm(forms.Form):
    """What the supervisor says to a proposal."""

    answer = words_field(_("Why?"), required=True, help_text=_("The applicant reads these words."))
    use_required_attribute = False


class TakeForm(forms.Form):
    """Why a case is taken before those that wait longer."""

    reason_code = forms.ChoiceField(
        label=_("Others wait longer. Why this one first?"),
        choices=[EMPTY, *((reason.value, reason.label) for reason in OWN_REASONS)],
        required=False,
    )


def offer(form: forms.Form, name: str, choices: list[Any]) -> None:
    """Give a field of choices what this version of the service lets choose."""
    cast(forms.ChoiceField, form.fields[name]).choices = choices


def _options(reasons: list[ReasonCode]) -> list[tuple[str, str]]:
    return [(reason.code, texts.local(reason.label)) for reason in reasons]
