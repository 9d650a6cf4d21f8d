"""An integrity report from its receipt to its end: how it is examined, what its reporter hears."""

from datetime import timedelta

import pytest

from complaints.integrity import operations as integrity
from complaints.integrity import queries
from complaints.integrity.values import Reach, UnableToExamine
from complaints.models import IntegrityReport
from services.accounts.models import User
from services.casework import operations as casework
from services.casework.models import Case, Message
from services.casework.operations import UnableToHandle
from services.foundation import clock
from services.notifications.models import Delivery, Notice
from services.outbox import delivery
from services.outbox import queries as outbox
from tests.factories import integrity as reports


@pytest.fixture
def examiner() -> User:
    reports.ready()
    return reports.examiner("Tulus Pemeriksa")


@pytest.fixture
def commissioner() -> User:
    reports.ready()
    return reports.examiner("Kirana Komisi", reports.COMMISSION)


def deliver() -> None:
    while due := list(outbox.due(clock.now()).values_list("id", flat=True)):
        for message in due:
            delivery.deliver(message)


def words_of(case: Case) -> list[tuple[str, str]]:
    return list(case.messages.order_by("pk").values_list("side", "words"))


def test_it_is_examined_and_found_true(examiner: User) -> None:
    case = reports.in_examination(examiner)
    assert (case.status, case.assignee) == ("IN_EXAMINATION", examiner)
    ended = integrity.find_true(case, actor=examiner, words="Terbukti. Petugas diperiksa.", at=clock.now())
    assert (ended.status, ended.outcome) == ("SUBSTANTIATED", "SUBSTANTIATED")
    assert ended.closed_at
    assert words_of(ended) == [("OFFICE", "Terbukti. Petugas diperiksa.")]


def test_it_is_left_unproved(examiner: User) -> None:
    ended = integrity.leave_unproved(
        reports.in_examination(examiner), actor=examiner, words="Tidak cukup bukti.", at=clock.now()
    )
    assert (ended.status, ended.outcome) == ("UNSUBSTANTIATED", "UNSUBSTANTIATED")


def test_it_is_put_aside_with_a_reason(examiner: User) -> None:
    case = reports.taken(reports.received(), examiner)
    with pytest.raises(UnableToExamine):
        integrity.archive_report(case, actor=examiner, reason_code="", words="Kosong.", at=clock.now())
    ended = integrity.archive_report(
        case, actor=examiner, reason_code="NOTHING_TO_GO_ON", words="Tidak ada petunjuk.", at=clock.now()
    )
    assert (ended.status, ended.reason_code) == ("ARCHIVED", "NOTHING_TO_GO_ON")


def test_the_examiner_classifies_it_inside_the_seal(examiner: User) -> None:
    case = reports.taken(reports.received(matter="OTHER"), examiner)
    assert queries.told_of(case.integrity_report).classified == ""
    integrity.begin_examination(case, actor=examiner, axis="UNDUE_DELAY", at=clock.now())
    report = IntegrityReport.objects.get(case=case)
    assert queries.told_of(report).classified == "UNDUE_DELAY"
    assert b"UNDUE" not in bytes(report.told_sealed)


def test_a_demanded_reward_is_classified_by_itself() -> None:
    assert reports.told().classified == "REQUEST_FOR_REWARD"


def test_the_reporter_is_asked_answers_and_the_clock_goes_on(examiner: User) -> None:
    case = reports.asked(examiner)
    assert case.status == "NEEDS_DATA"
    due_at = case.due_at
    clock.move(timedelta(days=7))
    answered = integrity.write_to_receiver(case, words="Loket tiga.", at=clock.now())
    assert answered.status == "IN_EXAMINATION"
    assert answered.due_at
    assert due_at
    assert answered.due_at > due_at
    assert words_of(answered) == [("OFFICE", "Di loket nomor berapa?"), ("CITIZEN", "Loket tiga.")]
    assert Message.objects.get(side="CITIZEN").author is None


def test_silence_ends_nothing(examiner: User) -> None:
    case = reports.asked(examiner)
    assert integrity.go_on_without_answers(at=clock.now()) == 0
    later = clock.now() + timedelta(days=30)
    assert integrity.go_on_without_answers(at=later) == 1
    case.refresh_from_db()
    assert case.status == "IN_EXAMINATION"
    assert integrity.go_on_without_answers(at=later) == 0


