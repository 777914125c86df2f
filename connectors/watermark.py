"""Remembers how far a table was read, and by what it can be told that reading on from there is sound."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path

from connectors.connector import Connection
from connectors.following import Following
from connectors.identity_hash import IdentityKey
from connectors.tables import Table, name_of

MARK = "mark.json"
ENOUGH = 0.25
VALIDATION = (
    "accept", "catch_up", "columns", "filing", "following", "identity_hash", "masking", "months", "parse",
    "parts", "postgres_following", "postgres_frames", "postgres_types", "pseudonyms", "renew", "rules",
    "sql_following", "sql_values", "tables", "title_hash", "touched",
)  # fmt: skip
"""What decides which rows are read and what becomes of them: when a module of it changes, all are read."""

LIBRARIES = ("dataframely", "phonenumbers", "polars")
"""Packages of which the same is true."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far one table was read.

    Attributes:
        proof: what it depends on; see `fingerprint`.
        watermark: the newest change stamp seen, as the source writes it; null where there was none.
        recounted: the day on which the rows of all months were last counted.
        columns: the canonical columns that were delivered.
        newest: the stamps of what changed last, by its name: whether the source still knows of it.
    """

    proof: str
    watermark: str | None
    recounted: str
    columns: tuple[str, ...]
    newest: Mapping[str, str] = field(default_factory=dict)

    def is_known(self, stamps: Mapping[str, str]) -> bool:
        """Whether what changed last still bears its stamp or a newer one; all but some, as rows are deleted.

        Args:
            stamps: the newest stamp by name of all that changed since some hours before the watermark.
        """
        there = sum(stamps.get(name, "") >= stamp for name, stamp in self.newest.items())
        return there >= ENOUGH * len(self.newest)


def fingerprint(connection: Connection, following: Following, table: type[Table], key: IdentityKey) -> str:
    """Changes with all that rows depend on besides the data: source, statement, zone, rules, secret."""
    source = {name: value for name, value in connection.options.items() if name != "url"}
    parts = [
        name_of(table),
        connection.system,
        connection.timezone,
        following.source,
        following.statement,
        following.delivered,
        repr(sorted(source.items())),
        str(following.filed_by),
        repr(tuple(following.by)),
        key.fingerprint,
        _validation(),
    ]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def read_mark(folder: Path, proof: str) -> Mark | None:
    """How far the table in a part folder was read; null where that is unknown or no longer of use."""
    with suppress(OSError, ValueError, TypeError):
        found = Mark(**json.loads((folder / MARK).read_text(encoding="utf-8")))
        return found if found.proof == proof else None
    return None


def write_mark(folder: Path, mark: Mark) -> None:
    """Write it beside the rows."""
    (folder / MARK).write_text(json.dumps(asdict(mark)), encoding="utf-8")


def files_of(module: Path) -> list[Path]:
    """The files of a module, whose path comes without a suffix: those of all its parts where it has some."""
    return sorted(module.glob("*.py")) if module.is_dir() else [module.with_suffix(".py")]


@cache
def _validation() -> str:
    here = Path(__file__).parent
    content = b"".join(path.read_bytes() for name in VALIDATION for path in files_of(here / name))
    versions = " ".join(version(name) for name in LIBRARIES)
    return hashlib.sha256(content + versions.encode()).hexdigest()
