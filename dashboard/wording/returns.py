"""Words of the page Returns and service."""

from connectors.text import Text

STEADY = Text(en="Returns and service: no figure really changed", zh="退货与客服：各项指标无真实变化")
SECTION = Text(en="Look at", zh="查看")
SECTIONS = {
    "rates": Text(en="Return rates", zh="退货率"),
    "reasons": Text(en="Reasons", zh="退货原因"),
    "refunds": Text(en="Refunds", zh="退款"),
    "stores": Text(en="Returned in store", zh="门店退货"),
    "service": Text(en="Service", zh="客服"),
    "targets": Text(en="What is left", zh="达标余量"),
}
RATE = Text(en="Rate", zh="指标")
SPLIT = Text(en="By", zh="按")
BASIS = Text(en="Counted by", zh="统计口径")
BASES = {
    "cohort": Text(en="Orders followed 30 days", zh="按付款批次（30 天）"),
    "event": Text(en="Requests of these days", zh="按申请发生日"),
}
BASIS_ABOUT = {
    "cohort": Text(
        en="Of the orders paid in these days, what came back within 30 days: final, so the days end earlier.",
        zh="统计期内付款的订单在 30 天内的退货情况：结果已确定，因此统计期较早结束。",
    ),
    "event": Text(
        en="What was sent back in these days, whenever bought, over what was paid in them: up to date, but "
        "a quiet month after a busy one looks bad, and it may exceed 100%.",
        zh="期内申请的退货与期内付款之比，不论何时购买：反映最新情况，但旺季之后会偏高，且可能超过 100%。",
    ),
}
FIRST_REASON = Text(
    en="Most often: {first} ({share}), then: {second}", zh="最常见：{first}（{share}），其次：{second}"
)
FEW_REASONS = Text(en="Too few returns for shares: {count}", zh="退货过少，不计占比：{count}")
HOW_LONG = Text(
    en="Half have their money within {median}, nine of ten within {ninety}",
    zh="半数退款在{median}内到账，九成在{ninety}内",
)
BACKLOG = Text(
    en="{count} {count:refund is|refunds are} pending on {day}; {old} of them for over 14 days",
    zh="截至{day}有{count}笔退款待处理，其中{old}笔已超过 14 天",
)
NO_BACKLOG = Text(en="No refund is pending on {day}", zh="截至{day}没有待处理退款")
BACKLOG_ABOUT = Text(
    en="Days from request to {day}, whatever period is chosen: the refund time counts none of them yet.",
    zh="从申请到{day}的天数，与所选周期无关；退款时长尚未包含这些退款。",
)
PENDING = Text(en="Pending", zh="待处理")
AGE = Text(en="{low}–{high} days", zh="{low}–{high} 天")
OLDER = Text(en="{low} days or more", zh="{low} 天及以上")
UNDATED = Text(en="request day unknown", zh="申请日未知")
MEASURE = Text(en="Figure", zh="指标")
