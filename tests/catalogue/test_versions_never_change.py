"""A published version never changes, whoever asks and in whatever way."""

import pytest
from django.db import IntegrityError, connection, transaction

from services.catalogue.models import ServiceVersion
from services.foundation import clock
from tests.factories import catalogue as factory

pytestmark = pytest.mark.django_db


def refused(statement: str) -> bool:
    with (
        pytest.raises(IntegrityError, match="never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    return True


@pytest.mark.parametrize(
    "change",
    ["definition = '{}'", "digest = ''", "number = 9", "published_at = published_at - interval '1 day'"],
)
def test_raw_sql_changes_nothing_that_was_published(change: str) -> None:
    factory.published_version()
    assert refused(f"UPDATE catalogue_serviceversion SET {change}")  # noqa: S608


def test_a_version_is_not_deleted() -> None:
    factory.published_version()
    assert refused("DELETE FROM catalogue_serviceversion")


def test_an_update_through_the_queryset_is_refused_too() -> None:
    version = factory.published_version()
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        ServiceVersion.objects.filter(pk=version.pk).update(definition={})


def test_a_version_retires_once_and_stays_retired() -> None:
    version = factory.published_version()
    factory.published_version(summary=factory.said("Lain"))
    version.refresh_from_db()
    version.retired_at = None
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        version.save()


def test_no_session_setting_walks_past_the_trigger() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'catalogue_serviceversion'::regclass"
            " AND NOT tgisinternal AND tgenabled = 'A' ORDER BY tgname"
        )
        names = [name for (name,) in cursor.fetchall()]
    assert names == ["catalogue_version_never_changes", "catalogue_versions_are_never_emptied"]


def test_the_database_holds_no_version_without_the_six_public_components() -> None:
    version = factory.published_version()
    standard = {name: text for name, text in version.definition["standard"].items() if name != "fee"}
    with pytest.raises(IntegrityError, match="six_public_components"), transaction.atomic():
        ServiceVersion.objects.create(
            service=version.service,
            number=2,
            definition=version.definition | {"standard": standard},
            digest="0" * 64,
            published_at=clock.now(),
            retired_at=clock.now(),
        )
