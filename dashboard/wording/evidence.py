"""Words of the evidence behind a number."""

from connectors.text import Text

EVIDENCE = Text(en="Evidence", zh="依据")
EVIDENCE_OF = Text(en="Evidence: {kpi}", zh="依据：{kpi}")
OPEN = Text(
    en="Counts, interval, definition and rows behind this number", zh="查看该数值的计数、区间、口径与明细"
)
VALUE = Text(en="Value", zh="数值")
ALL_DATA = Text(en="no filter", zh="未筛选")
SLICE = Text(en="{dimension}: {values}", zh="{dimension}：{values}")

COUNTS = Text(en="Counts", zh="计数")
RATIO_OF = Text(en="**{numerator}** of **{denominator}**", zh="**{denominator}** 中的 **{numerator}**")
SUM_OVER = Text(en="**{numerator}** over **{denominator}**", zh="**{numerator}** 除以 **{denominator}**")
ONLY_COUNT = Text(en="**{numerator}** counted", zh="共 **{numerator}**")
DURATIONS = Text(en="**{denominator}** {denominator:duration|durations}", zh="**{denominator}** 个时长")
HIDDEN = Text(
    en="Under {fewest} people: nothing of them is shown.", zh="少于 {fewest} 人，为保护隐私不显示。"
)
TOO_FEW = Text(
    en="Fewer than {smallest}: the counts are shown, no rate.", zh="样本少于{smallest}，只列计数，不计比率。"
)
MISSING = Text(en="No connection delivers `{need}`.", zh="没有连接提供 `{need}`。")
MISSING_CHOSEN = Text(
    en="No connection delivers `{need}` for what is chosen.", zh="所选范围内没有连接提供 `{need}`。"
)
ABOVE = Text(en="Above the line: {words}.", zh="分子：{words}。")
BELOW = Text(en="Below the line: {words}.", zh="分母：{words}。")
OF_WHAT = Text(en="Counted are {words}.", zh="计数对象：{words}。")

INTERVAL = Text(en="95% interval", zh="95% 区间")
BETWEEN = Text(en="{low} to {high}. {method}", zh="{low}至{high}。{method}")
METHODS = {
    "ratio": Text(en="By Wilson's formula for shares.", zh="按 Wilson 比例公式。"),
    "mean": Text(en="By the linearised error of a ratio of sums.", zh="按总量之比的线性化误差。"),
    "score": Text(en="By the error of promoters minus detractors.", zh="按推荐者减贬损者的误差。"),
    "quantile": Text(en="By order statistics.", zh="按次序统计量。"),
    "survival": Text(en="By Kaplan and Meier, on the log-log scale.", zh="按 Kaplan–Meier 对数对数区间。"),
}
WIDER = Text(
    en="Answers of one customer or order are alike, so it is {times} times as wide as it would be.",
    zh="同一客户或订单的结果相近，区间因此放宽到{times}倍。",
)

COMPARED = Text(en="Compared with", zh="对比")
BEFORE = Text(en="{days}: {previous}", zh="{days}：{previous}")
CHANGED = Text(
    en="Change {change} (95%: {low} to {high}): {verdict}.",
    zh="变化 {change}（95%：{low}至{high}）：{verdict}。",
)
CHANGED_UNJUDGED = Text(en="Change {change}: {verdict}.", zh="变化 {change}：{verdict}。")

DEFINITION = Text(en="Definition", zh="口径")
DATED_BY = Text(en="Dated by {words} (`{day}`).", zh="按{words}（`{day}`）归入日期。")
DATED_EACH = Text(en="Each side is dated by a day of its own.", zh="分子与分母各按自己的日期归入。")
FOLLOWS = Text(en="Source of the definition: {source}.", zh="口径来源：{source}。")

EXCLUDED = Text(en="Left out", zh="排除")
NOTHING_EXCLUDED = Text(en="nothing", zh="无")
LEFT_OUT = Text(en="{count}: {why}", zh="{count}：{why}")
COVERAGE = Text(en="{share} are covered.", zh="覆盖率 {share}。")

TARGET = Text(en="Target", zh="目标")
TARGET_OF = Text(en="{target}: {status}", zh="{target}：{status}")
NO_TARGET = Text(
    en="none set; `[[targets]]` in business.toml sets one",
    zh="未设置；可在 business.toml 的 `[[targets]]` 中设置",
)

FINALITY = Text(en="Final or not", zh="是否确定")
FINAL = Text(en="These days are final.", zh="这些日期的数据已确定。")
FINAL_AFTER = Text(
    en="These days are final: {days} {days:day has|days have} passed since.",
    zh="这些日期已过 {days} 天，数据已确定。",
)
PROVISIONAL = Text(en="Provisional until {day}.", zh="{day}前为暂估。")

DATA = Text(en="Data", zh="数据")
FROM_CONNECTION = Text(
    en="**{connection}**: {tables}, read {moment}", zh="**{connection}**：{tables}，读取于{moment}"
)
FROM_FAILED = Text(
    en="**{connection}**: {tables}; the last reading failed, so this is of {moment}",
    zh="**{connection}**：{tables}；最近一次读取失败，数据停留在{moment}",
)
BURNT_IN = Text(
    en="Some customers may have bought before the data begin on {day}.",
    zh="部分顾客可能在数据开始（{day}）之前已购买过。",
)
SNAPSHOT = Text(
    en="Newest order {data_time}, snapshot {version}.", zh="最新订单 {data_time}，快照 {version}。"
)

ROWS = Text(en="Show rows: {table}", zh="查看明细：{table}")
DEFINITIONS = Text(en="All definitions", zh="全部口径")
