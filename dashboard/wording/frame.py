"""Words of the frame around every page: navigation, filters, data time, first start."""

from connectors.text import Text

PRODUCT = Text(en="Seamline", zh="Seamline")
OVERVIEW = Text(en="Overview", zh="总览")
OVERVIEW_HELP = Text(
    en="The headline figures: what changed, whether it is real, and where.",
    zh="核心指标：哪里变了、变化是否真实、来自哪个渠道。",
)
CHANNELS = Text(en="Channels", zh="渠道")
CHANNELS_HELP = Text(
    en="One figure by channel, store, region or category: who leads, who moved, who brings the change.",
    zh="将一项指标按渠道、门店、区域或品类排名：谁领先、谁变动、变化由谁带来。",
)
VOICE = Text(en="Voice", zh="口碑")
VOICE_HELP = Text(
    en="What customers answer and write: would they recommend us, are they satisfied, and why not.",
    zh="客户的回答与评价：是否愿意推荐、是否满意，以及为什么不满意。",
)
LOYALTY = Text(en="Loyalty", zh="复购与忠诚")
LOYALTY_HELP = Text(
    en="Who comes back, how soon and where, and who buys in several channels.",
    zh="谁会再来、隔多久、在哪个渠道，以及谁跨渠道购买。",
)
VISIT = Text(en="Visit and buy", zh="访问与购买")
VISIT_HELP = Text(
    en="From visit to paid order: where visits are lost, and what each conversion counts.",
    zh="从访问到付款：访客在哪一步流失，各种转化率分别统计什么。",
)
RETURNS = Text(en="Returns and service", zh="退货与客服")
RETURNS_HELP = Text(
    en="What comes back and why, how soon money and answers follow, and what the targets still allow.",
    zh="退货及原因、退款与客服响应速度，以及目标余量。",
)
DELIVERY = Text(en="Delivery", zh="履约配送")
DELIVERY_HELP = Text(
    en="Whether orders arrive when promised, how long they take, and what goes wrong.",
    zh="订单是否按承诺送达、耗时多久、问题出在哪里。",
)
CONSISTENCY = Text(en="Consistency", zh="一致性")
CONSISTENCY_HELP = Text(
    en="Whether customers get the same online and offline, and whether channels work together.",
    zh="线上线下体验是否一致，各渠道能否互通协作。",
)
EXTRACTS = Text(en="Extracts", zh="数据导出")
EXTRACTS_HELP = Text(
    en="Every figure and every table as a file, with the filters of the page.",
    zh="按当前筛选条件，将指标与明细表导出为文件。",
)
DATA_HEALTH = Text(en="Data health", zh="数据健康")
DATA_HEALTH_HELP = Text(
    en="What was read from where, what was put aside and why, and what is missing.",
    zh="数据从哪里读取、哪些被隔离及原因、还缺什么。",
)
DEFINITIONS = Text(en="Definitions", zh="指标口径")
DEFINITIONS_HELP = Text(
    en="What every figure counts, over what, as of when, and how platforms count it.",
    zh="每项指标统计什么、分母是什么、按哪天归入，以及各平台的口径。",
)
LANGUAGE = Text(en="Language", zh="语言")
LANGUAGE_NAMES = {"en": "EN", "zh": "中文"}

PERIOD = Text(en="Period", zh="统计周期")
PERIODS = {
    "7d": Text(en="Last 7 days", zh="近7天"),
    "28d": Text(en="Last 28 days", zh="近28天"),
    "90d": Text(en="Last 90 days", zh="近90天"),
    "mtd": Text(en="This month", zh="本月至今"),
    "month": Text(en="Last full month", zh="上个整月"),
    "qtd": Text(en="This quarter", zh="本季至今"),
    "quarter": Text(en="Last full quarter", zh="上个整季"),
    "ytd": Text(en="Year to date", zh="今年至今"),
    "custom": Text(en="From – to …", zh="自定义…"),
}
DAYS = Text(en="Days", zh="起止日期")
COMPARE = Text(en="Compare with", zh="对比")
COMPARISONS = {
    "previous": Text(en="Days before", zh="上一周期"),
    "year": Text(en="Year before", zh="去年同期"),
    "year-weekday": Text(en="Year, same weekdays", zh="去年同星期"),
    "festival": Text(en="Same festival", zh="去年同节日"),
    "none": Text(en="Nothing", zh="不对比"),
}
AROUND = Text(
    en="Compared around {festival}: {day} with {day_before}.",
    zh="以{festival}对齐比较：{day} 对比 {day_before}。",
)
FILTERS = {
    "channel": Text(en="Channels", zh="渠道"),
    "region": Text(en="Regions", zh="区域"),
    "store": Text(en="Stores", zh="门店"),
    "category": Text(en="Categories", zh="品类"),
    "customer_type": Text(en="Customers", zh="客户"),
}
ALL = Text(en="All", zh="全部")
CHANNEL_HELP = Text(en="None chosen means all.", zh="未选择即为全部。")
MORE_FILTERS = Text(en="More filters", zh="更多筛选")
MORE_FILTERS_SET = Text(en="More filters · {count}", zh="更多筛选 · {count}")
MORE_FILTERS_HELP = Text(
    en="Several values mean any of them. A figure that a filter does not apply to says so.",
    zh="多选表示任一即可。不适用某项筛选的指标会注明。",
)
COUNTING_ROWS = Text(
    en="These filters together are not added up in advance: counting the rows …",
    zh="这些筛选的组合未预先汇总，正在统计明细……",
)
NO_DATA_FOR = Text(en="No figures for {days}", zh="{days}没有可统计的数据")
DATA_REACH = Text(en="The data runs from {first} to {last}.", zh="数据范围：{first}至{last}。")
CHOSEN = Text(en="{name}: {values}", zh="{name}：{values}")
NOTHING_LEFT = Text(
    en="The data runs from {first} to {last}, but has nothing for this page under {filters}.",
    zh="数据范围：{first}至{last}；在{filters}的筛选下，本页没有可统计的数据。",
)
MISSES = Text(
    en="{count} of {all} {all:figure|figures} with a target {count:misses|miss} it",
    zh="{all}项有目标的指标中{count}项未达标",
)
NONE_MISSES = Text(en="No figure with a target misses it", zh="有目标的指标均达标或接近目标")
ONE_FIGURE = Text(en="{kpi} {value}", zh="{kpi} {value}")
RESET = Text(en="Reset filters", zh="重置筛选")
CHOOSE = Text(en="Choose", zh="请选择")

