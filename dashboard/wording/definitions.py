"""Words of the Definitions page."""

from connectors.text import Text

HEADING = Text(
    en="{count} figures, each defined once, {compared} of them compared online and offline",
    zh="{count}项指标，口径统一，其中{compared}项对比线上线下",
)
FIND = Text(en="Search", zh="搜索")
FIND_HINT = Text(en="A word of the name, question or formula", zh="名称、问题或公式中的文字")
KPI = Text(en="Figure", zh="指标")
NOTHING = Text(en="No definition holds '{words}'.", zh="没有口径包含“{words}”。")
NUMERATOR = Text(en="Numerator", zh="分子")
DENOMINATOR = Text(en="Denominator", zh="分母")
EXCLUDED = Text(en="Left out", zh="排除")
DATED_BY = Text(en="Dated by", zh="日期依据")
DATED_EACH = Text(en="each side by a day of its own", zh="分子与分母各按自己的日期")
LAG = Text(en="Final after", zh="定稿时间")
DAYS = Text(en="{days} {days:day|days}", zh="{days} 天")
UNIT = Text(en="Unit", zh="单位")
BETTER = Text(en="Better", zh="好的方向")
DIRECTIONS = {
    "up": Text(en="higher", zh="越高越好"),
    "down": Text(en="lower", zh="越低越好"),
    "none": Text(en="neither", zh="无好坏之分"),
}
TABLES = Text(en="Made from", zh="数据表")
SPLITS = Text(en="Can be split by", zh="可拆分维度")
COMPARED = Text(en="Online and offline", zh="线上线下对比")
MARGIN = Text(en="margin {margin}, group `{group}` of the index", zh="容差 {margin}，指数分组 `{group}`")
NO_MARGIN = Text(en="group `{group}` of the index, no margin set", zh="指数分组 `{group}`，未设容差")
NOT_COMPARED = Text(en="not compared", zh="不对比")
STAGE = Text(en="Stage", zh="阶段")
FOLLOWS = Text(en="Source of the definition", zh="口径来源")
PROFILES = Text(en="How platforms count it", zh="各平台口径")
COLUMNS = {
    "platform": Text(en="Platform", zh="平台"),
    "differs": Text(en="What differs", zh="差异"),
    "numerator": Text(en="Its numerator", zh="平台分子"),
    "denominator": Text(en="Its denominator", zh="平台分母"),
    "lag": Text(en="Final after, days", zh="定稿天数"),
    "asks": Text(en="Asks for", zh="要求"),
    "source": Text(en="Source", zh="来源"),
}
OURS = Text(en="Ours", zh="本系统")
AT_LEAST = Text(en="≥ {value}", zh="≥ {value}")
AT_MOST = Text(en="≤ {value}", zh="≤ {value}")
SEEN = Text(en="{source}, {seen}", zh="{source}，{seen}")
LIST_COLUMNS = {
    "kpi": Text(en="KPI", zh="指标代码"),
    "name": Text(en="Name", zh="名称"),
    "question": Text(en="Question", zh="问题"),
    "stage": Text(en="Stage", zh="阶段"),
    "unit": Text(en="Unit", zh="单位"),
    "better": Text(en="Better", zh="好的方向"),
    "lag": Text(en="Final after, days", zh="定稿天数"),
}
FOUND = Text(en="{count} {count:definition|definitions}", zh="{count}项口径")
LIST_ALT = Text(en="Every definition found", zh="查到的全部口径")
PROFILES_ALT = Text(en="Our way of counting beside each platform's", zh="本系统口径与各平台口径对照")
