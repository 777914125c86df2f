"""Words of panels that several pages have: a figure by a dimension, over time, and why there is nothing."""

from connectors.text import Text

CLEAR = Text(
    en="{title}: {low_name} lowest with {low}, {high_name} highest with {high}",
    zh="{title}：{low_name}最低（{low}），{high_name}最高（{high}）",
)
UNCLEAR = Text(
    en="{title}: {low_name} {low} to {high_name} {high}, which may be chance",
    zh="{title}：从{low_name}的{low}到{high_name}的{high}，差异可能是偶然",
)
RANGE = Text(
    en="{title}: from {low_name} {low} to {high_name} {high}",
    zh="{title}：从{low_name}的{low}到{high_name}的{high}",
)
ONE = Text(en="{title}: {name} {value}", zh="{title}：{name} {value}")
FEW = Text(en="{title}: too few for a comparison", zh="{title}：样本过少，无法比较")
WORST_PAIR = Text(
    en="Of {pairs} pairs of {dimensions}, the worst is **{name}**: {value} ({low} to {high}, n = {count}). "
    "That is further from the median of {median} than chance among so many explains.",
    zh="在{dimensions}两两交叉的{pairs}个组合中，最差的是 **{name}**：{value}（{low}至{high}，n = {count}）。"
    "考虑多重比较后，其与中位数{median}的差距仍非偶然。",
)
NO_WORST_PAIR = Text(
    en="Of {pairs} pairs of {dimensions}, none is worse than the median of {median} by more than chance.",
    zh="在{dimensions}两两交叉的{pairs}个组合中，没有一个显著差于中位数{median}。",
)
PAIR = Text(en="{first} · {second}", zh="{first} · {second}")
ABOUT = Text(
    en="n = {count} · {days} · 95% intervals where known", zh="n = {count} · {days} · 有区间者为 95% 区间"
)
LEFT_OUT = Text(
    en="{excluded} left out: outcome not known ({coverage} covered)",
    zh="{excluded}笔结果未知，未计入（覆盖{coverage}）",
)
SMALL = Text(en="“too few”: under {smallest}", zh="“样本少”指少于{smallest}")
CLICK = Text(en="click a bar to filter", zh="点击条形可筛选")
TREND = Text(en="{title} week by week", zh="{title}逐周走势")
LOWEST_NOW = Text(
    en="{title}: {last} in the last final week, the lowest shown",
    zh="{title}：最近确定周为{last}，为各周最低",
)
HIGHEST_NOW = Text(
    en="{title}: {last} in the last final week, the highest shown",
    zh="{title}：最近确定周为{last}，为各周最高",
)
TREND_UP = Text(
    en="{title}: {last} in the last final week; lowest {worst} in the week of {day}",
    zh="{title}：最近确定周为{last}；最低{worst}（{day}起一周）",
)
TREND_DOWN = Text(
    en="{title}: {last} in the last final week; highest {worst} in the week of {day}",
    zh="{title}：最近确定周为{last}；最高{worst}（{day}起一周）",
)
FEW_WEEKS = Text(
    en="No week counts enough to say: {most} at most, of {smallest} needed. Fewer filters count more.",
    zh="各周样本均不足：最多 {most}，至少需要 {smallest}。减少筛选条件可得到更多样本。",
)
TREND_ABOUT = Text(en="Weeks to {day}.", zh="截至{day}的各周。")
OPEN_WEEKS = Text(en="Dotted: may still change, final on {day}.", zh="虚线部分尚可变动，{day}确定。")
NO_TARGETS = Text(
    en="None of these figures has a target whose defects can be counted in this period: "
    "[[targets]] in business.toml sets them.",
    zh="本期没有可按例数计算的目标：可在 business.toml 的 [[targets]] 中设置。",
)
TARGETS = Text(en="What the targets still allow", zh="目标余量")