def test_the_reporter_may_write_at_any_time_even_after_the_end(examiner: User) -> None:
    case = reports.received()
    assert integrity.write_to_receiver(case, words="Satu hal lagi.", at=clock.now()).status == "RECEIVED"
    ended = integrity.archive_report(
        reports.taken(case, examiner), actor=examiner, reason_code="SPAM", words="Iklan.", at=clock.now()
    )
    integrity.write_to_receiver(ended, words="Ini bukan iklan.", at=clock.now())
    assert words_of(ended)[-1] == ("CITIZEN", "Ini bukan iklan.")


def test_it_is_handed_to_the_commission_and_gone_for_who_had_it(examiner: User, commissioner: User) -> None:
    case = reports.in_examination(examiner)
    given = integrity.hand_over(case, actor=examiner, words="Menyangkut atasan kami.", at=clock.now())
    assert (given.status, given.agency.code, given.assignee) == ("NOT_OURS", reports.COMMISSION, None)
    with pytest.raises(UnableToHandle):
        reports.taken(given, examiner)
    going_on = integrity.begin_examination(
        reports.taken(given, commissioner), actor=commissioner, at=clock.now()
    )
    assert going_on.status == "IN_EXAMINATION"
    assert going_on.notes.get().words == "Menyangkut atasan kami."


def test_the_inspectorate_gets_it_only_where_the_reporter_allowed_it(commissioner: User) -> None:
    kept = reports.taken(reports.received(receiver="COMMISSION"), commissioner)
    with pytest.raises(UnableToExamine) as refusal:
        integrity.hand_over(kept, actor=commissioner, words="Bukan untuk kami.", at=clock.now())
    assert refusal.value.code == "agency"
    allowed = reports.taken(reports.received(receiver="COMMISSION", may_be_handed_over=True), commissioner)
    given = integrity.hand_over(allowed, actor=commissioner, words="Bukan untuk kami.", at=clock.now())
    assert given.agency.code == reports.INSPECTORATE


def test_an_accused_colleague_is_kept_away_by_the_examiner(examiner: User) -> None:
    accused = reports.examiner("Darmo Curang")
    case = reports.taken(reports.received(), examiner)
    assert dict(queries.colleagues(case, at=clock.now()))[str(accused.pseudonym)] == "Darmo Curang"
    integrity.begin_examination(case, actor=examiner, officers=[str(accused.pseudonym)], at=clock.now())
    case.refresh_from_db()
    with pytest.raises(UnableToHandle):
        reports.taken(case, accused)
    with pytest.raises(UnableToExamine):
        integrity.hand_over(
            reports.taken(case, examiner),
            actor=examiner,
            words="Saya sendiri.",
            officers=[str(examiner.pseudonym)],
            at=clock.now(),
        )


@pytest.mark.django_db(transaction=True)
def test_whoever_left_a_phone_hears_that_there_is_news_and_nothing_else(examiner: User) -> None:
    case = reports.received(
        reach=Reach(channel="SMS", address="+6281234567890", passphrase=reports.PASSPHRASE)
    )
    deliver()
    assert not Delivery.objects.exists()
    integrity.begin_examination(reports.taken(case, examiner), actor=examiner, at=clock.now())
    deliver()
    sent = Delivery.objects.get()
    text = (sent.body or {})["text"]
    assert case.reference not in text
    for word in ("lapor", "report", "integr", "complaints", "suap"):
        assert word not in text.lower()
    assert sent.address_masked.endswith("90")
    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_whoever_left_none_hears_nothing(examiner: User) -> None:
    reports.asked(examiner)
    deliver()
    assert not Delivery.objects.exists()
    assert not Notice.objects.exists()


def test_what_was_promised_runs(examiner: User) -> None:
    case = reports.received()
    assert case.due_at == case.place_at
    assert casework.recompute_open_clocks(at=clock.now()) == 0
    begun = reports.in_examination(examiner)
    assert begun.due_at
    assert case.due_at
    assert begun.due_at > case.due_at
