"""A service as a page shows it: texts in the reader's language, documents with their conditions, steps with their days."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from services.catalogue import queries, wording
from services.catalogue.definition import Duration, RequiredDocument, ServiceDefinition, Step
from services.catalogue.models import Service, ServiceVersion
from services.foundation import texts
from services.government import queries as government
from services.government.models import Agency

APPLY_AT = {
    Service.Kind.PERMIT: "/permits/apply/{slug}/",
    Service.Kind.LICENCE: "/licensing/apply/{slug}/",
    Service.Kind.COMPLAINT: "/complaints/new/",
}


@dataclass(frozen=True)
class Card:
    """A service in a list; `word` is one that people search it with; `place` says who issues it, where that is not us."""

    href: str
    title: str
    text: str
    meta: str
    icon: str
    word: str
    place: str = ""


@dataclass(frozen=True)
class DocumentLine:
    """A document on the page of a service; `when` says that it is asked only of some."""

    title: str
    help: str
    when: str
    is_required: bool


@dataclass(frozen=True)
class StepLine:
    """A step of the procedure after the file is complete; of a review `who` is the office that does it."""

    title: str
    who: str
    time: str


@dataclass(frozen=True)
class ServicePage:
    """Everything the page of a service says that is not the law's own text."""

    version: ServiceVersion
    definition: ServiceDefinition
    name: str
    summary: str
    time: str
    intake_time: str
    cost: str
    documents: list[DocumentLine]
    steps: list[StepLine]
    validity: str
    agency: str
    address: str
    apply_address: str
    questions: int
    national_link: str

    @cached_property
    def reviews(self) -> list[StepLine]:
        """What several offices look at in the same file at the same time. Asked only by the page that says it."""
        return _reviews(self.version)

    @property
    def needed(self) -> int:
        """How many documents everyone has to bring."""
        return sum(document.is_required and not document.when for document in self.documents)


def cards(services: Iterable[Service]) -> list[Card]:
    """One card for each service, in the same order."""
    listed = list(services)
    definitions = queries.current_definitions(listed)
    return [_card(service, definitions[service.pk]) for service in listed if service.pk in definitions]


def page(version: ServiceVersion) -> ServicePage:
    """The page of a service in the reader's language."""
    definition, slug = version.parsed, version.service.slug
    return ServicePage(
        version=version,
        definition=definition,
        name=texts.local(definition.name),
        summary=texts.local(definition.summary),
        time=wording.duration(definition.time),
        intake_time=wording.duration(definition.intake_time),
        cost=wording.cost(definition.fee),
        documents=[_document(definition, document) for document in definition.documents],
        steps=[_step(step, definition.time) for step in definition.steps],
        validity=wording.validity(definition),
        agency=texts.local(version.service.agency.name),
        address=f"/services/{slug}/",
        apply_address=_apply_address(version.service),
        questions=len(definition.triage),
        national_link=definition.national_link,
    )


def _apply_address(service: Service) -> str:
    """Where one begins. What the inspectorate or the commission receives is told in confidence, on pages of its own."""
    is_report = service.kind == Service.Kind.COMPLAINT
    if is_report and service.agency.role in {Agency.Role.INSPECTORATE, Agency.Role.COMMISSION}:
        return "/complaints/integrity/new/"
    return APPLY_AT[Service.Kind(service.kind)].format(slug=service.slug)


def _card(service: Service, definition: ServiceDefinition) -> Card:
    return Card(
        href=f"/services/{service.slug}/",
        title=texts.local(service.name),
        text=texts.local(service.summary),
        meta=f"{wording.duration(definition.time)} · {wording.cost(definition.fee)}",
        icon=definition.icon,
        word=definition.search_words[0],
        place=_("Issued by the national OSS, not here") if definition.authority == "national" else "",
    )


def _document(definition: ServiceDefinition, document: RequiredDocument) -> DocumentLine:
    return DocumentLine(
        title=texts.local(document.title),
        help=texts.local(document.help),
        when=wording.condition(definition, document.when),
        is_required=document.required,
    )


def _reviews(version: ServiceVersion) -> list[StepLine]:
    """What several offices look at in the same file at the same time; no query where one does it all."""
    definition = version.parsed
    codes = {review.agency for review in definition.reviews if review.agency}
    others = {row.code: row for row in government.agencies().filter(code__in=codes)} if codes else {}
    return [
        StepLine(
            title=texts.local(review.title),
            who=texts.local(others.get(review.agency, version.service.agency).name),
            time=wording.part(review.days, of=definition.time),
        )
        for review in definition.reviews
    ]


def _step(step: Step, whole: Duration) -> StepLine:
    roles = {
        "INTAKE": _("Intake officer"),
        "REVIEWER": _("Reviewer"),
        "INSPECTOR": _("Inspector"),
        "APPROVER": _("Signatory"),
        "EXECUTIVE": _("Head of the office"),
        "SYSTEM": _("By itself"),
    }
    return StepLine(
        title=texts.local(step.title), who=roles[step.hat], time=wording.part(step.days, of=whole)
    )
