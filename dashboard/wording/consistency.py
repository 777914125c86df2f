"""Words of the Consistency page."""

from connectors.text import Text

PART = Text(en="Question", zh="问题")
PARTS = {
    "same": Text(en="The same?", zh="一致性：是否相同"),
    "shared": Text(en="Shared?", zh="共享性：能否共用"),
    "together": Text(en="Working together?", zh="协作性：能否接力"),
}
TITLE_APART = Text(
    en="{count} of {all} {all:figure|figures} {count:is|are} not the same online and offline, "
    "most of all {kpi} ({gap})",
    zh="{all}项指标中有{count}项线上线下不一致，差距最大的是{kpi}（{gap}）",
)
TITLE_SAME = Text(
    en="No figure is shown to differ online and offline; {count} of {all} {count:is|are} the same",
    zh="没有指标被证实线上线下有别；{all}项中有{count}项一致",
)
TITLE_NOTHING = Text(
    en="Nothing can be compared online and offline here", zh="当前范围内线上线下没有可比的指标"
)
NO_ANSWER = Text(en="These days hold nothing to compare.", zh="所选日期没有可比较的数据。")

INCONSISTENT = Text(en="Not the same", zh="不一致")
INCONCLUSIVE = Text(en="Cannot tell yet", zh="尚无定论")
CONSISTENT = Text(en="The same", zh="一致")
NO_MARGIN = Text(en="No margin set", zh="未设容差")
NOT_COMPARABLE = Text(en="Not comparable", zh="不可比")
RELATIVE = Text(en="{change}%", zh="{change}%")
FEW_PEOPLE = Text(en="under {fewest}", zh="少于{fewest}")

INDEX = Text(en="Consistency index", zh="一致性指数")
INDEX_HELP = Text(
    en="0 to 100. Each figure scores 100 without a gap, 50 at its margin and 0 from twice its margin on; "
    "prices, range and titles score the share that is the same. Groups weigh as business.toml says.",
    zh="0 至 100。每项指标无差距为 100 分，差距等于容差为 50 分，达到两倍容差为 0 分；"
    "价格、商品范围与标题按相同的占比计分。各组权重见 business.toml。",
)
INDEX_INTERVAL = Text(en="90% interval: {low} to {high}", zh="90% 区间：{low}至{high}")
INDEX_RESTS = Text(
    en="Over {coverage} of all weight, {count} {count:figure|figures} scored. "
    "Weakest: **{weakest}** ({score}).",
    zh="覆盖 {coverage} 的权重，{count}项指标计分。最弱：**{weakest}**（{score}分）。",
)
INDEX_NARROW = Text(
    en="Only {share} of all weight could be scored: under {least} there is no index.",
    zh="仅 {share} 的权重可计分，不足 {least} 时不给出指数。",
)
NO_INDEX = Text(en="No figure could be scored, so there is no index.", zh="没有可计分的指标，无一致性指数。")
FURTHEST = Text(en="Furthest apart", zh="差距最大")
APART_LINE = Text(
    en="**{kpi}**: online {online}, offline {offline}", zh="**{kpi}**：线上 {online}，线下 {offline}"
)
ADJUSTED_LINE = Text(
    en="At the same mix of goods, regions and customers: {adjusted} instead of {gap} ({coverage} of the "
    "volume is in mixes that both sides have).",
    zh="在相同的品类、区域、客户构成下：{adjusted}，未调整为{gap}（{coverage} 的量处于双方共有的构成中）。",
)
UNADJUSTED_LINE = Text(
    en="Not adjusted for the mix: only {coverage} of the volume is in mixes that both sides have.",
    zh="未按构成调整：仅 {coverage} 的量处于双方共有的构成中。",
)

CHART_TITLE = Text(
    en="≠ {apart} apart, = {same} the same, ? {untold} cannot be told yet",
    zh="≠ {apart}项不一致，= {same}项一致，? {untold}项尚无定论",
)
CHART_NOTE = Text(
    en="Online against offline, each figure in its own margins, with 90% intervals: orange is not the same, "
    "blue the same, grey cannot be told. {days} Click a point for its evidence.",
    zh="线上对比线下，各指标以自身容差为单位，附 90% 区间：橙为不一致，蓝为一致，灰为尚无定论。{days}"
    "点击圆点查看依据。",
)
DAYS_OWN = Text(
    en="Each over its own latest final days of the chosen length.",
    zh="各指标取其最近已定稿、长度相同的日期。",
)
DAYS_CUSTOM = Text(en="Of the chosen days those that are final.", zh="仅计所选日期中已定稿的部分。")
CHANNELS_AGAINST = Text(
    en="The chosen channels are set against all channels of the other kind.",
    zh="所选渠道与另一类的全部渠道对比。",
)
STORES_AGAINST = Text(
    en="The chosen stores are set against what was not sold in any store.", zh="所选门店与非门店销售对比。"
)
ONLINE_MARK = Text(en="Online", zh="线上")
OFFLINE_MARK = Text(en="Offline", zh="线下")
BAND = Text(en="Counts as the same", zh="视为一致的范围")
ZERO = Text(en="as offline", zh="与线下相同")
MARGINS = Text(en="{count}×", zh="{count}×")
TOLD = Text(en="{online} vs {offline} · {gap}", zh="{online} 对 {offline} · {gap}")
TOLD_SHARE = Text(en="{share} of {count} the same", zh="{count} 件中 {share} 相同")
ALT_PART = Text(en="{name}: {told}, {verdict}", zh="{name}：{told}，{verdict}")
ALT = Text(en="Online against offline: {bars}.", zh="线上对比线下：{bars}。")

