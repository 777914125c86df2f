"""One round of refreshing as one line: words for people, JSON for programs."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from connectors.result_table import printable
from connectors.rounds import Round
from connectors.text import Language, Text

NOTHING: dict[str, Any] = {"version": None, "data_time": None, "connections": {}}


def round_json(played: Round, language: Language) -> str:
    """The round as one line of JSON: what `refresh --json` prints, and what belongs to the round; in UTC."""
    told = {
        "started_at": _utc(played.started),
        "seconds": round(played.seconds, 3),
        **(played.report or NOTHING),
        "error": played.error.in_language(language) if played.error else None,
        "retries": {name: _utc(moment) for name, moment in played.retries.items()},
        "next_at": _utc(played.next_at),
    }
    return json.dumps(told, ensure_ascii=False)


def round_words(played: Round, language: Language) -> str:
    """The round in one line: when, what was read, what failed and rests until when, what comes next."""
    then = _clock(played.next_at, played.started)
    parts = [_outcome(played)] if played.report else []
    parts += [played.error] if played.error else []
    parts += [_rest(played, name) for name in played.retries]
    parts.append(Text(f"next round {then}", f"下一轮 {then}"))
    line = " · ".join(part.in_language(language).rstrip("。.") for part in parts)
    return " ".join(printable(f"{played.started:%Y-%m-%d %H:%M:%S} · {line}").split())


def _outcome(played: Round) -> Text:
    report = played.report or NOTHING
    states = [connection["ok"] for connection in report["connections"].values()]
    read, seconds = f"{sum(states)}/{len(states)}", f"{played.seconds:.1f}"
    version = report["version"]
    made = Text(f"snapshot {version}", f"快照 {version}") if version else Text("no new snapshot", "无新快照")
    return Text(
        f"{made.en}, connections read: {read}, {seconds} s", f"{made.zh}，已读取连接：{read}，{seconds} 秒"
    )


def _rest(played: Round, name: str) -> Text:
    again = _clock(played.retries[name], played.started)
    report = (played.report or NOTHING)["connections"].get(name, {})
    why = str(report.get("error") or "").rstrip("。.")
    return Text(f"{name} failed, again at {again}: {why}", f"{name} 失败，{again} 重试：{why}")


def _clock(moment: dt.datetime, beside: dt.datetime) -> str:
    """A moment as people say it: the day only where it is another."""
    return f"{moment:%H:%M:%S}" if moment.date() == beside.date() else f"{moment:%Y-%m-%d %H:%M:%S}"


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat()
