"""What of the filters is compared online and offline, and what may be shown of each figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import expm1

from dashboard import comparison_data, spans
from dashboard.comparison_data import Asked
from dashboard.palette import Meaning
from dashboard.scope import Where
from dashboard.small_cells import FEWEST_PEOPLE, counts_people, smallest
from dashboard.verdicts import Row, Verdict
from dashboard.view import Room
from dashboard.wording import Say
from dashboard.wording import consistency as words
from kpis.articles import KINDS, SLICES
from kpis.catalogue import catalogue
from kpis.consistency import Consistency
from kpis.kpi import Kpi
from kpis.periods import Period

VERDICTS: Mapping[str | None, Verdict] = {
    "inconsistent": Verdict("worse", words.INCONSISTENT, ":material/difference:"),
    "inconclusive": Verdict("unchanged", words.INCONCLUSIVE, ":material/question_mark:"),
    "consistent": Verdict("better", words.CONSISTENT, ":material/equal:"),
    None: Verdict("unchanged", words.NO_MARGIN, ":material/rule:"),
    "not comparable": Verdict("unchanged", words.NOT_COMPARABLE, ":material/remove:"),
}
ORDER = ("inconsistent", "inconclusive", "consistent", None)


@dataclass(frozen=True, slots=True)
class Gap:
    """One KPI online and offline as it may be shown.

    Attributes:
        kpi: the KPI.
        row: its row of `kpis.consistency`.
        is_few: whether a side rests on too few for its figure to be shown.
    """

    kpi: Kpi
    row: Row
    is_few: bool

    @property
    def verdict(self) -> Verdict:
        """The verdict in words, with what shows it."""
        return VERDICTS[self.row["verdict"]]

    @property
    def meaning(self) -> Meaning:
        """What the verdict means."""
        return self.verdict.meaning

    @property
    def distance(self) -> float | None:
        """How many margins the gap is; null without a gap or margin."""
        return in_margins(self.row, "gap")


def in_margins(row: Row, name: str) -> float | None:
    """An end of the gap or the gap itself, divided by the margin: from -1 to 1 is the same."""
    return row[name] / row["margin"] if row[name] is not None and row["margin"] else None


def asked(room: Room) -> Asked:
    """Each figure over its own last days that no longer change; days chosen by hand as they are."""
    days = tuple(
        (kpi.id, spans.shown(room.filters, room.options.last_day, kpi.lag_days).period)
        for kpi in comparison_data.comparable(room.pinned)
    )
    return Asked(period(room), days, sides(room.filters.where, room.options.kinds))


def agreement(gap: Gap) -> float:
    """The share of articles that are the same, of a KPI that compares articles."""
    return 1 + float(gap.row["gap"])


def period(room: Room) -> Period:
    """The days of articles."""
    return spans.shown(room.filters, room.options.last_day, 0).period


def sides(where: Where, kinds: Mapping[str, str]) -> Where:
    """The filters such that both sides remain: chosen channels against all of the other kind.

    A chosen store is set against all that was not sold in any.

    >>> kinds = {"web": "online", "app": "online", "till": "offline"}
    >>> sides((("channel", ("app",)), ("store", ("S1",))), kinds)
    (('channel', ('app', 'till')), ('store', ('', 'S1')))
    """
    kept = dict(where)
    if "channel" in kept:
        chosen = {kinds.get(name) for name in kept["channel"]}
        others = [name for name, kind in kinds.items() if kind in KINDS and kind not in chosen]
        kept["channel"] = (*kept["channel"], *others)
    if "store" in kept:
        kept["store"] = ("", *kept["store"])
    return tuple(kept.items())


def of_articles(where: Where) -> tuple[Where, tuple[str, ...]]:
    """The filters that articles have, and those that do not apply to them."""
    known = tuple(part for part in where if part[0] in SLICES)
    return known, tuple(name for name, _ in where if name not in SLICES)


def gaps(told: Consistency) -> list[Gap]:
    """Every KPI that can be compared: what is apart first, then what is untold, then the same."""
    rows = [row for row in told.rows.iter_rows(named=True) if row["verdict"] != "not comparable"]
    found = [Gap(catalogue()[row["kpi"]], row, _is_few(row)) for row in rows]
    return sorted(found, key=lambda gap: (ORDER.index(gap.row["verdict"]), -abs(gap.distance or 0)))


def amount(gap: Gap, figure: float | None, say: Say) -> str:
    """A gap, or an end of one, in words: of money and pieces in per cent of offline."""
    if figure is None:
        return say.value(None, gap.kpi.unit)
    if gap.row["logarithmic"]:
        return say(words.RELATIVE, change=say.change(expm1(figure), "percent").removesuffix(_points(say)))
    return say.change(figure, gap.kpi.unit)


def count(gap: Gap, kind: str, say: Say) -> str:
    """How many answers a side rests on; not of few people."""
    number = gap.row[f"{kind}_n"]
    if number is None:
        return say.value(None, "count")
    if counts_people(gap.kpi) and number < FEWEST_PEOPLE:
        return say(words.FEW_PEOPLE, fewest=FEWEST_PEOPLE)
    return say.number(number)


def _is_few(row: Row) -> bool:
    kpi = catalogue()[row["kpi"]]
    return any((row[f"{kind}_n"] or 0) < smallest(kpi) for kind in KINDS)


def _points(say: Say) -> str:
    """What a change of shares is counted in, which a ratio is not."""
    return say.change(0.0, "percent").split("0.0")[-1]
