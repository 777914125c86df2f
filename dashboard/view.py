"""What a page is: a file in `views/` that declares itself under the name `view`; none is listed by hand."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from connectors.manifest import Manifest
from connectors.text import Text
from dashboard import views
from dashboard.filters import Filters, Options
from dashboard.place import Pin
from dashboard.wording import Say


@dataclass(frozen=True, slots=True)
class Room:
    """What a page is given.

    Attributes:
        pinned: the version it reads, and no other.
        manifest: what came from where and when.
        options: what the filters can be set to.
        filters: what they are set to.
        say: the reader's language.
        head: the place of the heading, above the filters.
        pages: every page by its path, to link to with `st.page_link`.
        tools: the place beside the data time, for what concerns the whole page.
        has_days: whether anything in the data has a day; without any, the options' days mean nothing.
    """

    pinned: Pin
    manifest: Manifest
    options: Options
    filters: Filters
    say: Say
    head: DeltaGenerator
    pages: Mapping[str, st.Page] = field(default_factory=dict)
    tools: DeltaGenerator | None = None
    has_days: bool = True


@dataclass(frozen=True, slots=True)
class View:
    """A page.

    Attributes:
        path: its part of the address; empty for the first page.
        title: its name in the navigation.
        help: what one finds there.
        icon: a Material symbol.
        place: its place in the navigation, from 1.
        show: draws it.
        stages: the stages of the journey whose figures are looked into there.
        needs_days: whether it has nothing to show where nothing in the data has a day.
    """

    path: str
    title: Text
    help: Text
    icon: str
    place: int
    show: Callable[[Room], None]
    stages: tuple[str, ...] = ()
    needs_days: bool = True


@cache
def discover() -> tuple[View, ...]:
    """Every page, in the order of the navigation."""
    modules = [
        importlib.import_module(f"{views.__name__}.{found.name}")
        for found in pkgutil.iter_modules(views.__path__)
    ]
    return tuple(sorted((module.view for module in modules), key=lambda view: view.place))
