"""Who is on duty under a supervisor: how full each desk is, and what nobody may take, with its cause."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.accounts import queries as accounts
from services.accounts.models import Hat, User
from services.casework import papers, shut, workflow, workload
from services.casework.models import Case
from services.casework.team import on_desks
from services.casework.workflow import CONTESTED, OBJECTION, REOPENED, TO_SIGN
from services.casework.workload import Office
from services.foundation import clock, texts
from services.integrity.pact import queries as pact

SHOWN: Final = 10
NOTHING: Final = {"files": 0, "late": 0}

_HAND_IN_IT: Final = gettext_lazy(
    "Whoever wears the hat %(hat)s had a hand in the decision or is a party of it: the head answers."
)
#: Why nobody takes what was decided before, by where it stands.
_DECIDED_BEFORE: Final = {
    OBJECTION: _HAND_IN_IT,
    CONTESTED: _HAND_IN_IT,
    TO_SIGN: gettext_lazy(
        "Whoever wears the hat %(hat)s worked on it or is a party of it: a second person signs."
    ),
    REOPENED: gettext_lazy(
        "Whoever wears the hat %(hat)s took the decision that a court annulled, or is a party of it."
    ),
}

Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Load:
    """What lies on one officer's desk, and how much of it is late."""

    name: str
    hats: str
    open: int
    late: int
    away_until: date | None


@dataclass(frozen=True, slots=True)
class Stuck:
    """A case that nobody on duty may take, and why."""

    case: Case
    cause: str


@dataclass(frozen=True, slots=True)
class Team:
    """Who works the queues of the agencies that somebody supervises.

    `wearers` are those who may act: whoever has not signed the integrity pact is only among the `unsigned`,
    whoever is not on duty these days only among the `away`.
    """

    office: Office
    wearers: Mapping[Key, Sequence[User]]
    unsigned: frozenset[Key]
    away: frozenset[Key]
    hats: Mapping[User, Sequence[str]]
    absences: Mapping[int, date | None]


def team_of(office: Office, *, at: datetime) -> Team:
    """The people on duty in the supervised agencies. One query."""
    wearers: dict[Key, list[User]] = defaultdict(list)
    hats: dict[User, list[str]] = defaultdict(list)
    unsigned: set[Key] = set()
    away: set[Key] = set()
    absences: dict[int, date | None] = {}
    queued = workflow.queued_hats()
    worn = accounts.on_duty(office.supervises, hats=queued | papers.SIGNING_HATS, at=at)
    for row in worn.annotate(has_signed=pact.signed(at=at), away_until=accounts.away_until(at=at)):
        key = (row.agency_id, row.hat)
        if row.away_until:
            away.add(key)
        elif row.has_signed:
            wearers[key].append(row.user)
        else:
            unsigned.add(key)
        if row.hat in queued:
            hats[row.user].append(str(Hat(row.hat).label))
        row.user.own_name = row.name or ""  # type: ignore[attr-defined]  # annotated
        absences[row.user.pk] = row.away_until
    return Team(
        office=office,
        wearers=wearers,
        unsigned=frozenset(unsigned),
        away=frozenset(away),
        hats=hats,
        absences=absences,
    )


def loads(team: Team, *, at: datetime) -> list[Load]:
    """The load of each officer of the team, the fullest desk first. One query."""
    desks = on_desks(team.office.supervises, office=team.office, at=at) if team.hats else {}
    found = [
        Load(
            name=user.get_full_name(),
            hats=", ".join(sorted(set(worn))),
            open=desks.get(user.pk, NOTHING)["files"],
            late=desks.get(user.pk, NOTHING)["late"],
            away_until=team.absences[user.pk],
        )
        for user, worn in team.hats.items()
    ]
    return sorted(found, key=lambda load: (-load.open, load.name))


def stuck(team: Team) -> list[Stuck]:
    """The first of the cases that nobody on duty may take. A query more than `shut.keys` where there are any."""
    found = shut.keys(team.office, team.wearers, at=clock.now(), most=SHOWN)
    cases = workload.open_cases(team.office).filter(pk__in=found, assignee=None).order_by(*workload.ORDER)
    return [Stuck(case=case, cause=_cause(case, team)) for case in cases[:SHOWN]]


def _cause(case: Case, team: Team) -> str:
    hat = case.waits_for
    people = team.wearers.get((case.agency_id, hat), ())
    said = _why_shut_out(case, hat) if people else _why_nobody((case.agency_id, hat), team)
    return said % {"hat": Hat(hat).label, "agency": texts.local(case.agency.short_name)}


def _why_nobody(post: Key, team: Team) -> str:
    """Why nobody wears this hat who may act."""
    if post in team.away:
        return _("Whoever wears the hat %(hat)s is away.")
    if post in team.unsigned:
        return _("Whoever wears the hat %(hat)s has not signed the integrity pact.")
    return _("Nobody at %(agency)s wears the hat %(hat)s now.")


def _why_shut_out(case: Case, hat: str) -> str:
    """Why none of those who wear the hat may act on this case."""
    if case.status == TO_SIGN or (case.status in _DECIDED_BEFORE and (case.decided_at or case.reopened_at)):
        return str(_DECIDED_BEFORE[case.status])
    if hat == Hat.APPROVER:
        return _("Whoever wears the hat %(hat)s worked on it or is a party of it: a second person is needed.")
    return _("It is the own matter of everybody who wears the hat %(hat)s.")
