"""Large files: a child process makes them from rows put on disk, while the page tells how far it is."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
import weakref
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from threading import Thread

import polars as pl

from dashboard.files import Contents
from dashboard.place import ROOT

SOURCE, TARGET, MANIFEST = "rows.parquet", "packed", "manifest.json"


class Preparation:
    """One large file on its way; its folder is removed when nobody holds it any more.

    Attributes:
        name: what the file is called, without ending.
        form: `csv`, `parquet` or `xlsx`.
        rows: how many there are.
        written: how many of them are in the file.
        failed: whether it came to nothing.
        is_running: whether it is still being made.
    """

    def __init__(self, contents: Contents, form: str, name: str) -> None:
        """Start making the file from these values and nothing else."""
        told = contents.manifest
        self.name, self.form, self.rows = name, form, int(told["rows"])
        self.written, self.failed, self.is_running = 0, False, True
        self._folder = Path(mkdtemp(prefix="seamline-"))
        self._child: asyncio.subprocess.Process | None = None
        self._is_stopped = False
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        (self._folder / MANIFEST).write_text(json.dumps(told, default=str, ensure_ascii=False), "utf-8")
        Thread(target=self._run, args=(contents.rows,), daemon=True).start()

    @property
    def fraction(self) -> float:
        """How far it is, 0 to 1."""
        return min(self.written / self.rows, 1.0) if self.rows else 1.0

    @property
    def size(self) -> int:
        """Bytes of the finished file."""
        return (self._folder / TARGET).stat().st_size

    def read(self) -> bytes:
        """The finished file."""
        return (self._folder / TARGET).read_bytes()

    def stop(self) -> None:
        """Give it up: nobody waits for it any more."""
        self._is_stopped = True
        if self._child is not None:
            with suppress(ProcessLookupError):
                self._child.kill()

    def _run(self, rows: pl.LazyFrame) -> None:
        try:
            rows.sink_parquet(self._folder / SOURCE, compression="lz4", engine="streaming")
            self.failed = self._is_stopped or asyncio.run(self._packed()) != 0
        except (OSError, ValueError, pl.exceptions.PolarsError):
            self.failed = True
        finally:
            (self._folder / SOURCE).unlink(missing_ok=True)
            self.is_running = False

    async def _packed(self) -> int:
        paths = [str(self._folder / name) for name in (SOURCE, TARGET, MANIFEST)]
        source, target, manifest = paths
        command = ["-m", "kpis.packing", source, target, self.form, self.name, manifest]
        self._child = await asyncio.create_subprocess_exec(
            sys.executable,
            *command,
            cwd=ROOT,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        if self._is_stopped:
            # It was given up while the child was being started.
            self._child.kill()
        if self._child.stdout is not None:
            async for line in self._child.stdout:
                self.written = int(line)
        return await self._child.wait()
