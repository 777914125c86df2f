"""One module per system; each declares a `connector`, and is found by being here."""

from __future__ import annotations

import importlib
import pkgutil

from connectors.connector import Connection, Connector, Source
from connectors.errors import SettingsError, did_you_mean, unknown
from connectors.text import Text


def system_names() -> list[str]:
    """The names of all systems, found without importing any (nor their database drivers)."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def systems() -> dict[str, Connector]:
    """Every system's connector by the system's name, in alphabetical order."""
    return {name: connector_named(name) for name in system_names()}


def connector_named(name: str) -> Connector:
    """The connector of one system.

    Raises:
        UnknownNameError: there is no such system.
    """
    if name not in system_names():
        raise unknown(Text("system", "系统"), name, system_names())
    connector: Connector = importlib.import_module(f"{__name__}.{name}").connector
    return connector


def check_options(connection: Connection) -> None:
    """Refuse an option that the connection's system does not have.

    Raises:
        SettingsError: names the option, those that exist, and the nearest.
    """
    known = connector_named(connection.system).options
    for option in connection.options:
        if option not in known:
            near = did_you_mean(option, known)
            listed = ", ".join(sorted((*known, "system", "timezone", "orders_of")))
            raise SettingsError(
                Text(
                    f"secrets.toml: [connections.{connection.name}] has no setting '{option}'; "
                    f"there is: {listed}.{near.en}",
                    f"secrets.toml：[connections.{connection.name}] 没有设置项“{option}”；"
                    f"现有：{listed}。{near.zh}",
                )
            )


def open_connection(connection: Connection) -> Source:
    """Connect to the source of a connection.

    Raises:
        SettingsError: an option is missing or unknown.
        SourceError: the source cannot be reached.
    """
    check_options(connection)
    return connector_named(connection.system).open(connection)
