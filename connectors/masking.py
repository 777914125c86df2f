"""Masks e-mail addresses and numbers of people in words, before anything is written."""

from __future__ import annotations

from functools import cache, partial

import phonenumbers
import polars as pl

ADDRESS_MASK, NUMBER_MASK = "[e-mail]", "[number]"
LETTERS = r"\p{Latin}\p{Greek}\p{Cyrillic}"
ADDRESS = rf"[{LETTERS}\d._%+'-]+\s?(?:@|＠|%40)\s?(?:[{LETTERS}\d-]+\.)+[{LETTERS}][{LETTERS}\d-]+"
"""Chinese has no blanks: its characters end an address instead of being part of it."""
LONG_NUMBER = r"\d{7,}"
"""A phone number without blanks, a member number, an order's, a card's: they all lead to somebody."""
ABROAD = r"(?:\+|＋|\b00)(?:[\s().\-/]*\d){8,15}"
SPACED = r"(?:\d[\s().\-/–]*){7,}"
GROUPED = r"\d{2,5}(?:[ \-]\d{3,5}){2,3}"
"""A number at home as people group it; no day and no address of a machine is grouped like that."""
NOWHERE = "ZZ"


def has_address(column: str) -> pl.Expr:
    """Whether a text holds an e-mail address."""
    return pl.col(column).str.contains(ADDRESS)


def without_addresses(words: pl.Series) -> pl.Series:
    """The words with a mask in place of every e-mail address, however it is spelled."""
    return words.str.replace_all(ADDRESS, ADDRESS_MASK)


def without_phones(words: pl.Series, country: str | None) -> pl.Series:
    """The words with a mask in place of every phone number.

    Args:
        words: any text.
        country: where numbers without a country code are from; null: those are not recognised.
    """
    abroad = words.str.replace_all(ABROAD, NUMBER_MASK)
    spaced = abroad.filter(abroad.str.contains(SPACED)).unique()
    if spaced.is_empty():
        return abroad
    masked = spaced.map_elements(partial(_without_phones, country=country), return_dtype=pl.String)
    return abroad.replace(spaced, masked)


def without_contacts(words: pl.Series, country: str | None) -> pl.Series:
    """The words with a mask in place of e-mail addresses, phone numbers and all other long numbers."""
    return without_phones(without_addresses(words), country).str.replace_all(LONG_NUMBER, NUMBER_MASK)


def sentence_without_contacts(sentence: str) -> str:
    """A sentence of a database, which may quote a row, without addresses and all that may be a number.

    Nobody knows of which country a number in it is, so that those at home are known by their length alone.
    """
    words = without_contacts(pl.Series([sentence]), None)
    masked: str = words.str.replace_all(GROUPED, NUMBER_MASK).item()
    return masked


@cache
def mobile_number(country: str | None) -> str:
    """A pattern of what can only be a mobile number, in the forms in which systems use it as a name."""
    abroad = r"\+\d{8,15}"
    region = phonenumbers.PhoneMetadata.metadata_for_region(country or NOWHERE)
    if region is None or region.mobile is None or not region.mobile.national_number_pattern:
        return f"^{abroad}$"
    before = f"(?:(?:00)?{region.country_code}|{region.national_prefix or ''})?"
    return f"^(?:{abroad}|{before}(?:{region.mobile.national_number_pattern}))$"


def _without_phones(words: str, country: str | None) -> str:
    """The words without what the library of phone numbers finds valid in them."""
    found = list(phonenumbers.PhoneNumberMatcher(words, country or NOWHERE))
    for match in reversed(found):
        words = words[: match.start] + NUMBER_MASK + words[match.end :]
    return words
