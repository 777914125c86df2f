"""Types commands of `python -m connectors` and keeps what they said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from connectors.commands import main
from tests.connectors.shopfolder import ShopFolder

TWO = """
[connections.shop]
system = "files"
path = "{path}"
[connections.tills]
system = "files"
path = "{other}"
"""


def run(capsys: pytest.CaptureFixture[str], *argv: str | Path) -> tuple[int, str, str]:
    code = main([str(word) for word in argv])
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err
    return code, printed.out, printed.err


def check(capsys: pytest.CaptureFixture[str], shop: ShopFolder, *more: str) -> tuple[int, Any, str]:
    code, out, err = run(capsys, "check", "--config", shop.config, "--data", shop.data, "--json", *more)
    return code, json.loads(out), err


def with_tills(shop: ShopFolder, folder: str = "tills") -> Path:
    tills = shop.root / "tills"
    tills.mkdir()
    (tills / "visits.csv").write_text("started_at,channel,visits,store_id\n2026-01-05,kiosk,3,s1\n")
    shop.settle(TWO.format(path=shop.exports, other=shop.root / folder))
    return tills
