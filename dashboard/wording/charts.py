"""Words on charts, and of what says the same without seeing them."""

from connectors.text import Text

AS_TABLE = Text(en="Show as table", zh="以表格查看")
SERIES = Text(en="Series", zh="系列")
INTERVAL = Text(en="95% interval", zh="95% 区间")
BEFORE = Text(en="A year before", zh="去年同期")
TARGET = Text(en="Target", zh="目标")
BETWEEN = Text(en="95%: {low} to {high}", zh="95%：{low}至{high}")
COUNTED = Text(en="n = {denominator}", zh="n = {denominator}")
FINAL_ON = Text(en="may still change, final on {day}", zh="尚可变动，{day}确定")
TREND_ALT = Text(
    en="{title}: from {begin} on {first} to {end} on {last}; lowest {low} on {low_day}, "
    "highest {high} on {high_day}.",
    zh="{title}：从{first}的{begin}到{last}的{end}；最低{low}（{low_day}），最高{high}（{high_day}）。",
)
EVENTS_ALT = Text(en="Marked: {events}.", zh="标注：{events}。")
EMPTY_ALT = Text(en="{title}: nothing to draw.", zh="{title}：无可绘制的数据。")
BARS_ALT = Text(en="{title}: {bars}.", zh="{title}：{bars}。")
PART = Text(en="{name} {value}", zh="{name} {value}")
PART_AIMED = Text(en="{name} {value} ({status} {target})", zh="{name} {value}（{status} {target}）")
AIM = Text(en="Target {target}", zh="目标 {target}")
FEW = Text(en="n = {denominator}, too few", zh="n = {denominator}，样本少")
NAME = Text(en="Name", zh="名称")
VALUE = Text(en="Value", zh="数值")
COUNT = Text(en="Count", zh="数量")
SHARE = Text(en="Share", zh="占比")
FROM = Text(en="From", zh="起")
TO = Text(en="To", zh="止")
STEP = Text(en="Step", zh="步骤")
OF_STEP_BEFORE = Text(en="Of the step before", zh="占上一步")
OF_FIRST = Text(en="Of the first step", zh="占第一步")
FUNNEL_HOVER = Text(
    en="{name}<br>{count}<br>{before} of the step before, {first} of the first",
    zh="{name}<br>{count}<br>占上一步 {before}，占第一步 {first}",
)
HISTOGRAM_HOVER = Text(
    en="{low} to {high}<br>{count}, {share} of all", zh="{low}至{high}<br>{count}，占 {share}"
)
HISTOGRAM_ALT = Text(en="{title}, {count} in all; {marks}.", zh="{title}，共 {count}；{marks}。")
AHEAD = Text(en="ahead of the median", zh="优于中位数")
BEHIND = Text(en="behind the median", zh="落后于中位数")
APART = Text(en="apart from the median", zh="偏离中位数")
LEVEL = Text(en="within chance", zh="差异在偶然范围内")
UNTOLD = Text(en="not judged", zh="未作判断")
MEDIAN = Text(en="Median", zh="中位数")
BEST_QUARTILE = Text(en="Best quartile", zh="最优四分位")
FROM_MEDIAN = Text(en="{distance} from the median", zh="与中位数相差 {distance}")
TO_MEDIAN = Text(en="From the median", zh="与中位数之差")
LACKING = Text(en="Cases to the best quartile", zh="距最优四分位例数")
STANDING = Text(en="Against the median", zh="相对中位数")
