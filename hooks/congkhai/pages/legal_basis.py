"""What the law asks of whoever makes plans public, and where the site does it.

Comes in: `legal_basis.yml`, beside this module. Goes out: the texts in its order, which the page
`/can-cu/` shows with the sources and how certain each is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from congkhai.data.strict_yaml import load_plain

Certainty = Literal["read", "told", "single"]
Done = Literal["yes", "part", "no"]

CERTAINTY: dict[Certainty, str] = {
    "read": "đã đọc nguyên văn ở nguồn",
    "told": "nguồn thuật lại hoặc tóm tắt, chưa đọc nguyên văn",
    "single": "chỉ một nơi nói",
}
DONE: dict[Done, str] = {"yes": "Có", "part": "Một phần", "no": "Chưa"}


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a text, or what is said of it, can be read."""

    title: str
    url: str = ""
    """Empty where no address can be given that a browser opens safely."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that a text asks."""

    asks: str
    certainty: Certainty
    done: Done
    where: Mapping[str, str]
    """Addresses on this site, and the words of the links."""


@dataclass(frozen=True, slots=True)
class LegalText:
    """A law, decree, circular or decision."""

    title: str
    sources: tuple[Reference, ...]
    duties: tuple[Duty, ...]
    day: date | None = None
    """Of issue."""
    since: date | None = None
    """From when it is in force."""
    note: str = ""


@cache
def read_legal_texts() -> tuple[LegalText, ...]:
    """Read all texts."""
    file = Path(__file__).with_suffix(".yml")
    content = load_plain(file.read_text("utf-8"))
    return TypeAdapter(tuple[LegalText, ...]).validate_python(content)
