"""Publishing: what says something new is a new version, what says the same is not."""

import pytest

from services.audit import queries as audit
from services.audit.actors import Subject
from services.catalogue import operations, queries
from services.catalogue.definition import ServiceDefinition
from services.catalogue.models import ServiceVersion
from services.foundation import clock
from tests.factories import accounts
from tests.factories import catalogue as factory

pytestmark = pytest.mark.django_db


def test_the_first_publication_offers_the_service() -> None:
    version = factory.published_version()
    assert version.number == 1
    assert list(queries.published_services()) == [version.service]
    assert queries.current_version_of("izin-uji").parsed.name.en == "Test permit"


def test_publishing_the_same_again_makes_no_version() -> None:
    assert factory.published_version() == factory.published_version()


def test_a_changed_definition_is_a_new_version_and_the_old_one_retires() -> None:
    old = factory.published_version()
    new = factory.published_version(summary=factory.said("Lain", "Other"))
    old.refresh_from_db()
    assert (new.number, old.retired_at is None, new.retired_at) == (2, False, None)
    assert queries.current_version(new.service) == new
    assert old.parsed.summary.id == "Untuk menguji"


def test_a_publication_is_in_the_record() -> None:
    version = factory.published_version()
    (event,) = audit.events_of(Subject("service", "izin-uji"))
    assert event.action == "catalogue.version.published"
    assert event.details == {"version": 1, "digest": version.digest}


def test_without_the_public_standard_nothing_is_published() -> None:
    accounts.agency("dpmptsp")
    shape = ServiceDefinition.model_validate(factory.definition(standard=None))
    with pytest.raises(operations.UnableToPublish) as refused:
        operations.publish_version(definition=shape, at=clock.now())
    assert refused.value.code == "standard"
    assert not ServiceVersion.objects.exists()


def test_a_service_of_an_agency_that_does_not_exist_is_not_published() -> None:
    shape = ServiceDefinition.model_validate(factory.definition(agency="dinas-lain"))
    with pytest.raises(operations.UnableToPublish, match="dinas-lain"):
        operations.publish_version(definition=shape, at=clock.now())


def test_a_withdrawn_service_is_offered_no_longer_and_can_come_back() -> None:
    version = factory.published_version()
    operations.withdraw_service(service=version.service, at=clock.now())
    with pytest.raises(ServiceVersion.DoesNotExist):
        queries.current_version(version.service)
    assert not queries.published_services().exists()
    assert factory.published_version().number == 2
