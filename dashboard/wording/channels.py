"""Words of Channels: what is ranked and how, the heading, leaderboards, weeks, stores and their peers."""

from connectors.text import Text

FIGURE = Text(en="Figure", zh="指标")
SPLIT = Text(en="Split by", zh="拆分维度")
RANK = Text(en="Rank by", zh="排名方式")
RANKS = {
    "value": Text(en="Value", zh="数值"),
    "change": Text(en="Change", zh="变化"),
    "contribution": Text(en="Part of the change", zh="变化贡献"),
}

ROSE = Text(en="{kpi} rose {amount} to {value}{mainly}", zh="{kpi}上升{amount}，至{value}{mainly}")
FELL = Text(en="{kpi} fell {amount} to {value}{mainly}", zh="{kpi}下降{amount}，至{value}{mainly}")
MAINLY = Text(en=", mainly {slice}", zh="，主要来自{slice}")
STEADY = Text(en="{kpi} {value}: no real change", zh="{kpi} {value}：无真实变化")
ALONE = Text(en="{kpi} {value}", zh="{kpi} {value}")
NO_FIGURE = Text(en="{kpi}: no figure for these filters", zh="{kpi}：当前筛选条件下没有数值")
CANNOT = Text(en="{kpi} cannot be counted", zh="{kpi}：无法统计")
NEEDS = Text(
    en="No connection delivers {need}, so this figure cannot be counted. It usually comes from {source}.",
    zh="没有连接提供 {need}，无法统计该指标。通常来自{source}。",
)
NEEDS_CHOSEN = Text(
    en="No connection delivers {need} for what is chosen, so this figure cannot be counted.",
    zh="所选范围内没有连接提供 {need}，无法统计该指标。",
)
UNCARRIED = Text(
    en="{kpi} is not counted by: {dimensions}. Take that filter away or choose another figure.",
    zh="{kpi}不按{dimensions}统计。请取消该筛选或选择其他指标。",
)
NOTHING_COUNTED = Text(en="Nothing was counted in these days.", zh="所选日期内没有可统计的数据。")
DAYS = Text(en="{days}, n = {denominator}", zh="{days}，n = {denominator}")
COUNT_DAYS = Text(en="{days}", zh="{days}")
AGAINST = Text(en="against {days}", zh="对比{days}")
FINAL_ON = Text(en="provisional until {day}", zh="{day}前为暂估")
NOT_BY = Text(en="It cannot be split by: {dimensions}.", zh="不能按{dimensions}拆分。")

LEADS = Text(
    en="Best: {first}, {value}; last: {last}, {other}", zh="最优：{first} {value}；末位：{last} {other}"
)
HIGHEST = Text(
    en="Highest: {first}, {value}; lowest: {last}, {other}", zh="最高：{first} {value}；最低：{last} {other}"
)
CLOSE = Text(
    en="{first} {value} to {last} {other}: their intervals overlap",
    zh="{first} {value} 至 {last} {other}：区间重叠",
)
ONLY = Text(en="{first}: {value}", zh="{first}：{value}")
NO_RANKING = Text(en="Too few to rank", zh="样本过少，无法排名")
MOVED_MOST = Text(
    en="{count} of {parts} really changed, most of all {slice} ({change})",
    zh="{parts} 项中有 {count} 项真实变化，变化最大的是{slice}（{change}）",
)
NONE_MOVED = Text(en="None of {parts} changed by more than chance would", zh="{parts} 项的变化都在偶然范围内")
BRINGS = Text(en="{slice} brings {contribution} of {change}", zh="{slice}贡献{contribution}，总变化{change}")
SPREAD = Text(
    en="The change of {change} is spread: none brings most of it", zh="总变化{change}较分散：没有单一主要来源"
)
MAY_BE_CHANCE = Text(
    en="The change as a whole ({change}) may be chance, so no part is coloured",
    zh="总变化（{change}）可能只是偶然，因此各部分不着色",
)
REVERSED = Text(
    en="Every part moved against the whole: it is their mix that changed.",
    zh="各部分的变化方向都与整体相反：变化来自构成。",
)
COMPARE_FIRST = Text(
    en="There is nothing to compare with: choose a comparison above, or days that the data reach back from.",
    zh="没有可对比的数据：请在上方选择对比方式，或选择数据可回溯的日期。",
)
OF_IT = Text(en="{share} of it", zh="占 {share}")
EFFECTS = Text(en="own rate {rate}, mix {mix}", zh="自身变化 {rate}，构成变化 {mix}")
BEFORE_AFTER = Text(en="{previous} before, {value} now", zh="对比期 {previous}，本期 {value}")
CLICK = Text(en="Click one to show it alone, again for all.", zh="点击任一项可单独查看，再次点击恢复全部。")
CUT = Text(
    en="The first and last {count} of {parts}; all are in the table.",
    zh="仅显示 {parts} 项中的前后各 {count} 项；全部见表格。",
)
LARGEST = Text(
    en="The {count} of {parts} that bring most, up or down; all are in the table.",
    zh="仅显示 {parts} 项中影响最大的 {count} 项；全部见表格。",
)
NOWHERE = Text(en="not in a store", zh="非门店")
CONTRIBUTION = Text(en="Contribution", zh="贡献")
RATE_EFFECT = Text(en="By its own rate", zh="自身变化")
MIX_EFFECT = Text(en="By its share", zh="构成变化")
SHARE = Text(en="Share of the change", zh="占总变化")
VERDICT = Text(en="Verdict", zh="判断")

WEEKS = Text(en="Week by week: {low} to {high}, last {value}", zh="周走势：{low}至{high}，最近{value}")
WEEKS_ALONE = Text(en="Week by week", zh="周走势")
LAST_WEEK = Text(
    en="Week of {day}: highest {first}, {value}; lowest {last}, {other}",
    zh="{day}当周：最高{first} {value}，最低{last} {other}",
)
NO_WEEKS = Text(en="No week to draw", zh="无可绘制的周数据")
WEEKS_NOTE = Text(en="Whole weeks, Monday to Sunday.", zh="整周（周一至周日）。")

PEERS = Text(en="Stores against their peers", zh="门店同行对比")
PEERS_APART = Text(
    en="{ahead} of {parts} stores really ahead of the median ({median}), {behind} really behind",
    zh="{parts} 家门店中 {ahead} 家真实优于中位数（{median}），{behind} 家真实落后",
)
PEERS_DIFFER = Text(
    en="{apart} of {parts} stores really apart from the median ({median})",
    zh="{parts} 家门店中 {apart} 家真实偏离中位数（{median}）",
)
PEERS_ALIKE = Text(
    en="{parts} stores: no difference from the median ({median}) is more than chance",
    zh="{parts} 家门店与中位数（{median}）的差异都在偶然范围内",
)
FURTHEST = Text(
    en="**{store}** is furthest from the best quartile ({best}): "
    "{count} {count:case|cases} of {counted} would close the gap.",
    zh="**{store}** 离最优四分位（{best}）最远：{counted} 例中改善 {count} 例即可追平。",
)
TOO_FEW_PEERS = Text(
    en="Fewer than {fewest} stores count enough in these days to be compared.",
    zh="所选日期内样本足够的门店不足 {fewest} 家，无法对比。",
)
NO_STORES = Text(en="{kpi} is not counted by store.", zh="{kpi}不按门店统计。")
PEERS_NOTE = Text(
    en="Every store counts once, however large. Chance is judged among all stores together.",
    zh="每家门店无论大小均计一次；偶然性在全部门店中一并判断。",
)
