"""The results of the commands as JSON, in the shapes that scripts rely on."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from connectors.check import ConnectionCheck
from connectors.connector import Connector
from connectors.refresh import RefreshReport
from connectors.tables import TABLES, name_of
from connectors.text import Language, Text

COUNTS = ("pulled", "accepted", "repaired", "quarantined", "seconds")


def refresh_json(report: RefreshReport, language: Language) -> str:
    """What a refresh did; times in UTC, `version` null where nothing was committed."""
    return _written(
        {
            "version": report.version,
            "data_time": _moment(report.data_time),
            "connections": {
                name: {
                    "ok": connection.ok,
                    "error": _words(connection.error, language),
                    "tables": {
                        table: {count: getattr(counts, count) for count in COUNTS}
                        for table, counts in connection.tables.items()
                    },
                }
                for name, connection in report.connections.items()
            },
        }
    )


def check_json(checked: Mapping[str, ConnectionCheck], warnings: Sequence[Text], language: Language) -> str:
    """What a check saw; `warnings` at the top are about the settings."""
    return _written(
        {
            "connections": {
                name: {
                    "ok": result.ok,
                    "error": _words(result.error, language),
                    "system": result.system,
                    "version": result.version,
                    "tables": {
                        table: {
                            "rows": seen.rows,
                            "newest": _moment(seen.newest),
                            "missing": list(seen.missing),
                        }
                        for table, seen in result.tables.items()
                    },
                    "warnings": [warning.in_language(language) for warning in result.warnings],
                }
                for name, result in checked.items()
            },
            "warnings": [warning.in_language(language) for warning in warnings],
        }
    )


def systems_json(systems: Mapping[str, Connector]) -> str:
    """What can be connected, in both languages."""
    return _written(
        {
            "systems": {
                name: {
                    "title": _both(connector.title),
                    "description": _both(connector.description),
                    "options": {option: _both(words) for option, words in connector.options.items()},
                    "tables": filled_by(connector),
                    "lacks": {name_of(table): _both(words) for table, words in connector.lacks.items()},
                }
                for name, connector in systems.items()
            }
        }
    )


def filled_by(connector: Connector) -> list[str]:
    """The names of the canonical tables that a system can fill."""
    return [name for name, table in TABLES.items() if table not in connector.lacks]


def _written(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)


def _moment(moment: dt.datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _words(text: Text | None, language: Language) -> str | None:
    return text.in_language(language) if text else None


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}
