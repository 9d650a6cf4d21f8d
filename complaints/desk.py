"""How a report is worked on at the desk, and its own part of the shared pages."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints import queries
from complaints.forms import desk as forms
from complaints.models import Complaint, TakenHow, Visibility
from complaints.views import rows
from services.casework.handlers import Desk, Part
from services.casework.models import Case
from services.foundation import texts
from services.government import queries as government

#: The width of the drawn outline; its height follows.
WIDTH: Final = 300.0


def is_escalated(case: Case) -> bool:
    """Whether the reporter has said for the second time that it is not solved."""
    return Complaint.objects.filter(case=case, escalated_at__isnull=False).exists()


DESK: Final = Desk(
    forms={
        "verify": forms.VerifyForm,
        "assign": forms.AssignForm,
        "ask_data": forms.AskDataForm,
        "archive": forms.ArchiveForm,
        "not_ours": forms.NotOursForm,
        "duplicate": forms.DuplicateForm,
        "plan": forms.PlanForm,
        "respond": forms.RespondForm,
        "not_possible": forms.WhyNotForm,
        "hand_back": forms.HandBackForm,
        "take_up": forms.TakeUpForm,
        "uphold": forms.WhyNotForm,
    },
    kinds={
        "verify": "go",
        "assign": "go",
        "respond": "go",
        "not_possible": "end",
        "not_ours": "end",
        "archive": "end",
        "uphold": "end",
    },
    done={
        "verify": gettext_lazy("%(reference)s was verified and handed to the office."),
        "assign": gettext_lazy("%(reference)s was handed to the office."),
        "ask_data": gettext_lazy(
            "The reporter of %(reference)s was asked. The clock stands still meanwhile."
        ),
        "archive": gettext_lazy("%(reference)s was put aside. The reporter is told why."),
        "not_ours": gettext_lazy("%(reference)s is ended. The reporter is told who is responsible."),
        "duplicate": gettext_lazy("%(reference)s is ended as reported before."),
        "plan": gettext_lazy("The plan for %(reference)s was told to the reporter."),
        "respond": gettext_lazy("%(reference)s was answered. The reporter says whether it is solved."),
        "not_possible": gettext_lazy("%(reference)s is ended as not possible. The reporter is told why."),
        "hand_back": gettext_lazy("%(reference)s went back to the complaints office."),
        "take_up": gettext_lazy("%(reference)s is taken up again. The reporter is told."),
        "uphold": gettext_lazy(
            "%(reference)s is ended. The reporter is told why the office stands by its answer."
        ),
    },
    offered={"take_up": is_escalated, "uphold": is_escalated},
    has_dialogue=True,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """The outline of the government with a point in it, as SVG writes numbers: a path, the point, the box around both."""

    path: str
    x: str
    y: str
    box: str
    words: str


def on_desk(case: Case) -> Part:
    """What was reported, where, by whom as far as anybody may know, what was said, and the dialogue."""
    complaint = queries.complaint_of(case)
    complaint.case = case
    told = rows.said_of(complaint, address="complaints:photo")
    own = {
        **told,
        "rows": [
            (_("Subject"), texts.local(complaint.category.name)),
            (_("What is wrong"), complaint.words),
            (_("Where"), told["place"] or _("Not about a place")),
            (_("Who may read it"), Visibility(complaint.visibility).label),
            (_("How sure it is who reports"), _sureness(case, complaint)),
            *_program(complaint),
            *_taken_down(complaint),
        ],
        "picture": picture(complaint),
        "messages": rows.dialogue(case, address="complaints:dialogue_photo"),
        "notes": _flags(complaint),
    }
    return Part(template="complaints/_desk.html", own=own)


def for_citizen(case: Case) -> Part:
    """On the page of a case of one's own: what was reported, what the office says, and the way to the dialogue."""
    complaint = queries.complaint_of(case)
    complaint.case = case
    own = {**rows.said_of(complaint, address="complaints:dialogue_photo"), "case": case, "name": ""}
    return Part(template="complaints/_case.html", own=own, css="css/reports.css")


def for_public(case: Case) -> Part | None:
    """On the tracking page: the way to the report, where everybody may read it."""
    complaint = queries.complaint_of(case)
    if complaint.published_at is None:
        return None
    return Part(template="complaints/_tracking.html", own={"reference": case.reference})


def picture(complaint: Complaint) -> Picture | None:
    """The point on the outline of the government; None where there is no point, or no outline."""
    row = government.government()
    outline = row.map.get("outline") if row else None
    if complaint.latitude is None or complaint.longitude is None or not outline:
        return None
    border = outline["coordinates"][0]
    points = [*border, (complaint.longitude, complaint.latitude)]
    west, east = min(point[0] for point in points), max(point[0] for point in points)
    south, north = min(point[1] for point in points), max(point[1] for point in points)
    scale = WIDTH / max(east - west, north - south, 1e-6)

    def placed(longitude: float, latitude: float) -> tuple[float, float]:
        return round((longitude - west) * scale, 1), round((north - latitude) * scale, 1)

    path = " L".join(f"{x} {y}" for x, y in (placed(*point) for point in border))
    x, y = placed(complaint.longitude, complaint.latitude)
    return Picture(
        path=f"M{path} Z",
        x=str(x),
        y=str(y),
        box=f"-10 -10 {WIDTH + 20:.0f} {(north - south) * scale + 20:.0f}",
        words=f"{complaint.latitude:.6f}, {complaint.longitude:.6f}",
    )


def _sureness(case: Case, complaint: Complaint) -> str:
    """How sure the identity is: reports were made in other people's names."""
    if case.applicant is not None:
        return _("Sent with an account whose phone or e-mail was confirmed")
    if complaint.contact_channel:
        return _("Nobody is known; notices go to a sealed address that was not confirmed")
    return _("Nobody is known")


def _program(complaint: Complaint) -> list[tuple[str, str]]:
    """Which program of somebody else sent it, if one did."""
    return [(_("Sent by the program"), str(complaint.program))] if complaint.program else []


def _taken_down(complaint: Complaint) -> list[tuple[str, str]]:
    """Which officer took it down, where and how, if one did."""
    if complaint.taken_by is None or complaint.taken_at is None:
        return []
    words = _("%(how)s: %(officer)s, %(agency)s. Whoever took it down does not handle it.") % {
        "how": TakenHow(complaint.taken_how).label,
        "officer": complaint.taken_by.get_full_name(),
        "agency": texts.local(complaint.taken_at.name),
    }
    return [(_("Taken down for the reporter"), words)]


def _flags(complaint: Complaint) -> list[str]:
    """What the office must see at once."""
    flags = []
    if complaint.escalated_at:
        flags.append(_("The reporter said for the second time that it is not solved."))
    if complaint.is_outside:
        flags.append(
            _("The point lies outside our area. A program sent it; nobody was asked.")
            if complaint.program_id
            else _("The point lies outside our area. The reporter was asked and says it is right.")
        )
    return flags
