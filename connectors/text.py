"""Words shown to people, in English and Simplified Chinese."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "zh"]


@dataclass(frozen=True, slots=True)
class Text:
    """One message, title or question in both languages."""

    en: str
    zh: str

    def __str__(self) -> str:
        return self.en

    def in_language(self, language: Language) -> str:
        """The words in `language`."""
        return self.zh if language == "zh" else self.en


def terminal_language() -> Language:
    """The language of the command line: Chinese where the terminal's locale is Chinese, else English."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if locale.lower().startswith("zh") else "en"
