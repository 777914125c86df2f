"""Addresses and numbers of people leave the words they were typed into; all other words stay."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.masking import (
    mobile_number,
    sentence_without_contacts,
    without_contacts,
    without_phones,
)

MASKED = {
    "write to Ann.Lee+shop@Example.ORG, please": "write to [e-mail], please",
    "ann @ example.org": "[e-mail]",
    "ann%2Bshop%40example.org": "[e-mail]",
    "邮箱ann@example.com.cn谢谢": "邮箱[e-mail]谢谢",
    "müller@straße.de": "[e-mail]",
    "ann＠example.org": "[e-mail]",
    "<ann@example.org>": "<[e-mail]>",
    "请打13812345678谢谢": "请打[number]谢谢",
    "１３８１２３４５６７８": "[number]",
    "138 1234 5678 or +86 (138) 1234-5678!": "[number] or [number]!",
    "ring 0044 20 7946 0958 pls": "ring [number] pls",
    "member M12345678": "member M[number]",
    "138.1234.5678": "[number]",
}
STAYS = [
    "came on 2026-01-31 at 12:30, promised 2026-01-28",
    "4 of 5, 100% fine, 3.50 EUR @ the shop. Thanks",
    "see you @ 3.30",
    "order 123456",
    "size 42/44 - 2 x 3",
    "很满意",
    "",
]


@pytest.mark.parametrize("words", MASKED)
def test_contacts_are_masked_however_they_are_spelled(words: str) -> None:
    assert without_contacts(pl.Series([words]), "CN").item() == MASKED[words]


@pytest.mark.parametrize("words", STAYS)
def test_other_words_stay(words: str) -> None:
    assert without_contacts(pl.Series([words]), "CN").item() == words


@pytest.mark.parametrize(
    ("country", "written"),
    [
        ("DE", "0151 23456789"),
        ("DE", "(030) 2345678"),
        ("US", "(202) 456-1111"),
        ("GB", "020 7946 0958"),
        ("FR", "06 12 34 56 78"),
        ("JP", "090-1234-5678"),
        (None, "+1 202-456-1111"),
    ],
)
def test_phone_numbers_are_known_as_each_country_writes_them(country: str | None, written: str) -> None:
    words = pl.Series([f"call {written} after 5"])
    assert without_phones(words, country).item() == "call [number] after 5"


@pytest.mark.parametrize(
    "quoted", ["13812345678", "138 1234 5678", "030-1234-567", "+8613812345678", "a@b.cn"]
)
def test_no_database_quotes_a_contact_of_whatever_country(quoted: str) -> None:
    said = sentence_without_contacts(f'conversion failed for the value "{quoted}" in row 42')
    mask = "[e-mail]" if "@" in quoted else "[number]"
    assert said == f'conversion failed for the value "{mask}" in row 42'


def test_days_counts_and_machines_that_a_database_names_stay() -> None:
    said = "192.168.100.12:5432 ended at 2026-11-20 10:00:00.123456+00 after 2,000,000 rows and 30000 ms"
    assert sentence_without_contacts(said) == said


def test_a_column_keeps_its_nulls_and_its_order() -> None:
    words = pl.Series("comment", ["a@b.cn", None, "fine", "138 1234 5678", "138 1234 5678"])
    masked = without_contacts(words, "CN")
    assert masked.to_list() == ["[e-mail]", None, "fine", "[number]", "[number]"]
    assert masked.name == "comment"


local = st.from_regex(r"[a-z0-9][a-z0-9._+-]{0,10}[a-z0-9]", fullmatch=True)
domain = st.from_regex(r"[a-z][a-z0-9-]{0,8}(\.[a-z]{2,5}){1,2}", fullmatch=True)
around = st.text(alphabet="很好。,;!? \n", max_size=6)


@given(around, local, domain, around)
def test_no_address_survives(before: str, name: str, host: str, after: str) -> None:
    for address in (f"{name}@{host}", f"{name}@{host}".upper(), f"{name}%40{host}"):
        masked = without_contacts(pl.Series([before + address + after]), None).item()
        assert masked == f"{before}[e-mail]{after}"


@pytest.mark.parametrize(
    ("country", "ref", "is_mobile"),
    [
        ("CN", "13812345678", True),
        ("CN", "8613812345678", True),
        ("CN", "008613812345678", True),
        ("CN", "+8613812345678", True),
        ("CN", "+4915112345678", True),
        ("CN", "10012345678", False),
        ("CN", "1381234567", False),
        ("CN", "1234567", False),
        ("DE", "015112345678", True),
        (None, "13812345678", False),
        (None, "+8613812345678", True),
        ("CN", "C-13812345678", False),
    ],
)
def test_names_that_are_mobile_numbers_are_told_from_other_numbers(
    country: str | None, ref: str, *, is_mobile: bool
) -> None:
    assert pl.Series([ref]).str.contains(mobile_number(country)).item() is is_mobile
