"""In which format a command writes: the one it was told, else the one that its file's name ends in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from connectors.errors import UsageError, did_you_mean
from connectors.text import Text


def format_of(given: str | None, output: Path | None, formats: Sequence[str]) -> str:
    """The format to write.

    A name without an ending, such as /dev/stdout, claims none. One that ends in no format at all is nobody's
    mistake once the format is said: `--format csv --output rows.txt`.

    >>> format_of(None, Path("orders.parquet"), ("csv", "parquet"))
    'parquet'

    Args:
        given: what `--format` says; null where it is not given.
        output: the file; null for standard output.
        formats: those the command writes, the default first.

    Raises:
        UsageError: the file's name ends in a format the command does not write, or in another than the given.
    """
    ending = output.suffix.lstrip(".").lower() if output else ""
    if not ending:
        return given or formats[0]
    if given is None and ending not in formats:
        near, listed = did_you_mean(ending, formats), ", ".join(formats)
        raise UsageError(
            Text(
                f"--output '{output}' ends in no format of this command; there is: {listed} "
                f"(or say it: --format {formats[0]}).{near.en}",
                f"--output“{output}”的扩展名不是此命令的输出格式；现有：{listed}"
                f"（也可用 --format {formats[0]} 指定）。{near.zh}",
            )
        )
    if given is not None and ending in formats and ending != given:
        raise UsageError(
            Text(
                f"--output '{output}' ends in {ending}, but --format says {given}; "
                f"leave out --format or end the name in .{given}.",
                f"--output“{output}”的扩展名为 {ending}，而 --format 为 {given}；"
                f"请去掉 --format，或将扩展名改为 .{given}。",
            )
        )
    return given or ending
