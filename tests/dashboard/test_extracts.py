"""What is taken along is what is on the screen, and what the engine says."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import zipfile

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.tables import TABLES
from dashboard import data, files, kpi_table, row_data, row_table
from dashboard.filters import DIMENSIONS, Filters
from dashboard.kpi_table import Asked, common_dimensions
from dashboard.small_cells import smallest
from dashboard.wording import Say, names
from kpis.catalogue import catalogue
from kpis.evaluate import Query
from kpis.periods import Period
from kpis.row_days import day_column, holds_on
from tests.dashboard import worlds
from tests.dashboard.opened import VIEWS, every_language, open_page

EN, ZH = Say("en", "CNY"), Say("zh", "CNY")
JULY = Filters(period="custom", custom=Period(dt.date(2026, 7, 1), dt.date(2026, 7, 31)), compare="none")
ALL = tuple(name for name, kpi in catalogue().items() if "channel" in kpi.dimensions)


def _read(written: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))


def test_the_table_has_the_rows_and_figures_of_the_engine(pinned, options):
    asked = Asked(ALL, "week", ("channel",))
    question = kpi_table.question(asked, JULY, options)
    table = kpi_table.kpi_table(pinned, question, asked.dimensions, EN)
    results = data.results(pinned, question)
    assert table.height == results.height
    assert table["KPI"].equals(results["kpi"].rename("KPI"))
    fewest = results["kpi"].replace_strict({name: smallest(kpi) for name, kpi in catalogue().items()})
    enough = results["denominator"].fill_null(1_000) >= fewest
    for heading, column in (("Value", "value"), ("Low (95%)", "low")):
        assert table[heading].filter(enough).equals(results[column].filter(enough).rename(heading))
    orders = results["kpi"].is_in(["return_rate", "visits", "nps", "on_time_delivery"])
    assert (
        table["Denominator"]
        .filter(orders)
        .equals(results["denominator"].filter(orders).rename("Denominator"))
    )


def test_small_numbers_are_explained(pinned, options):
    asked = Asked(("nps",), "day", ("channel",))
    table = kpi_table.kpi_table(pinned, kpi_table.question(asked, JULY, options), asked.dimensions, EN)
    few = table.filter(pl.col("Denominator").is_between(1, 29))
    assert few.height
    assert few["Value"].null_count() == few.height
    assert set(few["Note"]) == {"under 30: counts only"}


def test_a_running_month_is_compared_with_as_many_days_and_its_parts_with_theirs(pinned, options):
    whole = kpi_table.question(Asked(("nps",)), Filters(period="mtd"), options)
    assert whole.against == Period(dt.date(2026, 7, 1), dt.date(2026, 7, 8))
    assert kpi_table.question(Asked(("nps",), "week"), Filters(period="mtd"), options).against is None
    row = data.results(pinned, whole).row(0, named=True)
    july = Query(("nps",), dt.date(2026, 7, 1), dt.date(2026, 7, 8))
    assert row["previous"] == data.results(pinned, july)["value"].item()


def test_headings_are_in_the_readers_language_and_each_stands_once(pinned, options):
    asked = Asked(ALL, "month", ("channel",))
    question = kpi_table.question(asked, Filters(compare="year"), options)
    chinese = kpi_table.kpi_table(pinned, question, asked.dimensions, ZH)
    english = kpi_table.kpi_table(pinned, question, asked.dimensions, EN)
    assert chinese.columns[:4] == ["指标", "名称", "月", "渠道"]
    assert english.columns[:4] == ["KPI", "Name", "Month", "Channel"]
    assert chinese.height == english.height
    assert set(chinese["渠道名称"].drop_nulls()) == {"官网商城", "App", "电商平台", "线下门店"}


def test_figures_that_may_still_change_say_so(pinned, options):
    asked = Asked(("return_rate", "nps"))
    table = kpi_table.kpi_table(pinned, kpi_table.question(asked, JULY, options), (), EN)
    assert table["Note"].to_list() == ["may still change", None]


def test_the_csv_holds_the_table_for_chinese_excel(pinned, options):
    asked = Asked(("return_rate", "value_per_visit"), "", ("channel",))
    table = kpi_table.kpi_table(pinned, kpi_table.question(asked, JULY, options), asked.dimensions, ZH)
    written = files.csv_of(table)()
    assert written.startswith(b"\xef\xbb\xbf")
    rows = _read(written)
    assert len(rows) == table.height
    assert list(rows[0]) == table.columns
    for row, value in zip(rows, table["数值"], strict=True):
        assert (float(row["数值"]) if row["数值"] else None) == pytest.approx(value)


def test_the_zip_holds_the_csv_and_its_definitions():
    table = pl.DataFrame({"KPI": ["nps"], "Value": [30.0]})
    told = {"filters": {"kpi": ("nps",), "from": dt.date(2026, 7, 1)}, "rows": 1}
    packed = files.packed(files.Contents(table.lazy(), told), "csv", "x")()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == ["x.csv", "x.csv.manifest.json"]
        assert archive.read("x.csv") == files.csv_of(table)()
        assert json.loads(archive.read("x.csv.manifest.json"))["filters"]["from"] == "2026-07-01"


def test_formulas_are_defused():
    hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", 'a"b\nc']
    rows = _read(files.csv_of(pl.DataFrame({"channel": hostile, "number": [-1.5] * len(hostile)}))())
    assert [row["channel"] for row in rows] == [*(f"'{text}" for text in hostile[:-1]), 'a"b\nc']
    assert {row["number"] for row in rows} == {"-1.5"}


TAKEN = dt.date(2026, 8, 8)


def test_file_names_carry_their_scope_and_are_never_reused():
    june = {"from": dt.date(2026, 6, 1), "to": dt.date(2026, 6, 30)}
    names = {files.new_name("orders", june, TAKEN) for _ in range(200)}
    assert len(names) == 200
    assert all(re.fullmatch(r"seamline-orders-2026-06-01-to-2026-06-30-[0-9a-f]{8}", name) for name in names)
    whole = files.new_name("products", {"from": None, "to": None}, TAKEN)
    assert whole.startswith("seamline-products-2026-08-08-")


@given(st.dictionaries(st.sampled_from(DIMENSIONS), st.sets(st.text(min_size=1), min_size=1), min_size=1))
def test_file_names_are_short_plain_and_the_same_for_the_same_slice(where):
    def named(slice_):
        return files.new_name("orders", {"where": slice_}, TAKEN)[:-9]

    assert re.fullmatch(r"seamline-orders-2026-08-08-[a-z0-9_-]{1,32}", named(where))
    assert named(where) == named({name: tuple(where[name]) for name in reversed(where)})


def test_file_names_tell_slices_apart():
    slices = [
        {"channel": ("web", "store")}, {"channel": ("web",)}, {"region": ("华东",)}, {"region": ("华北",)},
        {"category": ("Cups & pots",)}, {"category": ("../../etc",)},
    ]  # fmt: skip
    names = [files.new_name("orders", {"where": where}, TAKEN)[27:-9] for where in slices]
    assert len(set(names)) == len(slices)
    assert names[:2] == ["store-web", "web"]
    assert all(re.fullmatch("filtered-[0-9a-f]{6}", name) for name in names[2:])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_table_can_be_taken_along(pinned, options, language):
    period = kpi_table.days(Filters(), options)
    for table in row_data.tables(pinned):
        asked = row_table.ask(pinned, table, period, ())
        shown, count = row_table.preview(pinned, asked, language)
        rows = _read(files.csv_of(row_table.rows(pinned, asked, language))())
        assert len(rows) == count
        assert shown.height == min(count, row_table.PREVIEWED)
        assert list(rows[0]) == shown.columns


@every_language
@pytest.mark.parametrize("table", ["prices", "listings"])
def test_what_holds_since_long_ago_is_taken_along_for_the_last_days(visit, language, table):
    visit(worlds.hostile)
    page = open_page(VIEWS["extracts"], language, what="rows", table=table)
    assert not page.exception
    assert not page.error
    told = {"en": "4 rows that hold on some day of 12 Jul – 8 Aug 2026.", "zh": "内有效的共 4 行。"}[language]
    assert [caption.value for caption in page.caption if told in caption.value]


def test_rows_follow_the_filters_that_the_table_knows(pinned, options):
    where = Filters(channels=("web",), regions=("East",)).where
    asked = row_table.ask(pinned, "orders", kpi_table.days(JULY, options), where)
    orders = row_table.rows(pinned, asked, "en").collect()
    assert set(orders["channel"]) == {"web"}
    assert set(orders["region"]) == {"East"}
    assert (orders["day"].min(), orders["day"].max()) == (JULY.custom.start, JULY.custom.end)
    assert asked.ignored == ()


def test_codes_are_words_in_chinese_rows(pinned, options):
    asked = row_table.ask(pinned, "orders", kpi_table.days(JULY, options), ())
    chinese = row_table.rows(pinned, asked, "zh").collect()
    english = row_table.rows(pinned, asked, "en").collect()
    assert set(chinese["状态"]) == {"已确认"}
    assert set(english["status"]) == {"confirmed"}
    assert chinese.height == english.height


def test_a_filter_that_a_table_does_not_know_is_said_to_be_left_out(pinned, options):
    where = Filters(channels=("web",), regions=("East",)).where
    ignored = {
        table: row_table.ask(pinned, table, kpi_table.days(JULY, options), where).ignored
        for table in row_data.tables(pinned)
    }
    assert ignored["orders"] == ignored["returns"] == ()
    assert Filters(regions=()).where == ()


def test_splits_are_those_that_all_chosen_figures_carry():
    visits, nps = catalogue()["visits"], catalogue()["nps"]
    assert "device" in common_dimensions([visits])
    assert "device" not in common_dimensions([visits, nps])
    assert common_dimensions([]) == []


def test_what_was_assumed_is_told(pinned):
    about, day = data.manifest(pinned), dt.timedelta(days=1)
    assert about.first_day is not None
    early, late = (Period(about.first_day + days * day, about.first_day + 900 * day) for days in (364, 365))
    assert kpi_table.notes([catalogue()["return_rate"]], about, early, EN) == [
        "shop: orders.paid_at is not delivered and was assumed"
    ]
    returning = catalogue()["returning_customer_share"]
    assert len(kpi_table.notes([returning], about, late, EN)) == 1
    (_, burnt_in) = kpi_table.notes([returning], about, early, EN)
    assert burnt_in.startswith("some customers may have bought before the data begin on ")
    assert burnt_in.endswith(": Returning customers")


BEHIND = {
    ("on_time_delivery", "orders"): {
        "en": "by the day the order was placed.*counts by the day delivery was promised for, so these",
        "zh": "按下单日选取.*按承诺送达日归入日期，因此与此处的行不完全相同",
    },
    ("refund_hours", "refunds"): {
        "en": "by the day of the refund.*counts by the day the return was requested"
    },
    ("exchange_share", "returns"): {"en": "by the day the return was requested.*Which of them .* counts"},
    ("nps", "orders"): {"en": "by the day the order was placed. Data through [^.]*[.]$"},
    ("nosuch", "orders"): {"en": "by the day the order was placed. Data through [^.]*[.]$"},
}


@pytest.mark.usefixtures("at_home")
def test_rows_say_by_which_day_they_are_picked_and_whether_the_figure_counts_by_another():
    for (kpi, table), told in BEHIND.items():
        for language, words in told.items():
            page = open_page(VIEWS["extracts"], language, what="rows", table=table, behind=kpi)
            assert not page.exception
            assert any(re.search(words, each.value) for each in page.caption), (kpi, table, language)
            assert bool(page.warning) == (kpi == "nosuch")


def test_every_table_with_days_says_by_which():
    assert set(names.ROWS_BY) == {table for table in TABLES if day_column(table) and not holds_on(table)}