CODE_NAMES = {
    "lang": Text(en="language", zh="语言"),
    "period": Text(en="period", zh="周期"),
    "days": Text(en="days", zh="日期"),
    "from": Text(en="first day", zh="开始日期"),
    "to": Text(en="last day", zh="结束日期"),
    "compare": Text(en="comparison", zh="对比方式"),
    "channel": Text(en="channel", zh="渠道"),
    "region": Text(en="region", zh="区域"),
    "store": Text(en="store", zh="门店"),
    "category": Text(en="category", zh="品类"),
    "customer_type": Text(en="customer type", zh="客户类型"),
    "what": Text(en="extract", zh="导出内容"),
    "kpi": Text(en="figure", zh="指标"),
    "grain": Text(en="grain of time", zh="时间粒度"),
    "by": Text(en="split", zh="拆分维度"),
    "table": Text(en="table", zh="明细表"),
    "behind": Text(en="figure", zh="指标"),
    "figure": Text(en="figure", zh="指标"),
    "split": Text(en="split", zh="拆分维度"),
    "rank": Text(en="ranking", zh="排名方式"),
    "part": Text(en="part of the page", zh="页面栏目"),
    "cohort": Text(en="cohort", zh="首购分组"),
    "told": Text(en="share", zh="占比口径"),
    "show": Text(en="section", zh="栏目"),
    "list": Text(en="list", zh="清单"),
    "aside": Text(en="put-aside table", zh="隔离的表"),
    "delivery": Text(en="part of Delivery", zh="履约配送栏目"),
    "delivery_by": Text(en="split of on-time delivery", zh="准时率拆分维度"),
    "after": Text(en="part of Returns and service", zh="退货与客服栏目"),
    "rate": Text(en="return rate", zh="退货率指标"),
    "basis": Text(en="basis", zh="统计口径"),
    "returns_by": Text(en="split of the return rate", zh="退货率拆分维度"),
    "service_figure": Text(en="figure of service", zh="客服指标"),
    "carrier_figure": Text(en="figure by carrier", zh="承运商指标"),
}
REJECTED = Text(
    en="The link asks for the {name} '{given}', which does not exist here; the default is shown.",
    zh="链接中的{name}“{given}”不存在，已改用默认值。",
)

BACKWARDS = Text(
    en="The link asks for the {name} {given}: the first lies after the last; the default is shown.",
    zh="链接中的{name} {given} 起始日晚于结束日，已改用默认值。",
)

