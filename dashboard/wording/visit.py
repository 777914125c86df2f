"""Words of Visit and buy: the funnel, conversions side by side, payment, speed, search, sources."""

from connectors.text import Text

STEPS = {
    "visits": Text(en="Visits", zh="访问"),
    "viewed": Text(en="Saw an article", zh="浏览商品"),
    "carted": Text(en="Filled a cart", zh="加入购物车"),
    "checkout": Text(en="Began checkout", zh="进入结账"),
    "ordered": Text(en="Ordered", zh="下单"),
    "paid": Text(en="Paid", zh="付款"),
}
FUNNEL = Text(en="Steps of a visit", zh="访问步骤")
FUNNEL_TOLD = Text(
    en="{share} of {visits} {visits:visit ends|visits end} in a paid order; "
    "the narrowest step: {step}, {rate} get there",
    zh="{visits} 次访问中 {share} 最终付款；最窄的一步是{step}：仅 {rate} 到达",
)
NO_FUNNEL = Text(
    en="No channel tells every step of its visits: web analytics with cart and checkout events would.",
    zh="没有渠道记录完整的访问步骤：需要带商品、购物车和结账事件的网站分析。",
)
NO_FUNNEL_OF_THESE = Text(
    en="{channels}: not every step of a visit is known, so there is no funnel. "
    "A door counter, for one, tells only how many came in.",
    zh="{channels}没有记录访问的每一步，因此没有漏斗；例如门店客流计数只记录进店人数。",
)
LEFT_OUT = Text(
    en="Without {channels}: no steps are told of their visits.", zh="不含{channels}：其访问没有步骤记录。"
)
RATES = Text(en="Step by step, by channel", zh="各渠道逐步转化")
LOSES = Text(
    en="{channel} falls behind most at: {step}, {rate} get there, {overall} over all",
    zh="{channel}在{step}一步落后最多：{rate} 到达，整体为 {overall}",
)
ALIKE = Text(en="No channel loses more at a step than chance would", zh="各渠道各步骤的差异都在偶然范围内")
RATES_NOTE = Text(
    en="Share of the step before. Coloured where chance is ruled out: blue above all channels together, "
    "orange below. Click a cell for that channel.",
    zh="占上一步的比例。差异超出偶然时着色：蓝色高于整体，橙色低于整体。点击单元格可查看该渠道。",
)
RATES_OF_ALL = Text(
    en="Every channel whose steps are known is shown, whichever are chosen above.",
    zh="列出所有记录了步骤的渠道，不受上方渠道筛选影响。",
)
ABOVE = Text(en="above", zh="高于整体")
BELOW = Text(en="below", zh="低于整体")
RATE_HOVER = Text(
    en="{channel} · {step}<br>{rate}, {count} reached it<br>{overall} over all channels",
    zh="{channel} · {step}<br>{rate}，{count} 次到达<br>各渠道整体 {overall}",
)
RATES_ALT = Text(
    en="Share of the step before by channel; below all channels: {steps}",
    zh="各渠道占上一步的比例；低于整体：{steps}",
)
NONE_BELOW = Text(en="none", zh="无")
OVERALL = Text(en="All channels", zh="各渠道整体")

CONVERSIONS = Text(
    en="{count} {count:conversion|conversions}, from {low} to {high}: each counts something else",
    zh="{count} 种转化率，从 {low} 到 {high}：各自统计的内容不同",
)
ONE_CONVERSION = Text(
    en="One conversion can be counted with these filters: {low}",
    zh="当前筛选条件下只能统计一种转化率：{low}",
)
SAME_CONVERSIONS = Text(
    en="{count} {count:conversion|conversions}, all {low}: with these filters they come to the same counts",
    zh="{count} 种转化率均为 {low}：在当前筛选条件下计数相同",
)
SOME_CONVERSIONS = Text(
    en="{count} {count:conversion|conversions}, from {low} to {high}: "
    "with these filters some come to the same counts",
    zh="{count} 种转化率，从 {low} 到 {high}：在当前筛选条件下部分计数相同",
)
NO_CONVERSIONS = Text(en="No conversion can be counted with these filters", zh="当前筛选条件下无法统计转化率")
OF = Text(en="{numerator} of {denominator}", zh="{numerator} / {denominator}")
APART = Text(
    en="{difference} against conversion per visit: above the line {more_counted} ({counted}), "
    "below it {more_divided} ({divided}).",
    zh="与访问转化率相差 {difference}：分子{more_counted}，带来 {counted}；"
    "分母{more_divided}，带来 {divided}。",
)
SAME = Text(
    en="With these filters it comes to the same counts as conversion per visit.",
    zh="在当前筛选条件下与访问转化率的计数相同。",
)
MADE_OF = Text(
    en="Online {online} ({online_of}) and offline {offline} ({offline_of}) add up to it.",
    zh="由线上 {online}（{online_of}）与线下 {offline}（{offline_of}）相加而成。",
)
MORE = Text(en="{count} more", zh="多 {count}")
FEWER = Text(en="{count} fewer", zh="少 {count}")
NONE_MORE = Text(en="as many", zh="相同")
WHY = {
    "conversion_per_visit": Text(
        en="Every visit once: did it lead to a paid order? At a counted door, till receipts over people.",
        zh="每次访问计一次：是否带来已付款订单？有客流计数的门店以小票数除以进店人数。",
    ),
    "orders_per_visit": Text(
        en="Orders, not visits: the second order of a visit counts, and so does one that no visit is "
        "known of. Dated by payment.",
        zh="统计订单而非访问：同一访问的第二单、没有访问记录的订单都计入。按付款日期统计。",
    ),
    "buyer_conversion": Text(
        en="People, not visits: who comes three times and buys once is one of one. Doors know no visitors.",
        zh="统计人而非访问：来三次买一次按一人计。门店客流不区分访客。",
    ),
    "store_conversion": Text(
        en="Counted doors alone: till receipts over the people who came in.",
        zh="仅限有客流计数的门店：收银小票数除以进店人数。",
    ),
    "checkout_completion": Text(
        en="Begins only at the checkout, and counts orders placed, paid or not.",
        zh="从进入结账开始统计，计入已下单者，无论是否付款。",
    ),
    "search_conversion": Text(
        en="Only visits that used the search, which often know what they want.",
        zh="仅统计使用站内搜索的访问，这些访客往往目标明确。",
    ),
}

FAILS_MOST = Text(
    en="{method} fails most often: {failed} of {counted} {counted:attempt|attempts}, {share}",
    zh="{method}失败最多：{counted} 次尝试中 {failed} 次失败，占 {share}",
)
PAYMENT = Text(en="Payment by method", zh="各支付方式")
PAID_IN_THE_END = Text(
    en="{value} of the purchases were paid in the end: {numerator} of {denominator}.",
    zh="最终支付成功的购买占 {value}：{numerator} / {denominator}。",
)
SPEED = Text(en="Page speed by channel", zh="各渠道页面速度")
SLOWEST = Text(
    en="{channel} is slowest: three of four visits see the page within {value}",
    zh="{channel}最慢：四分之三的访问在 {value} 内看到主要内容",
)
SEARCH = Text(en="Search by channel", zh="各渠道站内搜索")
SEARCHED = Text(
    en="{rate} of visits search, and {value} of those buy", zh="{rate} 的访问使用搜索，其中 {value} 成交"
)
SOURCE = Text(en="Where visits come from", zh="访问来源")
SOURCE_NOTE = Text(
    en="Share of the visits of each source that led to a paid order; visits of no known source are left out.",
    zh="各来源的访问中带来已付款订单的比例；来源未知的访问不计入。",
)
