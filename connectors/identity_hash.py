"""Keyed hashes of e-mails, phone and member numbers: alike across systems, useless without the secret."""

from __future__ import annotations

import hmac
import os
import re
import secrets
from pathlib import Path

import phonenumbers
import polars as pl

from connectors.errors import SettingsError
from connectors.settings import Settings
from connectors.text import Text

HASHED = "^[0-9a-f]{64}$"
KEPT_IN = "identity_secret"
SECRET_BYTES = 32
# Most numbers in China look like this, and taking them apart costs more than all else that is done to a
# customer. Numbers that begin like the codes by which a carrier is chosen (179 and two digits) are left out.
CHINESE_MOBILE = re.compile(r"(\+86[ -]?)?(1(?:[3-68][0-9]|7[0-8]|9[0-9]))[ -]?([0-9]{4})[ -]?([0-9]{4})")


class IdentityKey:
    """Turns plain identities into HMAC-SHA-256 in 64 hexadecimal digits.

    The kind of identity is part of what is hashed, so an e-mail never equals a member number.

    Args:
        secret: the installation's secret.
        country: default region of phone numbers without a country code; null: such numbers are unreadable.
    """

    def __init__(self, secret: bytes, country: str | None) -> None:
        self._secret = secret
        self.country = country

    @property
    def fingerprint(self) -> str:
        """Changes with the secret and the country, and tells nothing of the secret."""
        return hmac.digest(self._secret, f"country\0{self.country}".encode(), "sha256").hex()

    def hash_of(self, kind: str, value: str) -> str | None:
        """The hash of one identity; null where a phone number is none.

        Args:
            kind: email, phone or member_no.
            value: the identity as it was delivered.
        """
        hashed: str | None = self.hash_series(kind, pl.Series([value])).item()
        return hashed

    def hash_series(self, kind: str, plain: pl.Series) -> pl.Series:
        """The hashes of a column of text; null stays null, and what is a hash already stays as it is.

        Each distinct value is hashed once.
        """
        values = plain.drop_nulls().unique()
        normal = values.str.strip_chars().str.to_lowercase()
        prefix = f"{kind}\0".encode()
        hashes = [
            value if hashed else self._digest(kind, prefix, value)
            for value, hashed in zip(normal, normal.str.contains(HASHED), strict=True)
        ]
        return plain.replace_strict(values, hashes, default=None, return_dtype=pl.String)

    def _digest(self, kind: str, prefix: bytes, value: str) -> str | None:
        normal = self._e164(value) if kind == "phone" else value
        if not normal:
            return None
        return hmac.digest(self._secret, prefix + normal.encode(), "sha256").hex()

    def _e164(self, value: str) -> str | None:
        mobile = CHINESE_MOBILE.fullmatch(value)
        if mobile and (mobile[1] or self.country == "CN"):
            return f"+86{mobile[2]}{mobile[3]}{mobile[4]}"
        return self._taken_apart(value)

    def _taken_apart(self, value: str) -> str | None:
        """A number of any country and spelling in the form of E.164; null where it is none."""
        try:
            number = phonenumbers.parse(value, self.country)
        except phonenumbers.NumberParseException:
            return None
        if not phonenumbers.is_possible_number(number):
            return None
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def secret_of(settings: Settings) -> bytes:
    """The installation's secret: from secrets.toml, else one made on first use and kept in the data folder.

    Raises:
        SettingsError: the kept secret cannot be read or is damaged.
    """
    if settings.identity_secret is not None:
        return settings.identity_secret.encode()
    path = settings.data / KEPT_IN
    try:
        if not path.exists():
            _make(path)
        secret = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        secret = ""
    if not re.fullmatch(HASHED, secret):
        raise SettingsError(
            Text(
                f"'{path}' is unreadable or damaged; restore it, or delete it and refresh everything.",
                f"“{path}”不可读或已损坏；请恢复该文件，或删除后重新刷新全部数据。",
            )
        )
    return secret.encode()


def _make(path: Path) -> None:
    """Write a new secret under another name, then link it: nobody ever reads half of it or replaces it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{KEPT_IN}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(SECRET_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
