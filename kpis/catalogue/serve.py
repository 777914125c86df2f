"""Customer service: how soon customers get an answer, whether it helps, and how often they have to complain.

Of ten conversations in service hours seven were answered within three minutes, two later, one never: seven of
ten. The one without a reply stands beside the reply time, whose median is that of the nine others. Of 400
orders paid in March two had a complaint within 30 days, counted from the day of payment; a question where the
parcel is counts for 7 days, because then its share is final:

    >>> reply_in_3_minutes.value_of(numerator=7, denominator=10)
    0.7
    >>> complaint_rate.value_of(numerator=2, denominator=400)
    0.005

Next morning three customers waited 20, 50 and 170 seconds for a person's reply, and 1, 2 and 9
hours until all was solved. Of ten conversations eight were solved and not taken up again; one of five ratings
was a 1:

    >>> reply_seconds.value_from(of=[20, 50, 170])
    50.0
    >>> reply_seconds_mean.value_of(numerator=20 + 50 + 170, denominator=3)
    80.0
    >>> resolution_hours.value_from(of=[1 * 3600, 2 * 3600, 9 * 3600])
    2.0
    >>> first_contact_resolution.value_of(numerator=8, denominator=10)
    0.8
    >>> dissatisfied_share.value_of(numerator=1, denominator=5)
    0.2

Of March's 400 orders 250 were sent: for one of them the customer called in the platform, and ten customers
asked within a week where theirs was:

    >>> escalation_rate.value_of(numerator=1, denominator=250)
    0.004
    >>> where_is_my_order_rate.value_of(numerator=10, denominator=250)
    0.04
"""

from connectors.facts import CaseFacts, ConversationFacts, OrderFacts
from connectors.text import Text
from kpis.distribution import Quantile
from kpis.kpi import Comparable
from kpis.measure import SECOND_BINS, col, count, histogram, total
from kpis.of_sums import Mean, Ratio
from kpis.source import ours
from kpis.stage import Stage

stage = Stage(Text("Customer service", "客服"), order=5)

_THREE_MINUTES = 180
_HIGHEST_DISSATISFIED = 2
_asked_in_hours = col("in_service_hours") & col("replies_known")
_replied = ~col("reply_seconds").is_null()
_resolved = ~col("resolution_seconds").is_null()
_rated = ~col("rating").is_null()
_unlinked = ~col("linked")
_with_complaints = col("paid") & ~col("complaint_30d").is_null()
_not_carried = col("paid") & ~col("handed_over")
_with_escalations = _not_carried & ~col("escalated_30d").is_null()
_sent = col("paid") & (col("parcels") > 0)
_with_questions = _sent & ~col("where_is_my_order_7d").is_null()

reply_in_3_minutes = Ratio(
    title=Text("Reply within 3 minutes", "3分钟响应率"),
    question=Text(
        "Of the conversations in service hours, how many got a person's reply within 3 minutes?",
        "服务时段内的会话中有多少在 3 分钟内得到人工回复？",
    ),
    above=Text("conversations with a person's reply within 3 minutes", "3 分钟内得到人工回复的会话"),
    below=Text("conversations in service hours whose replies are known", "服务时段内且回复情况已知的会话"),
    numerator=count(ConversationFacts, when=_asked_in_hours & (col("reply_seconds") <= _THREE_MINUTES)),
    denominator=count(ConversationFacts, when=_asked_in_hours),
    excluded=(count(ConversationFacts, when=col("in_service_hours") & ~col("replies_known")),),
    told_by="conversations.first_human_reply_at",
    dated_by="asked_day",
    unit="percent",
    better="up",
    needs=("conversations.first_human_reply_at",),
    comparable=Comparable(margin=0.05, group="serve"),
    follows=Text("Douyin reply rate within 3 minutes", "抖音“3 分钟人工回复率”"),
)

