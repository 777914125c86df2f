"""One file to keep: a zip of the rows and their manifest, or a workbook; never the rows in memory.

Run as `python -m kpis.packing SOURCE.parquet TARGET FORMAT NAME MANIFEST.json` it packs rows that lie on disk
and prints how many are written, a number a line, so that a server stays free meanwhile.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from kpis.output import write_csv, write_manifest, write_parquet
from kpis.workbook import write_excel

ENDINGS = {"csv": "zip", "parquet": "zip", "xlsx": "xlsx"}
COMPRESSION = {"csv": zipfile.ZIP_DEFLATED, "parquet": zipfile.ZIP_STORED}
CHUNK = 1 << 20


def pack(
    rows: pl.LazyFrame,
    target: Path,
    form: str,
    name: str,
    told: Mapping[str, Any],
    *,
    heard: Callable[[int], None] = lambda _: None,
) -> None:
    """Write rows and their manifest into one file.

    Args:
        rows: written in batches.
        target: the file; what is written on the way lies beside it.
        form: `csv` or `parquet`, each in a zip with its manifest beside it, or `xlsx` with it as a sheet.
        name: what the files in the zip are called, without ending.
        told: the manifest.
        heard: told of how many rows are written.
    """
    if form == "xlsx":
        write_excel(rows, target, told, heard)
        return
    with TemporaryDirectory(dir=target.parent) as folder:
        written = Path(folder) / f"{name}.{form}"
        if form == "csv":
            write_csv(rows, written, bom=True)
        else:
            write_parquet(rows, written)
        manifest = write_manifest(written, told)
        with zipfile.ZipFile(target, "w", COMPRESSION[form], compresslevel=1) as archive:
            _add(archive, written, lambda share: heard(round(share * int(told["rows"]))))
            archive.write(manifest, manifest.name)


def main(given: Sequence[str]) -> None:
    """Pack what the arguments name."""
    source, target, form, name, manifest = given
    told = json.loads(Path(manifest).read_text(encoding="utf-8"))
    pack(pl.scan_parquet(source), Path(target), form, name, told, heard=_print)


def _add(archive: zipfile.ZipFile, path: Path, heard: Callable[[float], None]) -> None:
    """Copy a file into a zip piece by piece, telling which share is in."""
    size = max(path.stat().st_size, 1)
    with path.open("rb") as source, archive.open(path.name, "w", force_zip64=True) as into:
        while piece := source.read(CHUNK):
            into.write(piece)
            heard(source.tell() / size)


def _print(count: int) -> None:
    sys.stdout.write(f"{count}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
