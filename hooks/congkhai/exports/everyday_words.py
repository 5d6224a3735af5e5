"""Everyday words and what official documents say for them; the words of questions.

Comes in: `everyday_words.yml`, beside this module, a list that people have read through. Goes out:
the same for the search in the browser, which shows readers what else it looked for.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal, TypedDict

import yaml


class EverydayWord(TypedDict):
    """What people type, what documents say for it, and why that is the same."""

    typed: list[str]
    meant: list[str]
    reason: str


class Question(TypedDict, total=False):
    """Words of a question, which stand in no document."""

    asks: Literal["who", "when", "signed", "amount", "what"]
    phrases: list[str]
    first: bool
    """Whether they are words of a question only where it begins."""
    filler: bool
    """Whether they are so only beside other words of a question."""
    meant: list[str]
    """What documents say where they answer it."""


class EverydayWords(TypedDict):
    """The whole list."""

    words: list[EverydayWord]
    questions: list[Question]
    light: list[str]
    """Words without which a provision still is about what was asked."""
    linking: list[str]
    """Those of them that say nothing even where they stand beside another word."""


@cache
def read_everyday_words() -> EverydayWords:
    """Read the list."""
    path = Path(__file__).with_suffix(".yml")
    content: EverydayWords = yaml.safe_load(path.read_text("utf-8"))
    return content


def for_scripts() -> dict[str, object]:
    """Give the list without its reasons, under the names that scripts use."""
    content = read_everyday_words()
    return {
        "everyday": [
            {"phrases": entry["typed"], "meant": entry["meant"]} for entry in content["words"]
        ],
        "questions": content["questions"],
        "light": content["light"],
        "linking": content["linking"],
    }
