"""How a reporter is reached: one way among several, of which some need an address."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise


class ReachForm(forms.Form):
    """The field `contact` says which way; those in `missing` need the field of their name, with what is said without it."""

    missing: ClassVar[Mapping[str, str | Promise]] = {}

    def clean(self) -> dict[str, Any]:
        """The chosen way needs its address; the others are forgotten, whatever is wrong with them."""
        wanted = self.cleaned_data.get("contact")
        for name, message in self.missing.items():
            if wanted != name:
                self.cleaned_data[name] = ""
                self.errors.pop(name, None)
            elif not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, forms.ValidationError(str(message), code="required"))
        return self.cleaned_data