reply_seconds = Quantile(
    title=Text("Reply time", "响应时长"),
    question=Text(
        "How long does half of the customers wait for a person's first reply?",
        "一半顾客等待人工首次回复多久？",
    ),
    below=Text("conversations with a person's reply", "有人工回复的会话"),
    of=histogram(ConversationFacts, "reply_seconds", when=_replied, bins=SECOND_BINS),
    per=1,
    excluded=(count(ConversationFacts, when=~_replied),),
    dated_by="asked_day",
    unit="seconds",
    better="down",
    needs=("conversations.first_human_reply_at",),
    comparable=Comparable(margin=60, group="serve"),
    follows=Text("Zendesk first reply time (median)", "Zendesk 首次回复时间（中位数）"),
)

reply_seconds_mean = Mean(
    title=Text("Reply time, mean", "平均响应时长"),
    question=Text(
        "How long do customers wait on average for a person's first reply?", "等待人工首次回复平均需要多久？"
    ),
    above=Text("seconds to a person's first reply, added up", "首次人工回复等待秒数合计"),
    below=Text("conversations with a person's reply", "有人工回复的会话"),
    numerator=total(ConversationFacts, "reply_seconds", when=_replied),
    denominator=count(ConversationFacts, when=_replied),
    excluded=(count(ConversationFacts, when=~_replied),),
    dated_by="asked_day",
    unit="seconds",
    better="down",
    needs=("conversations.first_human_reply_at",),
    follows=Text("JD customer service score: mean reply time", "京东客服体验“平均响应时长”"),
)

resolution_hours = Quantile(
    title=Text("Resolution time", "解决时长"),
    question=Text(
        "How long does it take until half of what is solved is solved?",
        "已解决的会话中，一半在多久内得到解决？",
    ),
    below=Text("conversations that were resolved", "已解决的会话"),
    of=histogram(ConversationFacts, "resolution_seconds", when=_resolved),
    excluded=(count(ConversationFacts, when=~_resolved),),
    dated_by="asked_day",
    unit="hours",
    better="down",
    lag_days=3,
    needs=("conversations.resolved_at",),
    comparable=Comparable(margin=4, group="serve"),
    follows=Text("Zendesk full resolution time (median)", "Zendesk 完全解决时间（中位数）"),
)

first_contact_resolution = Ratio(
    title=Text("Solved at first contact", "首次解决率"),
    question=Text(
        "Of the conversations, how many were solved and not taken up again within 7 days?",
        "会话中有多少得到解决且 7 天内未再次提起？",
    ),
    above=Text("conversations resolved and not reopened", "已解决且未再次开启的会话"),
    below=Text("conversations of which it is known", "解决情况已知的会话"),
    numerator=count(ConversationFacts, when=col("solving_known") & _resolved & ~col("reopened")),
    denominator=count(ConversationFacts, when=col("solving_known")),
    excluded=(count(ConversationFacts, when=~col("solving_known")),),
    told_by="conversations.reopened",
    dated_by="asked_day",
    unit="percent",
    better="up",
    lag_days=7,
    needs=("conversations.resolved_at", "conversations.reopened"),
    comparable=Comparable(margin=0.03, group="serve"),
    follows=ours(
        "not taken up again within 7 days, where others ask the customer",
        "以 7 天内未再提起为准，他处多向顾客询问",
    ),
)

dissatisfied_share = Ratio(
    title=Text("Dissatisfied conversations", "会话不满意率"),
    short=Text("Dissatisfied contacts", "会话不满意率"),
    question=Text(
        "Of the rated conversations, how many got 1 or 2 of 5?", "已评价的会话中有多少只得到 1 至 2 分？"
    ),
    above=Text("conversations rated 1 or 2", "评分为 1 或 2 的会话"),
    below=Text("conversations with a rating", "有评分的会话"),
    numerator=count(ConversationFacts, when=_rated & (col("rating") <= _HIGHEST_DISSATISFIED)),
    denominator=count(ConversationFacts, when=_rated),
    dated_by="asked_day",
    unit="percent",
    better="down",
    lag_days=1,
    needs=("conversations.rating",),
    comparable=Comparable(margin=0.03, group="serve"),
    follows=ours(
        "1 or 2 of 5, the lower box of the scale that satisfaction is read from",
        "5 分制中的 1 至 2 分，与满意度的高分段相对",
    ),
)

