"""Loyalty: who comes back, and who uses several channels.

A customer of a period belongs to the channel of the first order in it; the next order may be anywhere.
Four customers bought in January, one of them on two days of it, another once in January and once in March:
one of four came back within January, two of four within 90 days, once 90 days are over for all of them. Of
five customers in March three had bought before. Where a connection has no order at all before March nobody
knows, and its customers are excluded; where its orders reach back less than 365 days some old customers look
new, which `burn_in_days` has told beside the figure, and kept out of the news: it must rise as known history
grows. So must the share of those who bought online and offline while orders go back less than the 365 days
looked at. The days to the second order are a median over all first-time customers, also those who were not
back when the data ended (see `kpis.survival`).

    >>> repurchase_rate.value_of(numerator=1, denominator=4)
    0.25
    >>> repurchase_rate_90d.value_of(numerator=2, denominator=4)
    0.5
    >>> returning_customer_share.value_of(numerator=3, denominator=5)
    0.6

Followed for longer, more come back: of the four one within 30 days, three within 180, and of two who could be
followed for a year both. Six bought for the first time: three were back after 10, 40 and 70 days, the others
could be followed for 90. Half had bought again after 70 days:

    >>> repurchase_rate_30d.value_of(numerator=1, denominator=4)
    0.25
    >>> repurchase_rate_180d.value_of(numerator=3, denominator=4)
    0.75
    >>> repurchase_rate_365d.value_of(numerator=2, denominator=2)
    1.0
    >>> second_order_days.value_from(events=[10, 40, 70], censored=[90, 90, 90])
    70.0

Of 50 customers of a year ten bought online and in a shop. After three of 20 days on which somebody we know
looked around online, that customer bought in a shop within a week. Of 100 orders we know the customer of 80:

    >>> cross_channel_share.value_of(numerator=10, denominator=50)
    0.2
    >>> store_after_visit.value_of(numerator=3, denominator=20)
    0.15
    >>> identified_share.value_of(numerator=80, denominator=100)
    0.8
"""

from connectors.facts import CustomerDays, CustomerVisits, OrderFacts
from connectors.text import Text
from kpis.distribution import Survival
from kpis.kpi import Comparable, LeftOut
from kpis.measure import DAY_BINS, col, count, histogram
from kpis.of_sums import Ratio
from kpis.source import ours
from kpis.stage import Stage

stage = Stage(Text("Loyalty", "忠诚"), order=7)

_IDENTITIES = "orders.customer_ref|orders.email_hash|orders.phone_hash|orders.member_hash"
# How long after an online visit a purchase in a shop still counts as begun by it.
FOLLOWED_DAYS = 7
_first_ever = col("previous_day").is_null()
_past_known = col("history_from") < col("period_start")
_first_in_period = _first_ever | (col("previous_day") < col("period_start"))
_online_in_period = col("next_online_day") <= col("period_end")
_offline_in_period = col("next_offline_day") <= col("period_end")
_unclassified_in_period = (
    col("next_online_day").is_null() | (col("next_online_day") > col("period_end"))
) & (col("next_offline_day").is_null() | (col("next_offline_day") > col("period_end")))

repurchase_rate = Ratio(
    title=Text("Repurchase rate, period", "期内复购率"),
    short=Text("Repurchase rate", "期内复购率"),
    question=Text(
        "Of the customers of the period, how many bought on two or more days of it?",
        "期内顾客中有多少在两个或以上日期购买？",
    ),
    above=Text("customers who bought on two or more days of the period", "期内在两个或以上日期购买的顾客"),
    below=Text("customers who bought in the period", "期内购买的顾客"),
    numerator=count(CustomerDays, when=_first_in_period & (col("next_day") <= col("period_end"))),
    denominator=count(CustomerDays, when=_first_in_period),
    dated_by="day",
    unit="percent",
    better="up",
    lag_days=1,
    needs=("orders", _IDENTITIES),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.02, group="loyal"),
    follows=ours(
        "two days rather than two orders, since one visit may make several",
        "按两个日期而非两笔订单，因为一次购物可能产生多笔订单",
    ),
)


