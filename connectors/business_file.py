"""Reads business.toml into a `Business`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import cast
from zoneinfo import available_timezones

import phonenumbers

from connectors.business import (
    CHANNEL_KINDS,
    EVENT_KINDS,
    INTENDED,
    KEPT_VERSIONS,
    Business,
    Channel,
    ChannelKind,
    Event,
    IntendedDifference,
    StoreSetting,
    Target,
)
from connectors.facts import FACTS, dimensions_of
from connectors.rates import CURRENCY, Rate, undated_rates
from connectors.toml_section import Section

FILE = "business.toml"
SETTINGS = (
    "timezone", "currency", "country", "channels", "stores", "targets", "events", "rates", "margins",
    "weights", "intended_differences", "extracts", "snapshots",
)  # fmt: skip
FEWEST_KEPT, MOST_KEPT = 2, 100
PATTERN = re.compile(r"[^:]+:.+", re.DOTALL)


def business_of(values: Mapping[str, object], daily_rates: Iterable[Rate] = ()) -> Business:
    """The business that the contents of business.toml and rates.csv describe.

    Ids of KPIs and index groups are checked where those are known.

    Raises:
        SettingsError: a setting does not exist or cannot be meant as written.
    """
    top = Section(FILE, "", values, SETTINGS)
    extracts = top.section("extracts", ("comments", "personal"))
    personal = extracts.flag("personal", default=False)
    currency = _currency(top)
    return Business(
        timezone=timezone_of(top, "UTC"),
        currency=currency,
        country=_country(top),
        channels=tuple(
            Channel(
                name,
                cast("ChannelKind", section.one_of("kind", CHANNEL_KINDS)),
                section.title_text("title", name),
                _patterns(section),
            )
            for name, section in top.named("channels", ("kind", "title", "match")).items()
        ),
        stores=tuple(
            StoreSetting(name, section.title_text("title", name), _patterns(section))
            for name, section in top.named("stores", ("title", "match")).items()
        ),
        targets=tuple(
            _target(section)
            for section in top.entries(
                "targets", ("kpi", "where", "from", "to", "at_least", "at_most", "near")
            )
        ),
        events=tuple(
            _event(section) for section in top.entries("events", ("title", "from", "to", "kind", "where"))
        ),
        rates=(*_foreign(top.section("rates"), currency), *daily_rates),
        margins=_numbers(top.section("margins")),
        weights=_numbers(top.section("weights")),
        intended_differences=tuple(
            _intended(section) for section in top.entries("intended_differences", ("what", "value"))
        ),
        kept_versions=_kept(top.section("snapshots", ("keep",))),
        personal_extracts=personal,
        comments=extracts.flag("comments", default=personal),
    )


def timezone_of(section: Section, default: str) -> str:
    """The IANA time zone a section sets."""
    return section.known("timezone", section.text("timezone", default), _timezones())


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones() | {"UTC"})


def _currency(top: Section) -> str | None:
    currency = top.text("currency", None)
    if currency is not None and not CURRENCY.fullmatch(currency):
        raise top.error(
            f"'currency' is '{currency}'; it must be three capital letters, such as CNY.",
            f"“currency”为“{currency}”；应为三个大写字母，例如 CNY。",
        )
    return currency


def _country(top: Section) -> str | None:
    country = top.text("country", None)
    if country is not None and country not in phonenumbers.SUPPORTED_REGIONS:
        raise top.error(
            f"'country' is '{country}'; it must be a country's two capital letters, such as CN.",
            f"“country”为“{country}”；应为国家的两个大写字母，例如 CN。",
        )
    return country


def _patterns(section: Section) -> tuple[str, ...]:
    patterns = section.texts("match")
    for pattern in patterns:
        if not PATTERN.fullmatch(pattern):
            raise section.error(
                f"'match' holds '{pattern}'; a pattern is connection:name, such as 'tills:*'.",
                f"“match”中有“{pattern}”；写法应为 连接:名称，例如“tills:*”。",
            )
    return patterns


def _where(section: Section) -> dict[str, str]:
    dimensions = {dimension for table in FACTS.values() for dimension in dimensions_of(table)}
    where = Section(section.file, f"{section.title} where", section.table("where"), dimensions)
    return {name: where.text(name, "") for name in where.names}


def _target(section: Section) -> Target:
    section.needs("kpi")
    least, most = section.number("at_least", None), section.number("at_most", None)
    if least is None and most is None:
        raise section.error("needs the setting 'at_least' or 'at_most'.", "缺少设置项“at_least”或“at_most”。")
    if least is not None and most is not None and least > most:
        raise section.error(
            f"'at_least' ({least}) must not be above 'at_most' ({most}).",
            f"“at_least”（{least}）不得大于“at_most”（{most}）。",
        )
    start, end = section.day("from", None), section.day("to", None)
    _refuse_backwards(section, start, end)
    return Target(
        kpi=section.text("kpi", ""),
        where=_where(section),
        start=start,
        end=end,
        at_least=None if least is None else float(least),
        at_most=None if most is None else float(most),
        near=float(section.number_from("near", 0, Decimal(0))),
    )


def _event(section: Section) -> Event:
    section.needs("title", "from", "to")
    start, end = section.day("from", dt.date.min), section.day("to", dt.date.min)
    _refuse_backwards(section, start, end)
    return Event(
        title=section.title_text("title", ""),
        start=start,
        end=end,
        kind=section.one_of("kind", EVENT_KINDS),
        where=_where(section),
    )


def _refuse_backwards(section: Section, start: dt.date | None, end: dt.date | None) -> None:
    if start is not None and end is not None and start > end:
        raise section.error(
            f"'from' ({start}) must not be after 'to' ({end}).",
            f"“from”（{start}）不得晚于“to”（{end}）。",
        )


def _intended(section: Section) -> IntendedDifference:
    section.needs("what", "value")
    return IntendedDifference(section.one_of("what", INTENDED), section.text("value", ""))


def _foreign(section: Section, currency: str | None) -> tuple[Rate, ...]:
    if currency is not None and currency in section:
        raise section.error(
            f"holds {currency}, which is the reporting currency; only other currencies need a rate.",
            f"中有 {currency}，但它就是报表币种；只有其他币种需要汇率。",
        )
    return undated_rates(section)


def _kept(section: Section) -> int:
    """How many versions to keep; with fewer than two a damaged one has none before it."""
    kept = section.number("keep", Decimal(KEPT_VERSIONS))
    if kept not in range(FEWEST_KEPT, MOST_KEPT + 1):
        raise section.error(
            f"'keep' is {kept}; it must be a whole number from {FEWEST_KEPT} to {MOST_KEPT}.",
            f"“keep”为 {kept}；应为 {FEWEST_KEPT} 到 {MOST_KEPT} 的整数。",
        )
    return int(kept)


def _numbers(section: Section) -> dict[str, float]:
    return {name: float(section.number_from(name, 0, Decimal(0))) for name in section.names}
