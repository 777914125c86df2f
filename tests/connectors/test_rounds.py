"""Refreshing again and again: a fixed rhythm, patience with what fails, and no round that ends them all."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.backoff import PATIENCE, Backoff
from connectors.commit import refresh_lock
from connectors.errors import SnapshotError
from connectors.refresh import refresh
from connectors.refresh_process import RefreshProcess
from connectors.result_json import refresh_json
from connectors.round_line import round_json, round_words
from connectors.rounds import Round, Rounds
from connectors.settings import load_settings
from connectors.snapshot import current_version
from connectors.text import Language
from tests.connectors.shopfolder import ShopFolder

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
QUARTER = dt.timedelta(minutes=15)
TWO = """
[connections.shop]
system = "files"
path = "{root}/exports"
[connections.talk]
system = "files"
path = "{root}/talk"
"""


class Watch:
    """A clock that only moves when somebody waits, or when a test says that work took time."""

    def __init__(self) -> None:
        self.moment = NOON

    def now(self) -> dt.datetime:
        return self.moment

    def wait_until(self, moment: dt.datetime) -> None:
        self.moment = max(self.moment, moment)


class Keeper:
    """Rounds over a shop in this process, with a record of when which connections were tried."""

    def __init__(self, shop: ShopFolder, interval: dt.timedelta = QUARTER) -> None:
        self.shop = shop
        self.watch = Watch()
        self.tried: list[tuple[int, list[str]]] = []
        self.takes = dt.timedelta(0)
        self.rounds = Rounds(interval, self.names, self.refreshed, self.watch)

    def names(self) -> list[str]:
        return [each.name for each in load_settings(self.shop.config, self.shop.data).connections]

    def refreshed(self, names: Sequence[str]) -> RefreshProcess:
        minutes = (self.watch.moment - NOON) // dt.timedelta(minutes=1)
        self.tried.append((minutes, list(names)))
        process = RefreshProcess((), "en")
        try:
            report = refresh(load_settings(self.shop.config, self.shop.data), set(names))
            process.report, process.exit_code = json.loads(refresh_json(report, "en")), int(report.failed)
        except SnapshotError as error:
            process.complaints, process.exit_code = [error.text.en], 1
        self.watch.moment += self.takes
        return process

    def minutes(self, name: str) -> list[int]:
        return [minute for minute, names in self.tried if name in names]


def with_talk(shop: ShopFolder, *, works: bool) -> Path:
    talk = shop.root / "talk"
    talk.mkdir()
    if works:
        (talk / "visits.csv").write_text("started_at,channel,visits,store_id\n2026-01-05,web,3,s1\n")
    shop.settle(TWO.format(root=shop.root))
    return talk


def test_rounds_keep_their_rhythm_and_skip_what_they_overrun(shop: ShopFolder) -> None:
    keeper = Keeper(shop)
    for minutes in (0, 7, 15, 40, 1):
        keeper.takes = dt.timedelta(minutes=minutes)
        played = keeper.rounds.play()
        assert played.seconds == minutes * 60
        assert played.error is None
    assert keeper.minutes("shop") == [0, 15, 30, 60, 105]
    assert played.next_at == NOON + dt.timedelta(minutes=120)


def test_a_connection_that_fails_is_tried_less_and_less_often_while_the_other_keeps_its_rhythm(
    shop: ShopFolder,
) -> None:
    with_talk(shop, works=False)
    keeper = Keeper(shop)
    for _ in range(12):
        played = keeper.rounds.play()
    assert keeper.minutes("shop") == list(range(0, 180, 15))
    assert keeper.minutes("talk") == [0, 30, 90, 150]
    assert played.retries == {"talk": NOON + dt.timedelta(minutes=210)}


def test_a_connection_that_recovers_is_back_in_every_round(shop: ShopFolder) -> None:
    talk = with_talk(shop, works=False)
    keeper = Keeper(shop)
    keeper.rounds.play()
    (talk / "visits.csv").write_text("started_at,channel,visits,store_id\n2026-01-05,web,3,s1\n")
    for _ in range(4):
        played = keeper.rounds.play()
    assert keeper.minutes("talk") == [0, 30, 45, 60]
    assert played.retries == {}


def test_when_everything_fails_the_next_round_is_the_next_try(shop: ShopFolder) -> None:
    shop.write("orders", "order_id\n1\n")
    keeper = Keeper(shop)
    played = [keeper.rounds.play() for _ in range(3)]
    assert keeper.minutes("shop") == [0, 30, 90]
    assert [each.next_at for each in played] == [NOON + dt.timedelta(minutes=m) for m in (30, 90, 150)]
    assert current_version(shop.data) is None


def test_another_refresh_fails_one_round_and_no_more(shop: ShopFolder) -> None:
    keeper = Keeper(shop)
    with refresh_lock(shop.data):
        locked = keeper.rounds.play()
    assert locked.error is not None
    assert "another refresh" in locked.error.en
    assert locked.retries == {}
    after = keeper.rounds.play()
    assert after.report is not None
    assert (after.error, after.report["version"]) == (None, "000001")
    assert keeper.minutes("shop") == [0, 15]


def test_settings_are_read_anew_each_round_and_a_broken_edit_is_waited_out(shop: ShopFolder) -> None:
    keeper = Keeper(shop)
    keeper.rounds.play()
    whole = (shop.config / "secrets.toml").read_text()
    shop.settle("[connections.shop\n")
    broken = keeper.rounds.play()
    assert broken.error is not None
    assert "secrets.toml, line 1" in broken.error.en
    assert broken.report is None
    shop.settle(whole)
    with_talk(shop, works=True)
    mended = keeper.rounds.play()
    assert mended.error is None
    assert keeper.tried == [(0, ["shop"]), (30, ["shop", "talk"])]


def test_a_clock_that_is_set_back_does_not_stop_the_rounds(shop: ShopFolder) -> None:
    keeper = Keeper(shop)
    keeper.rounds.play()
    keeper.takes = -dt.timedelta(hours=5)
    played = keeper.rounds.play()
    assert played.next_at == NOON + 2 * QUARTER


failures = st.lists(st.booleans(), min_size=1, max_size=40)
intervals = st.integers(1, 31 * 86_400).map(lambda seconds: dt.timedelta(seconds=seconds))


@given(intervals, failures)
def test_rests_double_up_to_an_hour_or_an_interval_and_end_with_a_success(
    interval: dt.timedelta, outcomes: list[bool]
) -> None:
    backoff, row = Backoff(interval), 0
    for succeeded in outcomes:
        backoff.note(NOON, {"shop": succeeded})
        row = 0 if succeeded else row + 1
        assert backoff.rests("shop", NOON) is not succeeded
        if not succeeded:
            assert backoff.until["shop"] - NOON == min(interval * 2**row, max(interval, PATIENCE))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_round_is_one_line_that_says_what_failed_and_when_it_is_tried_again(
    shop: ShopFolder, language: Language
) -> None:
    with_talk(shop, works=False)
    played = Keeper(shop).rounds.play()
    line = round_words(played, language)
    assert line.startswith("2026-03-01 12:00:00 · ")
    assert "\n" not in line
    assert all(told in line for told in ("000001", "1/2", "talk", "12:30:00", "12:15:00"))
    told = json.loads(round_json(played, language))
    assert "\n" not in round_json(played, language)
    assert told["retries"] == {"talk": "2026-03-01T12:30:00+00:00"}
    assert (told["version"], told["error"]) == ("000001", None)
    assert told["connections"]["shop"]["tables"]["orders"]["pulled"] == 6


def test_a_round_without_a_report_has_the_same_shape(shop: ShopFolder) -> None:
    keeper = Keeper(shop)
    with refresh_lock(shop.data):
        locked: Round = keeper.rounds.play()
    told, whole = (json.loads(round_json(each, "en")) for each in (locked, keeper.rounds.play()))
    assert list(told) == list(whole)
    assert told["error"].startswith("another refresh")
    assert (told["version"], told["connections"]) == (None, {})
    assert "another refresh" in round_words(locked, "en")
