"""Numbers, dates and spans as people of each language write them."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from babel.dates import format_date, format_datetime
from babel.numbers import format_compact_decimal, format_decimal, get_currency_symbol

from connectors.text import Language, Text
from kpis.kpi import Unit

NOTHING = "–"
MINUS = "−"
_LOCALE = {"en": "en", "zh": "zh_Hans_CN"}
_HAN = r"\u3400-\u9fff"
_BESIDE_HAN = re.compile(rf"(?<=[{_HAN}])(?=[A-Za-z0-9+{MINUS}¥$€£≥≤])|(?<=[A-Za-z0-9%])(?=[{_HAN}])")
_COMPACT_FROM = {"en": 100_000, "zh": 10_000}
_AFTER_VALUE = {
    "ms": Text(en=" ms", zh=" 毫秒"),
    "seconds": Text(en=" s", zh=" 秒"),
    "minutes": Text(en=" min", zh=" 分钟"),
    "hours": Text(en=" h", zh=" 小时"),
    "days": Text(en=" d", zh=" 天"),
}
_AFTER_CHANGE = {
    **_AFTER_VALUE,
    "percent": Text(en=" pp", zh=" 个百分点"),
    "points": Text(en=" pts", zh=" 分"),
}
_LARGER: dict[str, tuple[tuple[float, Unit, float], ...]] = {
    "seconds": ((7_200, "hours", 3_600), (120, "minutes", 60)),
    "minutes": ((120, "hours", 60),),
}
"""Per unit of time the larger ones, the largest first: from which value on, and how many make one."""
_NO_CENTS_FROM = 1_000
MOST_KEPT = 10_000
_DIGITS = {
    "percent": 1,
    "ratio": 2,
    "ms": 0,
    "seconds": 0,
    "minutes": 1,
    "hours": 1,
    "days": 1,
    "points": 1,
    "count": 0,
}


def spaced(text: str) -> str:
    """`text` with a space wherever a Han character touches a Latin letter or a figure.

    >>> spaced("上升0.5个百分点")
    '上升 0.5 个百分点'
    """
    return _BESIDE_HAN.sub(" ", text)


@lru_cache(maxsize=MOST_KEPT)
def number(value: float, language: Language, digits: int = 0) -> str:
    """A plain number with thousands separators and a true minus.

    >>> number(-1234.5, "en", 1)
    '−1,234.5'
    """
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    written = format_decimal(round(value, digits) + 0, format=pattern, locale=_LOCALE[language])
    return written.replace("-", MINUS)


def compact(value: float, language: Language) -> str:
    """A large number in three or four figures; a small one in full.

    >>> compact(1_234_567, "en"), compact(1_234_567, "zh"), compact(123_456_789, "zh")
    ('1.2M', '123.5 万', '1.2 亿')
    """
    if abs(value) < _COMPACT_FROM[language]:
        return number(value, language)
    written = format_compact_decimal(value, format_type="short", locale=_LOCALE[language], fraction_digits=1)
    return spaced(written.replace("-", MINUS))


def money(value: float, language: Language, currency: str) -> str:
    """An amount in the reporting currency: cents below a thousand, compact when large.

    >>> money(128.5, "en", "CNY"), money(1_200_000, "zh", "CNY"), money(-3, "en", "USD")
    ('¥128.50', '¥120 万', '−$3.00')
    """
    symbol = "¥" if currency == "CNY" else get_currency_symbol(currency, locale=_LOCALE[language])
    size = abs(value)
    amount = number(size, language, 2) if size < _NO_CENTS_FROM else compact(size, language)
    return (MINUS if value < 0 else "") + symbol + amount


def unit_of(size: float, unit: Unit) -> tuple[Unit, float]:
    """The unit that a duration is read in, and how many of its own unit make one: hours from two hours on.

    >>> unit_of(7_199, "seconds"), unit_of(7_200, "seconds"), unit_of(119, "seconds")
    (('minutes', 60), ('hours', 3600), ('seconds', 1))
    """
    larger = (part for part in _LARGER.get(unit, ()) if abs(size) >= part[0])
    _, read_in, times = next(larger, (0, unit, 1))
    return read_in, times


def value(
    figure: float | None, unit: Unit, language: Language, currency: str, like: float | None = None
) -> str:
    """A KPI's value with its unit.

    Args:
        figure: in the KPI's unit, percentages as fractions; null gives a dash.
        unit: the KPI's unit.
        language: of the reader.
        currency: the reporting currency, for money.
        like: the value, in the KPI's unit, whose size says in which unit of time it is written; its own
            where null.

    >>> value(0.153, "percent", "en", "CNY"), value(18.44, "hours", "zh", "CNY")
    ('15.3%', '18.4 小时')
    >>> value(2345.6, "ms", "en", "CNY"), value(42.4, "seconds", "zh", "CNY")
    ('2,346 ms', '42 秒')
    >>> value(22_596, "seconds", "en", "CNY"), value(5_000, "seconds", "zh", "CNY", like=22_596)
    ('6.3 h', '1.4 小时')
    >>> value(None, "count", "en", "CNY")
    '–'
    """
    if figure is None:
        return NOTHING
    unit, times = unit_of(figure if like is None else like, unit)
    figure /= times
    if unit == "percent":
        return number(100 * figure, language, 1) + "%"
    if unit == "money":
        return money(figure, language, currency)
    if unit == "count":
        return compact(figure, language)
    after = _AFTER_VALUE.get(unit)
    return number(figure, language, _DIGITS[unit]) + (after.in_language(language) if after else "")


def amount_of_change(
    change: float, unit: Unit, language: Language, currency: str, like: float | None = None
) -> str:
    """The size of a change, without its sign, in the words of its unit; `like` as for values.

    >>> amount_of_change(-0.005, "percent", "zh", "CNY"), amount_of_change(2.14, "points", "en", "CNY")
    ('0.5 个百分点', '2.1 pts')
    """
    unit, times = unit_of(change if like is None else like, unit)
    size = abs(change) / times
    after = _AFTER_CHANGE.get(unit)
    if unit == "percent":
        written = number(100 * size, language, 1)
    elif unit in {"money", "count"}:
        return value(size, unit, language, currency)
    else:
        written = number(size, language, _DIGITS[unit])
    return written + (after.in_language(language) if after else "")


def change(
    difference: float, unit: Unit, language: Language, currency: str, like: float | None = None
) -> str:
    """A change with its sign; one that rounds to nothing has `±`; `like` as for values.

    >>> change(0.005, "percent", "en", "CNY"), change(-1.26, "hours", "en", "CNY")
    ('+0.5 pp', '−1.3 h')
    >>> change(0.00001, "percent", "en", "CNY")
    '±0.0 pp'
    """
    written = amount_of_change(difference, unit, language, currency, like)
    shows_a_figure = re.search(r"[1-9]", written) is not None
    sign = "±" if not shows_a_figure else "+" if difference > 0 else MINUS
    return sign + written


def day(when: dt.date, language: Language, *, with_year: bool = True) -> str:
    """A calendar day.

    >>> day(dt.date(2026, 11, 20), "en"), day(dt.date(2026, 11, 20), "zh", with_year=False)
    ('20 Nov 2026', '11 月 20 日')
    """
    pattern = {
        ("en", True): "d MMM y",
        ("en", False): "d MMM",
        ("zh", True): "y 年 M 月 d 日",
        ("zh", False): "M 月 d 日",
    }[language, with_year]
    return format_date(when, pattern, locale=_LOCALE[language])


def span(first: dt.date, last: dt.date, language: Language, *, with_year: bool = True) -> str:
    """The days from `first` to `last`, both included; the year once where it is the same.

    >>> span(dt.date(2026, 10, 24), dt.date(2026, 11, 20), "en")
    '24 Oct – 20 Nov 2026'
    """
    if first == last:
        return day(first, language, with_year=with_year)
    crosses = first.year != last.year
    if language == "zh":
        return (
            f"{day(first, language, with_year=with_year or crosses)}–{day(last, language, with_year=crosses)}"
        )
    return (
        f"{day(first, language, with_year=crosses)} – {day(last, language, with_year=with_year or crosses)}"
    )


def short_span(first: dt.date, last: dt.date, language: Language) -> str:
    """The same without the year where there is little room.

    >>> short_span(dt.date(2026, 10, 24), dt.date(2026, 11, 20), "zh")
    '10/24–11/20'
    """
    if language == "en":
        return span(first, last, language, with_year=False)
    return "–".join(
        dict.fromkeys(format_date(when, "M/d", locale=_LOCALE[language]) for when in (first, last))
    )


def moment(when: dt.datetime, language: Language, timezone: dt.tzinfo) -> str:
    """A moment to the minute in the business's zone.

    >>> moment(dt.datetime(2026, 11, 20, 3, 5, tzinfo=dt.UTC), "en", dt.UTC)
    '20 Nov 2026, 03:05'
    """
    pattern = "d MMM y, HH:mm" if language == "en" else "y 年 M 月 d 日 HH:mm"
    return format_datetime(when.astimezone(timezone), pattern, tzinfo=timezone, locale=_LOCALE[language])
