"""Words of the Overview: cards, the message at the top, what changed, channels against target."""

from connectors.text import Text

ROSE = Text(en="{kpi} rose {amount}", zh="{kpi}上升{amount}")
FELL = Text(en="{kpi} fell {amount}", zh="{kpi}下降{amount}")
IN_CHANNEL = Text(en="{change} in {channel}", zh="{channel}的{change}")
MAINLY = Text(en="{change}, mainly {slice}", zh="{change}，主要来自{slice}")
NOTHING_CHANGED = Text(
    en="No real change in the headline figures",
    zh="核心指标没有真实变化",
)

BETTER = Text(en="better", zh="改善")
WORSE = Text(en="worse", zh="变差")
NO_REAL_CHANGE = Text(en="no real change", zh="无真实变化")
CHANGED = Text(en="changed", zh="有变化")
MAY_BE_CHANCE = Text(en="may be chance", zh="可能是偶然")
NOT_JUDGED = Text(en="not judged", zh="未作判断")
NOT_COMPARED = Text(en="nothing to compare", zh="无可比数据")
NEEDS_HISTORY = Text(en="short history", zh="历史不足")
NOT_FINAL = Text(en="not final", zh="未定稿")

ON_TARGET = Text(en="On target", zh="达标")
NEAR_TARGET = Text(en="Near target", zh="接近目标")
OFF_TARGET = Text(en="Off target", zh="未达标")
NO_FIGURE = Text(en="Not judged", zh="未作判断")
NO_TARGET = Text(en="No target", zh="未设目标")
TARGET_UP = Text(en="≥ {target}", zh="≥ {target}")
TARGET_DOWN = Text(en="≤ {target}", zh="≤ {target}")

COUNTS = Text(en="{numerator} of {denominator}", zh="{numerator} / {denominator}")
ONLY = Text(en="n = {denominator}", zh="n = {denominator}")
HIDDEN = Text(en="under {fewest}", zh="少于 {fewest}")
TOO_FEW = Text(en="too few for a figure (under {smallest})", zh="样本少于{smallest}，不计比率")
PROVISIONAL = Text(en="provisional until {day}", zh="{day}前为暂估")
IDENTIFIED = Text(
    en="Rests on orders of known customers: {share} of all orders.",
    zh="仅基于已识别客户的订单，占全部订单的{share}。",
)
MISSING = Text(en="Needs {need}: {source}", zh="缺少 {need}：{source}")
MISSING_HELP = Text(
    en="No connection delivers {need}. It usually comes from {source}.",
    zh="没有连接提供 {need}，通常来自{source}。",
)
MISSING_HELP_CHOSEN = Text(
    en="No connection delivers {need} for what is chosen. It usually comes from {source}.",
    zh="所选范围内没有连接提供 {need}，通常来自{source}。",
)
UNSPLIT = Text(en="not split by: {dimensions}", zh="不区分{dimensions}")
UNSPLIT_HELP = Text(
    en="It is not counted by {dimensions}, so that filter leaves it without a figure.",
    zh="该指标不按{dimensions}统计，启用该筛选时不显示数值。",
)
NO_ROWS = Text(en="no data for these filters", zh="当前筛选无数据")
INTERVAL = Text(en="95% interval: {low} to {high}.", zh="95% 区间：{low}至{high}。")
COUNTED = Text(en="n = {denominator}.", zh="n = {denominator}。")
HELP_LAG = Text(
    en="Final after {days} {days:day|days}, so the period ends that much earlier.",
    zh="数据需 {days} 天才能确定，因此统计周期相应提前结束。",
)
HELP_BEFORE = Text(en="Before, {days}: {previous}.", zh="对比期 {days}：{previous}。")
HELP_MAY_BE_CHANCE = Text(
    en="Alone it would count as a real change; among all figures of this page it may be chance.",
    zh="单独看是真实变化；但本页同时比较多项指标，它可能只是偶然。",
)

WHAT_CHANGED = Text(en="What changed", zh="本期变化")
TO_VALUE = Text(en="{change} to **{value}**", zh="{change}，至 **{value}**")
OF_IT = Text(en=", mainly {slice} ({contribution} of it).", zh="，主要来自{slice}（其中 {contribution}）。")
SLICE = Text(en="{dimension}: {value}", zh="{dimension}：{value}")
KNOWN = Text(en="Known: {events}", zh="已知事件：{events}")
KNOWN_BEFORE = Text(en="In the days compared with: {events}", zh="对比期事件：{events}")
REVERSED = Text(
    en="Every part moved the other way, by {dimensions}: their mix changed.",
    zh="按{dimensions}看各部分均反向变化：变的是构成。",
)
NEED_HISTORY = Text(
    en="{count} may have moved only because more is known of the past.",
    zh="{count}项的变化可能只是因为已知的历史数据变长。",
)
NOT_FINAL_YET = Text(en="{count} {count:is|are} not final yet.", zh="{count}项尚未定稿。")
REALLY_CHANGED = Text(
    en="{count} of {all} headline {all:figure|figures} really changed",
    zh="{all}项核心指标中{count}项有真实变化",
)
TOO_FEW_TO_JUDGE = Text(en="{count} {count:has|have} too few to judge.", zh="{count}项样本过少，无法判断。")
STOP = Text(en=".", zh="。")
UNTOLD = Text(en="{count} more really changed.", zh="另有{count}项也有真实变化。")
STEADY = Text(
    en="{count} {count:other|others} moved less than chance would.", zh="其余{count}项的波动在偶然范围内。"
)
STEADY_ALONE = Text(en="{count} moved less than chance would.", zh="{count}项的波动在偶然范围内。")
UNCERTAIN = Text(
    en="{count} would count alone, but may be chance among so many.",
    zh="另有{count}项单独看有变化，但同时比较多项时可能是偶然。",
)
ALL_STEADY = Text(
    en="Every headline figure moved less than chance would.",
    zh="所有核心指标的波动都在偶然范围内。",
)
COMPARISON_EMPTY = Text(
    en="The days to compare with lie before the data, or too little was counted.",
    zh="对比周期早于数据起始日，或样本过少。",
)
COMPARISON_OFF = Text(
    en="Choose a comparison above to see what changed.", zh="请在上方选择对比周期以查看变化。"
)
RESTS_ON = Text(
    en="Rests on {orders} paid {orders:order|orders} and {visits} {visits:visit|visits}, {days}. "
    "{share} of the orders have an identified "
    "customer.",
    zh="基于{days}的 {orders} 笔已支付订单与 {visits} 次访问；{share}的订单已识别客户。",
)
UNKNOWN_COUNT = Text(en="an unknown number of", zh="未知数量的")

