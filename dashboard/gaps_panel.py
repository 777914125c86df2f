"""The panel of the Consistency page with the index, every verdict, and what could not be told."""

from __future__ import annotations

from collections import defaultdict

import polars as pl
import streamlit as st

from dashboard import comparison, evidence
from dashboard.charts.chart import draw_chart
from dashboard.charts.gaps import Bar
from dashboard.charts.gaps import gaps as gaps_chart
from dashboard.comparison import ORDER, VERDICTS, Gap, in_margins
from dashboard.palette import BADGE
from dashboard.safe import plain, safe
from dashboard.scope import Where
from dashboard.view import Room
from dashboard.wording import Say
from dashboard.wording import consistency as words
from kpis.articles import KINDS
from kpis.catalogue import catalogue
from kpis.consistency import Consistency
from kpis.consistency.index import LEAST_WEIGHT, Index
from kpis.kpi import Kpi
from kpis.standardise import LEAST_COVERAGE

CHART, OPENED = "gaps", "opened_gap"
FURTHEST = 4
MOST_NEEDED = 10_000_000


def draw(room: Room, told: Consistency, found: list[Gap]) -> None:
    """Draw the panel.

    Args:
        room: what the page was given.
        told: the comparison.
        found: what of it can be compared.
    """
    left, right = st.columns([2, 5], gap="small")
    with left.container(border=True, height="stretch"):
        _draw_index(room, told)
        _draw_furthest(room, found)
    with right.container(border=True, height="stretch"):
        _draw_chart(room, found)
    _draw_rest(room, told, found)


def message(found: list[Gap], room: Room) -> str:
    """The heading: how much is apart, and what most of all."""
    say, count = room.say, {code: _count(found, code) for code in ORDER if code is not None}
    if not found:
        return say(words.TITLE_NOTHING)
    if not count["inconsistent"]:
        return say(words.TITLE_SAME, count=count["consistent"], all=sum(count.values()))
    worst = next((gap for gap in found if not gap.is_few), found[0])
    return say(
        words.TITLE_APART,
        count=count["inconsistent"],
        all=sum(count.values()),
        kpi=say(worst.kpi.label),
        gap=comparison.amount(worst, worst.row["gap"], say),
    )


def _count(found: list[Gap], code: str | None) -> int:
    return sum(gap.row["verdict"] == code for gap in found)


def _draw_index(room: Room, told: Consistency) -> None:
    say, index = room.say, told.index
    if index.value is None or not index.is_broad:
        st.metric(say(words.INDEX), say.value(None, "points"), help=say(words.INDEX_HELP))
        st.caption(say(words.NO_INDEX) if index.value is None else narrow(index, say))
        return
    ends = {"low": say.number(index.low or 0), "high": say.number(index.high or 0)}
    st.metric(
        say(words.INDEX),
        say.number(index.value),
        say(words.INDEX_INTERVAL, **ends),
        delta_color="off",
        delta_arrow="off",
        help=say(words.INDEX_HELP),
    )
    scores = {row["kpi"]: row["score"] for row in told.rows.iter_rows(named=True) if row["score"] is not None}
    weakest = str(index.weakest)
    st.caption(
        say(
            words.INDEX_RESTS,
            coverage=say.value(index.coverage, "percent"),
            count=len(scores),
            weakest=say(catalogue()[weakest].title),
            score=say.number(scores[weakest]),
        )
    )


def narrow(index: Index, say: Say) -> str:
    """That too little was scored for an index."""
    shares = {"share": index.coverage, "least": LEAST_WEIGHT}
    return say(words.INDEX_NARROW, **{name: say.value(share, "percent") for name, share in shares.items()})


def _draw_furthest(room: Room, found: list[Gap]) -> None:
    say = room.say
    apart = [gap for gap in found if gap.row["verdict"] == "inconsistent" and not gap.is_few]
    if not apart:
        return
    st.subheader(say(words.FURTHEST), icon=":material/difference:", anchor=False)
    for gap in apart[:FURTHEST]:
        with st.container(gap="xxsmall", key=f"apart-{gap.kpi.id}"):
            st.markdown(f"{_badge(gap, room)}  \n{_sides(gap, room)}")
            for line in _mix(gap, room):
                st.caption(line)
            evidence.draw(room, gap.kpi, _both(gap.kpi))


