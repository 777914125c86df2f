"""Reads a workbook as it lies in the file: the kind and text of every cell; no formula and no link."""

from __future__ import annotations

import html
import re
import zipfile
from pathlib import Path

ROW = re.compile(r"<row [^>]*>(.*?)</row>", re.DOTALL)
CELL = re.compile(r"<c ([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)


def sheets(path: Path) -> dict[str, list[list[tuple[str, str]]]]:
    """Per sheet its rows of cells, each its kind (`inlineStr`, `b`, empty for a number) and its text."""
    with zipfile.ZipFile(path) as book:
        titles = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
        parts = [f"xl/worksheets/sheet{number}.xml" for number in range(1, len(titles) + 1)]
        return {title: _rows(book.read(part).decode()) for title, part in zip(titles, parts, strict=True)}


def _rows(xml: str) -> list[list[tuple[str, str]]]:
    assert "<f>" not in xml, "there is a formula"
    assert "<hyperlink" not in xml, "there is a link"
    return [[_cell(*cell) for cell in CELL.findall(row)] for row in ROW.findall(xml)]


def _cell(attributes: str, inside: str) -> tuple[str, str]:
    kind = re.search(r't="(\w+)"', attributes)
    return kind.group(1) if kind else "", html.unescape(re.sub(r"<[^>]*>", "", inside))
