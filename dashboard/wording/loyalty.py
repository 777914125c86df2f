"""Words of the Loyalty page: cohorts, how soon customers come back and where, customers across channels."""

from connectors.text import Text
from kpis.crossing import CROSS, OFFLINE, ONLINE

UNMOVED = Text(en="No real change in who comes back", zh="复购与忠诚没有真实变化")
PARTS = {
    "cohorts": Text(en="Cohorts", zh="首购分组"),
    "pace": Text(en="How soon", zh="复购节奏"),
    "where": Text(en="Where", zh="复购去向"),
    "cross": Text(en="Across channels", zh="跨渠道客户"),
}
PART = Text(en="Part", zh="栏目")
GRAINS = {"month": Text(en="By month", zh="按月"), "quarter": Text(en="By quarter", zh="按季")}
GRAIN = Text(en="First order", zh="首购时间")
SHARE = Text(en="Share of customers", zh="客户占比")
SHARE_CHOICES = {
    "cumulative": Text(en="Back so far", zh="累计复购"),
    "value": Text(en="Back then", zh="当期复购"),
}
SHARES = {
    "cumulative": Text(en="First-time customers who were back by the end", zh="截至期末已复购的首购客户占比"),
    "value": Text(en="First-time customers who were back then", zh="当期复购的首购客户占比"),
}
SHARE_NOTES = {
    "cumulative": Text(
        en="Share of first-time customers with another order on a later day by the end of that month or "
        "quarter.",
        zh="截至该月（季）末，已在其他日期再次购买的首购客户占比。",
    ),
    "value": Text(
        en="Share of first-time customers with another order on a later day in that month or quarter.",
        zh="在该月（季）内，于其他日期再次购买的首购客户占比。",
    ),
}
NOBODY = Text(
    en="No identified customer placed a first order in these days with these filters.",
    zh="所选日期与筛选条件下没有可识别的首购客户。",
)

BACK_BY = {
    "month": Text(
        en="{share} of first-time customers were back by the end of the third month after",
        zh="首购后第三个月末，{share}的首购客户已复购",
    ),
    "quarter": Text(
        en="{share} of first-time customers were back by the end of the quarter after",
        zh="首购后下一季末，{share}的首购客户已复购",
    ),
}
TOO_YOUNG = Text(en="No cohort is old enough to tell who comes back", zh="各分组时间尚短，暂无法看出复购")
OF_FIRST_ORDERS = Text(en="First orders {days}.", zh="首购日期：{days}。")
ANY_PERIOD = Text(
    en="A year is shown whatever the period, as coming back takes time; days of your own apply.",
    zh="复购需要时间，故固定显示一年，不随统计周期变化；可用自定义日期。",
)
BLANK = Text(
    en="Blank: not over yet. 0 is the rest of the first order's own month or quarter. All: cohorts that are "
    "old enough.",
    zh="空白表示尚未到期；0 为首购当月（季）剩余时间；“全部”仅含已到期的分组。",
)
BURNT_IN = Text(
    en="†: some may have bought before the data begin.", zh="†：部分客户可能在数据开始之前已购买过。"
)
OFFSET = Text(en="+{offset}", zh="+{offset}")
ALL_COHORTS = Text(en="All", zh="全部")
FEW_PEOPLE = Text(en="few", zh="人少")
FEW_NOTE = Text(
    en="Few: under 10 people, or what would reveal them, is not shown.",
    zh="“人少”：不足 10 人，或会由此推知者，不予显示。",
)
OF = Text(en="{back} of {customers}", zh="{back} / {customers}")
COHORT = Text(en="First order in", zh="首购时间")
BURN_IN = Text(en="May have bought before", zh="可能此前已购")
CUSTOMERS = Text(en="Customers", zh="客户数")
SINCE = Text(en="Months or quarters since", zh="首购后月（季）数")
BACK = Text(en="Came back", zh="复购客户数")
LOW = Text(en="Low (95%)", zh="下限（95%）")
HIGH = Text(en="High (95%)", zh="上限（95%）")

