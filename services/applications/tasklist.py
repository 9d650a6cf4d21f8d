"""The task list of an application: every section with where it stands, and what the office asked to mend."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.applications import rules
from services.applications.journey import Application, document_gap
from services.casework import letters
from services.catalogue import rules as catalogue
from services.catalogue.definition import RequiredDocument
from services.documents.models import Document
from services.foundation import clock
from services.foundation.texts import local


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the list. Without `href` it cannot be started yet; what is `optional` is not counted."""

    title: str
    href: str
    tone: str
    status: str
    hint: str = ""
    optional: bool = False

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do in it."""
        return self.tone == "done"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its tasks. `prefix` keeps the ids of several lists on one page apart."""

    title: str
    prefix: str
    tasks: Sequence[Task]


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing that the office asked to mend, in the words of the letter."""

    title: str
    letter: str
    words: str
    href: str
    is_mended: bool


@dataclass(slots=True)
class TaskList:
    """The sections, and how many of the tasks that must be done are done."""

    sections: list[Section] = field(default_factory=list)

    @property
    def tasks(self) -> list[Task]:
        """The tasks that must be done before sending."""
        return [task for section in self.sections for task in section.tasks if not task.optional]

    @property
    def done(self) -> int:
        """How many tasks are done."""
        return sum(task.is_done for task in self.tasks)

    @property
    def next(self) -> Task | None:
        """The first task that the reader can go on with; None where there is nothing left, or only to wait."""
        return next((task for task in self.tasks if task.href and task.tone in {"draft", "attention"}), None)


def task_list(application: Application) -> TaskList:
    """The sections in the order in which they are best done."""
    listed = TaskList()
    listed.sections.append(Section(_("Applicant"), "applicant", _applicant(application)))
    listed.sections.append(
        Section(
            _("Questions"), "questions", [_group(application, asked) for asked in application.asked_groups]
        )
    )
    if application.asked_documents:
        papers = [_document(application, wanted) for wanted in application.asked_documents]
        listed.sections.append(Section(_("Documents"), "documents", papers))
    listed.sections.append(Section(_("Check and send"), "send", [_send(application)]))
    return listed


def mends(application: Application) -> list[Mend]:
    """What the last return asked for, each with its page."""
    return [_mend(application, words) for words in application.defects_in_words()]


def next_group(application: Application, key: str) -> str:
    """The page after saving a group: the next group that is not done, else the task list."""
    asked = application.asked_groups
    keys = [each.group.key for each in asked]
    later = asked[keys.index(key) + 1 :] if key in keys else []
    for each in later:
        if not _is_done(application, each):
            return application.url("questions", group=each.group.key)
    return application.url("tasks")


def next_document(application: Application, slot: str) -> str:
    """The page after a document: the next one that must be given and was not begun, else the task list."""
    wanted = application.asked_documents
    keys = [each.key for each in wanted]
    later = wanted[keys.index(slot) + 1 :] if slot in keys and application.is_draft else []
    for each in later:
        if each.required and each.key not in application.documents:
            return application.url("document", slot=each.key)
    return application.url("tasks")


def _applicant(application: Application) -> list[Task]:
    title = _("The person whom you help") if application.is_helped else _("Your name and NIK")
    person = application.case.applicant
    is_named = bool(person and person.name and person.has_nik)
    tasks = [_task(title, application.url("identity"), is_done=is_named, hint=person.name if person else "")]
    if application.case.helper_id:
        confirmed = application.case.confirmed_at is not None
        href = application.url("confirmation") if is_named else ""
        tasks.append(_task(_("Confirmation by the applicant"), href, is_done=confirmed))
    steps = application.own_steps
    return [
        *tasks,
        *(_task(step.title, step.href, is_done=bool(step.text), hint=step.text) for step in steps),
    ]


def _group(application: Application, asked: catalogue.AskedGroup) -> Task:
    href = application.url("questions", group=asked.group.key)
    title = local(asked.group.title)
    if _is_done(application, asked):
        return _task(title, href, is_done=True, hint=_count_of_items(asked))
    return _task(title, href, is_done=False, is_begun=_is_begun(application, asked))


def _is_done(application: Application, asked: catalogue.AskedGroup) -> bool:
    """Nothing is missing, and its page was saved at least once (a group of optional questions is not done unseen)."""
    seen = any(question.key in application.case.answers for question in asked.group.questions)
    return seen and not rules.group_gaps(asked, today=clock.today())


def _is_begun(application: Application, asked: catalogue.AskedGroup) -> bool:
    return any(application.case.answers.get(question.key) for question in asked.group.questions)


def _count_of_items(asked: catalogue.AskedGroup) -> str:
    number = len(asked.items) if asked.group.repeated else 0
    return ngettext("%(number)d entry", "%(number)d entries", number) % {"number": number} if number else ""


def _document(application: Application, wanted: RequiredDocument) -> Task:
    title, href = local(wanted.title), application.url("document", slot=wanted.key)
    document = application.documents.get(wanted.key)
    hint = "" if wanted.required else _("Only if you have it")
    if document is None:
        return replace(_task(title, href, is_done=False, hint=hint), optional=not wanted.required)
    if not document_gap(wanted, document):
        pages = ngettext("%(number)d page", "%(number)d pages", document.page_count) % {
            "number": document.page_count
        }
        return _task(title, href, is_done=True, hint=pages)
    if document.state == Document.State.JOINING:
        return Task(title, href, "working", _("Being prepared"), hint)
    if document.state == Document.State.REFUSED:
        return Task(title, href, "attention", _("Take again"), hint)
    return _task(title, href, is_done=False, is_begun=True, hint=hint)


def _send(application: Application) -> Task:
    title = _("Check your answers and send")
    if application.missing():
        return Task(title, "", "closed", _("Cannot start yet"), optional=True)
    return Task(title, application.url("check"), "waiting", _("Ready for you"), optional=True)


def _task(title: str, href: str, *, is_done: bool, is_begun: bool = False, hint: str = "") -> Task:
    if is_done:
        return Task(title, href, "done", _("Done"), hint)
    if not href:
        return Task(title, "", "closed", _("Cannot start yet"), hint)
    return Task(title, href, "draft", _("Begun") if is_begun else _("Not begun"), hint)


def _mend(application: Application, words: letters.DefectInWords) -> Mend:
    return Mend(
        title=local(words.concerns),
        letter=local(words.letter),
        words=words.words,
        href=application.place_of(words.key),
        is_mended=words.key in application.changed and not _still_wrong(application, words.key),
    )


def _still_wrong(application: Application, key: str) -> bool:
    wanted = application.slot(key)
    if wanted:
        return bool(document_gap(wanted, application.documents.get(key)))
    group = application.group_of(key)
    asked = application.group(group.key) if group else None
    return (
        any(gap.question == key for gap in rules.group_gaps(asked, today=clock.today())) if asked else False
    )