COLUMNS = {
    "name": Text(en="Figure", zh="指标"),
    "verdict": Text(en="Verdict", zh="判定"),
    "online": Text(en="Online", zh="线上"),
    "offline": Text(en="Offline", zh="线下"),
    "online_n": Text(en="n online", zh="线上样本"),
    "offline_n": Text(en="n offline", zh="线下样本"),
    "gap": Text(en="Gap", zh="差距"),
    "low90": Text(en="Low (90%)", zh="下限（90%）"),
    "high90": Text(en="High (90%)", zh="上限（90%）"),
    "margin": Text(en="Margin", zh="容差"),
    "adjusted_gap": Text(en="Gap at the same mix", zh="同构成差距"),
    "coverage": Text(en="Mix in common", zh="共有构成占比"),
    "answers_needed": Text(en="More answers needed", zh="尚需样本"),
    "score": Text(en="Score", zh="得分"),
    "weight": Text(en="Weight", zh="权重"),
}
NEEDED_MANY = Text(en="over {most}", zh="超过 {most}")
FEW_ANSWERS = Text(
    en="{kpi}: {online} online, {offline} offline; too few for a figure",
    zh="{kpi}：线上 {online}，线下 {offline}；样本太少，不列数值",
)
TOO_FEW = Text(en="Too few answers on one side ({count})", zh="一侧样本太少（{count}项）")
UNSCORED = Text(en="Not scored, and why ({count})", zh="未计分及原因（{count}项）")
UNSCORED_LINE = Text(en="**{why}**: {kpis}", zh="**{why}**：{kpis}")
SIGNS = {
    "inconsistent": Text(en="≠ {told}", zh="≠ {told}"),
    "inconclusive": Text(en="? {told}", zh="? {told}"),
    "consistent": Text(en="= {told}", zh="= {told}"),
}
NEEDED = Text(en="Cannot tell yet: answers needed ({count})", zh="尚无定论：尚需样本（{count}项）")
NEEDED_LINE = Text(en="{kpi}: about {count} more", zh="{kpi}：约还需 {count}")
NEEDED_EDGE = Text(
    en="{kpi}: the gap seems to be the margin itself; no number of answers settles that",
    zh="{kpi}：差距恰在容差上，增加样本也难以定论",
)
NEEDED_NONE = Text(en="There are enough answers for every verdict.", zh="各项判定的样本均已足够。")
INTENDED = Text(en="Intended differences ({count})", zh="有意差异（{count}项）")
INTENDED_LINE = Text(
    en="{what} {value}: left out of {count} {count:figure|figures}", zh="{what} {value}：不计入{count}项指标"
)
NO_INTENDED = Text(
    en="None are set. Goods, channels or stores that are meant to differ are named under "
    "`[[intended_differences]]` in business.toml, and then count in no verdict.",
    zh="未设置。有意区别对待的商品、渠道或门店可在 business.toml 的 "
    "`[[intended_differences]]` 中列出，不再计入判定。",
)
WHAT = {
    "category": Text(en="category", zh="品类"),
    "channel": Text(en="channel", zh="渠道"),
    "store": Text(en="store", zh="门店"),
    "sku": Text(en="article", zh="商品"),
}

