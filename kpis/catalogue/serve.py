"""Customer service: how soon customers get an answer, and whether it helps.

Of ten conversations in service hours seven were answered within three minutes, two later, one never: seven of
ten. The one without a reply stands beside the reply time, whose median is that of the nine others:

    >>> reply_in_3_minutes.value_of(numerator=7, denominator=10)
    0.7

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
"""

from connectors.facts import ConversationFacts
from connectors.text import Text
from kpis.distribution import Quantile
from kpis.kpi import Comparable, LeftOut
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

reply_in_3_minutes = Ratio(
    title=Text("Reply within 3 minutes", "3分钟响应率"),
    short=Text("3-minute reply", "3分钟响应率"),
    question=Text(
        "Of the conversations in service hours, how many got a person's reply within 3 minutes?",
        "服务时段内的会话中有多少在 3 分钟内得到人工回复？",
    ),
    above=Text("conversations with a person's reply within 3 minutes", "3 分钟内得到人工回复的会话"),
    below=Text("conversations in service hours whose replies are known", "服务时段内且回复情况已知的会话"),
    numerator=count(ConversationFacts, when=_asked_in_hours & (col("reply_seconds") <= _THREE_MINUTES)),
    denominator=count(ConversationFacts, when=_asked_in_hours),
    excluded=(
        LeftOut(
            count(ConversationFacts, when=col("in_service_hours") & ~col("replies_known")),
            Text(
                "conversations in service hours whose replies are not known", "服务时段内但回复情况未知的会话"
            ),
        ),
    ),
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
    excluded=(
        LeftOut(
            count(ConversationFacts, when=~_replied),
            Text("conversations without a person's reply", "没有人工回复的会话"),
        ),
    ),
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
    excluded=(
        LeftOut(
            count(ConversationFacts, when=~_replied),
            Text("conversations without a person's reply", "没有人工回复的会话"),
        ),
    ),
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
    excluded=(
        LeftOut(
            count(ConversationFacts, when=~_resolved),
            Text("conversations that are not resolved yet", "尚未解决的会话"),
        ),
    ),
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
    short=Text("First-contact fix", "首次解决率"),
    question=Text(
        "Of the conversations, how many were solved and not taken up again within 7 days?",
        "会话中有多少得到解决且 7 天内未再次提起？",
    ),
    above=Text("conversations resolved and not reopened", "已解决且未再次开启的会话"),
    below=Text("conversations of which it is known", "解决情况已知的会话"),
    numerator=count(ConversationFacts, when=col("solving_known") & _resolved & ~col("reopened")),
    denominator=count(ConversationFacts, when=col("solving_known")),
    excluded=(
        LeftOut(
            count(ConversationFacts, when=~col("solving_known")),
            Text("conversations of which it is not known whether they were solved", "解决情况未知的会话"),
        ),
    ),
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
    short=Text("Dissatisfied", "会话不满意率"),
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
