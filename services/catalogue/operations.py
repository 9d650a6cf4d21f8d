"""All writes to the catalogue: publish a version, offer no longer, set the times that the law gives."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value
from django.db.models.expressions import CombinedExpression
from django.utils.translation import gettext as _

from services.audit import operations as audit
from services.audit.actors import SYSTEM, Subject
from services.catalogue import words
from services.catalogue.definition import DeadlineDefinition, ServiceDefinition
from services.catalogue.models import Deadline, Service, ServiceVersion
from services.foundation.errors import UnableTo
from services.government.models import Agency


class UnableToPublish(UnableTo):
    """The definition cannot be offered to people."""


@dataclass(frozen=True)
class Publication:
    """The version in force after publishing, and whether that made a new one."""

    version: ServiceVersion
    is_new: bool


@transaction.atomic
def publish_version(*, definition: ServiceDefinition, at: dt.datetime) -> Publication:
    """Put a definition in force: a new version where it says something new, otherwise the one there is.

    The version before retires; cases keep it. Raises UnableToPublish.
    """
    service = _service_of(definition)
    current = ServiceVersion.objects.filter(service=service, retired_at=None).first()
    if current and current.digest == definition.digest:
        return Publication(current, is_new=False)
    if current:
        _retire(current, at=at)
    version = ServiceVersion.objects.create(
        service=service,
        number=service.versions.count() + 1,
        definition=definition.model_dump(mode="json"),
        digest=definition.digest,
        is_given_out=definition.assignment == "machine",
        published_at=at,
    )
    audit.record(
        "catalogue.version.published",
        actor=SYSTEM,
        subject=Subject("service", service.slug),
        at=at,
        details={"version": version.number, "digest": version.digest},
    )
    return Publication(version, is_new=True)


@transaction.atomic
def withdraw_service(*, service: Service, at: dt.datetime) -> Service:
    """Offer a service no longer. Open cases go on under their versions."""
    service = Service.objects.select_for_update().get(pk=service.pk)
    service.is_listed = False
    service.save(update_fields=["is_listed"])
    for version in service.versions.filter(retired_at=None):
        _retire(version, at=at)
    audit.record("catalogue.service.withdrawn", actor=SYSTEM, subject=Subject("service", service.slug), at=at)
    return service


@transaction.atomic
def rank_services(*, slugs: Sequence[str]) -> None:
    """Set which services people need most, in this order; all others have no rank."""
    Service.objects.exclude(slug__in=slugs).filter(rank__isnull=False).update(rank=None)
    for rank, slug in enumerate(slugs, start=1):
        Service.objects.filter(slug=slug).exclude(rank=rank).update(rank=rank)


@transaction.atomic
def set_deadlines(*, definitions: Sequence[DeadlineDefinition], at: dt.datetime) -> list[str]:
    """Bring the times of the law to these. Earlier ones stay, for the cases they hold for. One line for each change."""
    changed: list[str] = []
    for definition in definitions:
        said = definition.model_dump(mode="json")
        key = {"code": said.pop("code"), "valid_from": definition.valid_from}
        del said["valid_from"]
        row, is_new = Deadline.objects.select_for_update().get_or_create(**key, defaults=said)
        differing = [] if is_new else [name for name, value in said.items() if getattr(row, name) != value]
        if is_new or differing:
            Deadline.objects.filter(pk=row.pk).update(**said)
            changed.append(
                f"deadline {row.code}: {'changed ' + ', '.join(differing) if differing else 'added'}"
            )
    if changed:
        subject = Subject("government", "1")
        audit.record(
            "catalogue.deadlines.changed", actor=SYSTEM, subject=subject, at=at, details={"changed": changed}
        )
    return changed


def _service_of(definition: ServiceDefinition) -> Service:
    """The locked row of the service, brought to what the definition says."""
    if definition.standard is None:
        raise UnableToPublish(
            _("Without the six public components of the service standard nothing is published."),
            code="standard",
        )
    agency = Agency.objects.filter(code=definition.agency, is_active=True).first()
    if agency is None:
        raise UnableToPublish(
            _("There is no agency “%(code)s”.") % {"code": definition.agency}, code="agency"
        )
    said = {
        "kind": definition.kind,
        "agency": agency,
        "name": definition.name.model_dump(),
        "summary": definition.summary.model_dump(),
        "is_listed": True,
    }
    Service.objects.get_or_create(slug=definition.slug, defaults=said)
    service = Service.objects.select_for_update().get(slug=definition.slug)
    known = words.vocabulary([*definition.search_words, definition.name.id, definition.name.en])
    Service.objects.filter(pk=service.pk).update(words=known, search=_search_vector(definition), **said)
    return service


def _search_vector(definition: ServiceDefinition) -> CombinedExpression:
    """Name and search words weigh most, the summary less; stems in both languages, plain words for beginnings."""
    name, summary, said = definition.name, definition.summary, " ".join(definition.search_words)
    return (
        SearchVector(Value(f"{name.id} {name.en} {said}"), config="simple", weight="A")
        + SearchVector(Value(f"{name.id} {said}"), config="indonesian", weight="A")
        + SearchVector(Value(f"{name.en} {said}"), config="english", weight="A")
        + SearchVector(Value(summary.id), config="indonesian", weight="C")
        + SearchVector(Value(summary.en), config="english", weight="C")
    )


def _retire(version: ServiceVersion, *, at: dt.datetime) -> None:
    version.retired_at = at
    version.save(update_fields=["retired_at"])
