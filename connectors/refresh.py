"""The job: pull every connection, join, derive, commit; a connection that fails keeps its last rows."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from polars.exceptions import PolarsError

from connectors.assemble import assemble
from connectors.commit import commit, new_folder, refresh_lock
from connectors.connector import Connection
from connectors.errors import ConnectorError, SnapshotError
from connectors.identity_hash import IdentityKey, secret_of
from connectors.manifest import ConnectionReport
from connectors.parts import carry_over
from connectors.pull import Ground, Progress, pull
from connectors.settings import SECRETS, Settings
from connectors.snapshot import Snapshot, open_snapshot, remove_old
from connectors.text import Text

READING = 0.7
NEARLY_FULL = 1 << 16


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """What a refresh did.

    Attributes:
        version: the version committed; null when nothing could be read, so that nothing was.
        data_time: the newest order of the current version, UTC.
        connections: a report per connection.
        warnings: what the reader of figures should know.
        left_out: the connections that were not to be read.
    """

    version: str | None
    data_time: dt.datetime | None
    connections: Mapping[str, ConnectionReport]
    warnings: tuple[Text, ...] = ()
    left_out: frozenset[str] = frozenset()

    def was_read(self, connection: str) -> bool:
        """Whether a connection was read this time; else its rows are those of an earlier refresh."""
        return self.connections[connection].ok and connection not in self.left_out

    @property
    def failed(self) -> bool:
        """Whether a connection that was to be read could not be."""
        return not all(report.ok for name, report in self.connections.items() if name not in self.left_out)


def refresh(
    settings: Settings,
    only: set[str] | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    *,
    full: bool = False,
) -> RefreshReport:
    """Pull the connections and commit a new version of the snapshot.

    Of a table whose changes can be followed only those are read; see `Following`.

    Args:
        settings: the installation's settings.
        only: the connections to pull; the others keep their last rows. Null pulls all.
        progress: told of every table.
        full: read every row again; what the systems have forgotten since, such as old prices, stays.

    Raises:
        SnapshotError: another refresh is under way, the demo shop would replace a shop of your own, or the
            new version cannot be written; the last one stays as it is.
    """
    with refresh_lock(settings.data):
        previous = _previous(settings.data)
        if settings.is_demo and previous:
            _keep_own_rows(settings, previous)
        folder = new_folder(settings.data)
        try:
            pulled = _pulled(settings, only, folder, previous, progress, full=full)
            left_out = frozenset() if only is None else frozenset(pulled) - only
            if not any(report.ok for name, report in pulled.items() if name not in left_out):
                newest = previous.manifest.data_time if previous else None
                return RefreshReport(None, newest, pulled, left_out=left_out)
            progress(Progress("", "", 0, READING))
            manifest = commit(settings.data, folder, assemble(settings, folder, pulled))
        except (OSError, PolarsError) as error:
            raise _not_written(settings.data, error) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            if previous:
                previous.close()
        remove_old(settings.data, settings.business.kept_versions)
        return RefreshReport(
            manifest.version, manifest.data_time, manifest.connections, manifest.warnings, left_out
        )


def _not_written(data: Path, error: Exception) -> SnapshotError:
    """Why a version could not be written, in one line.

    A full disk is what mostly happens; then a file may also turn out to be cut short when it is read again.
    """
    reason = " ".join(str(error).split())
    is_full = "os error 28" in reason or shutil.disk_usage(data).free < NEARLY_FULL
    why = Text("the disk is full", "磁盘已满") if is_full else Text(reason, reason)
    return SnapshotError(
        Text(
            f"no new snapshot could be written to {data}: {why.en}. The last one stays as it is.",
            f"无法在 {data} 中写入新的数据快照：{why.zh}。现有快照保持不变。",
        )
    )


def _previous(data: Path) -> Snapshot | None:
    with suppress(SnapshotError):
        return open_snapshot(data)
    return None


def _keep_own_rows(settings: Settings, previous: Snapshot) -> None:
    """Refuse to put the demo shop in the place of a shop's own rows: a lost secrets.toml asks for no demo."""
    systems = {report.system for report in previous.manifest.connections.values()}
    if "demo" in systems:
        return
    previous.close()
    secrets, names = settings.config / SECRETS, ", ".join(previous.manifest.connections)
    raise SnapshotError(
        Text(
            f"{secrets} names no connection, and {settings.data} holds the rows of: {names}. The demo shop"
            " does not replace them; name the connections again, or give the demo another folder (--data).",
            f"{secrets} 中没有任何连接，而 {settings.data} 中保存着以下连接的数据：{names}。"
            "演示商城不会覆盖这些数据；请重新填写连接，或用 --data 为演示指定另一个文件夹。",
        )
    )


def _pulled(
    settings: Settings,
    only: set[str] | None,
    folder: Path,
    previous: Snapshot | None,
    progress: Callable[[Progress], None],
    *,
    full: bool,
) -> dict[str, ConnectionReport]:
    """Read what is asked for, carry over the rest; one report per connection, without its tables."""
    key = IdentityKey(secret_of(settings), settings.business.country)
    share = READING / len(settings.connections)
    today = dt.datetime.now(ZoneInfo(settings.business.timezone)).date()
    reports = {}
    for place, connection in enumerate(settings.connections):
        parts = folder / "parts" / connection.name
        if only is not None and connection.name not in only:
            reports[connection.name] = _carried(connection, previous, parts)
            continue
        try:
            last = previous.folder / "parts" / connection.name if previous else None
            pull(
                connection,
                key,
                parts,
                progress,
                (place * share, (place + 1) * share),
                ground=Ground(last, full, today),
            )
        except ConnectorError as error:
            shutil.rmtree(parts, ignore_errors=True)
            reports[connection.name] = _carried(connection, previous, parts, _unnamed(error.text, connection))
        else:
            now = dt.datetime.now(dt.UTC)
            reports[connection.name] = ConnectionReport(connection.system, ok=True, read_at=now)
    return reports


def _unnamed(error: Text, connection: Connection) -> Text:
    """What is wrong without the connection's name in front: whoever shows it says whose error it is."""
    name = connection.name
    return Text(
        error.en.removeprefix(f"{name}: "), error.zh.removeprefix(f"{name}：").removeprefix(f"{name}: ")
    )


def _carried(
    connection: Connection, previous: Snapshot | None, parts: Path, error: Text | None = None
) -> ConnectionReport:
    """The connection as the last snapshot has it: its parts, and when they were read."""
    last = previous.manifest.connections.get(connection.name) if previous else None
    if previous and last and (previous.folder / "parts" / connection.name).exists():
        carry_over(previous.folder / "parts" / connection.name, parts)
    if error is None:
        error = last.error if last else Text("has not been read yet.", "尚未读取。")
    return ConnectionReport(
        connection.system, ok=error is None, read_at=last.read_at if last else None, error=error
    )