def _within(days: int, *, comparable: bool = False, headline: int | None = None) -> Ratio:
    """Repurchase within so many days, of first-time customers who could be followed for as long."""
    over = _first_ever & (col("days_observed") >= days)
    return Ratio(
        title=Text(f"{days}-day repurchase", f"{days}日复购率"),
        question=Text(
            f"Of first-time customers, how many bought again on a later day within {days} days?",
            f"首次购买的顾客中有多少在 {days} 天内的其他日期再次购买？",
        ),
        above=Text(
            f"first-time customers who bought again on a later day within {days} days",
            f"首购后 {days} 天内在其他日期再次购买的顾客",
        ),
        below=Text(
            f"first-time customers who could be followed for {days} days", f"首购已满 {days} 天的顾客"
        ),
        numerator=count(CustomerDays, when=over & (col("days_to_next") <= days)),
        denominator=count(CustomerDays, when=over),
        excluded=(
            LeftOut(
                count(CustomerDays, when=_first_ever & (col("days_observed") < days)),
                Text(
                    f"first-time customers who could not be followed for {days} days yet",
                    f"首购未满 {days} 天的顾客",
                ),
            ),
        ),
        dated_by="day",
        unit="percent",
        better="up",
        lag_days=days,
        burn_in_days=days,
        needs=("orders", _IDENTITIES),
        assumes=("orders.paid_at",),
        comparable=Comparable(margin=0.02, group="loyal", dates="month") if comparable else None,
        follows=Text(
            f"Adobe Commerce Intelligence: repeat order probability, here within {days} days of the first",
            f"Adobe Commerce Intelligence 重复下单概率；此处为首购后 {days} 天内",
        ),
        headline=headline,
    )


repurchase_rate_30d = _within(30)
repurchase_rate_90d = _within(90, comparable=True, headline=5)
repurchase_rate_180d = _within(180)
repurchase_rate_365d = _within(365, comparable=True)

returning_customer_share = Ratio(
    title=Text("Returning customers", "老客占比"),
    short=Text("Returning buyers", "老客占比"),
    question=Text(
        "Of the customers of the period, how many had bought before it?", "期内顾客中有多少在此之前已购买过？"
    ),
    above=Text("customers of the period who had bought before it", "期内购买且此前已购买过的顾客"),
    below=Text("customers of the period whose past is known", "历史可查的期内顾客"),
    numerator=count(CustomerDays, when=_past_known & (col("previous_day") < col("period_start"))),
    denominator=count(CustomerDays, when=_past_known & _first_in_period),
    excluded=(
        LeftOut(
            count(CustomerDays, when=~_past_known & _first_in_period),
            Text("customers of the period whose past is not known", "历史不可查的期内顾客"),
        ),
    ),
    dated_by="day",
    unit="percent",
    better="up",
    lag_days=1,
    burn_in_days=365,
    needs=("orders", _IDENTITIES),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.02, group="loyal", counts=("customer_type",)),
    follows=Text(
        "Shopify analytics: returning customers, who had ordered before",
        "Shopify 数据分析：此前下过单的回头客",
    ),
)

second_order_days = Survival(
    title=Text("Days to second order", "二次购间隔"),
    short=Text("Days to 2nd order", "二次购间隔"),
    question=Text(
        "After how many days has half of the first-time customers bought again?",
        "首次购买的顾客中，一半在多少天内再次购买？",
    ),
    above=Text("first-time customers who bought again", "已再次购买的首购顾客"),
    below=Text("all first-time customers", "全部首购顾客"),
    events=histogram(
        CustomerDays, "days_to_next", when=_first_ever & ~col("days_to_next").is_null(), bins=DAY_BINS
    ),
    censored=histogram(
        CustomerDays, "days_observed", when=_first_ever & col("days_to_next").is_null(), bins=DAY_BINS
    ),
    dated_by="day",
    unit="days",
    better="down",
    lag_days=90,
    burn_in_days=365,
    needs=("orders", _IDENTITIES),
    assumes=("orders.paid_at",),
    follows=Text(
        "Kaplan & Meier 1958, JASA 53: 457-481; interval of Brookmeyer & Crowley 1982",
        "Kaplan 与 Meier（1958），JASA 53：457-481；区间见 Brookmeyer 与 Crowley（1982）",
    ),
)