complaint_rate = Ratio(
    title=Text("Complaints", "投诉率"),
    question=Text(
        "Of the paid orders, how many had a complaint within 30 days?", "已付款订单中有多少在 30 天内被投诉？"
    ),
    above=Text("paid orders with a complaint within 30 days", "30 天内有投诉的已付款订单"),
    below=Text("paid orders whose complaints are known", "投诉情况已知的已付款订单"),
    numerator=count(OrderFacts, when=_with_complaints & col("complaint_30d")),
    denominator=count(OrderFacts, when=_with_complaints),
    excluded=(
        count(OrderFacts, when=col("paid") & col("complaint_30d").is_null()),
        count(CaseFacts, when=_unlinked & (col("kind") == "complaint"), dated_by="opened_day"),
    ),
    told_by="cases.order_id",
    cluster="customer",
    dated_by="paid_day",
    unit="percent",
    better="down",
    lag_days=30,
    needs=("orders", "cases.order_id"),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.005, group="serve"),
    follows=ours(
        "each order followed for 30 days, by what the shop's own system calls a complaint",
        "每笔订单跟踪 30 天，以商家系统登记的投诉为准",
    ),
)

escalation_rate = Ratio(
    title=Text("Platform help", "平台求助率"),
    question=Text(
        "Of the paid orders not carried out of a shop, how many led the customer to call in the platform "
        "within 30 days?",
        "已付款订单（不含门店当场取走的）中有多少在 30 天内由顾客向平台求助？",
    ),
    above=Text("orders for which the platform was called in within 30 days", "30 天内求助平台的订单"),
    below=Text(
        "paid orders not carried out of a shop of which it is known",
        "求助情况已知、非门店当场取走的已付款订单",
    ),
    numerator=count(OrderFacts, when=_with_escalations & col("escalated_30d")),
    denominator=count(OrderFacts, when=_with_escalations),
    excluded=(
        count(OrderFacts, when=_not_carried & col("escalated_30d").is_null()),
        count(CaseFacts, when=_unlinked & col("escalated"), dated_by="opened_day"),
    ),
    told_by="cases.escalated",
    cluster="customer",
    dated_by="paid_day",
    unit="percent",
    better="down",
    lag_days=30,
    needs=("orders", "cases.order_id", "cases.escalated"),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.005, group="serve"),
    follows=Text("Taobao platform help rate", "淘宝“平台求助率”"),
)

where_is_my_order_rate = Ratio(
    title=Text("Where is my order", "查件咨询率"),
    question=Text(
        "Of the orders with a parcel on its way, how many made the customer ask where it is within 7 days?",
        "已发货订单中有多少在 7 天内引来顾客查询包裹去向？",
    ),
    above=Text("orders whose customer asked within 7 days where they are", "7 天内咨询到货进度的订单"),
    below=Text("paid orders with a parcel of which it is known", "有包裹且咨询情况已知的已付款订单"),
    numerator=count(OrderFacts, when=_with_questions & col("where_is_my_order_7d")),
    denominator=count(OrderFacts, when=_with_questions),
    excluded=(
        count(OrderFacts, when=_sent & col("where_is_my_order_7d").is_null()),
        count(CaseFacts, when=_unlinked & (col("kind") == "where_is_my_order"), dated_by="opened_day"),
    ),
    told_by="cases.order_id",
    cluster="customer",
    dated_by="paid_day",
    unit="percent",
    better="down",
    lag_days=7,
    needs=("orders", "cases.order_id", "shipments.shipped_at|shipments.delivered_at"),
    assumes=("orders.paid_at",),
    comparable=Comparable(margin=0.005, group="serve"),
    follows=ours(
        "what retailers call WISMO, by orders and for 7 days", "即零售业所说的 WISMO，按订单计，为期 7 天"
    ),
)
