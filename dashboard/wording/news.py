"""Words of what changed and of what is out of the ordinary, each a whole sentence."""

from connectors.text import Text

ROSE = Text(
    en="{kpi} rose {amount} to {value} ({days}; before: {previous}){driver}.",
    zh="{kpi}上升{amount}，至{value}（{days}；对比期{previous}）{driver}。",
)
FELL = Text(
    en="{kpi} fell {amount} to {value} ({days}; before: {previous}){driver}.",
    zh="{kpi}下降{amount}，至{value}（{days}；对比期{previous}）{driver}。",
)
MOSTLY = Text(en=", mostly {slice} ({contribution} of it)", zh="，主要来自{slice}（其中{contribution}）")
OF_DIMENSION = Text(en="{dimension} {slice}", zh="{dimension}{slice}")
REVERSED = Text(
    en="Split by {dimension}, every part moved the other way: it is their mix that changed.",
    zh="按{dimension}看，各部分的变化方向都相反：变化来自构成。",
)
KNOWN = Text(en="Known in these days: {events}.", zh="期间已知事件：{events}。")
IN_CHANNEL = Text(en="{kpi}, {channel}", zh="{channel}的{kpi}")
BEYOND = Text(
    en="{kpi} was {value} in the week of {week}; it usually lies between {low} and {high}.",
    zh="{kpi}在{week}起的一周为{value}；通常在{low}至{high}之间。",
)
ABOVE = Text(
    en="{kpi} has been above its usual {centre} for {weeks} weeks, {days}: {value} on average.",
    zh="{kpi}连续{weeks}周（{days}）高于通常水平{centre}：平均为{value}。",
)
BELOW = Text(
    en="{kpi} has been below its usual {centre} for {weeks} weeks, {days}: {value} on average.",
    zh="{kpi}连续{weeks}周（{days}）低于通常水平{centre}：平均为{value}。",
)
