"""How a road of a report is laid, in the workflow of ordinary reports and in that of integrity reports alike."""

from collections.abc import Iterable
from typing import Final

from django.utils.functional import Promise

from services.accounts.models import Hat
from services.casework.workflow import SILENT, Transition

APP: Final = "complaints"
#: Who works on a report with its file on their desk; heads and the system need no file there.
AT_THE_FILE: Final = frozenset({Hat.INTAKE, Hat.REVIEWER})


def road(
    name: str,
    label: str | Promise,
    sources: tuple[str, ...],
    target: str,
    hats: Iterable[str],
    *,
    about: str,
    happened: str,
    is_told: bool = False,
    news: str = "",
    milestone: str = "",
    needs_reason: bool = False,
) -> Transition:
    """A road; `about` and `happened` name its event, and the notice where somebody is told and no other `news` is named."""
    worn = frozenset(hats)
    return Transition(
        name=name,
        label=label,
        sources=sources,
        target=target,
        hats=worn,
        event=f"{APP}.{about}.{happened}",
        notice=(news or f"{APP}/{happened}") if is_told else SILENT,
        milestone=milestone,
        needs_reason=needs_reason,
        needs_assignment=worn <= AT_THE_FILE,
    )
