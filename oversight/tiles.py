"""The month in six numbers, each beside the same days of the month before."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oversight.figures import Figures, Measure
from oversight.tables import NOTHING, SMALL, Link, whole, written
from services.casework import timeline
from services.casework.workflow import APPLICANT


@dataclass(frozen=True, slots=True)
class Tile:
    """One number: what it counts, how it is written, what it was; `way` is up, down, same or "" for no comparison."""

    label: str
    text: str
    href: str = ""
    than: str = ""
    way: str = ""
    aside: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """The figures of now and of before, and how they are told: with links, and with small numbers hidden or not."""

    now: Figures
    before: Figures
    link: Link
    hides: bool = False

    def tiles(self) -> Iterator[Tile]:
        """All six, in the order of the questions: what came, what went, what waits, what is late, how well, how fast."""
        yield self._count(_("came in"), Measure.IN, "in")
        yield self._count(_("went out"), Measure.OUT, "out")
        yield self._count(_("are waiting"), Measure.WAITING, "waiting", aside=self._with_applicants())
        late = self.now.of(Measure.LATE)
        yield self._count(
            _("are late"), Measure.LATE, "late", aside=self._with_whom(), tone="late" if late else "fine"
        )
        yield self._share()
        yield self._days()

    def _count(self, label: str, measure: str, figure: str, *, aside: str = "", tone: str = "") -> Tile:
        now, before = self.now.of(measure), self.before.of(measure)
        if self.hides and 0 < now < SMALL:
            return Tile(label, f"<{SMALL}", tone=tone)
        than, way = self._than(now, before)
        href = self.link(figure) if now else ""
        return Tile(label, whole(now), href=href, than=than, way=way, aside=aside, tone=tone)

    def _than(self, now: int, before: int) -> tuple[str, str]:
        if self.hides and 0 < before < SMALL:
            return "", ""
        difference = abs(now - before)
        told = {"difference": whole(difference), "before": whole(before)}
        if now == before:
            return _("as many as before"), "same"
        if now > before:
            return _("%(difference)s more than before (%(before)s)") % told, "up"
        return _("%(difference)s fewer than before (%(before)s)") % told, "down"

    def _with_applicants(self) -> str:
        number = self.now.by_key(Measure.WAITING).get(APPLICANT, 0)
        if not number or (self.hides and number < SMALL):
            return ""
        return _("%(number)s of them wait for the citizen") % {"number": whole(number)}

    def _with_whom(self) -> str:
        """In whose hands the late ones are, most of them first; nothing for everybody, since these numbers are small."""
        if self.hides:
            return ""
        held = sorted(self.now.by_key(Measure.LATE).items(), key=lambda item: -item[1])
        return " · ".join(f"{timeline.role(holder)}: {whole(number)}" for holder, number in held)

    def _share(self) -> Tile:
        label = _("of what was settled was in time")
        now, before = self._told(self.now, "share_in_time"), self._told(self.before, "share_in_time")
        if now is None:
            return Tile(label, NOTHING)
        href = self.link("settled")
        if before is None:
            return Tile(label, written(now, "share"), href=href)
        than = _("%(before)s before") % {"before": written(before, "share")}
        return Tile(
            label, written(now, "share"), href=href, than=than, way=_way(round(now, 2), round(before, 2))
        )

    def _days(self) -> Tile:
        """Half and nine of ten; never the mean, which a few long cases move."""
        now, before = self._told(self.now, "median_days"), self._told(self.before, "median_days")
        label = _("working days for half of what was settled")
        if now is None:
            return Tile(label, NOTHING)
        p90 = self.now.p90_days
        aside = ngettext("9 of 10 within %(days)s day", "9 of 10 within %(days)s days", p90 or 0) % {
            "days": whole(p90 or 0)
        }
        than = _("%(before)s before") % {"before": whole(before)} if before is not None else ""
        way = _way(now, before) if before is not None else ""
        return Tile(label, whole(now), href=self.link("settled"), than=than, way=way, aside=aside)

    def _told(self, figures: Figures, name: str) -> float | None:
        if self.hides and figures.settled < SMALL:
            return None
        value: float | None = getattr(figures, name)
        return value


def _way(now: float, before: float) -> str:
    if now == before:
        return "same"
    return "up" if now > before else "down"
