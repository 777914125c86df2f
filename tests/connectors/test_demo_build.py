"""The demo is built whole or not at all, and always the same."""

from __future__ import annotations

import hashlib
import json
import os
import time
from pathlib import Path

import pytest

from connectors.demo.build import STAMP, build, is_built
from connectors.errors import SourceError
from connectors.text import Text
from tests.connectors.demo_world import SMALL


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_equal_arguments_make_equal_bytes(tmp_path: Path) -> None:
    build(tmp_path / "one", scale=SMALL)
    build(tmp_path / "two", scale=SMALL)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_another_scale_makes_other_bytes(tmp_path: Path) -> None:
    build(tmp_path / "one", scale=SMALL)
    build(tmp_path / "two", scale=SMALL / 2)
    assert digests(tmp_path / "one")["shop.sqlite"] != digests(tmp_path / "two")["shop.sqlite"]


def test_a_build_is_found_again_until_version_or_scale_differ(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "demo"
    assert not is_built(folder, SMALL)
    build(folder, scale=SMALL)
    assert is_built(folder, SMALL)
    assert not is_built(folder)
    (folder / STAMP).write_text(json.dumps({"version": 0, "scale": SMALL}))
    assert not is_built(folder, SMALL)
    build(folder, scale=SMALL)
    assert is_built(folder, SMALL)


def test_progress_rises_from_nothing_to_everything(tmp_path: Path) -> None:
    told: list[float] = []
    doing: set[Text] = set()
    build(tmp_path / "demo", lambda share, what: (told.append(share), doing.add(what)), scale=SMALL)
    assert told[0] == 0
    assert told[-1] == 1
    assert told == sorted(told)
    assert all(what.en and what.zh for what in doing)


@pytest.mark.parametrize("until", [0.0, 0.3, 0.7, 1.0])
def test_an_interrupted_build_leaves_nothing_and_can_be_repeated(tmp_path: Path, until: float) -> None:
    folder = tmp_path / "demo"

    def interrupt(share: float, _: Text) -> None:
        if share >= until:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(folder, interrupt, scale=SMALL)
    assert list(tmp_path.iterdir()) == []
    build(folder, scale=SMALL)
    assert is_built(folder, SMALL)


def test_what_a_killed_build_left_is_removed_when_it_is_old(tmp_path: Path) -> None:
    old, young = tmp_path / ".demo-draft-old", tmp_path / ".demo-draft-young"
    old.mkdir()
    young.mkdir()
    os.utime(old, (time.time() - 7_200, time.time() - 7_200))
    build(tmp_path / "demo", scale=SMALL)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".demo-draft-young", "demo"]


def test_a_folder_with_other_contents_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "cat.jpg").write_bytes(b"cat")
    with pytest.raises(SourceError, match="holds something else than a demo") as caught:
        build(folder, scale=SMALL)
    assert "其他内容" in caught.value.text.zh
    assert [path.name for path in folder.iterdir()] == ["cat.jpg"]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, not a folder")
    with pytest.raises(SourceError, match="cannot be written to") as caught:
        build(tmp_path / "data" / "demo", scale=SMALL)
    assert str(tmp_path) in caught.value.text.zh