cross_channel_share = Ratio(
    title=Text("Cross-channel customers", "跨渠道客户占比"),
    short=Text("Cross-channel", "跨渠道客户占比"),
    question=Text(
        "Of the customers of the last 365 days, how many bought both online and offline?",
        "近 365 天的顾客中有多少既在线上又在线下购买？",
    ),
    above=Text("customers who bought both online and offline", "既在线上又在线下购买的顾客"),
    below=Text("customers of the last 365 days", "近 365 天购买的顾客"),
    numerator=count(CustomerDays, when=_first_in_period & _online_in_period & _offline_in_period),
    denominator=count(CustomerDays, when=_first_in_period & (_online_in_period | _offline_in_period)),
    excluded=(
        LeftOut(
            count(CustomerDays, when=_first_in_period & _unclassified_in_period),
            Text(
                "customers who bought only in channels of which it is not known whether they are online",
                "仅在线上或线下性质未知的渠道购买的顾客",
            ),
        ),
    ),
    dated_by="day",
    unit="percent",
    better="up",
    lag_days=1,
    lookback_days=365,
    burn_in_days=0,
    needs=("orders", _IDENTITIES),
    kinds=("online", "offline"),
    assumes=("orders.paid_at",),
    follows=Text(
        "Kumar & Venkatesan 2005, J. Interact. Marketing 19(2): multichannel shoppers; 365 days: Seamline's",
        "Kumar 与 Venkatesan（2005），J. Interactive Marketing 19(2) 的多渠道顾客；365 天为 Seamline 所定",
    ),
)

_visit_over = col("days_observed") >= FOLLOWED_DAYS

store_after_visit = Ratio(
    title=Text("Store purchase after online visit", "线上浏览线下购"),
    short=Text("Web, then store", "线上浏览线下购"),
    question=Text(
        "Of the days on which known customers looked around online, after how many did they buy in a shop "
        "within 7 days?",
        "已识别顾客线上浏览的日子中，有多少在 7 天内到店购买？",
    ),
    above=Text("such days with a purchase in a shop within 7 days", "其后 7 天内到店购买的浏览日"),
    below=Text("days on which known customers looked around online", "已识别顾客线上浏览的日子"),
    numerator=count(CustomerVisits, when=_visit_over & (col("days_to_store") <= FOLLOWED_DAYS)),
    denominator=count(CustomerVisits, when=_visit_over),
    excluded=(
        LeftOut(
            count(CustomerVisits, when=~_visit_over),
            Text("days of looking around that could not be followed for 7 days yet", "其后未满 7 天的浏览日"),
        ),
    ),
    dated_by="day",
    unit="percent",
    better="up",
    lag_days=FOLLOWED_DAYS,
    needs=("visits.customer_ref|visits.email_hash", "orders", _IDENTITIES),
    kinds=("online", "offline"),
    assumes=("orders.paid_at",),
    follows=Text(
        "Verhoef, Neslin & Vroomen 2007, IJRM 24(2): research shoppers; 7 days: Seamline's",
        "Verhoef、Neslin 与 Vroomen（2007），IJRM 24(2) 的研究型购物者；7 天为 Seamline 所定",
    ),
)

identified_share = Ratio(
    title=Text("Identified orders", "已识别订单占比"),
    question=Text(
        "Of the paid orders, how many are from a customer we know?", "已付款订单中有多少能识别到顾客？"
    ),
    above=Text("paid orders of a customer we know", "能识别到顾客的已付款订单"),
    below=Text("all paid orders", "全部已付款订单"),
    numerator=count(OrderFacts, when=col("paid") & ~col("customer_id").is_null()),
    denominator=count(OrderFacts, when=col("paid")),
    dated_by="paid_day",
    unit="percent",
    better="none",
    needs=("orders", _IDENTITIES),
    assumes=("orders.paid_at",),
    follows=ours("how far customer figures can be trusted", "说明顾客类指标的可信程度"),
)
