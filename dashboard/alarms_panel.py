"""The panel of the Overview that says which weeks of which figures were out of the ordinary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from dashboard import judged, spans, ways
from dashboard.palette import BADGE
from dashboard.safe import safe
from dashboard.titles import title
from dashboard.verdicts import BETTER, CHANGED, WORSE
from dashboard.view import Room
from dashboard.wording import overview as words
from kpis.alarm_stories import Story, stories
from kpis.alarms import Alarm
from kpis.charts import Watch

VERDICTS = {"better": BETTER, "worse": WORSE, "changed": CHANGED}


@st.fragment(parallel=True)
def draw(room: Room, count: int) -> None:
    """Draw the panel, beside the page: all figures of a year are looked at once for each snapshot.

    All filters but the channel are left aside, which the panel says.

    Args:
        room: what the page was given.
        count: how many there is room for; the others are behind a button.
    """
    say, since = room.say, _since(room)
    found = stories(_alarms(room), since, room.filters.channels)
    with st.container(horizontal=True, vertical_alignment="center", key="alarms"):
        st.subheader(
            say(words.OUT_OF_THE_ORDINARY if found else words.ALL_ORDINARY, count=len(found)),
            icon=":material/notifications_active:" if found else ":material/notifications:",
            anchor=False,
            help=say(words.ALARMS_HELP, day=say.day(since)),
            width="stretch",
        )
        if found[count:]:
            _draw_more(room, found[count:])
    with st.container(gap="xsmall"):
        for story in found[:count]:
            _draw_story(room, story)
    if any(name != "channel" for name, _ in room.filters.where):
        st.caption(say(words.ALARMS_UNFILTERED))


def sentence(room: Room, story: Story) -> str:
    """One story, in Markdown."""
    say, alarm = room.say.sized(story.alarm.value), story.alarm
    kpi = f"**{say(alarm.kpi.label)}**"
    if alarm.channel is not None:
        channel = safe(title(room.options, "channel", alarm.channel, say))
        kpi = say(words.IN_CHANNEL, change=kpi, channel=channel)
    told = say(
        words.WEEK_OF if alarm.rule == "beyond" else words.WEEKS_TO,
        kpi=kpi,
        value=say.value(alarm.value, alarm.kpi.unit),
        usual=say.value(alarm.centre, alarm.kpi.unit),
        day=say.day(alarm.week if alarm.rule == "beyond" else alarm.period.end, with_year=False),
        weeks=alarm.weeks,
    )
    events = say.each([safe(say(event.title)) for event in alarm.events])
    return f"{told} :small[:gray[{say(words.KNOWN, events=events)}]]" if events else told


def _draw_story(room: Room, story: Story) -> None:
    alarm, verdict = story.alarm, VERDICTS[story.alarm.direction]
    badge = f":{BADGE[verdict.meaning]}-badge[{verdict.icon} {room.say(verdict.word)}]"
    codes = ways.narrowed(alarm.period, channel=alarm.channel)
    ways.draw(room, f"{badge} {sentence(room, story)}", alarm.kpi, codes)


def _draw_more(room: Room, more: Sequence[Story]) -> None:
    with st.popover(room.say(words.MORE_ALARMS, count=len(more)), type="tertiary", key="more-alarms"):
        for story in more:
            _draw_story(room, story)


def _since(room: Room) -> dt.date:
    """The first of the thirteen weeks that the cards draw."""
    return spans.trend(_end(room)).start


def _end(room: Room) -> dt.date:
    """The last day looked at, one that has data."""
    custom, known = room.filters.custom, room.options
    return max(known.first_day, min(custom.end, known.last_day)) if custom else known.last_day


def _alarms(room: Room) -> Sequence[Alarm]:
    custom = room.filters.custom
    return judged.alarmed(room.pinned, Watch(end=_end(room) if custom else None))
