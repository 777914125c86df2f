"""The catalogue as a whole: found, complete, and in step with the published list."""

from __future__ import annotations

import re
from types import ModuleType

import pytest

from connectors.facts import FACTS
from connectors.tables import TABLES
from connectors.text import Text
from kpis.catalogue import _modules, catalogue, declared, kpi_named, stages
from kpis.condition import in_words
from kpis.describe import as_object, as_table
from kpis.distribution import FromBins
from kpis.errors import KpiError, UnknownKpiError
from kpis.intervals import Z95
from kpis.kpi import Basis, Kpi
from kpis.measure import col, count, total
from kpis.needs import assumed, missing
from kpis.profiles import of_basis, varied
from tests.kpis.frames import DELIVERED, manifest

KPIS = [pytest.param(kpi, id=name) for name, kpi in catalogue().items()]
ON_EVENTS = [pytest.param(kpi_named(name).on("event"), id=f"{name}-event") for name in of_basis("event")]
ON_PLATFORMS = [pytest.param(kpi, id=f"{kpi.id}-{place}") for place, kpi in enumerate(varied())]
HEADLINES = [
    "conversion_per_visit", "on_time_delivery", "return_rate", "nps", "repurchase_rate_90d",
]  # fmt: skip
OBJECT = [
    "kpi", "title_en", "title_zh", "question_en", "question_zh", "stage", "kind", "numerator", "denominator",
    "excluded", "dated_by", "unit", "better", "lag_days", "comparable", "margin", "group", "clustering",
    "follows", "profiles", "tables", "dimensions",
]  # fmt: skip


def assert_plain(text: Text) -> None:
    """A clause in both languages without a column's name; the Chinese one without letters of ours."""
    assert text.en.isascii()
    assert re.fullmatch(r"[a-z][^_`]*[^.?]", text.en)
    assert not re.search("[A-Za-z_`。？]", text.zh)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in text.zh)


def test_kpis_come_in_the_order_of_the_journey() -> None:
    order = [stages()[kpi.stage].order for kpi in catalogue().values()]
    assert order == sorted(order)
    assert len({stage.order for stage in stages().values()}) == len(stages())


def test_the_cards_of_the_overview_are_numbered() -> None:
    cards = {kpi.headline: name for name, kpi in catalogue().items() if kpi.headline}
    assert [cards[place] for place in sorted(cards)] == HEADLINES


@pytest.mark.parametrize("kpi", KPIS)
def test_a_kpi_speaks_both_languages(kpi: Kpi) -> None:
    for text in (kpi.title, kpi.question):
        assert text.en.isascii()
        assert any("\u4e00" <= sign <= "\u9fff" for sign in text.zh)
    assert kpi.question.en.endswith("?")
    assert kpi.question.zh.endswith("？")


@pytest.mark.parametrize("basis", ["cohort", "event"])
@pytest.mark.parametrize("kpi", KPIS)
def test_a_kpi_says_what_each_side_counts_in_both_languages(kpi: Kpi, basis: Basis) -> None:
    """Plain words, so that none of the Chinese ones has letters of ours; a duration has no numerator."""
    asked = kpi.on(basis)
    assert (asked.above is None) == (asked.kind == "quantile")
    assert (asked.below is None) == (asked.kind == "count")
    for text in filter(None, (asked.above, asked.below)):
        assert_plain(text)
    assert asked.above != asked.below


def test_every_kpi_is_worked_out_in_an_example_of_its_module() -> None:
    """The examples are run as doctests, so that what they print is what the KPI tells."""
    without = {
        name
        for module in _modules()
        for name in declared(module)
        if not re.search(rf">>> .*\b{name}\.(on|value_of|value_from)\(", module.__doc__ or "")
    }
    assert not without


def test_single_amounts_make_a_value_where_they_tell_one() -> None:
    hours, days = catalogue()["delivery_hours"], catalogue()["second_order_days"]
    assert isinstance(hours, FromBins)
    assert isinstance(days, FromBins)
    assert hours.value_from(of=[7200, 3600]) == 1.5
    assert days.value_from(events=[7, 3]) == 3
    assert hours.value_from() is days.value_from() is days.value_from(events=[3], censored=[5, 5]) is None


@pytest.mark.parametrize("basis", ["cohort", "event"])
@pytest.mark.parametrize("kpi", KPIS)
def test_a_kpi_tells_where_its_definition_is_from_in_both_languages(kpi: Kpi, basis: Basis) -> None:
    """In words that are shown whole, as part of a sentence, and that call ours what is ours."""
    source = kpi.on(basis).follows
    assert source is not None
    assert source.en.isascii()
    assert any("\u4e00" <= sign <= "\u9fff" for sign in source.zh)
    for words in (source.en, source.zh):
        assert len(words) <= 160
        assert words[-1] not in ".。:："
    assert ("Seamline's own definition: " in source.en) == ("Seamline 自有定义：" in source.zh)
    assert as_object(kpi, "zh")["follows"] == source.zh


