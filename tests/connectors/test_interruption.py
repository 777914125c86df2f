"""Ctrl-C and SIGTERM end every command quietly: while it loads, while it works, while it prints."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from connectors.interruption import STOPS, run

ROOT = Path(__file__).parents[2]
WAITS = """
import sys, time
from pathlib import Path
def wait(*_):
    print("here", flush=True)
    time.sleep(60)
"""
SLOW_TO_LOAD = WAITS + "wait()\n"
TIDIES_UP = WAITS + "def main(_):\n    try:\n        wait()\n    finally:\n        Path('tidy').touch()\n"


def struck(folder: Path, number: int, *words: str) -> subprocess.CompletedProcess[str]:
    """A command in `folder`, which is sent a signal once it says that it is there."""
    environment = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    command = [sys.executable, *words]
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        child.send_signal(number)
        out, err = child.communicate(timeout=30)
    return subprocess.CompletedProcess(command, child.returncode, out, err)


@pytest.mark.parametrize("number", STOPS)
@pytest.mark.parametrize("package", ["connectors", "kpis"])
def test_a_signal_while_modules_are_loaded_leaves_no_traceback(
    tmp_path: Path, package: str, number: signal.Signals
) -> None:
    (tmp_path / "polars.py").write_text(SLOW_TO_LOAD)
    ended = struck(tmp_path, number, "-m", package, "--help")
    assert (ended.returncode, ended.stdout, ended.stderr) == (-number, "", "")


@pytest.mark.parametrize("number", STOPS)
def test_a_signal_at_work_ends_with_128_and_its_number_and_leaves_things_tidy(
    tmp_path: Path, number: signal.Signals
) -> None:
    (tmp_path / "slow.py").write_text(TIDIES_UP)
    code = "import sys; from connectors.interruption import run; sys.exit(run('slow', []))"
    ended = struck(tmp_path, number, "-c", code)
    assert (ended.returncode, ended.stdout, ended.stderr) == (128 + number, "", "")
    assert (tmp_path / "tidy").exists()


def test_a_signal_that_comes_twice_does_not_disturb_the_tidying_up(tmp_path: Path) -> None:
    (tmp_path / "twice.py").write_text(
        "import os\nfrom pathlib import Path\n"
        "def main(_):\n    try:\n        os.kill(os.getpid(), 2)\n"
        "    finally:\n        os.kill(os.getpid(), 15)\n        Path('tidy').touch()\n"
    )
    code = "import sys; from connectors.interruption import run; sys.exit(run('twice', []))"
    environment = {"PYTHONPATH": f"{ROOT}:{tmp_path}"}
    ended = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=False)
    assert ended.returncode == 130
    assert (tmp_path / "tidy").exists()


def test_who_is_told_to_ignore_a_signal_goes_on_ignoring_it(tmp_path: Path) -> None:
    (tmp_path / "deaf.py").write_text(
        "import os, signal\ndef main(_):\n    os.kill(os.getpid(), 2)\n    return 7\n"
    )
    code = (
        "import signal, sys; signal.signal(2, signal.SIG_IGN)\n"
        "from connectors.interruption import run; sys.exit(run('deaf', []))"
    )
    environment = {"PYTHONPATH": f"{ROOT}:{tmp_path}"}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 7


def test_the_exit_code_is_that_of_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    before = [signal.getsignal(number) for number in STOPS]
    try:
        assert run("connectors.commands", ["systems", "--json"]) == 0
        assert run("connectors.commands", ["sistems"]) == 2
    finally:
        for number, handler in zip(STOPS, before, strict=True):
            signal.signal(number, handler)
