"""Words of the Extracts page and of the files that leave it."""

from connectors.text import Text

HEADING = Text(en="Data extracts", zh="数据导出")
WHAT = Text(en="What to extract", zh="导出内容")
FIGURES = Text(en="Figures", zh="指标")
ROWS = Text(en="Rows", zh="明细")
FIGURES_CHOSEN = Text(en="{count} {count:figure|figures} chosen", zh="已选{count}项指标")
GRAIN = Text(en="Over time", zh="时间粒度")
WHOLE_PERIOD = Text(en="Whole period", zh="整个周期")
BY = Text(en="Split by (at most {most})", zh="拆分维度（最多{most}个）")
TABLE = Text(en="Table", zh="明细表")
NO_KPI = Text(en="Choose at least one figure.", zh="请至少选择一个指标。")
LEFT_OUT = Text(
    en="Left out, because the filters do not apply to them: {kpis}.",
    zh="以下指标不适用当前筛选，未列出：{kpis}。",
)
ROWS_OF = Text(
    en="{rows} {rows:row|rows}, {days}. Data through {last_day}.",
    zh="{rows} 行，{days}。数据截至{last_day}。",
)
ROWS_DATED = Text(
    en="{rows} {rows:row|rows}, {days}, by {by}. Data through {last_day}.",
    zh="{rows} 行，{days}，按{by}选取。数据截至{last_day}。",
)
COUNTS_BY = Text(
    en="{kpi} counts by {day}, so these are not exactly the rows behind it.",
    zh="{kpi}按{day}归入日期，因此与此处的行不完全相同。",
)
COUNTS_OF = Text(
    en="Which of them {kpi} counts, and by which day, its definition says.",
    zh="{kpi}计入其中哪些行、按哪一天归入，以其口径为准。",
)
ROWS_HELD = Text(
    en="{rows} {rows:row that holds|rows that hold} on some day of {days}. Data through {last_day}.",
    zh="{days}内有效的共 {rows} 行。数据截至{last_day}。",
)
NOT_FINAL = Text(
    en="{changing} of {rows} {rows:row|rows} may still change, "
    "{changing:until|the last of them until} {day}.",
    zh="{rows}行中有{changing}行尚可变动，最晚于{day}定稿。",
)
CARDS_END = Text(
    en="Cards end earlier: on the last day that is final for each figure.",
    zh="卡片截至各指标已定稿的最后一天，故更早。",
)
LIST_ROWS = Text(
    en="{rows} {rows:article as it stands|articles as they stand} on {last}. Data through {last_day}.",
    zh="{last}共 {rows} 个商品。数据截至{last_day}。",
)
LIST_PAID = Text(en="What was paid: {days}.", zh="成交均价统计{days}。")
ROWS_WITHOUT_DAYS = Text(
    en="{rows} {rows:row|rows}. This table has no days, so the period does not apply.",
    zh="{rows} 行。该表没有日期，统计周期不适用。",
)
FIRST_ROWS = Text(
    en="The first {shown} are shown; the file has all.", zh="此处显示前 {shown} 行，文件包含全部。"
)
IGNORED = Text(
    en="Rows of this table have no {dimensions}: that filter does not apply.",
    zh="该表没有{dimensions}，相应筛选不适用。",
)
CSV = Text(en="Download CSV", zh="下载 CSV")
CSV_HELP = Text(
    en="UTF-8 with a byte order mark, so that Chinese Excel opens it rightly.",
    zh="UTF-8 带 BOM，可直接用 Excel 打开。",
)
WITH_DEFINITIONS = Text(en="CSV with definitions", zh="CSV 及口径说明")
WITH_DEFINITIONS_HELP = Text(
    en="A zip with the CSV and a manifest: definitions, filters, data time, snapshot, rows.",
    zh="压缩包：CSV 与说明文件（口径、筛选条件、数据时间、快照、行数）。",
)
PARQUET = Text(en="Parquet", zh="Parquet")
PARQUET_HELP = Text(
    en="A zip with a Parquet file, every column in its type, and its manifest. Text is as it came.",
    zh="压缩包：保留列类型的 Parquet 文件与说明文件，文本保持原样。",
)
EXCEL = Text(en="Excel", zh="Excel")
EXCEL_HELP = Text(
    en="A workbook: the rows, and a sheet with definitions, filters and data time. Times in UTC.",
    zh="工作簿：明细，另附口径、筛选条件与数据时间一页。时间为 UTC。",
)
PREPARE_CSV = Text(en="Prepare CSV", zh="生成 CSV")
PREPARE_PARQUET = Text(en="Prepare Parquet", zh="生成 Parquet")
PREPARE_EXCEL = Text(en="Prepare Excel", zh="生成 Excel")
PREPARE_HELP = Text(
    en="So many rows take a while: the file is made first, then a button saves it. Keep the page open.",
    zh="行数较多，需先生成文件，完成后即可保存。请保持页面打开。",
)
COLLECTING = Text(en="Collecting the rows …", zh="正在收集数据行……")
WRITING = Text(en="{written} of {rows} rows are in the file", zh="已写入{written}/{rows}行")
SAVE = Text(en="Save the file ({size})", zh="保存文件（{size}）")
NOT_PREPARED = Text(
    en="The file could not be made. Is the disk full? Try again, or choose fewer days.",
    zh="文件生成失败。请检查磁盘空间，重试或缩小日期范围。",
)
SHEETS = Text(
    en="A sheet of Excel ends after {most} rows: the others follow on further sheets.",
    zh="Excel 每个工作表最多 {most} 行，其余行写入后续工作表。",
)
TOO_MANY = Text(
    en="More than {most} rows: use python -m kpis extract {table} on the command line.",
    zh="超过 {most} 行：请使用命令行 python -m kpis extract {table}。",
)
TABLE_ALT = Text(en="The rows of the extract", zh="导出数据预览")
NO_TABLE = Text(en="No connection delivers any table yet.", zh="尚无任何连接提供数据表。")

TITLE_COLUMNS = {
    "channel_title": Text(en="Channel name", zh="渠道名称"),
    "store_title": Text(en="Store name", zh="门店名称"),
}
ASSUMED = Text(en="{column} is not delivered and was assumed", zh="{column} 未提供，按默认口径推定")
BURNT_IN = Text(
    en="some customers may have bought before the data begin on {day}: {kpis}",
    zh="部分顾客可能在数据开始（{day}）之前已购买过：{kpis}",
)
NOTE_MISSING = Text(en="no connection delivers {}", zh="没有连接提供 {}")
NOTE_HIDDEN = Text(en="under {fewest} people: hidden", zh="少于 {fewest} 人，不显示")
NOTE_COUNTED = Text(en="under {}: counts only", zh="少于 {}，仅列计数")
NOTE_PROVISIONAL = Text(en="may still change", zh="尚可变动")