AGAINST_TARGET = Text(en="Channels against target", zh="各渠道达标情况")
AGAINST_TARGET_NOTE = Text(
    en="Blue beats the target, orange misses it. Click a cell to open that channel.",
    zh="蓝色优于目标，橙色劣于目标。点击单元格打开该渠道。",
)
MISSED = Text(
    en="{count} of {all} channel {all:figure|figures} {count:misses its|miss their} target",
    zh="{all}项渠道指标中{count}项未达标",
)
NONE_MISSED = Text(
    en="{all:The one channel figure keeps to its target|All {all} channel figures keep to their targets}",
    zh="{all}项渠道指标全部达标",
)
MOST_OF_THEM = Text(en="{told}, most {channel}", zh="{told}，{channel}最多")
NO_TARGETS_NOTE = Text(
    en="No target is set: [[targets]] in business.toml sets them. Click a cell to open that channel.",
    zh="尚未设置目标：可在 business.toml 的 [[targets]] 中设置。点击单元格打开该渠道。",
)
ROOM = Text(en="What is left", zh="达标余量")
ALLOWED = Text(
    en="**{kpi}** {target}: {defects} of {counted} {defects:counts|count} against it, {most} may. "
    "{count} more {count:is|are} still within the target.",
    zh="**{kpi}** {target}：{counted}例中有{defects}例不合要求，上限为{most}例。再增加{count}例仍达标。",
)
TOO_MANY = Text(
    en="**{kpi}** {target}: {defects} of {counted} {defects:counts|count} against it, "
    "{most} may: {count} too many.",
    zh="**{kpi}** {target}：{counted}例中有{defects}例不合要求，上限为{most}例：超出{count}例。",
)
LEAVE = Text(
    en="Oldest first, that many are out of these days on {day}; new ones count like them.",
    zh="从最早的算起，超出的部分到{day}移出统计期；其间新增的同样计入。",
)
ANEW = Text(en="Counting starts anew on {day}.", zh="{day}起重新计数。")
HEAT_ALT = Text(
    en="{kpis} by channel against their targets; off target: {bad}",
    zh="各渠道 {kpis} 与目标对比；未达标：{bad}",
)
NONE_OFF = Text(en="none", zh="无")
HEAT_HOVER = Text(
    en="{channel} · {kpi}<br>{value}, {status}<br>{days} · n = {denominator}",
    zh="{channel} · {kpi}<br>{value}，{status}<br>{days} · n = {denominator}",
)
FEW = Text(en="few", zh="样本少")
NO_CELL = Text(en="no data", zh="无数据")

OUT_OF_THE_ORDINARY = Text(en="{count} {count:thing|things} out of the ordinary", zh="{count}处异常")
ALL_ORDINARY = Text(en="Nothing out of the ordinary", zh="没有异常")
ALARMS_HELP = Text(
    en="Since {day}, over all figures and channels: final weeks beyond what ordinary weeks vary by, and long "
    "runs on one side. What moves together is told once.",
    zh="自{day}起，覆盖全部指标与渠道：已定稿的周超出正常波动范围，或长期偏向一侧。同时变动的只列一次。",
)
ALARMS_UNFILTERED = Text(
    en="Watched for all regions, stores, categories and customers.",
    zh="监控覆盖全部区域、门店、品类与客户。",
)
WEEK_OF = Text(
    en="{kpi}: **{value}** in the week of {day}, usually {usual}.",
    zh="{kpi}：{day}当周 **{value}**，通常 {usual}。",
)
WEEKS_TO = Text(
    en="{kpi}: **{value}** for {weeks} {weeks:week|weeks} to {day}, usually {usual}.",
    zh="{kpi}：截至{day}连续{weeks}周均值 **{value}**，通常 {usual}。",
)
MORE_ALARMS = Text(en="{count} more", zh="另有{count}处")

INDEX = Text(en="Consistency index", zh="一致性指数")
INDEX_HELP = Text(
    en="Do customers get the same online and offline? 100 means yes. Each figure over its own last "
    "final days; a chosen channel against all of the other kind, as on Consistency.",
    zh="线上线下体验是否一致？100 表示一致。各指标取各自最近的已定稿日期；"
    "选定渠道时与另一类全部渠道对比，口径同“一致性”页。",
)
INDEX_INTERVAL = Text(en="90% interval {low} to {high}", zh="90% 区间 {low}–{high}")
INDEX_SCORED = Text(en="{share} of the weight scored", zh="已评分权重 {share}")
WEAKEST = Text(en="Weakest: {kpi}", zh="最弱：{kpi}")
NO_INDEX = Text(en="No figure could be scored", zh="没有可评分的指标")
INDEX_MORE = Text(en="Open consistency", zh="查看一致性")
