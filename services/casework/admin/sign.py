"""The signing desk: what waits for the officer's own signature, one password for a batch, and one paper before it is signed."""

from datetime import datetime
from typing import Any, Final

from django.contrib import admin, messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from services.accounts.http import CitizenRequest, password_sent, with_refusal
from services.accounts.models import Membership
from services.casework import capacity, handlers, operations, papers
from services.casework.forms.signing import SendBackForm, SigningForm
from services.casework.models import Case
from services.documents import rendering
from services.foundation import clock, references
from services.foundation.errors import UnableTo
from services.government import calendar
from services.integrity.pact import queries as pact

LIST: Final = "admin:casework_case_sign"
#: More than these are not signed at one sitting; those that wait longest come first.
SHOWN: Final = 100


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: CitizenRequest) -> HttpResponse:
    """What waits for the signature of this officer, and their signature under what they tick."""
    if not papers.is_for(request.user):
        raise Http404
    form = SigningForm(request.POST or None, user=request.user)
    if password_sent(request, form) and form.is_valid():
        _say(request, operations.sign_papers(form.chosen(), actor=request.user, at=clock.now()))
        return redirect(LIST)
    now = clock.now()
    waiting = list(papers.waiting(request.user, at=now)[:SHOWN])
    opened = papers.opened_by(request.user, waiting)
    context: dict[str, Any] = {
        **_frame(request, _("Papers to sign"), now),
        "is_fullwidth": "1",
        "rows": [_row(case, opened.get(case.reference), at=now) for case in waiting],
        "mandates": _mandates(papers.limited(request.user, at=now)),
        "chosen": request.POST.getlist("papers"),
        "form": form,
        "refused": [form] if form.errors else [],
    }
    return TemplateResponse(request, "casework/desk/sign.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: CitizenRequest, reference: str) -> HttpResponse:
    """One paper as it would be signed now, which goes on record as opened; and the form that sends it back unsigned."""
    now = clock.now()
    waiting = papers.waiting(request.user, at=now)
    case: Case | None = references.look_up(
        reference, lambda written: waiting.filter(reference=written).first()
    )
    if case is None:
        return _beyond_mandate(request, reference, at=now)
    form = SendBackForm(request.POST if request.method == "POST" else None, prefix="back")
    if request.method == "POST" and form.is_valid():
        try:
            operations.send_back(case, actor=request.user, at=now, **form.cleaned_data)
        except UnableTo as refusal:
            operations.note_conflict(case, refusal, actor=request.user, doing="decline_to_sign", at=now)
            with_refusal(form, refusal)
        else:
            messages.success(request, _("%(reference)s went back unsigned.") % {"reference": case.reference})
            return redirect(LIST)
    operations.record_opening(case, viewer=request.user, hat=case.signer_hat, at=now, what=papers.PAPER)
    context: dict[str, Any] = {
        **_frame(request, _("Paper to sign: %(reference)s") % {"reference": case.reference}, now),
        "case": case,
        "paper": rendering.paper_of(handlers.draft(case, signer=request.user, at=now)),
        "form": form,
        "refused": [form] if form.errors else [],
    }
    return TemplateResponse(request, "casework/desk/paper.html", context)


def _beyond_mandate(request: CitizenRequest, reference: str, *, at: datetime) -> HttpResponse:
    """A paper that the mandate of this officer does not reach: the page says so. Any other is not there."""
    limited = papers.limited(request.user, at=at)
    others = papers.beyond(request.user, limited, at=at) if limited else Case.objects.none()
    case = references.look_up(reference, lambda written: others.filter(reference=written).first())
    if case is None:
        raise Http404
    context: dict[str, Any] = {
        **_frame(request, _("Not among your papers: %(reference)s") % {"reference": case.reference}, at),
        "case": case,
        "mandates": _mandates(limited),
    }
    return TemplateResponse(request, "casework/desk/paper_beyond.html", context, status=403)


def _mandates(limited: list[Membership]) -> list[dict[str, Any]]:
    """The mandates for some services only: which post, by which letter, for what."""
    return [{"mandate": worn.mandate, "services": capacity.reaches(worn)} for worn in limited]


def _frame(request: CitizenRequest, title: str, at: datetime) -> dict[str, Any]:
    worn = pact.memberships_of(request.user, at=at)
    return {
        **admin.site.each_context(request),
        "title": title,
        "lacks_pact": not all(row.has_signed for row in worn),  # type: ignore[attr-defined]
        "away_until": next((row.away_until for row in worn), None),  # type: ignore[attr-defined]
    }


def _row(case: Case, opened_at: datetime | None, *, at: datetime) -> dict[str, Any]:
    """A paper as a row. Its applicant stands there by initials: whose it is, the paper itself says."""
    step = case.service_version.parsed.signature
    waited = calendar.working_days_between(clock.local_date(case.status_at), clock.local_date(at))
    return {
        "case": case,
        "value": f"{case.reference}:{case.row_version}",
        "initials": _initials(case.applicant.name if case.applicant else ""),
        "recommender": getattr(case, "recommender", None) or "",
        "decider": getattr(case, "decider", None) or "",
        "waited": waited,
        "late": step is not None and waited > step.days,
        "opened_at": opened_at,
    }


def _initials(name: str) -> str:
    return " ".join(f"{word[0].upper()}." for word in name.split())


def _say(request: CitizenRequest, done: operations.Signed) -> None:
    """What became of the batch: how many were signed, and of each other one why it was not."""
    count = len(done.cases)
    if count:
        said = ngettext("%(count)d paper was signed.", "%(count)d papers were signed.", count)
        messages.success(request, said % {"count": count})
    for reference, why in done.refused.items():
        said = _("%(reference)s was not signed: %(why)s")
        messages.error(request, said % {"reference": reference, "why": why})