LIST = Text(en="List", zh="清单")
LISTS = {
    "price_differences": Text(en="Prices that differ", zh="价格不同"),
    "content_differences": Text(en="Titles that differ", zh="标题不同"),
    "assortment_gaps": Text(en="On sale on one side only", zh="仅一侧在售"),
}
PRICES_TITLE = Text(
    en="{equal} of {compared} {compared:article|articles} {equal:costs|cost} the same; "
    "{online_lower} {online_lower:is|are} cheaper online, "
    "{online_higher} dearer",
    zh="{compared}件商品中{equal}件同价；线上更便宜{online_lower}件，更贵{online_higher}件",
)
SLANT = {
    "online_higher": Text(
        en="Furthest to one side: **{category}**, {count} of {compared} dearer online (median {gap}).",
        zh="偏离最集中：**{category}**，{compared}件中{count}件线上更贵，中位差距 {gap}。",
    ),
    "online_lower": Text(
        en="Furthest to one side: **{category}**, {count} of {compared} cheaper online (median {gap}).",
        zh="偏离最集中：**{category}**，{compared}件中{count}件线上更便宜，中位差距 {gap}。",
    ),
}
REALISED = Text(
    en="As actually paid after discounts, {share} of {compared} cost the same (95%: {low} to {high}).",
    zh="按实际成交价，{compared}件中 {share} 相同（95%：{low}至{high}）。",
)
NO_PRICES = Text(
    en="No article has a price online and offline. {keeper} can fill the table of prices.",
    zh="没有商品同时有线上与线下价格。价格表可由{keeper}提供。",
)
LIST_ROWS = Text(
    en="{rows} {rows:article|articles} as of {day}, those that brought in most first.",
    zh="{rows} 件商品，截至{day}，按销售额从高到低。",
)
LIST_EMPTY = Text(en="No article is on this list.", zh="此清单没有商品。")
FIRST_ROWS = Text(
    en="The first {shown} are shown; the file has all.", zh="此处显示前 {shown} 件，文件包含全部。"
)
IGNORED = Text(
    en="Articles are not split by {dimensions}: that filter does not apply here.",
    zh="商品不区分{dimensions}，相应筛选在此不适用。",
)
LIST_COLUMNS = {
    "sku": Text(en="SKU", zh="商品编码"),
    "title": Text(en="Name", zh="名称"),
    "category": Text(en="Category", zh="品类"),
    "revenue_90d": Text(en="Revenue of 90 days", zh="90 天销售额"),
    "intended": Text(en="Meant to differ", zh="有意差异"),
    "currency": Text(en="Currency", zh="币种"),
    "tax_included": Text(en="With tax", zh="含税"),
    "online_price": Text(en="Price online", zh="线上售价"),
    "offline_price": Text(en="Price offline", zh="线下售价"),
    "gap": Text(en="Online against offline", zh="线上相对线下"),
    "direction": Text(en="Which way", zh="方向"),
    "online_realised": Text(en="Paid online", zh="线上成交均价"),
    "offline_realised": Text(en="Paid offline", zh="线下成交均价"),
    "side": Text(en="On sale", zh="在售一侧"),
    "in_stock": Text(en="In stock", zh="有货"),
    "comparable": Text(en="Comparable", zh="可比"),
    "titles": Text(en="Titles", zh="标题数"),
    "channels_apart": Text(en="Channels with another title", zh="标题不同的渠道"),
}
LIST_CODES = {
    "direction": {
        "online_lower": Text(en="cheaper online", zh="线上更便宜"),
        "online_higher": Text(en="dearer online", zh="线上更贵"),
        "equal": Text(en="the same", zh="相同"),
        "not_comparable": Text(en="not comparable", zh="不可比"),
    },
    "side": {
        "online": Text(en="online only", zh="仅线上"),
        "offline": Text(en="offline only", zh="仅线下"),
    },
}
LIST_ALT = Text(en="Articles that differ online and offline", zh="线上线下有差异的商品")

RANGE_TITLE = Text(
    en="{share} of what the shops sell can be bought online; {reverse} of the online range is in the shops",
    zh="门店在售商品中 {share} 可在线上买到；线上商品中 {reverse} 在门店有售",
)
NO_RANGE = Text(
    en="Nobody tells which articles are on sale online and offline. {keeper} can fill the table of listings.",
    zh="没有线上与线下的在售商品信息。上架表可由{keeper}提供。",
)
RANGE_NOTE = Text(en="As of {day}, with 95% intervals.", zh="截至{day}，附 95% 区间。")
WEIGHTS = {
    "articles": Text(en="By number of articles", zh="按商品件数"),
    "revenue": Text(en="By revenue of 90 days", zh="按 90 天销售额"),
}
MEASURES = {
    "offline_range_online": Text(en="Shops' range online", zh="门店商品线上可买"),
    "online_range_offline": Text(en="Online range in shops", zh="线上商品门店有售"),
    "jaccard": Text(en="On both sides", zh="两侧共有"),
}
BASES = {
    "listed": Text(en="{measure}", zh="{measure}"),
    "in_stock": Text(en="{measure}: stock", zh="{measure}（有货）"),
}

TOGETHER_TITLE = Text(en="Does one channel finish what another began?", zh="一个渠道能否接续另一个渠道？")