def _badge(gap: Gap, room: Room) -> str:
    told = comparison.amount(gap, gap.row["gap"], room.say.sized(gap.row["online"]))
    return f":{BADGE[gap.meaning]}-badge[{gap.verdict.icon} {room.say(gap.verdict.word)} {told}]"


def _sides(gap: Gap, room: Room) -> str:
    say, row = room.say.sized(gap.row["online"]), gap.row
    if row["online"] is None or row["offline"] is None:
        return f"**{say(gap.kpi.label)}**: {_agreement(gap, say)}"
    values = {kind: say.value(row[kind], gap.kpi.unit) for kind in KINDS}
    return say(words.APART_LINE, kpi=say(gap.kpi.label), **values)


def _mix(gap: Gap, room: Room) -> list[str]:
    """The gap at the same mix of goods, regions and customers, or why there is none."""
    say, coverage = room.say.sized(gap.row["online"]), gap.row["coverage"]
    if coverage is None:
        return []
    share = say.value(coverage, "percent")
    if gap.row["adjusted_gap"] is None:
        return [say(words.UNADJUSTED_LINE, coverage=share)] if coverage < LEAST_COVERAGE else []
    return [
        say(
            words.ADJUSTED_LINE,
            adjusted=comparison.amount(gap, gap.row["adjusted_gap"], say),
            gap=comparison.amount(gap, gap.row["gap"], say),
            coverage=share,
        )
    ]


def _draw_chart(room: Room, found: list[Gap]) -> None:
    say = room.say
    counts = {"apart": "inconsistent", "same": "consistent", "untold": "inconclusive"}
    told = {name: _count(found, code) for name, code in counts.items()}
    st.subheader(say(words.CHART_TITLE, **told), anchor=False)
    days = say(words.DAYS_CUSTOM if room.filters.custom else words.DAYS_OWN)
    notes = [say(words.CHART_NOTE, days=days)]
    notes += [say(words.CHANNELS_AGAINST)] if room.filters.channels else []
    notes += [say(words.STORES_AGAINST)] if room.filters.stores else []
    st.caption(say.sentences(notes))
    bars = [_bar(gap, room) for gap in found if gap.distance is not None and not gap.is_few]
    if bars:
        chart = gaps_chart(bars, table(found, room), say)
        draw_chart(chart, CHART, say, on_select=_open)
    opened = st.session_state.pop(OPENED, None)
    if opened in catalogue():
        evidence.show(room, catalogue()[opened], _both(catalogue()[opened]))


def _open() -> None:
    points = st.session_state[CHART].selection.points
    if points:
        st.session_state[OPENED] = points[0].get("customdata")


def _agreement(gap: Gap, say: Say) -> str:
    share = say.value(comparison.agreement(gap), "percent")
    return say(words.TOLD_SHARE, share=share, count=say.number(gap.row["online_n"]))


def _both(kpi: Kpi) -> Where:
    """The slice of a figure's evidence: what is sold online or offline, of what can be told apart."""
    return (("channel_kind", KINDS),) if "channel_kind" in kpi.dimensions else ()


def _bar(gap: Gap, room: Room) -> Bar:
    say, row = room.say.sized(gap.row["online"]), gap.row
    if row["online"] is None:
        told = _agreement(gap, say)
    else:
        values = {kind: say.value(row[kind], gap.kpi.unit) for kind in KINDS}
        told = say(words.TOLD, **values, gap=comparison.amount(gap, row["gap"], say))
    sign = words.SIGNS.get(row["verdict"])
    return Bar(
        code=gap.kpi.id,
        title=say(gap.kpi.label),
        gap=gap.distance or 0.0,
        low=in_margins(row, "low90"),
        high=in_margins(row, "high90"),
        told=say(sign, told=told) if sign else told,
        verdict=say(gap.verdict.word),
        meaning=gap.meaning,
    )


