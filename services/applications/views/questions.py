"""The questions: one group a page, saved when it is sent, and the items of a repeated group."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from services.applications import operations, queries, rules, tasklist, typed
from services.applications.forms import GroupForm
from services.applications.journey import Application, own_application
from services.applications.views.entry import of_application
from services.applications.views.pages import came_from_check, draw
from services.catalogue import answers as stored
from services.catalogue import rules as catalogue
from services.catalogue.definition import QuestionGroup
from services.foundation import clock

CONFLICT = 409


@of_application()
def questions(request: HttpRequest, application: Application, group: str) -> HttpResponse:
    """One group; a repeated one shows its items."""
    asked = _asked(application, group)
    if asked.group.repeated:
        return _items(request, application, asked)
    form = _form(
        request, application, asked.group, kept=asked.items[0].answers | _kept(application, asked.group)
    )
    if request.method == "POST" and form.is_valid():
        return _saved(request, application, asked.group, form, number=0)
    return _draw(request, application, asked.group, form, number=0)


@of_application()
def item(request: HttpRequest, application: Application, group: str, number: int) -> HttpResponse:
    """One item of a repeated group; one past the last adds another."""
    asked = _asked(application, group)
    times = catalogue.times_answered(asked.group, application.case.answers)
    if not asked.group.repeated or not 1 <= number <= min(times + 1, asked.group.maximum_times):
        raise Http404
    kept = catalogue.stored_item(asked.group, application.case.answers, number)
    form = _form(request, application, asked.group, kept=kept)
    if request.method == "POST" and form.is_valid():
        return _saved(request, application, asked.group, form, number=number)
    return _draw(request, application, asked.group, form, number=number)


@of_application()
def remove(request: HttpRequest, application: Application, group: str, number: int) -> HttpResponse:
    """Ask before an item is removed, then remove it."""
    asked = _asked(application, group)
    chosen = next((each for each in asked.items if each.number == number), None)
    if not asked.group.repeated or chosen is None:
        return redirect(application.url("questions", group=group))
    if request.method == "POST":
        try:
            operations.remove_item(
                application, asked.group, number=number, seen=request.POST.get("seen", ""), at=clock.now()
            )
        except operations.UnableToSave as refusal:
            return draw(
                request, application, "remove", _removal(application, asked, chosen, refusal), status=CONFLICT
            )
        return redirect(application.url("questions", group=group))
    return draw(request, application, "remove", _removal(application, asked, chosen, None))


def _asked(application: Application, key: str) -> catalogue.AskedGroup:
    asked = application.group(key)
    if asked is None:
        raise Http404
    return asked


def _kept(application: Application, group: QuestionGroup) -> dict[str, Any]:
    return {question.key: application.case.answers.get(question.key) for question in group.questions}


def _form(
    request: HttpRequest, application: Application, group: QuestionGroup, *, kept: dict[str, Any]
) -> GroupForm:
    return GroupForm(
        group,
        kept=kept,
        known=catalogue.known_before(application.definition, group, application.case.answers),
        around=queries.surroundings(group),
        span=rules.span_of(application.definition),
        data=typed.posted(request),
    )


def _saved(
    request: HttpRequest, application: Application, group: QuestionGroup, form: GroupForm, *, number: int
) -> HttpResponse:
    try:
        case = operations.answer_group(
            application,
            group,
            answers=form.answers,
            seen=request.POST.get("seen", ""),
            number=number,
            at=clock.now(),
        )
    except operations.UnableToSave as refusal:
        form.add_error(None, refusal.message)
        fresh = own_application(
            application.flow,
            application.reader,
            slug=application.case.service_version.service.slug,
            reference=application.case.reference,
        )
        return _draw(request, fresh or application, group, form, number=number, is_stale=True)
    return redirect(_after(request, Application(application.flow, case, application.reader), group))


def _after(request: HttpRequest, application: Application, group: QuestionGroup) -> str:
    """Where saving leads: back to checking or mending, to the other items, or on to what is not done yet."""
    if group.repeated:
        came = "?from=check" if came_from_check(request) else ""
        return application.url("questions", group=group.key) + came
    if came_from_check(request):
        return application.url("check")
    return tasklist.next_group(application, group.key) if application.is_draft else application.url("tasks")


def _draw(
    request: HttpRequest,
    application: Application,
    group: QuestionGroup,
    form: GroupForm,
    *,
    number: int,
    is_stale: bool = False,
) -> HttpResponse:
    seen = operations.digest(group, application.case.answers)
    came = request.GET.get("from", "")
    context = {
        "form": form,
        "group": group,
        "number": number,
        "title": stored.item_title(group, number) if number else group.title,
        "seen": seen,
        "draft_key": f"{application.case.reference}:{group.key}:{number}:{seen}",
        "defects": application.defects_in_words(*(question.key for question in group.questions)),
        "saved_now": _saved_now(application, group, number) if is_stale else [],
        "was_kept": request.method == "GET" and form.is_bound,
        "back": _back(application, group, number, came),
        **map_for(form),
    }
    return draw(request, application, "questions", context, status=CONFLICT if is_stale else 200)


def _back(application: Application, group: QuestionGroup, number: int, came: str) -> str:
    if number:
        return application.url("questions", group=group.key)
    return application.url("check" if came == "check" else "tasks")


def _saved_now(application: Application, group: QuestionGroup, number: int) -> list[stored.RenderedAnswer]:
    """What is saved of this page by another window, to compare."""
    return _answers_of(application, group, number) if application.group(group.key) else []


def _answers_of(application: Application, group: QuestionGroup, number: int) -> list[stored.RenderedAnswer]:
    found = stored.rendered(application.definition, application.case.answers)
    return [
        answer for each in found if each.key == group.key and each.number == number for answer in each.items
    ]


def map_for(form: GroupForm) -> dict[str, Any]:
    """What a map needs, only on a page that has one."""
    if not any(block.kind == "point" for block in form.blocks):
        return {}
    return queries.map_of_the_government()


def _items(request: HttpRequest, application: Application, asked: catalogue.AskedGroup) -> HttpResponse:
    """The items of a repeated group, with the ways to change, remove and add one."""
    group, came = asked.group, "?from=check" if came_from_check(request) else ""
    rendered = [
        each
        for each in stored.rendered(application.definition, application.case.answers)
        if each.key == group.key
    ]
    following = len(rendered) + 1
    context = {
        "group": group,
        "items": [
            {
                "title": each.title,
                "answers": [answer for answer in each.items if answer.text],
                "change": application.url("item", group=group.key, number=each.number) + came,
                "remove": application.url("remove_item", group=group.key, number=each.number),
                "is_wrong": any(
                    gap.number == each.number for gap in rules.group_gaps(asked, today=clock.today())
                ),
            }
            for each in rendered
        ],
        "add": application.url("item", group=group.key, number=following) + came,
        "item_name": group.item_name or group.title,
        "is_full": following > group.maximum_times,
        "onward": _onward(request, application, group),
        "defects": application.defects_in_words(*(question.key for question in group.questions)),
    }
    return draw(request, application, "items", context)


def _onward(request: HttpRequest, application: Application, group: QuestionGroup) -> str:
    if came_from_check(request):
        return application.url("check")
    return tasklist.next_group(application, group.key) if application.is_draft else application.url("tasks")


def _removal(
    application: Application,
    asked: catalogue.AskedGroup,
    chosen: catalogue.AskedItem,
    refusal: operations.UnableToSave | None,
) -> dict[str, Any]:
    return {
        "title": stored.item_title(asked.group, chosen.number),
        "answers": [answer for answer in _answers_of(application, asked.group, chosen.number) if answer.text],
        "seen": operations.digest(asked.group, application.case.answers),
        "refusal": refusal.message if refusal else "",
        "back": application.url("questions", group=asked.group.key),
    }
