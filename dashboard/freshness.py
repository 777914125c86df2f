"""How old the data is, what was read, and which connection failed since when."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import polars as pl
import streamlit as st

from connectors.cautions import without_rate
from connectors.manifest import ConnectionReport, Manifest
from dashboard import data, watching, written
from dashboard.place import Pin
from dashboard.safe import plain, safe
from dashboard.wording import Say
from dashboard.wording import frame as words

STALE_DAYS = 2
LONGEST_ERROR = 300
# Of orders: so few without a rate are told on the Data health page alone.
FEW = 0.01


def draw_badge(manifest: Manifest, last_day: dt.date, say: Say, *, is_demo: bool) -> None:
    """The day the data reaches, and behind it, once it is opened, every connection with its counts."""
    label = _label(manifest, last_day, say, is_demo=is_demo)
    with st.container(width="content"):
        st.fragment(_badge)(manifest, label, say)


def _badge(manifest: Manifest, label: str, say: Say) -> None:
    icon = _icon(manifest)
    shown = st.popover(label, icon=icon, type="tertiary", on_change="rerun", key="freshness")
    if not shown.open:
        return
    with shown:
        st.caption(
            say(
                words.READ_AT,
                data_time=moment(manifest.data_time, manifest, say),
                created_at=moment(manifest.created_at, manifest, say),
                version=manifest.version,
            )
        )
        counts = [say(words.PULLED), say(words.ACCEPTED), say(words.QUARANTINED)]
        st.dataframe(
            connections(manifest, say),
            hide_index=True,
            column_config={count: st.column_config.NumberColumn(format="localized") for count in counts},
            alt=say(words.CONNECTIONS_ALT),
        )
        draw_refresh(say, key="refresh")


def draw_demo(say: Say) -> None:
    """That no figure on the page is of a real shop."""
    st.badge(say(words.DEMO), icon=":material/science:", color="gray", help=say(words.DEMO_HELP))


def draw_age(pinned: Pin, manifest: Manifest, say: Say) -> None:
    """That the snapshot is not what it would be if it were read now, and a button that reads it."""
    age = (dt.datetime.now(dt.UTC) - manifest.created_at).days
    if data.is_outdated(pinned):
        told = say(words.OUTDATED_DEMO if data.shows_demo(pinned) else words.OUTDATED)
    elif data.is_read_otherwise(pinned):
        told = say(words.READ_OTHERWISE)
    elif age >= STALE_DAYS and not data.shows_demo(pinned):
        told = say(words.STALE, when=moment(manifest.created_at, manifest, say), days=age)
    else:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="age"):
        st.info(told, icon=":material/update:", width="stretch")
        draw_refresh(say, key="refresh_old")


def draw_settings(pinned: Pin, say: Say) -> None:
    """What of the settings needs correcting, and that the rest holds until then."""
    faults = data.settings_faults(pinned)
    if faults:
        told = [safe(_sentence(say(fault)), LONGEST_ERROR) for fault in faults]
        body = "\n\n".join([*told, say(words.SETTINGS_UNTIL_THEN)])
        st.warning(body, title=say(words.SETTINGS_WRONG), icon=":material/edit_note:")


def draw_warnings(manifest: Manifest, say: Say) -> None:
    """A visible line for each failed connection, each warning, and an older version that had to be opened."""
    for name, report in manifest.connections.items():
        if not report.ok:
            st.warning(failure(name, report, manifest, say), icon=":material/cloud_off:")
    if manifest.fell_back is not None:
        st.warning(safe(say(manifest.fell_back), LONGEST_ERROR), icon=":material/history:")
    for caution in without_rate(manifest.connections, manifest.currency, FEW):
        st.warning(safe(say(caution), LONGEST_ERROR), icon=":material/currency_exchange:")
    unknown = [safe(say(entry.title)) for entry in manifest.channels if entry.kind == "unknown"]
    if unknown:
        st.caption(say(words.NOT_CLASSIFIED, channels=say.each(unknown)))


def draw_refresh(say: Say, key: str) -> None:
    """A button that reads the connections again; while they are read it cannot be pressed."""
    if st.button(say(words.REFRESH_NOW), key=key, icon=":material/refresh:", disabled=watching.is_running()):
        watching.start(say)


def failure(name: str, report: ConnectionReport, manifest: Manifest, say: Say) -> str:
    """Which connection failed, since when its figures stand still, and why."""
    error = safe(_sentence(say(report.error)), LONGEST_ERROR) if report.error else ""
    if report.read_at is None:
        return say(words.NEVER_READ, name=safe(name), error=error)
    since = moment(report.read_at, manifest, say)
    return say(words.FAILED_CONNECTION, name=safe(name), since=since, error=error)


def connections(manifest: Manifest, say: Say) -> pl.DataFrame:
    """One row per connection with its counts of rows."""
    return pl.DataFrame(
        [
            {
                say(words.CONNECTION): plain(name),
                say(words.STATE): say(words.READ if report.ok else words.FAILED),
                say(words.HOUR_READ): moment(report.read_at, manifest, say),
                say(words.PULLED): sum(table.pulled for table in report.tables.values()),
                say(words.ACCEPTED): sum(table.accepted for table in report.tables.values()),
                say(words.QUARANTINED): sum(table.quarantined for table in report.tables.values()),
            }
            for name, report in manifest.connections.items()
        ]
    )


def _label(manifest: Manifest, last_day: dt.date, say: Say, *, is_demo: bool) -> str:
    label = say(words.DATA_THROUGH, day=say.day(last_day))
    today = dt.datetime.now(ZoneInfo(manifest.timezone)).date()
    age = (today - last_day).days
    if is_demo or age < STALE_DAYS:
        return label
    return f"{label} · {say(words.DAYS_OLD, days=age)}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _icon(manifest: Manifest) -> str:
    failed = not all(report.ok for report in manifest.connections.values())
    return ":material/cloud_off:" if failed else ":material/schedule:"


def moment(when: dt.datetime | None, manifest: Manifest, say: Say) -> str:
    """A moment in the business zone, to the minute."""
    if when is None:
        return say(words.TIME_UNKNOWN)
    return written.moment(when, say.language, ZoneInfo(manifest.timezone))
