"""Ctrl-C and SIGTERM end a command without a traceback: exit code 130 or 143, wherever they strike."""

from __future__ import annotations

import importlib
import signal
import time
from collections.abc import Sequence
from types import FrameType

ENDED_BY = 128
SECONDS_TO_TIDY = 2.0
STOPS = (signal.SIGINT, signal.SIGTERM)


def run(module: str, argv: Sequence[str]) -> int:
    """Load a module and carry out its `main`.

    While modules are being loaded, and after the command has ended, there is nothing to tidy up: there a
    signal ends the process at once. In between it interrupts the command, which cleans up behind itself; a
    signal that follows at once, as from a terminal and a parent process, does not disturb that.

    Returns:
        The exit code of `main`, or 128 and the number of the signal that ended it.
    """
    heeded = [number for number in STOPS if signal.getsignal(number) is not signal.SIG_IGN]
    received: list[int] = []
    last = float("-inf")

    def interrupt(number: int, _: FrameType | None) -> None:
        nonlocal last
        received.append(number)
        if time.monotonic() - last > SECONDS_TO_TIDY:
            last = time.monotonic()
            raise KeyboardInterrupt

    for number in heeded:
        signal.signal(number, signal.SIG_DFL)
    main = importlib.import_module(module).main
    try:
        for number in heeded:
            signal.signal(number, interrupt)
        code: int = main(argv)
    except KeyboardInterrupt:
        code = ENDED_BY + (received or [signal.SIGINT])[0]
    finally:
        for number in heeded:
            signal.signal(number, signal.SIG_DFL)
    return code
