"""Keeping people away from a case that is about them; counting what people answer after a case."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from services.accounts.models import User
from services.audit import operations as audit
from services.audit.actors import ANONYMOUS, Subject
from services.foundation import locks
from services.foundation.clock import local_date
from services.foundation.errors import UnableTo
from services.integrity.models import Exclusion, GiftAnswer, GiftCount, GiftRate, GiftTicket
from services.integrity.queries import ENOUGH
from services.integrity.tokens import digest_of


class UnableToAnswer(UnableTo):
    """The question cannot be answered. `code`: answered, answer."""


def exclude_user(*, reference: str, user: User, at: datetime) -> bool:
    """Keep somebody away from a case; whether they were not before. Whoever calls puts it on record with the case."""
    _row, is_new = Exclusion.objects.get_or_create(reference=reference, user=user, defaults={"since": at})
    return is_new


def answer_gift_question(*, reference: str, service: str, agency: str, answer: str, at: datetime) -> None:
    """Count one answer about one case, once. Whoever calls has checked the link, or that the reader is on the citizen's side.

    The ticket says that the case's link was used; the count says how many gave this answer. Nothing ties the two
    together, and the event names neither the case nor the answer.
    """
    if answer not in GiftAnswer.values:
        raise UnableToAnswer(_("Choose one of the three answers."), code="answer", field="answer")
    month = local_date(at).replace(day=1)
    with transaction.atomic():
        _ticket, is_new = GiftTicket.objects.get_or_create(
            digest=digest_of(reference), defaults={"month": month}
        )
        if not is_new:
            raise UnableToAnswer(_("This question was answered before. It counts once."), code="answered")
        key: dict[str, Any] = {"service": service, "agency": agency, "month": month, "answer": answer}
        GiftCount.objects.get_or_create(**key)
        GiftCount.objects.filter(**key).update(number=F("number") + 1)
        _publish_rate(service, at=at)
        audit.record(
            "integrity.gift_question.answered", actor=ANONYMOUS, subject=Subject("service", service), at=at
        )


def _publish_rate(service: str, *, at: datetime) -> None:
    """Bring the public rate up to date once ENOUGH new answers have come, so that no single one shows in it."""
    locks.transaction_lock(f"integrity.gift_rate:{service}")
    rows = GiftCount.objects.filter(service=service).values_list("answer").annotate(sum=Sum("number"))
    counted = Counter(dict(rows))
    known = GiftRate.objects.filter(service=service).first()
    if counted.total() - (known.answered if known else 0) < ENOUGH:
        return
    GiftRate.objects.update_or_create(
        service=service,
        defaults={
            "yes": counted[GiftAnswer.YES],
            "no": counted[GiftAnswer.NO],
            "declined": counted[GiftAnswer.DECLINED],
            "as_of": local_date(at),
        },
    )
