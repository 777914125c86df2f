"""What of the settings goes into a snapshot when it is read, so that a later change of it can be told."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from connectors.settings import Settings

BUSINESS = ("timezone", "currency", "country", "channels", "stores", "rates")
"""Targets, events, margins and the like are looked up when figures are shown, and may change at any time."""


def settings_stamp(settings: Settings) -> str:
    """A stamp that changes with what rows are read by: time zones, currency, rates, channels and shops.

    Where a connection is and its passwords take no part: nothing secret is kept with the data.
    """
    told = asdict(settings.business)
    connections = [
        (entry.name, entry.system, entry.timezone, entry.orders_of) for entry in settings.connections
    ]
    baked = [connections, *(told[name] for name in BUSINESS)]
    written = json.dumps(baked, default=str, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()
