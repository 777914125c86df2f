"""What the reader chose, kept in the address as codes and mirrored in the session for the widgets.

The address is the truth: at the top of every run its codes are copied into the session, and a widget's
`on_change` writes them back. Streamlit's own `bind=` would write labels, which the other language lacks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from connectors.text import Language
from dashboard.filters import DIMENSIONS, FIELDS, Filters, Options, Rejected, read, write
from kpis.periods import Period

LANGUAGE = "lang"
LANGUAGES: tuple[Language, ...] = ("en", "zh")
PERIOD, DAYS, COMPARE = "period", "days", "compare"
OF_THE_FILTERS = ("period", "from", "to", "compare", *DIMENSIONS)
BOTH_ENDS = 2
_PAGE, _CODES, _PASSED = "last_page", "last_codes", "passed_through"


def codes() -> dict[str, list[str]]:
    """Every parameter of the address with all its values."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def rewrite(changed: Mapping[str, Sequence[str]], replaced: Sequence[str]) -> None:
    """Put `changed` into the address in place of the parameters `replaced`; the others stay."""
    kept = {name: values for name, values in codes().items() if name not in replaced}
    st.query_params.from_dict({**kept, **{name: list(values) for name, values in changed.items()}})


def recall() -> None:
    """Carry the codes over to another page: Streamlit's navigation drops them.

    To be called before `st.navigation`, so that the browser enters the page's address once, with its codes.
    Going back is left alone: the address that one goes back to is the truth, unless it was only passed.
    """
    run = get_script_run_ctx()
    if run is None:
        return
    is_other_page = run.page_script_hash != st.session_state.get(_PAGE, run.page_script_hash)
    if is_other_page and not run.is_history_navigation and not codes():
        st.query_params.from_dict(st.session_state[_CODES])
    passed = st.session_state.get(_PASSED, {}).get(_address(run.page_script_hash, codes()))
    if is_other_page and run.is_history_navigation and passed is not None:
        st.query_params.from_dict(passed)


def remember() -> bool:
    """Keep page and codes for `recall`; to be called after `st.navigation`.

    Returns:
        Whether the page was just entered, so that nothing of it stands on the screen.
    """
    run = get_script_run_ctx()
    before = st.session_state.get(_PAGE)
    st.session_state[_PAGE] = run.page_script_hash if run else ""
    st.session_state[_CODES] = codes()
    # What is really shown was not only passed.
    st.session_state.get(_PASSED, {}).pop(_address(st.session_state[_PAGE], codes()), None)
    return before != st.session_state[_PAGE]


def pass_through(ahead: Mapping[str, Sequence[str]]) -> None:
    """Have the way back from another page lead to this one as it is; to be called before `st.switch_page`.

    Streamlit enters the codes of the page ahead as an address of the page that is left, and only then the
    other page: going back would show the page that was left with codes that it never had.

    Args:
        ahead: the codes of the other page.
    """
    passed = st.session_state.setdefault(_PASSED, {})
    passed[_address(st.session_state[_PAGE], ahead)] = codes()


