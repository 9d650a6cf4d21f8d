"""A case that is born as it is sent, without a draft of its own."""

from collections.abc import Callable

from django.db import IntegrityError, transaction

from services.casework.models import Case


def receive_once(submission_key: str, receive: Callable[[], Case]) -> Case:
    """The case that `receive` gives birth to; sent again with its key (a double click, a retry) the case there is.

    `receive` runs in a transaction, and keeps the key with the case. Of two that are sent at the same moment the unique
    key lets one through.
    """
    known = Case.objects.filter(submission_key=submission_key).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            return receive()
    except IntegrityError:
        received = Case.objects.filter(submission_key=submission_key).first()
        if received is None:
            raise
        return received
