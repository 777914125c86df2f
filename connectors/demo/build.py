"""Builds the demo's folder on first start, whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Event

from connectors.demo.effects import PLANTED, Effect
from connectors.demo.schema import SHOP
from connectors.demo.simulate import Simulated, simulate
from connectors.demo.write import write_shop, write_traffic
from connectors.errors import SourceError
from connectors.text import Text

VERSION = 6
SHOP_FILE = "shop.sqlite"
VISITS = Path("traffic", "visits")
STAMP = "demo.json"
SIMULATING = Text("Two years of shopping", "模拟两年的经营")
WRITING_SHOP = Text("Writing the shop", "写入商城数据库")
WRITING_VISITS = Text("Writing visits", "写入访问数据")
SIMULATED, SHOP_WRITTEN = 0.25, 0.60
LEFT_OVER_AFTER = 3_600.0

Progress = Callable[[float, Text], None]


def is_built(folder: Path, scale: float = 1.0) -> bool:
    """Whether `folder` holds a whole demo of this version of the simulator, at that scale."""
    return _stamp_in(folder) == _stamp(scale)


def build(
    folder: Path,
    progress: Progress | None = None,
    scale: float = 1.0,
    effects: tuple[Effect, ...] = PLANTED,
) -> None:
    """Simulate the retailer and write its shop and its traffic into `folder`, in place of an earlier demo.

    The demo is written beside `folder` and moved there when it is whole; a build that was interrupted leaves
    nothing behind that would be taken for a demo.

    Args:
        folder: where the demo is to be; what it lies in is made where missing.
        progress: told the share that is done, from 0 to 1, and what is being done.
        scale: the size of the retailer; 1 makes about 60,000 orders.
        effects: the effects to plant.

    Raises:
        SourceError: `folder` holds something else, or cannot be written.
    """
    told = progress or (lambda _share, _doing: None)
    _refuse_other_contents(folder)
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _remove_left_over(folder)
        draft = Path(tempfile.mkdtemp(prefix=_prefix(folder), dir=folder.parent))
        try:
            _write(draft, told, scale, effects)
            _put_in_place(draft, folder, scale)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SourceError(
            Text(
                f"the demo cannot be written to '{folder}': {reason}.",
                f"无法将演示数据写入“{folder}”：{reason}。",
            )
        ) from None


def _write(draft: Path, told: Progress, scale: float, effects: tuple[Effect, ...]) -> None:
    told(0.0, SIMULATING)
    simulated = simulate(scale, effects)
    told(SIMULATED, WRITING_SHOP)
    given_up = Event()
    with ThreadPoolExecutor(1) as beside:
        try:
            traffic = beside.submit(_write_visits, draft / VISITS, simulated, given_up)
            for number, _ in enumerate(write_shop(draft / SHOP_FILE, simulated), 1):
                told(SIMULATED + (SHOP_WRITTEN - SIMULATED) * number / len(SHOP), WRITING_SHOP)
            told(SHOP_WRITTEN, WRITING_VISITS)
            traffic.result()
        except BaseException:
            given_up.set()
            raise
    (draft / STAMP).write_text(json.dumps(_stamp(scale)), encoding="utf-8")
    told(1.0, WRITING_VISITS)


def _write_visits(folder: Path, simulated: Simulated, given_up: Event) -> None:
    """Write the traffic, beside the shop; what is given up ends with the month that is being written."""
    for _ in write_traffic(folder, simulated):
        if given_up.is_set():
            return


def _put_in_place(draft: Path, folder: Path, scale: float) -> None:
    """Move the finished demo to its folder, unless another process was quicker."""
    with suppress(OSError):
        draft.rename(folder)
        return
    if is_built(folder, scale):
        return
    old = Path(tempfile.mkdtemp(prefix=_prefix(folder), dir=folder.parent))
    folder.rename(old / "old")
    draft.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _refuse_other_contents(folder: Path) -> None:
    if folder.exists() and _stamp_in(folder) is None and (not folder.is_dir() or any(folder.iterdir())):
        raise SourceError(
            Text(
                f"'{folder}' holds something else than a demo; give the demo a folder of its own.",
                f"“{folder}”中有其他内容；请为演示数据指定单独的文件夹。",
            )
        )


def _remove_left_over(folder: Path) -> None:
    """Remove what builds that were killed have left; one that is under way is younger than that."""
    for left in folder.parent.glob(f"{_prefix(folder)}*"):
        if time.time() - left.stat().st_mtime > LEFT_OVER_AFTER:
            shutil.rmtree(left, ignore_errors=True)


def _prefix(folder: Path) -> str:
    return f".{folder.name}-draft-"


def _stamp(scale: float) -> dict[str, float]:
    return {"version": VERSION, "scale": scale}


def _stamp_in(folder: Path) -> object:
    """What the folder's stamp says; null where there is none."""
    try:
        return json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
