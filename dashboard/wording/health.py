"""Words of the Data health page."""

from connectors.text import Text

FAILED = Text(
    en="{failed} of {connections} {connections:connection|connections} could not be read",
    zh="{connections}个连接中有{failed}个读取失败",
)
LOST = Text(
    en="{lost} {lost:row is|rows are} neither kept nor put aside",
    zh="有{lost}行既未接受也未隔离",
)
PUT_ASIDE = Text(
    en="{aside} of {pulled} {pulled:row|rows} {aside:was|were} put aside, mostly {table}",
    zh="{pulled}行中有{aside}行被隔离，主要在{table}",
)
WITHOUT_RATE = Text(
    en="{rows} of {pulled} {pulled:row|rows} {rows:has|have} an amount without an exchange rate",
    zh="{pulled}行中有{rows}行的金额缺少汇率",
)
ALL_KEPT = Text(
    en="{pulled:The one row was|All {pulled} rows were} read and kept",
    zh="共读取{pulled}行，全部接受",
)
NOTHING_READ = Text(en="Nothing has been read yet", zh="尚未读取任何数据")
ABOUT = Text(
    en="The whole snapshot {version}, made {created_at}; filters do not apply here.",
    zh="针对整个快照{version}（生成于{created_at}）；筛选条件在此不适用。",
)

PULLED = Text(en="Rows in the sources", zh="来源行数")
PULLED_HELP = Text(
    en="Rows that the sources have, over all tables. Always the sum of the two beside it.",
    zh="所有表在来源中的行数，恒等于右侧两项之和。",
)
ACCEPTED = Text(en="= Accepted", zh="= 接受")
ACCEPTED_HELP = Text(en="Rows that figures are made of.", zh="参与指标计算的行。")
ASIDE = Text(en="+ Put aside", zh="+ 隔离")
ASIDE_HELP = Text(
    en="Rows that broke a rule. They are kept apart with the rule's name, and count in no figure.",
    zh="违反规则的行，连同规则名称单独保存，不计入任何指标。",
)
REPAIRED = Text(en="Cells emptied", zh="置空的格")
REPAIRED_HELP = Text(
    en="Optional values that cannot be right: the row stays, the value is set to nothing.",
    zh="不合理的可选值：保留该行，仅将该值置空。",
)
MISSES = Text(en="Ids that lead nowhere", zh="查无所指的编号")
MISSES_HELP = Text(
    en="References to an order or customer that no connection has, or more than one has.",
    zh="引用的订单或客户在所有连接中不存在，或存在于多个连接。",
)
ADDS_UP = Text(en="adds up", zh="相符")
DIFFERS = Text(en="{lost} missing", zh="差{lost}行")
OF_ROWS = Text(en="{share} of rows", zh="占{share}")

CONNECTIONS = Text(en="Connections", zh="连接")
CONNECTIONS_ALT = Text(
    en="Every connection with its state, its age and its rows", zh="各连接的状态、时间与行数"
)
CONNECTION = Text(en="Connection", zh="连接")
SYSTEM = Text(en="System", zh="系统")
STATE = Text(en="State", zh="状态")
READ = Text(en="✓ read", zh="✓ 已读取")
UNREAD = Text(en="✕ failed", zh="✕ 失败")
AS_OF = Text(en="Read at", zh="读取时间")
NEWEST = Text(en="Newest row", zh="最新一行")
TABLES = Text(en="Tables", zh="表数")
ERROR = Text(en="Reason", zh="原因")

SHOW = Text(en="Look at", zh="查看")
SECTIONS = {
    "tables": Text(en="Tables", zh="各表"),
    "faults": Text(en="Faults", zh="问题"),
    "columns": Text(en="Columns", zh="各列"),
    "customers": Text(en="Customers", zh="客户识别"),
    "versions": Text(en="Versions", zh="版本"),
}

TABLE = Text(en="Table", zh="表")
TABLES_ALT = Text(en="Rows per connection and table", zh="各连接各表的行数")
FIRST_DAY = Text(en="First day", zh="首日")
LAST_DAY = Text(en="Last day", zh="末日")
BEHIND = Text(en="Days behind", zh="落后天数")
ROWS_PULLED = Text(en="Pulled", zh="读取")
ROWS_ACCEPTED = Text(en="Accepted", zh="接受")
ROWS_ASIDE = Text(en="Put aside", zh="隔离")
SUM = Text(en="Sum", zh="核对")
CELLS_EMPTIED = Text(en="Cells emptied", zh="置空")
NOWHERE = Text(en="Ids nowhere", zh="无所指")
UNCONVERTED = Text(en="No rate", zh="无汇率")
COLUMNS = Text(en="Columns", zh="列数")
OF_COLUMNS = Text(en="{delivered} of {columns}", zh="{delivered}/{columns}")
READ_NOW = Text(en="Read last time", zh="上次读取")
SECONDS = Text(en="Seconds", zh="秒")
TABLES_NOTE = Text(
    en="Days behind: how long before the newest order a table of events ends. Read last time: rows that "
    "the last refresh fetched; fewer than pulled where only changes were asked for.",
    zh="落后天数：事件类表的末日早于最新订单的天数。上次读取：上次刷新实际取回的行数，仅取变更时少于读取行数。",
)

