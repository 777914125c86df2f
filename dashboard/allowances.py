"""What each target still allows, or when enough old defects are gone; said of periods that go on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from connectors.business import Target
from dashboard import data
from dashboard.cards import target as limit
from dashboard.overview_figures import Headline
from dashboard.small_cells import SHOWN, smallness
from dashboard.view import Room
from dashboard.wording import overview as words
from kpis.evaluate import Query
from kpis.named_periods import ROLLING, RUNNING, renewed
from kpis.periods import DAY
from kpis.remaining import Allowance, allowance, counts_defects, leave_on


def lines(room: Room, found: Sequence[Headline]) -> list[str]:
    """A line per headline figure whose defects can be counted against its target, in Markdown.

    Args:
        room: what the page was given; of a period that is over there is nothing left to say.
        found: the headline figures.
    """
    if room.filters.period not in {*ROLLING, *RUNNING}:
        return []
    return [_line(room, headline, target) for headline, target in _with_defects(room, found)]


def _with_defects(room: Room, found: Sequence[Headline]) -> Iterator[tuple[Headline, Target]]:
    for headline in found:
        kpi, row = headline.kpi, headline.row
        target = data.target(room.pinned, kpi.id, room.filters.where, headline.shown.period)
        is_told = row.get("value") is not None and smallness(kpi, row) == SHOWN
        if is_told and target is not None and counts_defects(kpi, target):
            yield headline, target


def _line(room: Room, headline: Headline, target: Target) -> str:
    say, row = room.say, headline.row
    found = allowance(round(row["numerator"]), round(row["denominator"]), target)
    told = say(
        words.TOO_MANY if found.too_many else words.ALLOWED,
        kpi=say(headline.kpi.label),
        target=limit(headline.kpi, row, say),
        defects=say.number(found.defects),
        counted=say.number(found.counted),
        most=say.number(found.most),
        count=say.number(found.too_many or found.allowed),
    )
    return say.sentences([told, *_gone(room, headline, target, found)])


def _gone(room: Room, headline: Headline, target: Target, found: Allowance) -> list[str]:
    """When as many as are too many are no longer counted; nothing where none are."""
    if not found.too_many:
        return []
    say, period = room.say, headline.shown.period
    behind = (room.options.last_day - period.end).days
    anew = renewed(room.filters.period, period)
    if anew is not None:
        return [say(words.ANEW, day=say.day(anew + behind * DAY))]
    asked = Query((headline.kpi.id,), period.start, period.end, ("day",), room.filters.where)
    daily = data.results(room.pinned, asked).select("from", "numerator", "denominator").rows()
    defects = [
        (day, allowance(round(above or 0), round(below or 0), target).defects) for day, above, below in daily
    ]
    day = leave_on(defects, found.too_many, window_days=period.days, days_behind=behind)
    return [say(words.LEAVE, day=say.day(day))] if day is not None else []
