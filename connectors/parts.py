"""The parts of a snapshot: each connection's accepted rows as it delivered them, before they are joined."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from connectors.accept import RULE, Accepted
from connectors.manifest import TableReport

ROWS, ASIDE, REPORT = "rows", "aside", "report.json"


@dataclass(frozen=True, slots=True)
class Part:
    """One table of one connection: accepted rows, rows put aside, and what validation counted."""

    folder: Path
    report: TableReport

    @property
    def rows(self) -> pl.LazyFrame:
        """One row per accepted row, in the order they came, ids as the connection names them."""
        return pl.scan_parquet(self.folder / ROWS)

    @property
    def aside(self) -> pl.DataFrame:
        """One row per row put aside by a rule of the row itself: `rule` and its columns as text."""
        files = sorted((self.folder / ASIDE).glob("*.parquet"))
        frames = [pl.read_parquet(file) for file in files]
        return pl.concat(frames, how="diagonal") if frames else pl.DataFrame(schema={RULE: pl.String})


def write_chunk(folder: Path, number: int, accepted: Accepted) -> None:
    """Write one validated chunk of a table into its part folder."""
    for name, frame in ((ROWS, accepted.rows), (ASIDE, accepted.quarantine)):
        (folder / name).mkdir(parents=True, exist_ok=True)
        if frame.height or (name == ROWS and number == 0):
            frame.write_parquet(folder / name / f"{number:05}.parquet", compression="lz4")


def write_report(folder: Path, report: TableReport) -> None:
    """Write what validation counted beside the rows."""
    (folder / REPORT).write_text(json.dumps(asdict(report)), encoding="utf-8")


def read_parts(folder: Path) -> dict[str, Part]:
    """A connection's tables, by name."""
    if not folder.exists():
        return {}
    return {
        path.name: Part(path, TableReport(**json.loads((path / REPORT).read_text(encoding="utf-8"))))
        for path in sorted(folder.iterdir())
    }


def carry_over(source: Path, target: Path) -> None:
    """Take over a connection's parts from an older version without copying bytes where the disk allows."""
    shutil.copytree(source, target, copy_function=_link)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def columns_delivered(parts: Mapping[str, Mapping[str, Part]]) -> dict[str, tuple[str, ...]]:
    """Per canonical table, the columns that at least one connection delivers."""
    delivered: dict[str, set[str]] = {}
    for tables in parts.values():
        for name, part in tables.items():
            delivered.setdefault(name, set()).update(part.report.columns)
    return {name: tuple(sorted(columns)) for name, columns in sorted(delivered.items())}