def _address(page: str, given: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    return page, urlencode(given, doseq=True)


def language() -> Language:
    """The language of the address, else the browser's, else English."""
    given = st.query_params.get(LANGUAGE, st.context.locale or "")
    chosen: Language = "zh" if given.lower().startswith("zh") else "en"
    st.session_state[LANGUAGE] = chosen
    return chosen


def keep_language() -> None:
    """Write the language that was just chosen into the address."""
    rewrite({LANGUAGE: [st.session_state[LANGUAGE]]}, [LANGUAGE])


def chosen_language() -> dict[str, list[str]]:
    """The language of the address, where somebody chose one: what a link of the page takes along."""
    return {name: given for name, given in codes().items() if name == LANGUAGE}


def codes_in_any_language() -> dict[str, list[str]]:
    """Every parameter but the language: what a link means to a reader of another one."""
    return {name: given for name, given in codes().items() if name != LANGUAGE}


def filters(options: Options) -> tuple[Filters, tuple[Rejected, ...]]:
    """The filters of the address, copied into the session; and what of it meant nothing.

    Args:
        options: what the filters can be set to.
    """
    chosen, rejected = read(codes(), options)
    st.session_state[PERIOD] = chosen.period
    st.session_state[COMPARE] = chosen.compare
    slices = dict(chosen.where)
    for name in DIMENSIONS:
        st.session_state[name] = list(slices.get(name, ()))
    if chosen.custom is not None and not _is_half_chosen(st.session_state.get(DAYS)):
        st.session_state[DAYS] = (chosen.custom.start, chosen.custom.end)
    odd = [given for given in codes().get(LANGUAGE, []) if given not in LANGUAGES]
    return chosen, (*(Rejected(LANGUAGE, given) for given in odd), *rejected)


def keep_filters() -> None:
    """Write the filters that were just chosen into the address; half a range waits for its end."""
    days: Sequence[dt.date] = st.session_state.get(DAYS, ())
    custom = st.session_state[PERIOD] == "custom"
    chosen = Filters(
        period=st.session_state[PERIOD],
        custom=Period(*days) if custom and len(days) == BOTH_ENDS else None,
        compare=st.session_state[COMPARE],
        **{field: tuple(st.session_state[name]) for name, field in FIELDS.items()},
    )
    if not (custom and _is_half_chosen(days)):
        rewrite(write(chosen), OF_THE_FILTERS)


def choose_alone(dimension: str, value: str) -> None:
    """Show one value of a filter alone, e.g. one channel, or all again if it was alone already."""
    is_alone = st.session_state[dimension] == [value]
    st.session_state[dimension] = [] if is_alone else [value]
    keep_filters()


def choose_clicked(dimension: str, key: str) -> None:
    """Show the value alone whose point of a chart was clicked, or all again if it was alone already.

    Args:
        dimension: the filter that the points are values of, their `customdata`.
        key: the key of the chart.
    """
    given = [point.get("customdata") for point in st.session_state[key].selection.points]
    clicked = [code[0] if isinstance(code, list) else code for code in given]
    if clicked and clicked[0]:
        choose_alone(dimension, clicked[0])


def choice(name: str, known: Sequence[str], default: str | None = None) -> str:
    """A page's own choice of one, from the address into the session.

    Args:
        name: the parameter of the address and the key of the widget.
        known: what can be chosen.
        default: what is chosen where the address says nothing that is known; the first where null.
    """
    given = codes().get(name, [])
    chosen = next((code for code in given if code in known), default or known[0])
    st.session_state[name] = chosen
    return chosen


def choices(name: str, known: Sequence[str], default: Sequence[str]) -> list[str]:
    """A page's own choice of several, from the address into the session; an empty parameter chooses none."""
    given = codes().get(name)
    chosen = list(default) if given is None else [code for code in dict.fromkeys(given) if code in known]
    st.session_state[name] = chosen
    return list(chosen)


def unknown(known: Mapping[str, Collection[str]]) -> tuple[Rejected, ...]:
    """The codes of a page's own parameters that mean nothing; an empty one chooses nothing.

    Args:
        known: per parameter what can be chosen.
    """
    given = codes()
    return tuple(
        Rejected(name, code)
        for name, options in known.items()
        for code in given.get(name, [])
        if code and code not in options
    )


def keep(name: str) -> None:
    """Write a page's own choice into the address."""
    chosen = st.session_state[name]
    listed = chosen if isinstance(chosen, list) else [chosen]
    rewrite({name: listed or [""]}, [name])


def keep_all(name: str, keys: Sequence[str]) -> None:
    """Write a choice that several widgets share into the address as one parameter."""
    chosen = [code for key in keys for code in st.session_state[key]]
    rewrite({name: chosen or [""]}, [name])


def reset_filters() -> None:
    """Back to the defaults."""
    rewrite({}, OF_THE_FILTERS)


def _is_half_chosen(days: Sequence[dt.date] | None) -> bool:
    return days is not None and len(days) == 1
