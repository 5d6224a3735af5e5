"""What keys of the data are called in public vocabularies, and what is lost on the way.

Comes in: `vocabulary.yml`, beside this module. Goes out: terms by key, which the context of JSON
gives to programs, and correspondences, which the page `/du-lieu/` shows to people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from congkhai.data.strict_yaml import load_plain

PREFIXES: Mapping[str, str] = {
    "schema": "https://schema.org/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "org": "http://www.w3.org/ns/org#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
"""Vocabularies by the prefix that their terms are written with."""


@dataclass(frozen=True, slots=True)
class Correspondence:
    """What one of our fields becomes in StratML."""

    ours: str
    """Table and column: `targets.value`; or what it is, in words."""
    theirs: str
    """Element, from its parent."""
    lost: str
    """What the other cannot say, in Vietnamese; empty where nothing is lost."""


@cache
def _content() -> dict[str, Any]:
    text = (Path(__file__).parent / "vocabulary.yml").read_text(encoding="utf-8")
    content: dict[str, Any] = load_plain(text)
    return content


def read_terms() -> dict[str, str]:
    """Read the public term of each key that has one.

    >>> read_terms()["title"]
    'schema:name'
    """
    terms: dict[str, str] = _content()["terms"]
    return terms


@cache
def read_stratml() -> tuple[Correspondence, ...]:
    """Read what each field becomes in StratML, in the order of its elements."""
    return tuple(
        Correspondence(entry["ours"], entry["theirs"], entry.get("lost", ""))
        for entry in _content()["stratml"]
    )