DATA_THROUGH = Text(en="Data through {day}", zh="数据截至{day}")
READ_AT = Text(
    en="Newest order: {data_time}. Last read from the shop: {created_at}. Snapshot {version}.",
    zh="最新订单：{data_time}。上次读取：{created_at}。快照 {version}。",
)
DAYS_OLD = Text(en="{days} days old", zh="已过{days}天")
CONNECTION = Text(en="Connection", zh="连接")
STATE = Text(en="State", zh="状态")
READ = Text(en="read", zh="已读取")
FAILED = Text(en="failed", zh="失败")
PULLED = Text(en="Pulled", zh="读取")
ACCEPTED = Text(en="Accepted", zh="接受")
QUARANTINED = Text(en="Put aside", zh="隔离")
HOUR_READ = Text(en="Read at", zh="读取时间")
CONNECTIONS_ALT = Text(en="Connections of this snapshot with their row counts", zh="本快照的连接及行数")
DEMO = Text(en="Demo shop", zh="演示商城")
DEMO_HELP = Text(
    en="A made-up retailer: none of these figures is of a real shop. Connect yours in secrets.toml.",
    zh="虚拟零售商：所有数据均非真实店铺。可在 secrets.toml 中连接您的店铺。",
)
OUTDATED = Text(
    en="The connections have been changed since these figures were read.",
    zh="连接设置在数据读取之后已有变更。",
)
OUTDATED_DEMO = Text(
    en="Connections are set up, but these figures are still those of the demo shop.",
    zh="连接已配置，但当前显示的仍是演示商城的数据。",
)
READ_OTHERWISE = Text(
    en="Channels, shops, time zone, currency or rates have been changed in the settings since these figures "
    "were read.",
    zh="读取数据之后，设置中的渠道、门店、时区、货币或汇率已有变更。",
)
STALE = Text(
    en="The shop was last read on {when}, {days} days ago.", zh="上次读取店铺数据为{when}，已过{days}天。"
)
REFRESH_NOW = Text(en="Refresh now", zh="立即刷新")
FAILED_CONNECTION = Text(
    en="**{name}** could not be read; its figures are those of {since}. {error}",
    zh="连接**{name}**读取失败，其数据停留在{since}。{error}",
)
NEVER_READ = Text(
    en="**{name}** could not be read and has no data yet. {error}",
    zh="连接**{name}**读取失败，尚无数据。{error}",
)
NOT_CLASSIFIED = Text(
    en="Channels without a kind (online or offline): {channels}. Give them one in business.toml.",
    zh="以下渠道尚未区分线上或线下：{channels}。请在 business.toml 中设置。",
)
TIME_UNKNOWN = Text(en="unknown", zh="未知")

FIRST_START_DEMO = Text(en="Building the demo shop", zh="正在生成演示商城")
FIRST_START_DEMO_WHY = Text(
    en="No shop is connected yet, so a made-up retailer is built, with two years of orders. Once.",
    zh="尚未连接任何店铺，正在生成一家虚拟零售商两年的订单数据，仅需一次。",
)
FIRST_START_SHOP = Text(en="Reading your shop for the first time", zh="首次读取店铺数据")
FIRST_START_SHOP_WHY = Text(
    en="The pages open as soon as the first snapshot is there.", zh="首个快照完成后即可查看页面。"
)
NOTHING_READ = Text(en="Nothing could be read yet", zh="尚未读到任何数据")
NOTHING_READ_WHY = Text(
    en="Correct the connection in secrets.toml ({config}) or start what it leads to, then try again. "
    "python -m connectors check tests each connection by itself.",
    zh="请修改 {config} 中 secrets.toml 的连接，或启动其指向的服务后重试。"
    "可用 python -m connectors check 逐个测试连接。",
)
REFRESHING = Text(en="Reading the connections …", zh="正在读取各连接……")
OPENING = Text(en="Opening {connection}", zh="正在打开 {connection}")
READING = Text(en="Reading {connection}: {table}", zh="正在读取 {connection}：{table}")
JOINING = Text(en="Joining the tables of all connections …", zh="正在合并各连接的数据……")
ADDING_UP = Text(en="Adding up the KPIs …", zh="正在汇总指标……")
REFRESHED = Text(en="The data are up to date.", zh="数据已更新。")
REFRESHED_PARTLY = Text(
    en="Read, but not all: {connections} failed, and keeps its last rows.",
    zh="已刷新，但{connections}读取失败，沿用上次的数据。",
)
REFRESH_FAILED = Text(en="The refresh failed", zh="刷新失败")
REFRESH_INCOMPLETE = Text(en="The refresh ended without any snapshot.", zh="刷新已结束，但未生成快照。")
TRY_AGAIN = Text(en="Try again", zh="重试")
NO_DATA_TITLE = Text(en="Nothing with a day yet", zh="暂无带日期的数据")
NO_DATA_WHY = Text(
    en="No connection has delivered an order, visit, answer or anything else with a day, so there is no "
    "period to show. Check the connections with: python -m connectors check",
    zh="尚无任何连接提供订单、访问、问卷等带日期的数据，无法确定统计周期。"
    "请用以下命令检查连接：python -m connectors check",
)
WHAT_WAS_READ = Text(en="See what was read", zh="查看已读取的内容")
NO_SUCH_PAGE = Text(
    en="There is no page '{path}'; this is the {shown}.", zh="没有名为“{path}”的页面，当前显示的是{shown}。"
)
CANNOT_OPEN = Text(en="The data cannot be opened", zh="数据无法打开")
SETTINGS_WRONG = Text(en="A setting needs correcting", zh="设置需要更正")
SETTINGS_UNTIL_THEN = Text(
    en="Until it is corrected it does not count; all other settings hold as last read.",
    zh="更正之前该项不生效；其余设置按最近一次读取的内容有效。",
)
CANNOT_SHOW = Text(en="This cannot be shown", zh="无法显示")
DEFINITION_OF = Text(en="Definition: {kpi}", zh="口径：{kpi}")
OPEN = Text(en="Open", zh="查看")
MORE_FIGURES = Text(en="More figures ({count})", zh="更多指标（{count}项）")
