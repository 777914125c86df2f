"""Hashes of titles: alike however a system writes the same title, and never the title itself."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.snapshot import Snapshot
from connectors.title_hash import MADE_HERE, title_hashes
from tests.connectors.shopfolder import ShopFolder

HOSTILE = ["=1+1", "![](http://evil.example/x.png)", "'; DROP TABLE listings; --", "\u202egnp.exe", "a\x00b"]


def _hash(title: str | None) -> str | None:
    hashed: str | None = title_hashes(pl.Series([title], dtype=pl.String)).item()
    return hashed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tea Cup", "tea cup"),
        (" Tea\u00a0 Cup\n", "Tea Cup"),
        ("ＴＥＡ　ＣＵＰ", "tea cup"),
        ("Cafe\u0301", "CAFÉ"),
        ("茶杯（大）", "茶杯(大)"),
    ],
)
def test_the_same_title_written_otherwise_has_one_hash(one: str, other: str) -> None:
    assert _hash(one) == _hash(other)


def test_other_titles_have_other_hashes() -> None:
    titles = ["Tea cup", "Teacup", "Tea cup 2", "茶杯", "茶杯 官方正品", *HOSTILE]
    assert title_hashes(pl.Series(titles)).n_unique() == len(titles)


@pytest.mark.parametrize("title", [None, "", "  ", "\u3000"])
def test_no_title_has_no_hash(title: str | None) -> None:
    assert _hash(title) is None


@given(st.lists(st.text(max_size=20) | st.none(), max_size=20))
def test_a_hash_is_the_same_alone_and_among_others(titles: list[str | None]) -> None:
    together = title_hashes(pl.Series(titles, dtype=pl.String)).to_list()
    assert together == [_hash(title) for title in titles]
    assert all(hashed is None or hashed.startswith(MADE_HERE) for hashed in together)


def test_a_file_may_deliver_titles_or_hashes_of_its_own(
    shop: ShopFolder, refreshed: Callable[[ShopFolder], Snapshot]
) -> None:
    head = "sku,channel,from_day,listed"
    shop.write("listings", f"{head},title\nA,web,2026-01-01,yes,Tea  CUP\nB,web,2026-01-01,yes,\n")
    snapshot = refreshed(shop)
    listings = snapshot.scan("listings").sort("sku").collect()
    assert listings["title_hash"].to_list() == [_hash("tea cup"), None]
    assert "title" not in listings.columns
    assert "title_hash" in snapshot.manifest.delivered["listings"]
    shop.write("listings", f"{head},title_hash\nA,web,2026-01-01,yes,x1\n")
    assert refreshed(shop).scan("listings").collect()["title_hash"].to_list() == ["x1"]
