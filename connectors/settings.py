"""The settings of an installation: secrets.toml, business.toml and rates.csv of one folder."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from connectors.business import Business
from connectors.business_file import business_of, timezone_of
from connectors.connector import Connection
from connectors.errors import SettingsError, did_you_mean, unknown
from connectors.rates import read_rates
from connectors.systems import system_names
from connectors.text import Text
from connectors.toml_section import Section, read_toml

SECRETS = "secrets.toml"
BUSINESS = "business.toml"
RATES = "rates.csv"
ABOUT_CHANNELS = frozenset({"targets", "events", "intended_differences"})
DEMO_BUSINESS = Path(__file__).parent / "demo" / BUSINESS
SHORTEST_SECRET = 16
OWN = ("system", "timezone", "orders_of")
CONNECTION_NAME = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an installation is told.

    Attributes:
        config: the folder of the settings files.
        data: the folder of snapshots.
        business: what business.toml and rates.csv say.
        connections: the configured sources, in the order of the file; never empty.
        identity_secret: the secret of identity hashes; null: one is made and kept in `data`.
        is_demo: whether no connection is configured, so that the demo shop is shown.
        warnings: what is allowed but unwise.
    """

    config: Path
    data: Path
    business: Business
    connections: tuple[Connection, ...]
    identity_secret: str | None
    is_demo: bool
    warnings: tuple[Text, ...] = ()

    def connection_named(self, name: str) -> Connection:
        """The connection called `name`.

        Raises:
            UnknownNameError: no connection is called so.
        """
        by_name = {connection.name: connection for connection in self.connections}
        if name not in by_name:
            raise unknown(Text("connection", "连接"), name, by_name)
        return by_name[name]


def load_settings(config: Path, data: Path) -> Settings:
    """Read the settings in `config`; without a connection, those of the demo shop.

    Sections that the business.toml of a demo does not have are the demo's own; beside channels of your own,
    those that speak of the demo's channels are left out.

    Args:
        config: the folder that holds secrets.toml, business.toml and rates.csv, each optional.
        data: the folder of snapshots; need not exist.

    Raises:
        SettingsError: there is no such folder, or a setting does not exist or cannot be meant as written.
    """
    if not config.is_dir():
        raise _no_folder(config)
    top = Section(SECRETS, "", read_toml(config / SECRETS), ("connections", "identity_secret", "auth"))
    is_demo = not top.table("connections")
    values = read_toml(config / BUSINESS)
    if is_demo:
        values = _of_the_demo(values) | values
    business = business_of(values, read_rates(config / RATES))
    connections = _demo_connections(data, business) if is_demo else _connections(top, config, business)
    return Settings(
        config=config,
        data=data,
        business=business,
        connections=connections,
        identity_secret=_identity_secret(top),
        is_demo=is_demo,
        warnings=(*_open_secrets(config / SECRETS), *_idle_patterns(business, connections)),
    )


def _of_the_demo(values: Mapping[str, object]) -> dict[str, object]:
    demo = read_toml(DEMO_BUSINESS)
    if "channels" in values:
        return {name: section for name, section in demo.items() if name not in ABOUT_CHANNELS}
    return demo


def _no_folder(config: Path) -> SettingsError:
    siblings = (path.name for path in config.absolute().parent.glob("*") if path.is_dir())
    near = did_you_mean(config.name, siblings)
    return SettingsError(
        Text(
            f"there is no settings folder '{config}'.{near.en}",
            f"没有设置文件夹“{config}”。{near.zh}",
        )
    )


def _demo_connections(data: Path, business: Business) -> tuple[Connection, ...]:
    shop = data.absolute() / "demo"
    return (
        Connection("demo", "demo", business.timezone, {"path": str(shop)}),
        Connection("traffic", "files", business.timezone, {"path": str(shop / "traffic")}, orders_of="demo"),
    )


def _connections(top: Section, config: Path, business: Business) -> tuple[Connection, ...]:
    sections = top.named("connections")
    return tuple(
        _connection(name, section, config, business, list(sections)) for name, section in sections.items()
    )


def _connection(
    name: str, section: Section, config: Path, business: Business, names: list[str]
) -> Connection:
    if not CONNECTION_NAME.fullmatch(name):
        raise section.error(
            "is no name for a connection; use letters, digits, '-' and '_'.",
            "不能作为连接名称；请使用字母、数字、“-”和“_”。",
        )
    options = section.rest(*OWN)
    orders_of = section.text("orders_of", None)
    return Connection(
        name=name,
        system=section.one_of("system", system_names()),
        timezone=timezone_of(section, business.timezone),
        options=options,
        folder=_folder_of(options.get("path"), config),
        orders_of=None if orders_of is None else section.known("orders_of", orders_of, names),
    )


def _folder_of(path: object, config: Path) -> Path:
    here = Path.cwd()
    beside = isinstance(path, str) and not (here / path).exists() and (config / path).exists()
    return config.absolute() if beside else here


def _identity_secret(top: Section) -> str | None:
    secret = top.text("identity_secret", None)
    if secret is not None and len(secret) < SHORTEST_SECRET:
        raise top.error(
            f"'identity_secret' must have at least {SHORTEST_SECRET} characters.",
            f"“identity_secret”至少要有 {SHORTEST_SECRET} 个字符。",
        )
    return secret


def _open_secrets(path: Path) -> tuple[Text, ...]:
    if os.name != "posix" or not path.exists() or not path.stat().st_mode & 0o077:
        return ()
    return (
        Text(
            f"{path} can be read by other users of this machine; run: chmod 600 {path}",
            f"本机其他用户可以读取 {path}；请运行：chmod 600 {path}",
        ),
    )


def _idle_patterns(business: Business, connections: tuple[Connection, ...]) -> tuple[Text, ...]:
    """Patterns that begin with no connection's name: a typing error, or left over from a removed one."""
    names = [connection.name for connection in connections]
    entries = [("channels", channel.id, channel.match) for channel in business.channels]
    entries += [("stores", store.id, store.match) for store in business.stores]
    return tuple(
        _idle_pattern(f"[{section}.{entry}]", pattern, names)
        for section, entry, patterns in entries
        for pattern in patterns
        if not any(fnmatchcase(name, pattern.partition(":")[0]) for name in names)
    )


def _idle_pattern(place: str, pattern: str, names: list[str]) -> Text:
    near = did_you_mean(pattern.partition(":")[0], names)
    listed = ", ".join(sorted(names))
    return Text(
        f"{BUSINESS}: {place} matches '{pattern}', but there is no such connection; "
        f"there is: {listed}.{near.en}",
        f"{BUSINESS}：{place} 匹配“{pattern}”，但没有这个连接；现有：{listed}。{near.zh}",
    )
