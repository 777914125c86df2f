"""The commands of `python -m connectors` and their options."""

from __future__ import annotations

from connectors.command_line import FOLDERS, Command, CommandLine, Option
from connectors.text import Text

OPTIONS: dict[str, Option] = {
    **FOLDERS,
    "--connection": (
        Text("only these connections", "仅限这些连接"),
        {"nargs": "+", "action": "extend", "metavar": "NAME"},
    ),
    "--full": (
        Text("read everything again, not only what is new", "重新读取全部数据，而不只是新增部分"),
        {"action": "store_true"},
    ),
    "--every": (
        Text("go on, with a round every 30s, 15m, 2h or 1d", "持续运行，每隔 30s、15m、2h 或 1d 刷新一次"),
        {"metavar": "TIME"},
    ),
    "--json": (Text("print the result as JSON", "以 JSON 输出结果"), {"action": "store_true"}),
    "--progress": (
        Text("write progress as JSON lines to standard error", "向标准错误逐行输出 JSON 进度"),
        {"action": "store_true"},
    ),
}
COMMANDS = {
    "refresh": Command(
        Text("read the connections and commit a new snapshot", "读取各连接并提交新的快照"),
        ("--config", "--data", "--connection", "--full", "--every", "--json", "--progress"),
    ),
    "check": Command(
        Text("connect and say what each connection delivers", "测试连接并说明各连接提供的数据"),
        ("--config", "--data", "--connection", "--json"),
    ),
    "systems": Command(
        Text("the systems that can be connected", "可以连接的系统"),
        ("--json",),
    ),
}

LINE = CommandLine("python -m connectors", COMMANDS, OPTIONS)