FAULTS_ALT = Text(en="Rules that were broken, with their counts", zh="违反的规则及数量")
NO_FAULTS = Text(
    en="No rule was broken: no row put aside, no value emptied, no id without its row.",
    zh="未发现任何问题：没有隔离的行、置空的值或查无所指的编号。",
)
KIND = Text(en="What happened", zh="处理")
KINDS = {
    "quarantine": Text(en="Row put aside", zh="整行隔离"),
    "repairs": Text(en="Value emptied", zh="值置空"),
    "misses": Text(en="Id leads nowhere", zh="编号查无所指"),
    "without_rate": Text(en="No exchange rate", zh="缺少汇率"),
}
WHY = Text(en="Why", zh="原因")
COUNT = Text(en="Count", zh="数量")
ASIDE_OF = Text(en="Rows put aside", zh="隔离的行")
ASIDE_ALT = Text(en="Rows put aside, with the rule they broke", zh="被隔离的行及其违反的规则")
ASIDE_ENTRY = Text(en="{connection}: {table} ({count})", zh="{connection}：{table}（{count}）")
RULE = Text(en="Rule", zh="规则")
ASIDE_ROWS = Text(
    en="{rows} {rows:row, as the source delivered it|rows, as the source delivered them}. "
    "E-mails, phone numbers and comments are not in here.",
    zh="共{rows}行，为来源提供的原始内容，不含邮箱、电话与留言。",
)

COLUMNS_ALT = Text(en="How much of every column each connection fills", zh="各连接对每一列的填充比例")
COLUMN = Text(en="Column", zh="列")
MEANING = Text(en="Meaning", zh="含义")
NEED = Text(en="Need", zh="要求")
IMPORTANCE = {
    "required": Text(en="required", zh="必填"),
    "optional": Text(en="optional", zh="可选"),
    "personal": Text(en="personal", zh="个人信息"),
}
NOT_DELIVERED = Text(en="not delivered", zh="未提供")
WAITING = Text(en="Figures that use it", zh="用到的指标")
COLUMNS_NOTE = Text(
    en="Percentages: rows of the connection with a value. Where nobody delivers a column, the figures "
    "that use it are missing or say what they assume. Personal columns stay out of extracts until "
    "business.toml allows them under `[extracts]`: comments by `comments = true`, hashes by "
    "`personal = true`.",
    zh="百分比为该连接中有值的行的占比。无人提供的列，用到它的指标会缺失或注明假设。"
    "个人信息列默认不导出；business.toml 的 `[extracts]` 中，"
    "`comments = true` 放行留言，`personal = true` 放行哈希。",
)

CUSTOMERS = Text(
    en="{share} of orders lead to a customer",
    zh="{share}的订单可识别到客户",
)
NO_ORDERS = Text(en="No orders to recognise customers by", zh="没有订单可用于识别客户")
RECORDS = Text(en="Customer records", zh="客户记录")
PEOPLE = Text(en="People", zh="客户人数")
ORDERS = Text(en="Orders", zh="订单")
IDENTIFIED = Text(en="With a customer", zh="已识别")
SHARED = Text(en="Shared contacts", zh="共用联系方式")
CUSTOMERS_NOTE = Text(
    en="Records of several systems are one person when they share an e-mail, phone or member number; only "
    "keyed hashes are compared. A contact that too many share joins nobody.",
    zh="多个系统的记录若邮箱、电话或会员号相同，则视为同一客户；仅比对加密哈希。"
    "过多人共用的联系方式不用于识别。",
)

VERSIONS_ALT = Text(en="Versions of the snapshot that are kept", zh="保留的快照版本")
VERSION = Text(en="Version", zh="版本")
MADE = Text(en="Made", zh="生成时间")
NEWEST_ORDER = Text(en="Newest order", zh="最新订单")
ROWS = Text(en="Rows", zh="行数")
SIZE = Text(en="Size, MB", zh="大小（MB）")
FAILED_THEN = Text(en="Failed then", zh="当时失败")
SHOWN_NOW = Text(en="Shown now", zh="当前显示")
YES = Text(en="✓", zh="✓")
VERSIONS_NOTE = Text(
    en="Files that versions share are counted in each. Older versions go by themselves once nobody reads "
    "them; keep under [snapshots] in business.toml says how many stay.",
    zh="版本间共用的文件在各版本中均计入大小。旧版本在无人读取后自动删除；"
    "保留数量由 business.toml 中 [snapshots] 的 keep 决定。",
)
