"""What a page lets one choose: a code of the address that is none of it is told, on every page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pytest

from dashboard import state
from dashboard.view import View, discover
from dashboard.wording import Say
from dashboard.wording import frame as words
from tests.dashboard.opened import open_page

Codes = dict[str, set[str]]
PARTS = {
    "delivery": "delivery", "returns": "after", "voice": "part", "loyalty": "part", "consistency": "part",
    "extracts": "what", "data_health": "show",
}  # fmt: skip
VIEWS = {view.path or "overview": view for view in discover()}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> tuple[Codes, Codes]:
    """What pages ask the address for, and what they accept in it without a word, parameter by parameter."""
    offered, accepted = Codes(), Codes()
    choice, choices, unknown = state.choice, state.choices, state.unknown

    def one(name: str, known: Sequence[str], default: str | None = None) -> str:
        offered.setdefault(name, set()).update(known)
        return choice(name, known, default)

    def several(name: str, known: Sequence[str], default: Sequence[str]) -> list[str]:
        offered.setdefault(name, set()).update(known)
        return choices(name, known, default)

    def told(known: Mapping[str, Collection[str]]) -> tuple[object, ...]:
        accepted.update({name: set(codes) for name, codes in known.items()})
        return unknown(known)

    monkeypatch.setattr(state, "choice", one)
    monkeypatch.setattr(state, "choices", several)
    monkeypatch.setattr(state, "unknown", told)
    return offered, accepted


@pytest.mark.parametrize("view", VIEWS.values(), ids=list(VIEWS))
@pytest.mark.usefixtures("at_home")
def test_every_choice_of_a_page_tells_of_a_code_that_it_does_not_offer(view: View, asked):
    offered, accepted = asked
    open_page(view)
    own = list(offered)
    part = PARTS.get(view.path)
    for code in sorted(offered[part]) if part else ():
        open_page(view, **{part: code})
    for name, codes in offered.items():
        assert codes <= accepted.get(name, set()), name
    if offered:
        codes = dict.fromkeys(own, "decade")
        page = open_page(view, **codes)
        told = "\n".join(warning.value for warning in page.warning)
        for name in codes:
            assert words.REJECTED.en.format(name=Say("en")(words.CODE_NAMES[name]), given="decade") in told
