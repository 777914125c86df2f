"""Words of the Voice page: what customers answer, write and comment."""

from connectors.text import Text
from kpis.answers import DETRACTOR, PASSIVE, PROMOTER

UNMOVED = Text(en="No real change in what customers say", zh="客户评价没有真实变化")
PART = Text(en="Part", zh="栏目")
PARTS = {
    "score": Text(en="Recommending", zh="推荐意愿"),
    "asked": Text(en="Other questions", zh="其他问卷"),
    "reviews": Text(en="Reviews", zh="评价"),
    "comments": Text(en="Comments", zh="贬损者留言"),
}
GROUPS = {
    DETRACTOR: Text(en="Detractors", zh="贬损者"),
    PASSIVE: Text(en="Passives", zh="中立者"),
    PROMOTER: Text(en="Promoters", zh="推荐者"),
}
SPREAD = Text(en="Answers from 0 to 10", zh="0 至 10 分的回答分布")
SPREAD_TITLE = Text(
    en="{promoter} promoters, {detractor} detractors", zh="推荐者{promoter}，贬损者{detractor}"
)
SPREAD_NOTE = Text(
    en="{answers} {answers:answer|answers}, {days}. "
    "9 and 10 are promoters (blue), 0 to 6 detractors (orange).",
    zh="{days}，共 {answers} 份回答。9–10 分为推荐者（蓝），0–6 分为贬损者（橙）。",
)
SPREAD_BY_NOTE = Text(
    en="Share of each line's answers by score; beside the name how many answered. Few: under 10 answers, or "
    "what would reveal them.",
    zh="每行各分值的回答占比，名称旁为回答数。“少”：不足 10 份，或会由此推知者。",
)
SPREAD_BY_TITLE = Text(en="Answers by {dimension}", zh="按{dimension}的回答分布")
FEW = Text(en="few", zh="少")
NO_ANSWERS = Text(en="Nobody answered in these days with these filters.", zh="所选日期与筛选条件下没有回答。")
SCORE = Text(en="Score", zh="分值")
GROUP = Text(en="Group", zh="类别")
ANSWERS = Text(en="Answers", zh="回答数")
BAR_HOVER = Text(
    en="{score}: {answers}, {share} of all · {group}", zh="{score} 分：{answers}，占 {share} · {group}"
)

COMMENTS_TITLE = Text(en="Comments of detractors: {count}", zh="贬损者留言 {count} 条")
COMMENTS_MOST = Text(en="Comments of detractors: the newest {count}", zh="贬损者最新留言 {count} 条")
COMMENTS_NOTE = Text(
    en="Answers of 0 to 6, {days}, each with what happened to its order. Addresses and long numbers are "
    "masked.",
    zh="{days} 0–6 分的回答及其订单经过。邮箱、电话与长数字已遮盖。",
)
NOT_ALLOWED = Text(
    en="Comments are personal, so they are not shown. `comments = true` under `[extracts]` in business.toml "
    "shows them here and in extracts, with addresses and long numbers masked.",
    zh="留言属个人信息，默认不显示。在 business.toml 的 `[extracts]` 中设置 `comments = true` "
    "后，将在此处及导出中显示，其中邮箱、电话与长数字已遮盖。",
)
NO_COMMENTS = Text(en="No detractor left a comment in these days.", zh="所选日期内没有贬损者留言。")
DAY = Text(en="Day", zh="日期")
COMMENT = Text(en="Comment", zh="留言")
HAPPENED = Text(en="What happened", zh="订单经过")
LATE = Text(en="{days} {days:day|days} late", zh="迟到{days}天")
IN_TIME = Text(en="in time", zh="准时")
DAMAGED = Text(en="arrived damaged", zh="到货破损")
RETURNED = Text(en="returned: {reason}", zh="退货：{reason}")
RETURNED_PLAIN = Text(en="returned", zh="已退货")
REFUNDED = Text(en="refund took {hours}", zh="退款用时{hours}")
COMPLAINED = Text(en="complained", zh="已投诉")
CONTACTED = Text(en="asked service", zh="咨询过客服")
NO_ORDER = Text(en="order not known", zh="订单未知")
NOTHING_HAPPENED = Text(en="nothing recorded", zh="无异常记录")
