"""What was typed and never sent does not stay for ever."""

from datetime import timedelta

import pytest

from permits import workflow
from services.accounts.models import User
from services.casework import operations
from services.casework.models import Case
from services.casework.operations.filing import DRAFT_KEPT
from services.casework.operations.upkeep import UNSENT_KEPT
from services.documents.models import Document
from services.documents.storage import private_storage
from services.foundation import clock
from tests.factories import casework

LAPSED = DRAFT_KEPT + timedelta(days=1)
FORGOTTEN = LAPSED + UNSENT_KEPT + timedelta(days=1)


@pytest.fixture
def abandoned(citizen: User) -> Case:
    draft = casework.filled_application(citizen)
    operations.lapse_silent_cases(workflow.LAPSE, kind=workflow.KIND, at=clock.now() + LAPSED)
    return Case.objects.get(pk=draft.pk)


def test_an_abandoned_draft_is_emptied_with_its_files(
    abandoned: Case, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    names = list(Document.objects.values_list("file", flat=True))
    assert abandoned.answers
    assert all(private_storage().exists(name) for name in names)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert operations.forget_unsent_cases(at=clock.now() + FORGOTTEN) == 1

    abandoned.refresh_from_db()
    assert abandoned.answers == {}
    assert not abandoned.documents.exists()
    assert not Document.objects.exists()
    assert not any(private_storage().exists(name) for name in names)


def test_it_is_kept_for_a_while_after_its_end(abandoned: Case) -> None:
    assert operations.forget_unsent_cases(at=clock.now() + LAPSED) == 0
    assert abandoned.documents.exists()


def test_emptying_twice_changes_nothing_more(abandoned: Case) -> None:
    operations.forget_unsent_cases(at=clock.now() + FORGOTTEN)

    assert operations.forget_unsent_cases(at=clock.now() + FORGOTTEN) == 0


def test_a_document_that_another_application_holds_stays(abandoned: Case, citizen: User) -> None:
    shared = abandoned.documents.select_related("document").first()
    assert shared is not None
    other = casework.draft_application(citizen)
    operations.attach_document(
        other, actor=citizen, slot=shared.slot, document=shared.document, at=clock.now()
    )

    operations.forget_unsent_cases(at=clock.now() + FORGOTTEN)

    assert list(Document.objects.all()) == [shared.document]


def test_what_was_sent_is_never_emptied(citizen: User) -> None:
    sent = casework.submitted_application(citizen)
    at = clock.now() + timedelta(days=1)
    operations.withdraw_case(sent, workflow.WITHDRAW, actor=citizen, at=at)

    assert operations.forget_unsent_cases(at=clock.now() + FORGOTTEN) == 0
    assert sent.documents.exists()
