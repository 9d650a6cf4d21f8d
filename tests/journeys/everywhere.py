"""What every account finds wherever it can look, so that two moments can be compared."""

import re
import time
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Final

from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver

from oversight import operations
from services.accounts.models import User
from services.foundation import clock, references
from services.outbox import queries as outbox
from tests.architecture.test_access import routes

#: Where no report can be: forms of accounts, keys and hats, what is being written, what only the machine reads.
ELSEWHERE: Final = (
    "/account/",
    "/health/",
    "/metrics",
    "/language/",
    "/complaints/integrity/",
    "/complaints/new/",
    "/licensing/businesses/",
    "/admin/log",
    "/admin/password",
    "/admin/jsi18n/",
    "/admin/autocomplete/",
    "/admin/complaints/apikey/",
    "/admin/accounts/",
    "/notifications/channels/",
)
#: Asked with the reference of the report, or with one that never was: nobody may tell one from the other.
ABOUT: Final = (
    "/track/{}/",
    "/complaints/{}/",
    "/complaints/{}/dialogue/",
    "/cases/{}/",
    "/admin/casework/case/{}/",
    "/admin/casework/case/?q={}",
    "/admin/search/?s={}",
    "/oversight/register/?q={}",
)
#: Lists with their filters, figures as files, and what programs read.
FURTHER: Final = (
    "/complaints/?state=answered",
    "/open311/v2/requests.json",
    "/open311/v2/services.json",
    "/dashboard/services.csv",
    "/dashboard/agencies.csv",
    "/dashboard/cases/?figure=in",
    "/dashboard/cases/?figure=open",
    "/transparency/services.csv",
    "/transparency/agencies.csv",
    "/admin/casework/case/?show=closed",
    "/admin/complaints/category/unanswered/?show=escalated",
    "/admin/outbox/message/?state=done",
    "/admin/outbox/message/?state=waiting",
)
#: What differs from one look to the next by itself: keys of forms and scripts, times, and the reference that is asked for.
FLEETING: Final = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|X-CSRFToken[^}]*|nonce="[^"]*"|<time.*?</time>|\d\d?[.:]\d\d(?::\d\d)?',
    re.DOTALL,
)

Found = dict[tuple[str, str], str]
NOBODY: Final = "nobody"
PATIENCE_SECONDS: Final = 60


def places() -> list[str]:
    """Every address without a parameter, whichever may be added to the portal, and the lists with their filters."""
    plain = {route for route in routes(get_resolver()) if not set("<(") & set(route)}
    return [*sorted(route for route in plain if not route.startswith(ELSEWHERE)), *FURTHER]


class Everybody:
    """All accounts but those of the receiver and the reporter, each with its own browser, and somebody without any."""

    def __init__(self, people: Mapping[str, User]) -> None:
        self.browsers = {NOBODY: Client()}
        for number, (name, user) in enumerate(people.items(), start=1):
            self.browsers[name] = Client(REMOTE_ADDR=f"203.0.113.{number}")
            self.browsers[name].force_login(user)
        self.before: Found = {}

    def look(self) -> None:
        """See what there is, and what is told of a report that never was, once all that went before is done."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while outbox.waiting().filter(due_at__lte=clock.now()).exists():
            assert time.monotonic() < deadline, outbox.waiting().values_list("topic", flat=True)
            time.sleep(0.1)
        count_anew()
        never = references.new("C")
        for place in places():
            self.before[NOBODY, place] = seen = self.seen(NOBODY, place)
            # What is there for everybody is looked at by nobody in particular.
            for name in self.browsers if not seen.startswith("200") else ():
                self.before[name, place] = self.seen(name, place)
        for place, name in product(ABOUT, self.browsers):
            self.before[name, place] = self.seen(name, place, never)

    def differences(self, reference: str, *, traces: Iterable[str]) -> list[str]:
        """Where somebody who looks again behind the doors that are open to them sees another thing than before."""
        count_anew()
        found = []
        for (name, place), before in self.before.items():
            if before.startswith("200") or place in ABOUT:
                now = self.seen(name, place, reference)
                if now != before or any(trace in now for trace in traces):
                    found.append(f"{name} at {place}: {first_difference(before, now)}")
        return found

    def seen(self, name: str, place: str, reference: str = "") -> str:
        """What somebody is told at an address: its text, where it leads to, or that there is nothing."""
        answer = self.browsers[name].get(place.format(reference))
        text = b"".join(answer).decode(errors="replace")
        told = f"{answer.status_code} {answer.get('Location', '')} {text}"
        return FLEETING.sub("", told.replace(reference, "…") if reference else told)


def count_anew() -> None:
    """Let no figure be older than what it counts."""
    operations.refresh_figures(at=clock.now())
    cache.clear()


def first_difference(before: str, after: str) -> str:
    """The first line that is not as it was."""
    pairs = zip(before.splitlines(), after.splitlines(), strict=False)
    return next((f"“{old.strip()}” became “{new.strip()}”" for old, new in pairs if old != new), "its length")
