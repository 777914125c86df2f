"""Keyed hashes: one person hashes alike everywhere, nobody is hashed plainly, the secret stays."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.errors import SettingsError
from connectors.identity_hash import CHINESE_MOBILE, IdentityKey, secret_of
from connectors.settings import Settings, load_settings

KEY = IdentityKey(b"a secret of this installation", "CN")
KINDS = ("email", "phone", "member_no")


def settings(tmp_path: Path, secrets: str = "") -> Settings:
    config = tmp_path / "config"
    config.mkdir(exist_ok=True)
    (config / "secrets.toml").write_text(secrets)
    (config / "secrets.toml").chmod(0o600)
    return load_settings(config, tmp_path / "data")


def test_a_hash_is_the_hmac_of_kind_and_normal_form() -> None:
    by_hand = hmac.new(b"a secret of this installation", b"email\0a@b.cn", hashlib.sha256).hexdigest()
    assert KEY.hash_of("email", " A@B.cn ") == by_hand


@pytest.mark.parametrize(
    "spelling",
    ["13812345678", "+86 138-1234-5678", "0086 138 1234 5678", "１３８12345678", "(138) 1234.5678"],
)
def test_spellings_of_one_phone_number_hash_alike(spelling: str) -> None:
    assert KEY.hash_of("phone", spelling) == KEY.hash_of("phone", "+8613812345678") is not None


@given(st.from_regex(CHINESE_MOBILE, fullmatch=True), st.sampled_from(["CN", "US", None]))
def test_chinese_mobile_numbers_are_read_as_any_number_is(spelling: str, country: str | None) -> None:
    key = IdentityKey(b"a secret of this installation", country)
    dotted = f"{spelling[:-1]}.{spelling[-1]}"
    assert CHINESE_MOBILE.fullmatch(dotted) is None
    assert key.hash_of("phone", spelling) == key.hash_of("phone", dotted)


@pytest.mark.parametrize("spelling", ["138", "none", "n/a", "-", "1"])
def test_what_is_no_phone_number_has_no_hash(spelling: str) -> None:
    assert KEY.hash_of("phone", spelling) is None


def test_without_a_country_only_international_numbers_are_read() -> None:
    abroad = IdentityKey(b"a secret of this installation", None)
    assert abroad.hash_of("phone", "13812345678") is None
    assert abroad.hash_of("phone", "+8613812345678") == KEY.hash_of("phone", "13812345678")


def test_a_delivered_hash_stays_and_any_other_text_is_keyed() -> None:
    delivered = hashlib.sha256(b"somewhere else").hexdigest()
    assert KEY.hash_of("email", delivered.upper()) == delivered
    assert KEY.hash_of("email", delivered[:-1]) not in {None, delivered[:-1]}


@given(st.text(min_size=1).filter(str.strip))
def test_case_and_blanks_do_not_matter(plain: str) -> None:
    normal = plain.strip().lower()
    assert KEY.hash_of("member_no", f" {normal}\t") == KEY.hash_of("member_no", normal)


@given(st.text(min_size=1).filter(str.strip))
def test_a_hash_is_64_digits_and_depends_on_kind_and_secret(plain: str) -> None:
    email, member = KEY.hash_of("email", plain), KEY.hash_of("member_no", plain)
    other = IdentityKey(b"another installation's secret", "CN").hash_of("email", plain)
    assert email is not None
    assert len(email) == 64
    assert set(email) <= set("0123456789abcdef")
    assert len({email, member, other}) == 3


@given(st.lists(st.none() | st.sampled_from(["a@b.cn", "A@B.CN", "x", "13812345678", "138"]), max_size=12))
def test_a_column_is_hashed_value_by_value(values: list[str | None]) -> None:
    for kind in KINDS:
        hashed = KEY.hash_series(kind, pl.Series(values, dtype=pl.String))
        assert hashed.dtype == pl.String
        assert hashed.to_list() == [None if value is None else KEY.hash_of(kind, value) for value in values]


def test_the_secret_of_the_settings_comes_first(tmp_path: Path) -> None:
    given_secret = settings(tmp_path, 'identity_secret = "0123456789abcdef"')
    assert secret_of(given_secret) == b"0123456789abcdef"
    assert not (tmp_path / "data").exists()


def test_a_secret_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    first, second = secret_of(settings(tmp_path)), secret_of(settings(tmp_path))
    kept = tmp_path / "data" / "identity_secret"
    assert first == second
    assert len(first) == 64
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in kept.parent.iterdir()] == ["identity_secret"]


def test_two_installations_have_different_secrets(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    assert secret_of(settings(tmp_path / "one")) != secret_of(settings(tmp_path / "two"))


@pytest.mark.parametrize("content", [b"", b"short", b"\xff" * 64])
def test_a_damaged_secret_is_never_replaced_silently(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "identity_secret").write_bytes(content)
    with pytest.raises(SettingsError, match="unreadable or damaged"):
        secret_of(settings(tmp_path))
    assert (tmp_path / "data" / "identity_secret").read_bytes() == content