@pytest.mark.parametrize("kpi", [*KPIS, *ON_EVENTS, *ON_PLATFORMS])
def test_a_kpi_says_why_rows_are_left_out_in_both_languages(kpi: Kpi) -> None:
    """Each of them in words of its own, which count neither what stands above nor below the line."""
    why = [left_out.words for left_out in kpi.excluded]
    for text in why:
        assert_plain(text)
    for told in ([text.en for text in why], [text.zh for text in why]):
        assert len(set(told)) == len(told)
    assert not {kpi.above, kpi.below} & set(why)


@pytest.mark.parametrize("kpi", KPIS)
def test_a_kpi_reads_what_exists(kpi: Kpi) -> None:
    for measure in kpi.measures.values():
        assert kpi.day_of(measure) in measure.facts.column_names()
    for need in (*kpi.needs, *kpi.assumes):
        for name in need.split("|"):
            table, _, column = name.partition(".")
            assert not column or column in TABLES[table].column_names()
            assert table in TABLES
    assert kpi.dimensions
    assert missing(kpi, DELIVERED) is None


@pytest.mark.parametrize("kpi", KPIS)
def test_a_comparable_kpi_has_a_margin_and_a_group(kpi: Kpi) -> None:
    if kpi.comparable:
        assert kpi.comparable.margin > 0
        assert kpi.comparable.group


@pytest.mark.parametrize("kpi", KPIS)
def test_a_kpi_in_print_has_every_key(kpi: Kpi) -> None:
    printed = as_object(kpi)
    assert list(printed) == OBJECT
    assert printed["kpi"] == kpi.id
    assert printed["numerator"]
    assert len(printed["excluded"]) == len(kpi.excluded)
    assert all(told["sum"] and told["why_en"] and told["why_zh"] for told in printed["excluded"])
    assert f"`{kpi.id}`" in as_table([kpi], "zh")
    assert "__" not in str(printed), "conditions are printed in words"


def test_sides_that_are_dated_apart_say_so() -> None:
    days = {name: as_object(kpi)["dated_by"] for name, kpi in catalogue().items()}
    assert days["orders_per_visit"] == days["value_per_visit"] == "each its own"
    assert days["refund_hours"] == "requested_day"
    assert as_object(catalogue()["return_rate"].on("event"))["dated_by"] == "each its own"


def test_two_kpis_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twin = ModuleType("kpis.catalogue.twin")
    vars(twin).update({"stage": stages()["voice"], "nps": catalogue()["nps"]})
    modules = [twin, __import__("kpis.catalogue.voice", fromlist=["voice"])]
    monkeypatch.setattr("kpis.catalogue._modules", lambda: modules)
    catalogue.cache_clear()
    try:
        with pytest.raises(KpiError, match=r"two KPIs are called 'nps', in catalogue/twin\.py and voice\.py"):
            catalogue()
    finally:
        monkeypatch.undo()
        catalogue.cache_clear()


def test_a_new_declaration_is_found_under_its_name() -> None:
    module = ModuleType("kpis.catalogue.extra")
    vars(module).update({"shiny": catalogue()["nps"], "_hidden": catalogue()["nps"], "other": 3})
    (found,) = declared(module).values()
    assert (found.id, found.stage) == ("shiny", "extra")


def test_an_unknown_kpi_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownKpiError, match="Did you mean 'return_rate'"):
        kpi_named("return_rat")


def test_what_is_missing_of_alternatives_names_a_column_where_its_table_is_there() -> None:
    kpi = catalogue()["on_time_delivery"]
    orders = [column for column in DELIVERED["orders"] if column != "promised_at"]
    shipments = [column for column in DELIVERED["shipments"] if column != "promised_at"]
    assert missing(kpi, {"orders": orders}) == "shipments"
    assert missing(kpi, {"orders": orders, "shipments": shipments}) == "shipments.promised_at"
    assert missing(kpi, {"orders": DELIVERED["orders"], "shipments": shipments}) is None
    assert missing(kpi, {}) == "orders"


def test_what_a_connection_lacks_is_assumed_and_said() -> None:
    about = manifest()
    (report,) = about.connections.values()
    tables = dict(report.tables)
    kpi = catalogue()["return_rate"]
    assert assumed(kpi, about) == []
    tables["orders"] = type(tables["orders"])(columns=("order_id",))
    lacking = manifest(connections={"shop": type(report)("files", ok=True, read_at=None, tables=tables)})
    assert assumed(kpi, lacking) == ["shop: orders.paid_at"]


def test_measures_that_add_up_the_same_are_one() -> None:
    facts = FACTS["order_facts"]
    one, same = (count(facts, when=col("days_late") > 0) for _ in range(2))
    assert one == same
    assert len({one, same}) == 1
    assert one != count(facts, when=col("days_late") >= 0)
    assert one != count(facts, when=col("days_late") > 0, dated_by="paid_day")
    assert total(facts, "units") != total(facts, "net_amount")


def test_conditions_keep_their_brackets_in_words() -> None:
    a, b, c = (col(name) for name in "abc")
    assert in_words((a | b) & c) == "(a or b) and c"
    assert in_words(a | (b & c)) == "a or (b and c)"
    assert in_words(a & b & c) == "a and b and c"
    assert in_words(~a & ~b.is_null()) == "not a and b known"
    assert in_words((a == "nps") | (b <= 6)) == "a = nps or b <= 6"


def test_intervals_are_of_95_percent() -> None:
    assert round(Z95, 6) == 1.959964
