"""Why a file cannot be used, in words that say what to do; the codes are stored, the words are translated when read."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "EMPTY": _("This file is empty (0 bytes). Save or photograph it again, then choose the new file."),
    "TOO_LARGE": _(
        "This file is larger than 15 MB. Photograph the sheets one by one, or save the PDF in a smaller size."
    ),
    "WRONG_KIND": _(
        "This is not a photo or a PDF that we can read. Choose a file in JPG, PNG, WebP or PDF format."
    ),
    "NOT_A_PHOTO": _("This is not a photo. Choose a picture in JPG, PNG or WebP format."),
    "NOT_A_PDF": _(
        "This is not a PDF. Choose the PDF file of the certificate as you received it, not a photo of it."
    ),
    "HEIC": _(
        "This photo is in HEIC format, which other people cannot open. In your phone's camera settings choose"
        " “Most compatible”, then take the photo again."
    ),
    "NAME_MISMATCH": _(
        "The name of this file says one format but its content is another. Save it again in its own format, or choose"
        " another file."
    ),
    "DAMAGED": _(
        "This file is damaged and cannot be opened. Save or photograph it again, then choose the new file."
    ),
    "TOO_MANY_PIXELS": _(
        "This picture has too many pixels. Take the photo again with your phone's normal camera setting."
    ),
    "TOO_HEAVY": _(
        "This file is too complicated to be opened safely. Print it to a new PDF, or photograph the sheets."
    ),
    "SCRIPTS": _(
        "This PDF contains a program (script). Print it to a new PDF, or photograph the sheets, then choose that."
    ),
    "LAUNCH": _(
        "This PDF starts other programs or sends data. Print it to a new PDF, or photograph the sheets, then choose that."
    ),
    "EMBEDDED_FILES": _(
        "This PDF has other files inside it. Print it to a new PDF, or photograph the sheets, then choose that."
    ),
    "ENCRYPTED": _("This PDF is locked with a password. Save it without a password, then choose it again."),
    "TOO_MANY_PAGES": _("This document has too many pages. Send only the pages that are asked for."),
    "TOO_MANY_SHEETS": _(
        "This document has as many sheets as it can hold. Remove a sheet before you add another."
    ),
}
UNKNOWN = MESSAGES["DAMAGED"]


def message(code: str) -> str:
    """What to tell the person; a code that is no longer known reads as a damaged file."""
    return str(MESSAGES.get(code, UNKNOWN))