CURVES = Text(en="Back after so many days", zh="首购后各天数的复购占比")
WITHIN = Text(en="{share} are back within {days} days", zh="{share}的客户在 {days} 天内复购")
WITHIN_BOTH = Text(
    en="{share} are back within {days} days, {later_share} within {later} days",
    zh="{share}的客户在 {days} 天内复购，{later} 天内为{later_share}",
)
CURVES_NOTE = Text(
    en="By quarter of the first order. Solid: observed, all could be followed for so long. Dotted: an "
    "estimate (Kaplan–Meier), as some could not. All: whose days are over, with the 95% interval.",
    zh="按首购季度。实线为实际观察值；虚线为估计值（Kaplan–Meier），因部分客户观察期未满。"
    "“全部”仅含观察期已满的客户，带 95% 区间。",
)
OBSERVED = Text(en="observed", zh="观察值")
ESTIMATE = Text(en="estimate", zh="估计值")
BASIS = Text(en="Basis", zh="依据")
DAY = Text(en="{days} d", zh="{days} 天")
DAYS = Text(en="Days since", zh="首购后天数")
DAYS_BETWEEN = Text(en="{first}–{last}", zh="{first}–{last}")
DAYS_FROM = Text(en="{first}+", zh="{first}+")
SECOND = Text(en="Days to the second order", zh="首购至二次购的天数")
SECOND_TITLE = Text(
    en="{back} of {customers} first-time {customers:customer|customers} {back:is|are} back so far, "
    "most often after {days} days",
    zh="{customers}名首购客户中已有{back}名复购；{days}天之后复购的占比最高",
)
SECOND_TITLE_PLAIN = Text(
    en="{back} of {customers} first-time {customers:customer|customers} {back:is|are} back so far",
    zh="{customers}名首购客户中已有{back}名复购",
)
SECOND_NOTE = Text(
    en="Share of all first-time customers by the days to their second order, estimated where some could not "
    "be followed for so long. The parts are of unequal length.",
    zh="按二次购间隔天数划分的全部首购客户占比；观察期未满处为估计值。各段长度不等。",
)
SECOND_HOVER = Text(en="{share} of all, {back} so far", zh="占全部 {share}，迄今 {back} 人")
SHARE_THEN = Text(en="Share of all customers (estimate)", zh="占全部客户（估计）")
MEDIAN_KNOWN = Text(en="Half are back after {days}.", zh="半数客户在 {days}内复购。")
MEDIAN_UNKNOWN = Text(
    en="Fewer than half are known to come back, so there is no median over all.",
    zh="已知复购者不足半数，故无全体中位数。",
)

FLOWS = Text(en="From the first channel to the second", zh="首购渠道到二次购渠道")
FLOW_TITLE = Text(
    en="The widest way across: {share} of those who first bought in {first} and came back did so in {second}",
    zh="最大的跨渠道流向：首购于{first}且复购的客户中，{share}到{second}复购",
)
FLOW_STAYS = Text(en="Whoever comes back, comes back to the same channel", zh="复购客户均回到首购渠道")
FLOW_NOTE = Text(
    en="Lines: channel of the first order and how many came back. Columns: channel of the second order. Each "
    "line adds up to 100%. Days between: median over first orders followed for {span} days, second orders "
    "within them. Click a cell for its first channel.",
    zh="行为首购渠道及复购人数，列为二次购渠道，每行合计 100%。"
    "间隔天数：仅取首购后已观察满 {span} 天且期间内复购者的中位数。点击单元格可查看该首购渠道。",
)
WAY = Text(en="{first} → {second}", zh="{first} → {second}")
MEDIAN = Text(en="median {days} (n = {count})", zh="中位间隔{days}（n = {count}）")
MEDIAN_DAYS = Text(en="Median days", zh="间隔中位数（天）")
FOLLOWED_BACK = Text(en="Median rests on", zh="中位数所依人数")
CAME_BACK = Text(en="Came back in all", zh="复购总人数")
FIRST_CHANNEL = Text(en="First channel", zh="首购渠道")
SECOND_CHANNEL = Text(en="Second channel", zh="二次购渠道")

GROUPS = {
    CROSS: Text(en="Online and offline", zh="线上与线下"),
    ONLINE: Text(en="Online only", zh="仅线上"),
    OFFLINE: Text(en="Offline only", zh="仅线下"),
}
SECOND_GROUPS = {
    CROSS: Text(en="Second order across", zh="二次购跨渠道"),
    ONLINE: Text(en="Both orders online", zh="两单均在线上"),
    OFFLINE: Text(en="Both orders offline", zh="两单均在线下"),
}
FAIR_TITLE = Text(
    en="A third order within 90 days: {cross} after crossing, {online} online, {offline} offline",
    zh="90 天内第三单：跨渠道后{cross}，线上{online}，线下{offline}",
)
FAIR = Text(en="Third order within 90 days", zh="90 天内第三单")
FAIR_NOTE = Text(
    en="The fair comparison. Customers whose second order lies in {days}, by where it was: alike in having "
    "just placed a second order, and only what they did next is counted.",
    zh="公平比较：二次购在{days}内的客户，按二次购渠道分组。他们都刚完成第二单，只统计此后的购买。",
)
PERIOD_TITLE = Text(
    en="Cross-channel customers place {cross} orders each, others {online} online and {offline} offline",
    zh="跨渠道客户人均{cross}单，仅线上{online}单，仅线下{offline}单",
)
ORDERS_EACH = Text(en="Orders per customer", zh="人均订单数")
REVENUE_EACH = Text(en="Revenue per customer", zh="人均消费")
PERIOD_NOTE = Text(
    en="By the channels used in {days}. Not a fair comparison: who buys more often has more chances to use "
    "both, so this does not say that a second channel makes customers buy more.",
    zh="按{days}使用的渠道分组。并非公平比较：买得越多越有机会用到两类渠道，不能说明是第二个渠道带来了更多购买。",
)
NO_GROUPS = Text(
    en="There are no customers of both kinds of channel to compare.", zh="没有可比较的线上与线下客户。"
)
