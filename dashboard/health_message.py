"""The heading of the Data health page: the gravest thing first."""

from __future__ import annotations

from connectors.manifest import Manifest
from dashboard.wording import Say, names
from dashboard.wording import health as words
from kpis.health import most_at_fault, totals


def message(manifest: Manifest, say: Say) -> str:
    """How the data came, in a line: failures, rows lost, put aside or without a rate, or that all is well."""
    failed = [name for name, report in manifest.connections.items() if not report.ok]
    if failed:
        return say(words.FAILED, failed=len(failed), connections=len(manifest.connections))
    found = totals(manifest)
    if found.lost:
        return say(words.LOST, lost=say.number(found.lost))
    table = most_at_fault(manifest)
    if table:
        return say(
            words.PUT_ASIDE,
            aside=say.number(found.quarantined),
            pulled=say.number(found.pulled),
            table=say(names.TABLES[table]),
        )
    if found.without_rate:
        rows, pulled = say.number(found.without_rate), say.number(found.pulled)
        return say(words.WITHOUT_RATE, rows=rows, pulled=pulled)
    return say(words.ALL_KEPT, pulled=say.number(found.pulled)) if found.pulled else say(words.NOTHING_READ)
