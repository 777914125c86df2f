"""Finds which file or folder of files in a folder holds which canonical table."""

from __future__ import annotations

from pathlib import Path

from connectors.errors import SourceError, did_you_mean, unknown
from connectors.tables import TABLES, Table, table_named
from connectors.text import Text

SUFFIXES = (".csv", ".parquet")
NO_TABLES = ("rates",)


def files_by_table(folder: Path) -> dict[type[Table], list[Path]]:
    """The CSV and Parquet files of every canonical table found in `folder`, in order of their names.

    Other files are left alone, unless they carry a table's name.

    Raises:
        SourceError: there is no such folder, it holds no table, a file is named like no table or is in
            another format, or a table is there twice.
    """
    if not folder.is_dir():
        raise _no_folder(folder)
    found: dict[type[Table], list[Path]] = {}
    places: dict[type[Table], str] = {}
    for place in sorted(folder.iterdir()):
        files = _files_at(place)
        if files:
            table = _table_at(place)
            if table in found:
                raise _twice(places[table], place.name)
            found[table], places[table] = files, place.name
    if not found:
        raise SourceError(
            Text(
                f"the folder '{folder}' holds no table; files are named orders.csv, visits.parquet ...",
                f"文件夹“{folder}”中没有任何表；文件名应为 orders.csv、visits.parquet 等。",
            )
        )
    return found


def _files_at(place: Path) -> list[Path]:
    if place.name.startswith((".", "~", "_")) or place.stem in NO_TABLES:
        return []
    if place.is_dir():
        return _files_in(place)
    if place.suffix.lower() in SUFFIXES:
        return [place]
    if place.name.partition(".")[0] in TABLES:
        raise SourceError(
            Text(
                f"{place.name} is neither CSV nor Parquet; save it as {place.name.partition('.')[0]}.csv.",
                f"{place.name} 既不是 CSV 也不是 Parquet；请另存为 {place.name.partition('.')[0]}.csv。",
            )
        )
    return []


def _files_in(folder: Path) -> list[Path]:
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~", "_"))
    ]
    if not files and folder.name in TABLES:
        raise SourceError(
            Text(
                f"the folder '{folder.name}' holds no CSV or Parquet file.",
                f"文件夹“{folder.name}”中没有 CSV 或 Parquet 文件。",
            )
        )
    return files


def _table_at(place: Path) -> type[Table]:
    name = place.name if place.is_dir() else place.stem
    if name not in TABLES:
        error = unknown(Text("table", "表"), name, TABLES)
        raise SourceError(Text(f"{place.name}: {error.text.en}", f"{place.name}：{error.text.zh}"))
    return table_named(name)


def _twice(one: str, other: str) -> SourceError:
    return SourceError(
        Text(
            f"'{one}' and '{other}' hold the same table; keep one, or put both files into one folder.",
            f"“{one}”与“{other}”是同一张表；请只保留一个，或放入同一个文件夹。",
        )
    )


def _no_folder(folder: Path) -> SourceError:
    if folder.exists():
        return SourceError(Text(f"'{folder}' is a file, not a folder.", f"“{folder}”是文件，不是文件夹。"))
    parent = next(above for above in folder.absolute().parents if above.is_dir())
    missing = folder.absolute().relative_to(parent).parts[0]
    near = did_you_mean(missing, (path.name for path in parent.iterdir() if path.is_dir()))
    return SourceError(
        Text(
            f"there is no folder '{folder}'; '{missing}' is not in '{parent}'.{near.en}",
            f"没有文件夹“{folder}”；“{parent}”中没有“{missing}”。{near.zh}",
        )
    )
