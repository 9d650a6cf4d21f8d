"""The pages on which officers do the reviews of their office: the queue of them, and one review with what it needs of the file."""

from datetime import datetime
from typing import Any, Final

from django.contrib import admin, messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from services.accounts.http import CitizenRequest, with_refusal
from services.accounts.models import Hat
from services.casework import inspections, operations, queries, reviews
from services.casework.admin import contents, passes, requests
from services.casework.forms.asking import AskForm
from services.casework.forms.desk import RecuseForm, TakeForm
from services.casework.forms.reviews import ReviewForm
from services.casework.models import Review
from services.foundation import clock, texts
from services.foundation.errors import UnableTo
from services.foundation.pages import keyset_page
from services.integrity.pact import queries as pact

PAGE: Final = "admin:casework_case_reviews"
REVIEW: Final = "admin:casework_case_review"
HATS: Final = (Hat.INSPECTOR, Hat.REVIEWER)
SHOWN: Final = 20
#: The order of a queue of reviews: whoever was promised first comes first.
ORDER: Final = ("place_at", "opened_at", "id")


@require_safe
def page(request: CitizenRequest) -> HttpResponse:
    """The reviews on the officer's desk, and those that wait for a hat of theirs, the earliest promise first."""
    now = clock.now()
    posts = _posts(request)
    queues = [queue for post in posts if (queue := _queue(request, post, at=now))["rows"]]
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Reviews"),
        "mine": on_desk(request),
        "queues": queues,
        "lacks_pact": not all(post.has_signed for post in posts),
        "away_until": next((post.away_until for post in posts), None),
    }
    return TemplateResponse(request, "casework/desk/reviews.html", context)


def on_desk(request: CitizenRequest) -> list[Review]:
    """The reviews on the officer's desk, the earliest promise first. One query."""
    return list(reviews.all_on_desk(request.user))


def numbers(request: CitizenRequest, *, at: datetime) -> tuple[int, int]:
    """How many reviews lie on the officer's desk, and how many wait for a hat of theirs; no query for who wears none."""
    if not request.user.hats_today & set(HATS):
        return 0, 0
    return reviews.counts(request.user, _posts(request), at=at)


@require_POST
def take_next(request: CitizenRequest) -> HttpResponse:
    """Take the first review of a queue and open it."""
    wanted = (request.POST.get("agency", ""), request.POST.get("hat", ""))
    post = next((row for row in _posts(request) if (row.agency.code, row.hat) == wanted), None)
    if post is None:
        messages.error(request, _("This queue is not yours."))
        return redirect(PAGE)
    try:
        taken = operations.take_next_review(
            actor=request.user, agency=post.agency, hat=post.hat, at=clock.now()
        )
    except UnableTo as refusal:
        messages.info(request, str(refusal.message))
        return redirect(PAGE)
    return redirect(REVIEW, taken.case.reference, taken.key)


@require_POST
def take(request: CitizenRequest, reference: str, key: str) -> HttpResponse:
    """Take one review of a queue of theirs: the first, or another one with a reason."""
    now = clock.now()
    waiting = (
        reviews.waiting_for(agency=post.agency, hat=post.hat, user=request.user, at=now)
        for post in _posts(request)
    )
    found = (rows.filter(case__reference=reference, key=key).first() for rows in waiting)
    wanted = next((row for row in found if row), None)
    if wanted is None:
        raise Http404
    form = TakeForm(request.POST, prefix=f"take-{wanted.pk}")
    try:
        reason = form.cleaned_data["reason_code"] if form.is_valid() else ""
        operations.take_review(wanted, actor=request.user, reason_code=reason, at=now)
    except UnableTo as refusal:
        operations.note_conflict(wanted.case, refusal, actor=request.user, doing="take", at=now)
        messages.error(request, str(refusal.message))
        return redirect(PAGE)
    return redirect(REVIEW, reference, key)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: CitizenRequest, reference: str, key: str) -> HttpResponse:
    """One review: the answers and documents of the file, the checklist, the outcome. The opening goes on record."""
    found = _mine(request, reference, key)
    form = ReviewForm(request.POST if request.method == "POST" else None, review=found)
    if request.method == "POST" and form.is_valid():
        try:
            operations.finish_review(found, actor=request.user, at=clock.now(), **form.values())
        except UnableTo as refusal:
            operations.note_conflict(found.case, refusal, actor=request.user, doing="review", at=clock.now())
            with_refusal(form, refusal)
        else:
            messages.success(request, _("The review is finished. Whoever recommends reads what you found."))
            return redirect(PAGE)
    return _shown(request, found, form)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: CitizenRequest, reference: str, key: str) -> HttpResponse:
    """Ask the applicant for what this review needs; it alone waits."""
    found = _mine(request, reference, key)
    if request.method != "POST":
        return redirect(REVIEW, found.case.reference, found.key)
    form = _ask_form(found, request.POST)
    if form.is_valid():
        done = form.done or _("The applicant was asked. This review waits for the answer; the others go on.")
        try:
            operations.ask_for_review(found, actor=request.user, at=clock.now(), **form.values())
        except UnableTo as refusal:
            operations.note_conflict(found.case, refusal, actor=request.user, doing="request", at=clock.now())
            with_refusal(form, refusal)
        else:
            messages.success(request, done)
            return redirect(REVIEW, found.case.reference, found.key)
    return _shown(request, found, ReviewForm(review=found), ask_form=form)


