"""What the portal asks about public services: which are offered, one by its address, the version in force, a search."""

import datetime as dt

from django.db.models import QuerySet

from services.catalogue.models import Deadline, Service, ServiceVersion


def published_services() -> QuerySet[Service]:
    """The services offered now, by address, each with its agency."""
    return Service.objects.filter(is_listed=True).select_related("agency")


def most_needed_services(*, at_most: int = 6) -> QuerySet[Service]:
    """The services people need most, in the order of the pack."""
    return published_services().filter(rank__isnull=False).order_by("rank", "slug")[:at_most]


def service_by_slug(slug: str) -> Service:
    """The offered service at this address; raises Service.DoesNotExist."""
    return published_services().get(slug=slug)


def current_version(service: Service) -> ServiceVersion:
    """The version in force; raises ServiceVersion.DoesNotExist when the service is no longer offered."""
    version = ServiceVersion.objects.select_related("service__agency").get(service=service, retired_at=None)
    return version


def deadline(code: str, *, on: dt.date) -> Deadline:
    """The time in force on this date; raises Deadline.DoesNotExist."""
    return Deadline.objects.filter(code=code, valid_from__lte=on).order_by("-valid_from")[:1].get()
