"""The heads' pages: what has come up to them, and "Why?", asked and answered. No applicant and no file is on either."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from services.accounts.http import CitizenRequest, with_refusal
from services.accounts.models import User
from services.casework import clocks, clockwords, heads, operations, told
from services.casework.admin import words
from services.casework.forms.desk import words_field
from services.casework.models import Case
from services.foundation import clock, references, texts
from services.foundation.errors import UnableTo
from services.foundation.pages import keyset_page

LIST = "admin:casework_case_escalated"
#: More looks than these are not shown at once; what waits longest comes first.
SHOWN = 100
WHY = "admin:casework_case_why"


class AskForm(forms.Form):
    """What the head of the government wants to know."""

    words = words_field(gettext_lazy("What do you want to know?"), required=True)


class AnswerForm(forms.Form):
    """What the head of the office says."""

    words = words_field(gettext_lazy("Why, and by when it will be done"), required=True)


@require_safe
def escalated(request: CitizenRequest) -> HttpResponse:
    """What has come up to this head, the oldest date first."""
    now = clock.now()
    head = _head(request.user)
    cases = heads.come_up_to(head, at=now)
    page = keyset_page(cases, by=("due_at", "id"), after=request.GET.get("after", ""))
    times = clocks.LookClocks()
    open_questions = told.open_why(case.pk for case in page.items)
    context = {
        **admin.site.each_context(request),
        "title": _("What has come up to you"),
        "is_fullwidth": "1",
        "rows": [
            {
                "case": case,
                "service": texts.local(case.service_version.service.name),
                "left": words.time_left(case, at=now),
                "question": open_questions.get(case.pk),
            }
            for case in page.items
        ],
        "looks": [
            {"look": look, "due_at": times.due_at(look)} for look in heads.looks_that_came_up_to(head)[:SHOWN]
        ],
        "next_url": f"?after={page.next_token}" if page.next_token else "",
        "first_url": "?" if request.GET.get("after") else "",
    }
    return TemplateResponse(request, "casework/desk/escalated.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def why(request: CitizenRequest, reference: str) -> HttpResponse:
    """One case as a head sees it, with every question and answer; the form for whoever may ask or answer now."""
    case = references.look_up(reference, lambda written: _case(request.user, written))
    if case is None:
        raise Http404
    now = clock.now()
    questions = told.why_of(case)
    awaited = next((row for row in questions if row.answered_at is None), None)
    may_answer = awaited is not None and operations.may_answer_why(request.user, case, at=now)
    may_ask = awaited is None and not case.closed_at and operations.may_ask_why(request.user, case, at=now)
    form_class = AnswerForm if may_answer else AskForm
    form = form_class(request.POST if request.method == "POST" else None, prefix="why")
    if request.method == "POST" and (may_answer or may_ask) and form.is_valid():
        try:
            if may_answer and awaited is not None:
                operations.answer_why(awaited, actor=request.user, at=now, **form.cleaned_data)
            else:
                operations.ask_why(case, actor=request.user, at=now, **form.cleaned_data)
        except UnableTo as refusal:
            with_refusal(form, refusal)
        else:
            messages.success(request, _("The answer is on record.") if may_answer else _("It is asked."))
            return redirect(WHY, case.reference)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Why? %(reference)s") % {"reference": case.reference},
        "case": case,
        "service": texts.local(case.service_version.service.name),
        "left": words.time_left(case, at=now),
        "explained": clockwords.explain(case, at=now),
        "hops": told.hops_of(case),
        "questions": questions,
        "form": form if may_answer or may_ask else None,
        "answers": may_answer,
        "refused": [form] if form.errors else [],
    }
    return TemplateResponse(request, "casework/desk/why.html", context)


def _head(user: User) -> heads.Head:
    """What this reader heads; 404 for whoever heads nothing."""
    head = heads.head_of(user, at=clock.now())
    if head is None:
        raise Http404
    return head


def _case(user: User, reference: str) -> Case | None:
    head = heads.head_of(user, at=clock.now())
    return heads.case_under(head, reference) if head else None