def _ask_form(found: Review, data: QueryDict | None = None) -> AskForm:
    slots = set(queries.attached_ids(found.case))
    return AskForm(data, case=found.case, review=found, slots=slots, prefix="ask")


@require_POST
def release(request: CitizenRequest, reference: str, key: str) -> HttpResponse:
    """Lay the review back into its queue."""
    found = _mine(request, reference, key)
    operations.release_review(found, actor=request.user, at=clock.now())
    messages.success(request, _("The review lies in its queue again, where it keeps its place."))
    return redirect(PAGE)


@require_POST
def recuse(request: CitizenRequest, reference: str, key: str) -> HttpResponse:
    """Step back from a review that touches the officer: somebody else of the office does it."""
    found = _mine(request, reference, key)
    try:
        operations.recuse_reviewer(
            found, actor=request.user, reason=request.POST.get("recuse-reason", ""), at=clock.now()
        )
    except UnableTo as refusal:
        messages.error(request, str(refusal.message))
        return redirect(REVIEW, reference, key)
    messages.success(
        request,
        _("You have stepped back. Somebody else goes on with the case, and you cannot take it again."),
    )
    return redirect(PAGE)


def _queue(request: CitizenRequest, post: Any, *, at: datetime) -> dict[str, Any]:
    """One queue of reviews, a page of it, with the form by which one is taken before others."""
    waiting = reviews.waiting_for(agency=post.agency, hat=post.hat, user=request.user, at=at)
    name = f"after-{post.agency.code}-{post.hat}"
    shown = keyset_page(waiting, by=ORDER, after=request.GET.get(name, ""), size=SHOWN)
    is_open = post.has_signed and post.away_until is None
    for row in shown.items if is_open else ():
        row.take_form = TakeForm(prefix=f"take-{row.pk}")  # type: ignore[attr-defined]
    following = f"{reverse(PAGE)}?{urlencode({name: shown.next_token})}" if shown.next_token else ""
    return {
        "agency": post.agency.code,
        "hat": post.hat,
        "label": f"{Hat(post.hat).label}, {texts.local(post.agency.short_name)}",
        "is_open": is_open,
        "shut": [Hat(post.hat).label],
        "rows": shown.items,
        "next_url": following,
        "first_url": reverse(PAGE) if shown.previous_token else "",
    }


def _shown(
    request: CitizenRequest, found: Review, form: ReviewForm, *, ask_form: AskForm | None = None
) -> HttpResponse:
    case, now = found.case, clock.now()
    operations.record_opening(case, viewer=request.user, hat=found.hat, agency_code=found.agency.code, at=now)
    asked = requests.rows_of_review(found)
    changed = [row["key"] for row in asked if row["is_changed"]]
    told: dict[str, Any] = {"changed": changed, "defects": [], "marks": {}}
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"{found.title} · {case.reference}",
        "is_fullwidth": "1",
        "review": found,
        "case": case,
        "form": form,
        "ask_form": ask_form or _ask_form(found),
        "requests": asked,
        "refused": [one for one in (form, ask_form) if one and one.errors],
        "groups": contents.groups(case, **told),
        "papers": contents.papers(case, queries.current_documents(case), **told),
        "recuse_form": RecuseForm(prefix="recuse"),
        "pass": passes.issue(request.user, case),
        "queue_href": reverse(PAGE),
        "inspection": inspections.whole(found) if found.is_inspection else None,
    }
    return TemplateResponse(request, "casework/desk/review.html", context)


def _mine(request: CitizenRequest, reference: str, key: str) -> Review:
    """The review on this officer's desk; 404 for anybody else, and for them once it is done."""
    found = reviews.on_desk(request.user, reference, key)
    if found is None:
        raise Http404
    return found


def _posts(request: CitizenRequest) -> list[Any]:
    """The hats under which this officer reviews, each in its agency. One query."""
    worn = pact.memberships_of(request.user, at=clock.now()).filter(hat__in=HATS)
    return list(worn.order_by("agency_id", "hat"))
