"""What every service of every pack must bring: the whole standard in both languages, a form, reasons and a paper."""

from random import Random
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from portal.demo.data.answers import Answerer
from services.applications.forms import GroupForm
from services.applications.queries import surroundings
from services.catalogue import rules
from services.catalogue.definition import InternalStandard, PublicStandard, QuestionKind, ServiceDefinition
from services.foundation import clock
from tests.factories import government
from tests.packs.everything import APPLIED_FOR, SERVICES, each, texts

each_service = each("service", SERVICES)
each_applied_for = each("service", APPLIED_FOR)
LENGTHS = 20


@each_service
def test_all_fourteen_components_are_said(service: ServiceDefinition) -> None:
    assert service.standard
    said = service.standard.model_dump() | service.internal.model_dump()
    assert set(said) == set(PublicStandard.model_fields) | set(InternalStandard.model_fields)
    assert len(said) == 14


@each_service
def test_long_texts_are_translated_and_not_copied(service: ServiceDefinition) -> None:
    copied = [text["id"] for text in texts(service.model_dump(mode="json")) if text["id"] == text["en"]]
    assert [text for text in copied if len(text) > LENGTHS] == []


@each_service
def test_it_says_where_its_figures_come_from(service: ServiceDefinition) -> None:
    assert service.example_from


@each_service
def test_people_find_it_by_words_of_both_languages(service: ServiceDefinition) -> None:
    assert len(service.search_words) >= 8
    assert len(set(service.search_words)) == len(service.search_words)


@each_applied_for
def test_a_file_that_cannot_be_read_is_the_first_reason_to_return_one(service: ServiceDefinition) -> None:
    codes = [reason.code for reason in service.defect_reasons]
    assert codes[0] == "NOT_READABLE" or not service.documents
    assert "ANSWER_UNCLEAR" in codes


@each_applied_for
def test_letters_are_whole_sentences(service: ServiceDefinition) -> None:
    reasons = [*service.defect_reasons, *service.refusal_reasons]
    letters = [letter for reason in reasons for letter in (reason.letter.id, reason.letter.en)]
    assert [letter for letter in letters if not letter.endswith(".")] == []


@each_applied_for
def test_the_paper_cites_the_law(service: ServiceDefinition) -> None:
    assert len(service.paper.legal_basis) >= 2


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
@each_applied_for
def test_its_form_is_built_and_takes_the_answers_of_the_demo(
    service: ServiceDefinition, language: str
) -> None:
    government.two_levels()
    today = clock.today()
    answers = Answerer(Random(7)).answers(  # noqa: S311 (invented data)
        service, reference="P-7K3F9-QXM2E", today=today
    )
    with translation.override(language):
        assert wrong_answers(service, answers) == []


def wrong_answers(service: ServiceDefinition, answers: dict[str, Any]) -> list[str]:
    """What the forms say to the stored answers, sent once more as a browser would; nothing when all are well."""
    wrong = []
    for asked in rules.asked_groups(service, answers):
        around = surroundings(asked.group)
        known = rules.known_before(service, asked.group, answers)
        for item in asked.items:
            shown = GroupForm(asked.group, kept=item.answers, known=known, around=around)
            form = GroupForm(
                asked.group, kept=item.answers, known=known, around=around, data=sent_again(shown)
            )
            wrong += [f"{name}: {error}" for name, error in form.errors.items()]
    return wrong


def sent_again(form: GroupForm) -> QueryDict:
    """What a browser sends when the page is saved as it is shown."""
    sent = QueryDict(mutable=True)
    for name, field in form.fields.items():
        value = field.prepare_value(form.get_initial_for_field(field, name))
        if hasattr(field.widget, "decompress"):
            for suffix, part in zip(field.widget.widgets_names, field.widget.decompress(value), strict=True):
                sent[f"q-{name}{suffix}"] = "" if part is None else str(part)
        elif isinstance(value, list):
            sent.setlist(f"q-{name}", [str(each) for each in value])
        elif value is not None:
            sent[f"q-{name}"] = str(value)
    return sent


def test_among_them_every_kind_of_question_is_asked() -> None:
    asked = {question.kind for service in SERVICES.values() for question in service.questions.values()}
    assert asked == set(QuestionKind)
