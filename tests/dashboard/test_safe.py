"""Text from data: whatever is in it, Markdown and charts show its letters and nothing more."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as some

from dashboard.safe import in_chart, plain, safe

HOSTILE = [
    "<script>alert(1)</script>",
    "![x](http://evil.example/pixel.png)",
    "[click](javascript:alert(1))",
    '=HYPERLINK("http://evil.example")',
    "http://evil.example www.evil.example me@evil.example",
    ":red[alarm] :material/warning: $x^2$ `code` **bold**",
    "\u202egnitekram\u202c \u200fmarks",
    "line\nbreak\ttab\x00null",
    "长" * 10_000,
]


@given(some.text())
def test_escaped_text_has_no_mark_that_markdown_reads(text):
    escaped = safe(text, longest=500)
    outside = escaped.replace("\\\\", "")
    for mark in string.punctuation.replace("\\", ""):
        assert outside.count(mark) == outside.count(f"\\{mark}")


@given(some.text())
def test_text_stays_on_one_line_and_within_its_length(text):
    assert len(plain(text, 20)) <= 20
    assert "\n" not in plain(text)
    assert plain(plain(text)) == plain(text)


def test_no_hostile_text_keeps_a_tag_a_link_or_a_direction_mark():
    for text in HOSTILE:
        assert "<" not in in_chart(text)
        assert "](" not in safe(text).replace("\\", "\\ ")
        assert not set(plain(text)) & set("\u202e\u202c\u200f\x00\n\t")


def test_bare_addresses_are_broken_up():
    assert "evil.example" not in safe("http://evil.example www.evil.example me@evil.example")


def test_long_text_ends_in_an_ellipsis():
    assert plain("长" * 10_000, 24) == "长" * 23 + "…"


def test_ordinary_names_are_left_alone():
    assert plain("Huaihai Road 淮海路店") == safe("Huaihai Road 淮海路店") == "Huaihai Road 淮海路店"
