"""Settings files in TOML, read setting by setting: every typo becomes one plain line."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from connectors.errors import SettingsError, did_you_mean, listed
from connectors.text import Text

Default = TypeVar("Default")

TEXT = Text('a text in quotes such as "..."', '带引号的文本，例如 "..."')
NUMBER = Text("a number", "数字")
FLAG = Text("true or false", "true 或 false")
DAY = Text("a day such as 2026-11-01, without quotes", "日期，例如 2026-11-01，不加引号")
LIST = Text('a list of texts such as ["a", "b"]', '文本列表，例如 ["a", "b"]')
TABLE = Text("a section of its own with settings", "一个含有设置项的小节")
TITLE = Text('a text, or { en = "...", zh = "..." }', '文本，或 { en = "...", zh = "..." }')


def read_toml(path: Path) -> dict[str, object]:
    """The contents of a TOML file, with exact decimals; empty where there is no such file.

    Raises:
        SettingsError: the file cannot be read or is not TOML; names the line.
    """
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"), parse_float=Decimal)
    except FileNotFoundError:
        return {}
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        reason = re.sub(r"\s*\(at .*\)$", "", str(error))
        raise SettingsError(
            Text(
                f"{path.name}{f', line {place[1]}' if place else ''}: this is not valid TOML: {reason}.",
                f"{path.name}{f' 第 {place[1]} 行' if place else ''}：不是有效的 TOML：{reason}。",
            )
        ) from None
    except UnicodeDecodeError:
        raise SettingsError(
            Text(
                f"{path.name} is not UTF-8 text; save it with the encoding UTF-8.",
                f"{path.name} 不是 UTF-8 文本；请以 UTF-8 编码保存。",
            )
        ) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SettingsError(
            Text(f"{path} cannot be read: {reason}.", f"无法读取 {path}：{reason}。")
        ) from None


class Section:
    """One table of a settings file; messages name the file and the section, never a value of a secret.

    Args:
        file: the file's name.
        title: the section as written there, e.g. `[channels.store]`; empty for the top of the file.
        values: what it holds.
        known: every setting it can have; null where names are free.

    Raises:
        SettingsError: it holds a setting that does not exist.
    """

    def __init__(
        self, file: str, title: str, values: Mapping[str, object], known: Iterable[str] | None = None
    ) -> None:
        self.file = file
        self.title = title
        self._values = values
        if known is not None:
            self._refuse_unknown(sorted(known))

    def __contains__(self, name: str) -> bool:
        return name in self._values

    @property
    def names(self) -> list[str]:
        """The settings it holds, in the order of the file."""
        return list(self._values)

    def error(self, en: str, zh: str) -> SettingsError:
        """An error that begins with the place it is about."""
        return SettingsError(
            Text(
                ": ".join((self.file, f"{self.title} {en}".strip())),
                "：".join((self.file, f"{self.title} {zh}".strip())),
            )
        )

    def needs(self, *names: str) -> None:
        """Refuse a section in which one of these settings is missing."""
        for name in names:
            if name not in self._values:
                raise self.error(f"needs the setting '{name}'.", f"缺少设置项“{name}”。")

    def text(self, name: str, default: Default) -> str | Default:
        """A text that is not empty."""
        value = self._values.get(name, default)
        if name not in self._values:
            return default
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(name, TEXT)
        return value.strip()

    def number(self, name: str, default: Default) -> Decimal | Default:
        """A finite number, exactly as written."""
        if name not in self._values:
            return default
        value = self._values[name]
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not _is_finite(value):
            raise self._wrong(name, NUMBER)
        return Decimal(value)

    def number_from(self, name: str, lowest: int, default: Default) -> Decimal | Default:
        """A number that is not below `lowest`."""
        value = self.number(name, default)
        if isinstance(value, Decimal) and value < lowest:
            raise self.error(
                f"'{name}' is {value}; it must be {lowest} or more.",
                f"“{name}”为 {value}；不得小于 {lowest}。",
            )
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """True or false."""
        value = self._values.get(name, default)
        if not isinstance(value, bool):
            raise self._wrong(name, FLAG)
        return value

    def day(self, name: str, default: Default) -> dt.date | Default:
        """A calendar day."""
        if name not in self._values:
            return default
        value = self._values[name]
        if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
            raise self._wrong(name, DAY)
        return value

    def one_of(self, name: str, choices: Iterable[str]) -> str:
        """One of a few words; the section must have it."""
        self.needs(name)
        value = self.text(name, "")
        return self.known(name, value, choices)

    def known(self, name: str, value: str, choices: Iterable[str]) -> str:
        """`value`, which setting `name` gives, if it is one of `choices`."""
        existing = sorted(choices)
        if value not in existing:
            near, told = did_you_mean(value, existing), listed(value, existing)
            raise self.error(
                f"'{name}' is '{value}', which does not exist; there is: {told.en}.{near.en}",
                f"“{name}”为“{value}”，但不存在；现有：{told.zh}。{near.zh}",
            )
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty where the setting is missing."""
        value = self._values.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._wrong(name, LIST)
        return tuple(value)

    def title_text(self, name: str, default: str) -> Text:
        """Words in both languages: one text for both, or a table with `en` and `zh`."""
        value = self._values.get(name, default)
        if isinstance(value, str) and value:
            return Text(value, value)
        if not isinstance(value, dict) or not value:
            raise self._wrong(name, TITLE)
        words = Section(self.file, f"{self.title} {name}".strip(), value, ("en", "zh"))
        en, zh = words.text("en", ""), words.text("zh", "")
        return Text(en or zh, zh or en)

    def table(self, name: str) -> dict[str, object]:
        """The raw contents of a sub-section; empty where it is missing."""
        value = self._values.get(name, {})
        if not isinstance(value, dict):
            raise self._wrong(name, TABLE)
        return value

    def rest(self, *names: str) -> dict[str, object]:
        """Every setting but these, unread."""
        return {name: value for name, value in self._values.items() if name not in names}

    def section(self, name: str, known: Iterable[str] | None = None) -> Section:
        """A sub-section, e.g. `[rates]`; empty where it is missing."""
        return Section(self.file, f"[{name}]", self.table(name), known)

    def named(self, name: str, known: Iterable[str] | None = None) -> dict[str, Section]:
        """Sub-sections with names of their own, e.g. `[channels.store]`, in the order of the file."""
        outer = self.section(name)
        return {
            inner: Section(self.file, f"[{name}.{inner}]", outer.table(inner), known) for inner in outer.names
        }

    def entries(self, name: str, known: Iterable[str]) -> list[Section]:
        """Repeated sections, e.g. every `[[targets]]`, numbered from 1."""
        value = self._values.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.error(
                f"'{name}' is written as [[{name}]], once for each entry.",
                f"“{name}”应写作 [[{name}]]，每项一个。",
            )
        known = tuple(known)
        return [
            Section(self.file, f"[[{name}]] {number}", item, known) for number, item in enumerate(value, 1)
        ]

    def _refuse_unknown(self, known: list[str]) -> None:
        for name in self._values:
            if name not in known:
                near = did_you_mean(name, known)
                told = ", ".join(known)
                raise self.error(
                    f"has no setting '{name}'; there is: {told}.{near.en}",
                    f"没有设置项“{name}”；现有：{told}。{near.zh}",
                )

    def _wrong(self, name: str, expected: Text) -> SettingsError:
        given = _kind_of(self._values[name])
        return self.error(
            f"'{name}' must be {expected.en}, not {given.en}.",
            f"“{name}”应为{expected.zh}，而不是{given.zh}。",
        )


def _kind_of(value: object) -> Text:
    kinds: tuple[tuple[type, Text], ...] = (
        (bool, Text("true or false", "真假值")),
        (int, Text("a whole number", "整数")),
        (Decimal, Text("a number", "数字") if _is_finite(value) else Text("nan or infinity", "nan 或无穷大")),
        (str, Text("a text", "文本") if value else Text("an empty text", "空文本")),
        (list, Text("a list", "列表")),
        (dict, Text("a section", "小节")),
        (dt.date, Text("a day or time", "日期或时间")),
    )
    return next((text for kind, text in kinds if isinstance(value, kind)), Text("a time", "时间"))


def _is_finite(value: object) -> bool:
    return isinstance(value, int | Decimal) and Decimal(value).is_finite()
