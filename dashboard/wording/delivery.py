"""Words of the Delivery page."""

from connectors.text import Text

CARRIED_HOME = Text(
    en="What is bought over the counter is carried home: only what is sent has a delivery.",
    zh="门店购买由顾客当场带走，只有需要配送的订单才有履约数据。",
)
STEADY = Text(en="Delivery: no figure really changed", zh="履约配送：各项指标无真实变化")
PART = Text(en="Look at", zh="查看")
PARTS = {
    "promise": Text(en="On time", zh="准时"),
    "time": Text(en="How long", zh="时长"),
    "perfect": Text(en="Perfect order", zh="完美订单"),
    "parcels": Text(en="Carriers", zh="承运商"),
    "pickup": Text(en="Pick-up", zh="自提"),
    "targets": Text(en="What is left", zh="达标余量"),
}
SPLIT = Text(en="By", zh="按")
PROMISE = Text(en="Length of promise", zh="承诺时长")
MEASURE = Text(en="Figure", zh="指标")

HOW_LONG = Text(
    en="Half have everything within {median}, nine of ten within {ninety}",
    zh="半数订单在{median}内收齐，九成在{ninety}内",
)
HOW_LONG_READY = Text(
    en="Half of the pick-ups are ready within {median}, nine of ten within {ninety}",
    zh="半数自提订单在{median}内备好，九成在{ninety}内",
)
SPREAD_ABOUT = Text(
    en="n = {count} · {days} · median {low} to {high} (95%)",
    zh="n = {count} · {days} · 中位数区间{low}至{high}（95%）",
)
BEYOND = Text(en="{count} took longer and {count:is|are} not drawn", zh="另有{count}笔更久，未绘出")
UNDER_WAY = Text(
    en="{count} not counted: not finished yet or not known", zh="{count}笔未计入：尚未完成或时间未知"
)
PERCENTILE = Text(en="P{place}", zh="P{place}")

AGAINST_PROMISE = Text(
    en="{early} come early, {on_day} on the promised day, {late} late",
    zh="{early}提前、{on_day}当天、{late}晚于承诺",
)
IMPERFECT = Text(
    en="{failed} of {orders} {orders:order|orders} {failed:was|were} not perfect; "
    "{alone} of them only because of: {fault}",
    zh="{orders}笔订单中有{failed}笔不完美，其中{alone}笔仅因“{fault}”",
)
ALL_PERFECT = Text(
    en="{orders:The one order was|All {orders} orders were} perfect", zh="{orders}笔订单全部完美"
)
FAULTS_ABOUT = Text(
    en="n = {orders} · {days} · an order with two faults counts at both, so the bars add up to more than the "
    "{failed}; {several} had several faults",
    zh="n = {orders} · {days} · 有两个问题的订单各计一次，因此各条之和大于{failed}；{several}笔有多个问题",
)
FAULTS = Text(en="Faults of orders", zh="订单问题")
ONLY_THIS = Text(en="Only this", zh="仅此问题")
WITH_OTHERS = Text(en="Together with others", zh="同时有其他问题")
