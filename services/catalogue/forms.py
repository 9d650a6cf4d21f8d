"""The form of one triage question."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from services.catalogue.triage import Standing
from services.foundation import texts


class TriageForm(forms.Form):
    """The next question as radios, which are the page's heading; what was answered before travels hidden."""

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        question = standing.question
        if question is None:
            raise ValueError("there is nothing left to ask")
        for earlier, answer in standing.answered:
            self.fields[earlier.key] = forms.CharField(initial=answer.value, widget=forms.HiddenInput)
        self.fields["asked"] = forms.CharField(initial=question.key, widget=forms.HiddenInput)
        self.heading_field = question.key
        self.fields[question.key] = forms.ChoiceField(
            label=texts.local(question.label),
            help_text=texts.local(question.help),
            choices=[(answer.value, texts.local(answer.label)) for answer in question.answers],
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Choose one of the answers."),
                "invalid_choice": _("Choose one of the answers."),
            },
        )
