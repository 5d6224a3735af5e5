"""No text of staff makes a check slow: patterns take steps in proportion to a text's length.

Counted by a matcher of the tests' own, on texts that repeat one or two characters: a pattern that
tries again from every place of a run is quadratic on one of them.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from congkhai.data import encoding
from congkhai.data.encoding import decode
from congkhai.data.yaml_errors import find_lost_text, find_reviews
from congkhai.reading.deadlines import read_cell
from congkhai.reading.provision import read_words
from congkhai.reading.roles import read_roles
from congkhai.text.personal_data import find_personal_data
from tests.regex_steps import (
    StepCounter,
    TooManyStepsError,
    has_unlimited_repeat,
    sample_characters,
)

PACKAGES = ("text", "data", "checks")
"""What reads texts of any kind and length: `congkhai check`."""
ON_NAMES = {"congkhai.data.folder"}
"""Patterns for names of files, which no system lets be longer than 255 bytes."""
PACKAGE = Path(encoding.__file__).parents[1]
SHORT, LONG = 16, 64
MOST_GROWTH = 1.5 * LONG / SHORT


def patterns_in(name: str, value: Any) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield name, value
    elif isinstance(value, tuple | list):
        for index, part in enumerate(value):
            yield from patterns_in(f"{name}[{index}]", part)
    elif isinstance(value, dict) and not name.startswith("__"):
        for key, part in value.items():
            yield from patterns_in(f"{name}[{key}]", part)


def list_patterns() -> dict[str, re.Pattern[str]]:
    """Return every pattern that a module keeps, by its first name."""
    found: dict[str, re.Pattern[str]] = {}
    for package in PACKAGES:
        folder = importlib.import_module(f"congkhai.{package}")
        for info in pkgutil.walk_packages(folder.__path__, f"{folder.__name__}."):
            if info.name in ON_NAMES:
                continue
            module = importlib.import_module(info.name)
            for key, value in vars(module).items():
                for name, pattern in patterns_in(key, value):
                    if pattern not in found.values():
                        found[f"{info.name}.{name}"] = pattern
    return found


PATTERNS = list_patterns()
REPEATING = {name: pattern for name, pattern in PATTERNS.items() if has_unlimited_repeat(pattern)}


SOURCES = "".join(file.read_text("utf-8") for file in sorted(PACKAGE.rglob("*.py")))


def is_sought_anywhere(name: str) -> bool:
    """Say whether a pattern is tried from every place of a text, not at its start alone."""
    key = name.rpartition(".")[2]
    uses = set(re.findall(rf"\b{re.escape(key)}\.(\w+)", SOURCES))
    return not uses or not uses <= {"match", "fullmatch"}


def growth(pattern: re.Pattern[str], *, anywhere: bool = True) -> tuple[float, str]:
    """Return how many times the steps grow from a short to a long text, and on which text most."""
    characters = sample_characters(pattern, most=4)
    worst = (0.0, "")
    units = [*characters, *map("".join, product(characters, repeat=2))]
    for unit, end in product(units, ("", "~", "a")):
        counter = StepCounter(pattern, limit=100_000)
        try:
            count = counter.count if anywhere else counter.count_match
            short, long = (count((unit * size)[:size] + end) for size in (SHORT, LONG))
        except TooManyStepsError:
            return float("inf"), unit
        if long > 2 * LONG:
            worst = max(worst, (long / short, unit))
        if worst[0] > MOST_GROWTH:
            break
    return worst


def test_the_patterns_of_the_checks_are_there() -> None:
    assert len(PATTERNS) > 40
    assert len(REPEATING) > 15


@pytest.mark.parametrize("name", REPEATING)
def test_a_pattern_takes_steps_in_proportion_to_the_text(name: str) -> None:
    times, unit = growth(REPEATING[name], anywhere=is_sought_anywhere(name))
    assert times < MOST_GROWTH, f"{times:.1f} times the steps on {unit!r} repeated"


@pytest.mark.parametrize(
    "pattern",
    [
        r"[a-z-]*[а-я]+",
        r"\w*(?:a[ùø])\w*",
        r"[\w.+-]+\s?@",
        r"«[^»]*»",
        r"(?:a+)+$",
        r"(?:a|aa)+$",
    ],
)
def test_a_pattern_that_is_not_linear_is_noticed(pattern: str) -> None:
    """The counter can fail: these are the patterns of before, and two of textbooks."""
    assert growth(re.compile(pattern))[0] > MOST_GROWTH


@pytest.mark.parametrize("text", ["", "ab", "hoaïch", "а b", "x" * 30, "a-а", "001099012345"])
def test_the_counter_finds_what_python_finds(text: str) -> None:
    """So that its steps are those of the same matcher."""
    for pattern in PATTERNS.values():
        counter = StepCounter(pattern)
        counter.text = text
        ends = next(counter._sequence(list(counter.tree), 0), None)
        match = pattern.match(text)
        assert ends == (match.end() if match else None), pattern.pattern


def test_a_line_of_40_kilobytes_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """40,000 Latin letters and one Cyrillic letter took more than 40 seconds."""
    text, problems = decode(("title: " + "a" * 40_000 + "а\n").encode(), "plan.yml")
    assert text is not None
    assert ["Kirin" in problem.message for problem in problems] == [True]
    assert encoding.MAX_BYTES >= 40_000
    assert find_personal_data("0" * 40_000 + "a." * 10_000 + "@") == []
    assert list(find_reviews("# XEM LẠI\n" * 4_000))[-1].line == 4_000
    assert list(find_lost_text("# a" + " #" * 20_000, _NoParser)) == []


class _NoParser:
    """Never asked: the text has nothing but a comment."""

    def __init__(self, stream: str, /) -> None:
        raise AssertionError(stream[:20])

    def get_event(self) -> None: ...

    def get_token(self) -> None: ...


@pytest.mark.parametrize(
    "words", ["Sở ", "Ủy ban nhân dân ", "Sở Y tế và ", "các phòng, ", "Văn phòng Đảng ủy "]
)
def test_names_within_names_have_an_end(words: str) -> None:
    """A text of nothing but heads of names was a traceback: each completes the one before."""
    assert read_roles(f"{words * 2_000}chủ trì.") is not None


FRAGMENTS = (
    "0",
    " ",
    "\n",
    "1.",
    "111.",
    "năm 2026 ",
    "và ",
    ", ",
    "...",
    "(",
    "“",
    "a",
    "1% - ",
    "1%",
    "1 người ",
    "từ 1 đến 2 ",
    "ngày 1 tháng 1 ",
    "ngày 01/01/2026 ",
    "01/2026, ",
    "tháng 1, ",
    "quý I, ",
    "hằng năm ",
    "giai đoạn 2026 - ",
    "2026 - 2030, ",
    "trong ",
    "không quá ",
    "đến năm ",
    "Sở ",
    "Sở Y tế, ",
    "Luật a ",
    "Quyết định số 1 ",
)
"""What a text is made of; each was quadratic in some reader, or could be."""
SIZE = 2_400
"""Longer than any window of words that a reader looks back over."""
READERS: dict[str, Callable[[str], object]] = {
    "a paragraph": read_words,
    "a cell": read_cell,
}


def cost(read: Callable[[str], object], text: str) -> float:
    """Return the processor time of reading a text, the lesser of two times."""

    def measure() -> float:
        begun = time.process_time()
        read(text)
        return time.process_time() - begun

    return min(measure() for _ in range(2))


def grows_too_fast(read: Callable[[str], object], fragment: str, size: int = SIZE) -> bool:
    """Whether twice the text takes three times the time; asked again, for a clock may err."""
    texts = [(fragment * length)[:length] for length in (size, 2 * size)]
    for _ in range(3):
        long = cost(read, texts[1])
        if long < LEAST or long < 3 * cost(read, texts[0]):
            return False
    return True


LEAST = 0.05
"""Seconds below which a ratio says nothing."""


@pytest.mark.parametrize("name", READERS)
def test_reading_takes_time_in_proportion_to_the_text(name: str) -> None:
    """18,000 characters of «năm 2026 » took six seconds: each date looked back over all."""
    assert [one for one in FRAGMENTS if grows_too_fast(READERS[name], one)] == []


def test_a_reader_that_is_not_linear_is_noticed() -> None:
    """As the readers were: each number searched all the words before it."""

    def read(text: str) -> list[object]:
        found = re.finditer(r"\d{4}", text)
        return [re.search(r"năm[^.;]*[.;]$", text[: one.start()]) for one in found]

    assert grows_too_fast(read, "năm 2026 ", size=1_200)
