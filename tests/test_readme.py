"""README says what is so: its lists are the code's, its examples run, its files and options exist."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from connectors.refresh import refresh
from connectors.settings import load_settings
from tests.connectors.shopfolder import ShopFolder
from tests.readme import README, with_lists

TEXT = README.read_text(encoding="utf-8")
ROOT = README.parent


def blocks(language: str) -> list[str]:
    """The fenced blocks of a language, without their indentation."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", TEXT, re.DOTALL | re.MULTILINE)
    return ["\n".join(line.removeprefix(indent) for line in body.splitlines()) for indent, body in found]


def test_the_lists_are_those_of_the_code() -> None:
    assert with_lists(TEXT) == TEXT, "run python -m tests.readme"


def test_the_two_commands_are_one_line_each() -> None:
    started = [
        line for block in blocks("sh") for line in block.splitlines() if line.startswith("python3 -m venv")
    ]
    run, tested = (line.rpartition(".venv/bin/python -m ")[2] for line in started)
    assert run == "streamlit run dashboard/app.py"
    assert tested == "pytest -n logical --dist loadfile"


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#:]+)\)", TEXT))
def test_pictures_and_linked_files_are_there(link: str) -> None:
    assert (ROOT / link).is_file()


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:connectors|kpis|dashboard|tests)/[\w./]*)`", TEXT)))
)
def test_named_files_and_folders_are_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("block", blocks("toml"))
def test_settings_examples_are_read(tmp_path: Path, block: str) -> None:
    name = "secrets.toml" if "connections" in tomllib.loads(block) else "business.toml"
    (tmp_path / name).write_text(block, encoding="utf-8")
    (tmp_path / name).chmod(0o600)
    assert load_settings(tmp_path, tmp_path / "data")


COMMANDS = [
    line for block in blocks("sh") for line in block.splitlines() if re.search("-m (kpis|connectors)", line)
]
ENDLESS = [line for line in COMMANDS if "--every" in line]


def run(folder: Path, packages: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(packages), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    command = [sys.executable, *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=environment)


@pytest.fixture(scope="module")
def read_shop(tmp_path_factory: pytest.TempPathFactory) -> ShopFolder:
    """A shop that was read before the commands are typed, one after the other as a reader would."""
    shop = ShopFolder(tmp_path_factory.mktemp("readme") / "shop")
    refresh(load_settings(shop.config, shop.data))
    return shop


@pytest.mark.parametrize("line", [line for line in COMMANDS if line not in ENDLESS])
def test_commands_are_understood(read_shop: ShopFolder, line: str) -> None:
    places = ["--config", str(read_shop.config), "--data", str(read_shop.data)]
    done = run(read_shop.root, ROOT, *shlex.split(line)[1:], *([] if "catalogue" in line else places))
    assert "Traceback" not in done.stderr
    of_another_shop = ("there is no data from", "there is nothing to compare with", "no row has")
    assert done.returncode == 0 or done.stderr.startswith(of_another_shop), done.stderr


@pytest.mark.parametrize("line", ENDLESS)
def test_commands_without_an_end_print_a_line_a_round_until_they_are_ended(
    shop: ShopFolder, line: str
) -> None:
    command = [sys.executable, *shlex.split(line)[1:], "--config", str(shop.config), "--data", str(shop.data)]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        command, cwd=shop.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert "snapshot 000001" in child.stdout.readline()
        child.terminate()
        assert child.communicate() == ("", "")
    assert child.returncode == 143


def test_the_kpi_of_the_example_is_on_the_command_line_once_it_is_declared(shop: ShopFolder) -> None:
    refresh(load_settings(shop.config, shop.data))
    for package in ("connectors", "kpis"):
        shutil.copytree(ROOT / package, shop.root / package, ignore=shutil.ignore_patterns("__pycache__"))
    module = shop.root / "kpis" / "catalogue" / "pay_orders.py"
    example = next(block for block in blocks("python") if "Ratio(" in block)
    module.write_text(module.read_text(encoding="utf-8") + "\n\n" + example + "\n", encoding="utf-8")
    folders = ["--config", str(shop.config), "--data", str(shop.data)]
    done = run(
        shop.root, shop.root, "-m", "kpis", "table", "--kpi", "paid_share", "--format", "json", *folders
    )
    (figure,) = json.loads(done.stdout)
    assert (figure["numerator"], figure["denominator"], figure["value"]) == (5, 5, 1)
