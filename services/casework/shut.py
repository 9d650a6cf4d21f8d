"""What nobody on duty may take, found without looking through the backlog.

A case is shut to everybody who wears a hat only if it is shut to the first of them: the little that concerns one officer is
asked for by what is kept of that officer, and of this alone whether it is shut to the others too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import and_, or_
from typing import Final, NamedTuple

from django.db.models import Q, QuerySet

from services.accounts.models import Hat, User
from services.casework import hands, papers, queries, workflow, workload
from services.casework.models import Case
from services.casework.workflow import TO_SIGN
from services.casework.workload import Office
from services.foundation import conditions

#: Of so many wearers of a hat it is asked at once whether a case is shut to them.
AT_A_TIME: Final = 3
#: What of a case says for which hat it waits.
PLACE: Final = ("pk", "agency_id", "kind", "status", "signer_hat")


class Post(NamedTuple):
    """For whom a case waits: a hat of an agency, to work on it or to sign its paper."""

    agency: int
    hat: str
    signs: bool = False


Wearers = Mapping[tuple[int, str], Sequence[User]]
Waiting = Mapping[Post, Collection[int]]


def keys(office: Office, wearers: Wearers, *, at: datetime, most: int) -> set[int]:
    """The keys of what nobody may take: all that is shut to whoever wears its hat; of what waits for nobody the first `most`.

    One query, and one more for each AT_A_TIME wearers as long as anything is shut to all those before.
    """
    waiting = _waiting(office, wearers, at=at, most=most)
    for number in range(0, max(map(len, wearers.values()), default=0), AT_A_TIME):
        some = {post: wearers.get(post[:2], ())[number : number + AT_A_TIME] for post in waiting}
        asked = {post: people for post, people in some.items() if people or not number}
        if not asked:
            break
        shut = [
            reduce(and_, (_shut_out(user, post, at=at) for user in people), _waits_for(post, waiting[post]))
            for post, people in asked.items()
        ]
        left = _by_post(Case.objects.filter(reduce(or_, shut)).values_list(*PLACE))
        waiting = {**waiting, **{post: left[post] for post in asked}}
        waiting = {post: ids for post, ids in waiting.items() if ids}
    return {case for ids in waiting.values() for case in ids}


def _waiting(office: Office, wearers: Wearers, *, at: datetime, most: int) -> Waiting:
    """What waits for a hat that nobody wears, and what is shut to the first wearer of any. One query."""
    here = Case.objects.filter(agency__in=office.supervises, assignee=None, closed_at=None)
    here, open_cases = here.filter(submitted_at__isnull=False), workload.open_cases(office)
    found: list[QuerySet[Case, tuple[int, int, str, str, str]]] = []
    reasons: dict[User, list[Q]] = defaultdict(list)
    for post in _posts(office):
        people = wearers.get(post[:2], ())
        if people:
            reasons[people[0]].append(_shut_out(people[0], post, at=at))
            continue
        nobodys = open_cases.filter(_waits_for(post), assignee=None)
        found.append(nobodys.order_by(*workload.ORDER).values_list(*PLACE)[:most])
    for its in reasons.values():
        each = conditions.alternatives(reduce(or_, its))
        found += [here.filter(reason).order_by().values_list(*PLACE) for reason in each]
    return _by_post(found[0].union(*found[1:])) if found else {}


def _by_post(rows: Iterable[tuple[int, int, str, str, str]]) -> dict[Post, list[int]]:
    found: dict[Post, list[int]] = defaultdict(list)
    for pk, agency, kind, status, signer_hat in rows:
        hat = Case(kind=kind, status=status, signer_hat=signer_hat).waits_for
        if hat:
            found[Post(agency, hat, status == TO_SIGN)].append(pk)
    return found


def _posts(office: Office) -> list[Post]:
    works = [(hat, False) for hat in sorted(workflow.queued_hats())]
    signs = [(hat, True) for hat in sorted(papers.SIGNING_HATS)]
    return [Post(agency, *waits) for agency in sorted(office.supervises) for waits in (*works, *signs)]


def _waits_for(post: Post, those: Collection[int] | None = None) -> Q:
    waits = papers.waits_for(post.hat) if post.signs else queries.waits_for(post.hat)
    return waits & Q(agency=post.agency) & (Q() if those is None else Q(pk__in=those))


def _shut_out(user: User, post: Post, *, at: datetime) -> Q:
    """The condition under which this officer may not act on what waits for their post."""
    if post.signs:
        return papers.kept_from(user, at=at)
    barred = queries.kept_from(user, at=at)
    return barred | hands.kept_from_deciding(user) if post.hat == Hat.APPROVER else barred
