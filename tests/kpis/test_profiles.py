"""Profiles: KPIs as platforms count them, beside our own way."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from connectors.tables import TABLES
from kpis.catalogue import catalogue, kpi_named
from kpis.errors import ProfileError
from kpis.evaluate import Query, evaluate
from kpis.profiles import in_profile, platforms
from kpis.shop import Shop
from tests.kpis.frames import LAST, shop_of

EVERY = [
    pytest.param(name, kpi, id=f"{name}-{kpi}")
    for name, found in platforms().items()
    for kpi in found.variants
]
PUBLISHED = {
    ("quality_return_rate", "douyin"),
    ("quality_return_rate", "taobao"),
    ("quality_return_rate", "kuaishou"),
    ("quality_return_rate", "wechat"),
    ("quality_return_rate", "xiaohongshu"),
    ("escalation_rate", "taobao"),
    ("escalation_rate", "douyin"),
    ("bad_review_rate", "taobao"),
    ("reply_seconds_mean", "jd"),
    ("delivery_hours_mean", "taobao"),
    ("on_time_delivery", "amazon"),
    ("late_shipment_rate", "amazon"),
    ("valid_tracking_rate", "amazon"),
    ("order_defect_rate", "amazon"),
    ("returning_customer_share", "taobao"),
}


def _told(shop: Shop, kpi: str, profile: str | None, **asked: Any) -> dict[str, Any]:
    return evaluate(shop, Query((kpi,), **({"profile": profile, "end": LAST} | asked))).row(0, named=True)


def _order(number: int, paid: dt.date, **more: object) -> dict[str, object]:
    fixed = {"counted": True, "paid": True, "quality_returned_30d": False}
    return fixed | {"order_id": f"o{number}", "placed_day": paid, "paid_day": paid} | more


def test_every_published_profile_is_there() -> None:
    assert {(kpi, name) for name, found in platforms().items() for kpi in found.variants} == PUBLISHED


@pytest.mark.parametrize(("profile", "kpi"), EVERY)
def test_a_profile_says_what_differs_in_both_languages(profile: str, kpi: str) -> None:
    platform = platforms()[profile]
    for text in (platform.title, platform.source, platform.variants[kpi].differs):
        assert text.en.isascii()
        assert any("\u4e00" <= sign <= "\u9fff" for sign in text.zh)
    theirs, ours = in_profile(kpi_named(kpi), profile), kpi_named(kpi)
    days = (theirs.lookback_days, theirs.lookback_lag)
    assert theirs.in_words() != ours.in_words() or days != (ours.lookback_days, ours.lookback_lag)
    for name in (name for need in theirs.needs for name in need.split("|")):
        table, _, column = name.partition(".")
        assert not column or column in TABLES[table].column_names()


@pytest.mark.parametrize(("profile", "kpi"), EVERY)
def test_a_profile_looks_at_its_own_days_only(shop: Shop, profile: str, kpi: str) -> None:
    variant = platforms()[profile].variants[kpi]
    assert variant.window_days
    end = LAST - dt.timedelta(days=40)
    until = end - dt.timedelta(days=variant.ends_before)
    since = until - dt.timedelta(days=variant.window_days - 1)
    told = _told(shop, kpi, profile, start=end, end=end)
    again = _told(shop, kpi, profile, start=since, end=end)
    columns = ("numerator", "denominator", "value", "low", "high", "excluded")
    assert [told[column] for column in columns] == pytest.approx([again[column] for column in columns])


@pytest.mark.parametrize(("profile", "kpi"), EVERY)
def test_slices_of_a_profile_add_up(shop: Shop, profile: str, kpi: str) -> None:
    whole = _told(shop, kpi, profile, start=LAST)
    parts = evaluate(shop, Query((kpi,), start=LAST, end=LAST, by=("channel",), profile=profile))
    for column in ("numerator", "denominator", "excluded"):
        assert parts[column].sum() == pytest.approx(whole[column] or 0), column


@pytest.mark.parametrize(("profile", "kpi"), EVERY)
def test_stored_sums_of_a_profile_say_what_rows_say(
    shop: Shop, rolled_up_shop: Shop, profile: str, kpi: str
) -> None:
    asked = Query((kpi,), by=("month",), profile=profile)
    one, other = evaluate(shop, asked), evaluate(rolled_up_shop, asked)
    for column in ("numerator", "denominator", "value"):
        assert one[column].to_list() == pytest.approx(other[column].to_list()), column


def test_platforms_divide_quality_returns_by_other_orders() -> None:
    day, older = LAST - dt.timedelta(days=10), LAST - dt.timedelta(days=50)
    arrived = {"shipped": True, "parcels": 1, "delivery_seconds": 100}
    shop = shop_of(
        order_facts=[
            _order(1, day, **arrived, quality_returned_30d=True),
            _order(2, day, **arrived),
            _order(3, day, shipped=True, parcels=1),
            _order(4, day, shipped=True, parcels=0),
            _order(5, older, **arrived, quality_returned_30d=True),
        ]
    )
    profiles = (None, "taobao", "douyin", "wechat", "kuaishou", "xiaohongshu")
    told = {profile: _told(shop, "quality_return_rate", profile) for profile in profiles}
    assert {profile: (row["numerator"], row["denominator"]) for profile, row in told.items()} == {
        None: (2, 5),
        "taobao": (1, 2),
        "douyin": (1, 2),
        "wechat": (1, 3),
        "kuaishou": (1, 4),
        "xiaohongshu": (1, 1),
    }


def test_douyin_counts_help_of_buyers_who_got_in_touch() -> None:
    said = [(True, True), (True, False), (False, True), (False, False), (None, None)]
    rows = [
        _order(number, LAST, contacted_30d=contacted, escalated_30d=escalated)
        for number, (contacted, escalated) in enumerate(said)
    ]
    shop = shop_of(order_facts=rows)
    ours, theirs = (_told(shop, "escalation_rate", profile) for profile in (None, "douyin"))
    assert (ours["numerator"], ours["denominator"]) == (2, 4)
    assert (theirs["numerator"], theirs["denominator"]) == (1, 2)


def test_a_customer_is_old_to_taobao_for_a_year() -> None:
    days = [
        {"customer_id": "a", "day": LAST, "previous_day": LAST - dt.timedelta(days=300)},
        {"customer_id": "b", "day": LAST, "previous_day": LAST - dt.timedelta(days=500)},
        {"customer_id": "c", "day": LAST},
    ]
    shop = shop_of(customer_days=days)
    ours, theirs = (
        _told(shop, "returning_customer_share", profile, start=LAST) for profile in (None, "taobao")
    )
    assert (ours["numerator"], ours["denominator"]) == (2, 3)
    assert (theirs["numerator"], theirs["denominator"]) == (1, 3)


def test_amazon_judges_tracked_parcels_by_its_own_target() -> None:
    parcel = {"kind": "parcel", "counted": True, "tracked": True, "promised_day": LAST}
    late = [*[0] * 9, 1, None]
    rows = [parcel | {"order_id": f"o{number}", "days_late": days} for number, days in enumerate(late)]
    rows.append(parcel | {"order_id": "untracked", "tracked": False, "days_late": 5})
    told = _told(shop_of(parcel_facts=rows), "on_time_delivery", "amazon")
    assert (told["numerator"], told["denominator"], told["excluded"]) == (9, 10, 1)
    assert (told["target"], told["status"]) == (0.9, "good")


def test_jd_ends_its_window_six_days_before() -> None:
    rows = [
        {"conversation_id": str(back), "asked_day": LAST - dt.timedelta(days=back), "reply_seconds": back}
        for back in (0, 5, 6, 35, 36)
    ]
    told = _told(shop_of(conversation_facts=rows), "reply_seconds_mean", "jd")
    assert (told["numerator"], told["denominator"]) == (41, 2)
    assert told["final"] is False


def test_a_profile_a_kpi_has_not_is_refused_with_those_it_has(shop: Shop) -> None:
    with pytest.raises(ProfileError, match=r"nps has no profile 'jd', nor any other\. jd counts: reply_sec"):
        _told(shop, "nps", "jd")
    with pytest.raises(ProfileError, match="Did you mean 'taobao'"):
        _told(shop, "quality_return_rate", "taobo")


def test_our_own_figures_have_no_profile(shop: Shop) -> None:
    assert all(in_profile(kpi, None) is kpi for kpi in catalogue().values())
    assert evaluate(shop, Query(("nps",))).equals(evaluate(shop, Query(("nps",), profile=None)))
