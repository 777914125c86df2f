"""The panel of the Overview that says what really changed, what brings it, and what all rests on."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import filter_bar, verdicts, ways
from dashboard.headline import because, few, judged, provisional, sentence, told, untold
from dashboard.overview_figures import Headline, volume
from dashboard.palette import BADGE
from dashboard.view import Room
from dashboard.wording import overview as words
from kpis.changes import Change
from kpis.festivals import around


def draw(room: Room, found: Sequence[Headline], changes: Sequence[Change]) -> None:
    """Draw the panel.

    Args:
        room: what the page was given.
        found: every headline figure.
        changes: what changed of them, in the order of the engine.
    """
    say, real = room.say, sum(change.is_real for change in changes)
    heading = say(words.REALLY_CHANGED, count=real, all=len(found)) if real else say(words.WHAT_CHANGED)
    st.subheader(heading, icon=":material/lightbulb:", anchor=False, help=_rests_on(room))
    with st.container(gap="xsmall"):
        for change in told(changes):
            _draw_change(room, change)
    for line in [_others(room, found, changes), *_festivals(room, changes)]:
        if line:
            st.caption(line)


def _draw_change(room: Room, change: Change) -> None:
    say, verdict, driver = room.say, verdicts.of_reviewed(change), change.driver
    badge = f":{BADGE[verdict.meaning]}-badge[{verdict.icon} {say(verdict.word)}]"
    notes = " · ".join(because(change, say))
    known = [f":small[:gray[{notes}]]"] if notes else []
    told = " ".join([badge, sentence(change, room.options, say), *known])
    slices = {driver.dimension: driver.slice} if driver else {}
    ways.draw(room, told, change.kpi, ways.narrowed(**slices))


def _festivals(room: Room, changes: Sequence[Change]) -> list[str]:
    """The festivals that figures are compared around; each figure has its own days, so there may be two."""
    if room.filters.compare != "festival":
        return []
    compared = [change.period for change in changes if change.row.get("change") is not None]
    used = dict.fromkeys(around(period.start, period.end) for period in compared)
    return [filter_bar.around(each, room.say) for each in used if each is not None]


def _others(room: Room, found: Sequence[Headline], changes: Sequence[Change]) -> str:
    """What is to be said of the headline figures that are not told one by one."""
    say, calm, early = room.say, judged(changes, "no real change"), provisional(changes)
    if all(change.row.get("change") is None for change in changes):
        return say(words.COMPARISON_OFF if room.filters.compare == "none" else words.COMPARISON_EMPTY)
    if calm == len(found):
        return say(words.ALL_STEADY)
    parts = [say(words.UNTOLD, count=more)] if (more := untold(changes)) else []
    parts += [say(words.UNCERTAIN, count=unsure)] if (unsure := judged(changes, "may be chance")) else []
    young = judged(changes, "needs history")
    parts += [say(words.NEED_HISTORY, count=young)] if young else []
    parts += [say(words.NOT_FINAL_YET, count=early)] if early else []
    steady_words = words.STEADY if parts or told(changes) else words.STEADY_ALONE
    parts += [say(steady_words, count=calm)] if calm else []
    parts += [say(words.TOO_FEW_TO_JUDGE, count=scarce)] if (scarce := few(changes)) else []
    return say.sentences(parts)


def _rests_on(room: Room) -> str:
    say = room.say
    rests = volume(room.pinned, room.options, room.filters)
    return say(
        words.RESTS_ON,
        orders=say(words.UNKNOWN_COUNT) if rests.orders is None else say.number(rests.orders),
        visits=say(words.UNKNOWN_COUNT) if rests.visits is None else say.number(rests.visits),
        days=say.span(rests.period.start, rests.period.end),
        share=say.value(rests.identified, "percent"),
    )
