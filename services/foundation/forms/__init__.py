"""Forms in the manner of GOV.UK: how a field is drawn, and the fields that our public services ask for.

Any plain Django form is drawn with label, hint, error beside the field and the right control. What is special here:
dates in three boxes, rupiah, Indonesian phone numbers, NIK, one-time codes, references, yes/no, several photos.
"""

from services.foundation.forms.fields import (
    CodeField,
    DateField,
    MoneyField,
    NikField,
    PhoneField,
    PhotosField,
    ReferenceField,
    YesNoField,
)
from services.foundation.forms.rendering import Option, Renderer

__all__ = [
    "CodeField",
    "DateField",
    "MoneyField",
    "NikField",
    "Option",
    "PhoneField",
    "PhotosField",
    "ReferenceField",
    "Renderer",
    "YesNoField",
]
