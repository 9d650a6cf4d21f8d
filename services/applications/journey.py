"""One application as its pages see it: the case with its form, its documents, and everything that is still missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.accounts.models import User
from services.applications import queries, rules
from services.applications.flow import Flow, Missing, OwnStep
from services.casework import asking, letters, policies
from services.casework import queries as casework
from services.casework.models import ApplicantRequest, Case, Defect
from services.casework.operations import SLIP_SLOT
from services.casework.workflow import HELPER
from services.catalogue import rules as catalogue
from services.catalogue.definition import QuestionGroup, RequiredDocument, ServiceDefinition, Text
from services.documents.models import Document
from services.foundation import clock, references
from services.foundation.texts import in_every_language, local

#: Statuses in which the citizen's side fills in or mends.
OPEN: Final = ("DRAFT", "RETURNED")

#: What a paper is called that no standard lists.
FURTHER: Final = gettext_lazy("The document that the office asks for")

SLIP: Final = RequiredDocument(
    key=SLIP_SLOT,
    title=Text(id="Surat persetujuan bertanda tangan", en="Signed slip of consent"),
    help=Text(
        id="Cetak atau tulis surat persetujuan, minta pemohon menandatanganinya, lalu foto.",
        en="Print or write the slip, let the applicant sign it, then photograph it.",
    ),
    maximum_pages=3,
)


@dataclass(frozen=True)
class Application:
    """A case of the reader's side, in the flow of its public service."""

    flow: Flow
    case: Case
    reader: User

    @property
    def definition(self) -> ServiceDefinition:
        """The form and the standard, as they were when the draft was begun."""
        return self.case.service_version.parsed

    @property
    def is_helped(self) -> bool:
        """Whether the reader files for somebody else."""
        return policies.citizen_side(self.reader, self.case) == HELPER

    @property
    def is_draft(self) -> bool:
        """Whether it was never sent."""
        return self.case.status == "DRAFT"

    @property
    def is_returned(self) -> bool:
        """Whether the office returned it to be mended."""
        return self.case.status == "RETURNED"

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """The document that stands in each slot now."""
        return queries.attached_documents(self.case)

    @cached_property
    def defects(self) -> list[Defect]:
        """What the last return asked to mend."""
        return queries.open_defects(self.case)

    @cached_property
    def requests(self) -> list[ApplicantRequest]:
        """What the office asks and waits for."""
        return asking.open_requests(self.case)

    def request(self, number: int) -> ApplicantRequest | None:
        """The open request of this number."""
        return next((row for row in self.requests if row.pk == number), None)

    def request_at(self, slot: str) -> ApplicantRequest | None:
        """The open request whose paper is put together in this slot."""
        if not slot.startswith(casework.HELD):
            return None
        return next((row for row in self.requests if row.is_paper and row.held_slot == slot), None)

    @cached_property
    def changed(self) -> frozenset[str]:
        """Keys that differ from what was last sent."""
        return frozenset(casework.changed_since_last(self.case))

    @cached_property
    def asked_groups(self) -> list[catalogue.AskedGroup]:
        """The groups that are asked, given the answers."""
        return catalogue.asked_groups(self.definition, self.case.answers)

    @cached_property
    def asked_documents(self) -> list[RequiredDocument]:
        """The documents that are asked for, given the answers."""
        return catalogue.asked_documents(self.definition, self.case.answers)

    @cached_property
    def own_steps(self) -> Sequence[OwnStep]:
        """The steps that only this public service has."""
        return self.flow.own_steps(self.case)

    def url(self, name: str, **arguments: object) -> str:
        """The address of one of its pages."""
        return self.flow.case_url(name, self.case, **arguments)

    def group(self, key: str) -> catalogue.AskedGroup | None:
        """The group with this key, if it is asked."""
        return next((asked for asked in self.asked_groups if asked.group.key == key), None)

    def slot(self, key: str) -> RequiredDocument | None:
        """What the standard says of this document, if it is asked for; the slip counts for a helper."""
        if key == SLIP_SLOT:
            return SLIP if self.is_helped else None
        asked = self.request_at(key)
        if asked is not None:
            return self._asked_for(asked)
        return next((document for document in self.asked_documents if document.key == key), None)

    def _asked_for(self, asked: ApplicantRequest) -> RequiredDocument:
        """The paper that the office asks for, as the standard describes it where it is on its list."""
        known = {document.key: document for document in self.definition.documents}
        if asked.key in known:
            return known[asked.key].model_copy(update={"key": asked.held_slot, "required": True})
        return RequiredDocument(key=asked.held_slot, title=Text(**in_every_language(FURTHER)))

    def group_of(self, question_key: str) -> QuestionGroup | None:
        """The group in which a question is asked."""
        return next(
            (
                asked.group
                for asked in self.asked_groups
                if any(q.key == question_key for q in asked.group.questions)
            ),
            None,
        )

    def place_of(self, key: str) -> str:
        """The page on which the document or question with this key is mended; the task list for a thing of the past."""
        if self.slot(key):
            return self.url("document", slot=key)
        group = self.group_of(key)
        return self.url("questions", group=group.key) if group else self.url("tasks")

    def defects_in_words(self, *keys: str) -> list[letters.DefectInWords]:
        """What is to be mended, as the letter says it: of these documents or questions, or all."""
        found = [defect for defect in self.defects if not keys or defect.key in keys]
        return letters.defects_in_words(self.definition, found)

    def missing(self) -> list[Missing]:
        """Everything that keeps it from being sent, in the order of the task list."""
        unmended = self.missing_mends() if self.is_returned else []
        people = [*self.missing_identity(), *self.missing_own_steps()]
        return [*people, *self.missing_answers(), *self.missing_documents(), *unmended, *self.obstacles()]

    def missing_identity(self) -> list[Missing]:
        """What is not known of the applicant, or not confirmed by them."""
        person = self.case.applicant
        if person is None or not person.name or not person.has_nik:
            return [Missing(_("Fill in the applicant's name and NIK"), self.url("identity"))]
        if self.case.helper_id and self.case.confirmed_at is None:
            return [
                Missing(_("Let the applicant confirm, by a code or a signed slip"), self.url("confirmation"))
            ]
        return []

    def missing_own_steps(self) -> list[Missing]:
        """Steps of this service alone that were not done."""
        tasks = self.url("tasks")
        return [Missing(step.missing, step.href or tasks) for step in self.own_steps if not step.text]

    def obstacles(self) -> Sequence[Missing]:
        """What keeps a draft from being sent however complete it is."""
        return self.flow.obstacles(self.case) if self.is_draft else ()

    def missing_answers(self) -> list[Missing]:
        """Answers that are missing or have become wrong."""
        gaps = rules.gaps(self.definition, self.case.answers, today=clock.today())
        return [Missing(gap.message, self.place_of_gap(gap)) for gap in gaps]

    def place_of_gap(self, gap: rules.Gap) -> str:
        """The page of a gap, opened at the question."""
        if gap.number:
            page = self.url("item", group=gap.group, number=gap.number)
        else:
            page = self.url("questions", group=gap.group)
        return f"{page}#question-{gap.question}"

    def missing_documents(self) -> list[Missing]:
        """Documents that are not there, not finished, or not usable."""
        found = []
        for wanted in self.asked_documents:
            message = document_gap(wanted, self.documents.get(wanted.key))
            if message:
                found.append(Missing(message, self.url("document", slot=wanted.key)))
        return found

    def missing_mends(self) -> list[Missing]:
        """Defects whose answer or document is still as it was."""
        return [
            Missing(_("Mend: %(thing)s") % {"thing": local(words.concerns)}, self.place_of(words.key))
            for words in self.defects_in_words()
            if words.key not in self.changed
        ]


def document_gap(wanted: RequiredDocument, document: Document | None) -> str:
    """What keeps a slot from being sent, in words that say what to do; "" where nothing does."""
    title = {"title": local(wanted.title)}
    if document is None:
        return _("Add the document: %(title)s") % title if wanted.required else ""
    return {
        Document.State.DRAFT: _("Finish the document: %(title)s") % title,
        Document.State.JOINING: _("Wait a moment, this document is still being prepared: %(title)s") % title,
        Document.State.REFUSED: _("Take this document again: %(title)s") % title,
    }.get(Document.State(document.state), "")


def own_application(flow: Flow, reader: User, *, slug: str, reference: str) -> Application | None:
    """The reader's application at this address; None for anybody else, another service, or a mangled reference."""
    case = references.look_up(reference, partial(casework.case_for, reader))
    if case is None or case.kind != flow.kind or case.service_version.service.slug != slug:
        return None
    return Application(flow=flow, case=case, reader=reader)
