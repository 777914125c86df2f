"""Who was asked and who answered, by what is known of both."""

from __future__ import annotations

from typing import Any

import polars as pl

from connectors.derived.invitations import invitation_days
from connectors.facts import InvitationDays, dimensions_of

DAY = pl.date(2026, 3, 1)


def _told(*people: tuple[int, dict[str, Any], bool], connection: str = "forms") -> pl.LazyFrame:
    """So many people asked on one day, what is known of them, and whether they answered."""
    names = dimensions_of(InvitationDays)
    rows = [
        {name: known.get(name) for name in names} | {"connection": connection, "is_answered": answered}
        for number, known, answered in people
        for _ in range(number)
    ]
    schema = dict.fromkeys(names, pl.String) | {"connection": pl.String, "is_answered": pl.Boolean}
    frame = pl.LazyFrame(rows, schema=schema)
    return frame.with_columns(invited_day=DAY, answered_day=pl.when("is_answered").then(DAY))


def _by(frame: pl.LazyFrame, *names: str) -> set[tuple[Any, ...]]:
    sums = pl.col("invited", "answered", "uninvited").sum()
    return set(invitation_days(frame).group_by(names).agg(sums).collect().rows())


WEB = {"channel": "web", "channel_kind": "online"}
STORE = {"channel": "store", "channel_kind": "offline", "store": "s1"}
NAMELESS = {"channel": "Spring survey", "channel_kind": "unknown", "touchpoint": "Spring survey"}
# Only an answer says on which channel it was given; who kept silent is told by the survey's name.
SHOWN = ((6, WEB | {"touchpoint": "Spring survey"}, True), (6, STORE, True), (30, NAMELESS, False))


def test_a_channel_that_only_answers_tell_is_unknown_for_all() -> None:
    assert _by(_told(*SHOWN), "channel", "channel_kind", "store") == {(None, None, None, 42, 12, 0)}


def test_what_the_silent_tell_too_is_kept() -> None:
    assert _by(_told(*SHOWN), "touchpoint") == {("Spring survey", 36, 6, 0), (None, 6, 6, 0)}


def test_other_connections_keep_their_channels() -> None:
    mailed = _told((5, WEB, True), (15, WEB, False), (2, STORE, True), (8, STORE, False), connection="mail")
    assert _by(pl.concat([_told(*SHOWN), mailed]), "channel") == {
        (None, 42, 12, 0), ("web", 20, 5, 0), ("store", 10, 2, 0),
    }  # fmt: skip


def test_a_few_of_whom_all_answered_are_no_sign() -> None:
    """Half of all answered: five of five happen in one of 32 such channels."""
    mailed = _told((5, STORE, True), (5, WEB, True), (10, WEB, False))
    assert _by(mailed, "channel") == {("store", 5, 5, 0), ("web", 15, 5, 0)}


def test_where_everybody_or_nobody_answered_channels_stay() -> None:
    assert _by(_told((50, WEB, True), (50, STORE, True)), "channel") == {
        ("web", 50, 50, 0), ("store", 50, 50, 0),
    }  # fmt: skip
    assert _by(_told((50, WEB, False)), "channel") == {("web", 50, 0, 0)}


def test_answers_without_an_invitation_are_told_apart() -> None:
    answers = _told((3, WEB, True)).with_columns(invited_day=pl.lit(None, pl.Date))
    assert _by(answers, "channel", "day") == {("web", *pl.select(DAY).row(0), 0, 0, 3)}
