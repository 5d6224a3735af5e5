"""The quick reader means what the real parser means, or leaves the text to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from hooks.characters import decode, is_usual
from hooks.plain_yaml import read_plain
from hooks.strict_yaml import _build

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted([*ROOT.glob("plans/**/*.yml"), *ROOT.glob("tests/demo/**/*.yml"), *ROOT.glob("tests/cases/**/*.yml")])
PIECES = (
    ' "', '"', "'", ":", ": ", " #", "#", "- ", "-", "\n", "\n\n", " ", "  ", "    ", "[", "]", "{", "}", ", ", "&a", "*a", "!t", "|", ">", "?", "%",
    "null", "~", "<<: ", "---\n", "...\n", "\\", "@", "`", "“", "key: value\n", "- item\n", "[a, b]", "{a: 1}", "{a: {b: [c]}}", "[]", "{}", "a:b", "0", "é",
)
"""What YAML gives a meaning to, and a little text."""


def agree(text: str) -> bool:
    """Whether both say the same, or the quick one leaves it; like `strict_yaml.parse`, only for usual texts."""
    if not is_usual(text) or "\t" in text:
        return True
    quick, faults = read_plain(text), []
    return quick is None or (quick == _build(text, faults, set()) and not faults)


def texts() -> Iterator[str]:
    for file in FILES:
        text, _ = decode(file.read_bytes(), file.name)
        if text:
            yield text


def test_all_data_files_are_read_alike():
    assert all(agree(text) for text in texts())


@pytest.mark.parametrize("folder", ["plans", "tests/demo/plans"])
def test_plans_are_read_quickly(folder: str):
    plans = [file.read_text("utf-8") for file in ROOT.glob(f"{folder}/**/plan.yml")]
    assert sum(read_plain(text) is not None for text in plans) > len(plans) / 2


@pytest.mark.parametrize("seed", range(40))
def test_damaged_files_are_read_alike_or_left_to_the_parser(seed: int):
    random = Random(seed)
    whole = list(texts())
    for _ in range(50):
        lines = random.choice(whole).splitlines(keepends=True)
        start = random.randrange(len(lines))
        text = "".join(lines[start : start + random.randrange(1, 14)]) if random.random() < 0.7 else "".join(lines[:30])
        for _ in range(random.randrange(4)):
            at = random.randrange(len(text) + 1)
            text = text[:at] + random.choice(PIECES) + text[at + random.choice((0, 0, 1, 3)) :]
        assert agree(text), text
