"""What the pages share: what each leaves behind."""

from typing import Any

from complaints.forms.words import MeasuredForm


class StepForm(MeasuredForm):
    """One page. `values` are what the draft keeps."""

    heading_field: str = ""

    def values(self) -> dict[str, Any]:
        """What was typed, as the draft keeps it."""
        return dict(self.cleaned_data)
