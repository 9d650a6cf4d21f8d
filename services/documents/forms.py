"""What is asked at `/verify/`: a code from a paper, or the paper itself."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from services.documents import codes, intake


class CodeForm(forms.Form):
    """The code printed under the certificate."""

    code = forms.CharField(
        label=_("Code on the certificate"),
        help_text=_("Twelve letters and numbers at the foot of the paper, such as 7K3F-9QXM-2E8H."),
        error_messages={"required": _("Type the code printed at the foot of the certificate.")},
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "govuk-input--width-20",
            }
        ),
    )

    def clean_code(self) -> str:
        """The canonical code."""
        try:
            return codes.parse(self.cleaned_data["code"])
        except codes.MangledCode as mangled:
            raise forms.ValidationError(str(mangled), code=mangled.code) from None


class PaperForm(forms.Form):
    """The PDF file of the certificate."""

    paper = forms.FileField(
        label=_("PDF file of the certificate"),
        help_text=_("The file as you received it, at most 15 MB. We look at it once and do not keep it."),
        error_messages={
            "required": _("Choose the PDF file of the certificate."),
            "empty": _(
                "This file is empty (0 bytes). Save or photograph it again, then choose the new file."
            ),
        },
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def clean_paper(self) -> UploadedFile[bytes]:
        """A PDF that is not too large to be looked at."""
        paper: UploadedFile[bytes] = self.cleaned_data["paper"]
        try:
            intake.pdf_content(paper)
        except intake.UnableToAcceptFile as refused:
            raise forms.ValidationError(str(refused), code=refused.code) from None
        return paper