def table(found: list[Gap], room: Room) -> pl.DataFrame:
    """One row per figure in words, as every unit is another; nothing of what rests on too few."""
    rows = [_row(gap, room) for gap in found]
    headings = {name: room.say(text) for name, text in words.COLUMNS.items()}
    return pl.DataFrame(rows, dict.fromkeys(words.COLUMNS, pl.String)).rename(headings)


def _row(gap: Gap, room: Room) -> dict[str, str | None]:
    say, row = room.say.sized(gap.row["online"]), gap.row
    shown = {
        **{kind: say.value(row[kind], gap.kpi.unit) for kind in KINDS},
        **{
            name: comparison.amount(gap, row[name], say)
            for name in ("gap", "low90", "high90", "adjusted_gap")
        },
    }
    needed = row["answers_needed"]
    many = say(words.NEEDED_MANY, most=say.number(MOST_NEEDED))
    return {
        "name": say(gap.kpi.label),
        "verdict": say(gap.verdict.word),
        **dict.fromkeys(shown) | ({} if gap.is_few else shown),
        **{f"{kind}_n": comparison.count(gap, kind, say) for kind in KINDS},
        "margin": None if row["margin"] is None else comparison.amount(gap, row["margin"], say).lstrip("+"),
        "coverage": None if row["coverage"] is None else say.value(row["coverage"], "percent"),
        "answers_needed": None if needed is None else say.number(needed) if needed < MOST_NEEDED else many,
        "score": None if row["score"] is None else say.number(row["score"]),
        "weight": None if row["weight"] is None else say.value(row["weight"], "percent"),
    }


def _draw_rest(room: Room, told: Consistency, found: list[Gap]) -> None:
    """What is in no verdict or no score, and why."""
    say, few = room.say, [gap for gap in found if gap.is_few]
    open_ended = [gap for gap in found if gap.row["verdict"] == "inconclusive"]
    columns = st.columns(4, gap="small")
    with columns[0].expander(say(words.UNSCORED, count=len(told.not_scored)), icon=":material/help:"):
        st.markdown("  \n".join(_reasons(room, told)) or say(words.LIST_EMPTY))
    with columns[1].expander(say(words.NEEDED, count=len(open_ended)), icon=":material/hourglass_empty:"):
        lines = [_needed(gap, room) for gap in open_ended]
        st.markdown("  \n".join(lines) or say(words.NEEDED_NONE))
    with columns[2].expander(say(words.TOO_FEW, count=len(few)), icon=":material/scatter_plot:"):
        lines = [_few(gap, room) for gap in few]
        st.markdown("  \n".join(lines) or say(VERDICTS["consistent"].word))
    with columns[3].expander(say(words.INTENDED, count=len(told.intended)), icon=":material/rule:"):
        st.markdown("  \n".join(_intended(room, told)) or say(words.NO_INTENDED))


def _reasons(room: Room, told: Consistency) -> list[str]:
    """Figures without a score, those with one reason together."""
    say, together = room.say, defaultdict[str, list[str]](list)
    for name, why in told.not_scored.items():
        together[say(why)].append(say(catalogue()[name].title))
    return [
        say(words.UNSCORED_LINE, why=safe(why, 200), kpis=say.each(kpis)) for why, kpis in together.items()
    ]


def _needed(gap: Gap, room: Room) -> str:
    """About how many more answers a verdict takes."""
    say, needed, title = room.say, gap.row["answers_needed"], room.say(gap.kpi.label)
    if needed is None:
        return say(words.NEEDED_EDGE, kpi=title)
    many = say(words.NEEDED_MANY, most=say.number(MOST_NEEDED))
    return say(words.NEEDED_LINE, kpi=title, count=say.number(needed) if needed < MOST_NEEDED else many)


def _few(gap: Gap, room: Room) -> str:
    counts = {kind: comparison.count(gap, kind, room.say) for kind in KINDS}
    return room.say(words.FEW_ANSWERS, kpi=room.say(gap.kpi.label), **counts)


def _intended(room: Room, told: Consistency) -> list[str]:
    say = room.say
    return [
        say(
            words.INTENDED_LINE,
            what=say(words.WHAT[each.what]),
            value=safe(plain(each.value)),
            count=len(each.kpis),
        )
        for each in told.intended
    ]
