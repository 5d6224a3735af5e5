"""Each plan, as data and as a page, holds every word of its source, in order, and not one more."""

from __future__ import annotations

import difflib
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from conftest import ROOT
from congkhai.data.load import load_dataset
from congkhai.model.transcript import transcript
from congkhai.text.vietnamese import words

PLANS = ROOT / "plans"
IDS = sorted(path.parent.relative_to(PLANS).as_posix() for path in PLANS.rglob("source.txt"))
VOID = {"br", "hr", "img", "input", "link", "meta", "path", "rect", "circle", "line", "polyline"}


class OfficialWords(HTMLParser):
    """The text of the element with `data-transcript`, without what carries `data-editorial`."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._depth = self._inside = self._editorial = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        self._depth += 1
        names = {name for name, _ in attributes}
        if "data-transcript" in names:
            self._inside = self._depth
        if "data-editorial" in names and not self._editorial:
            self._editorial = self._depth

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self._depth == self._inside:
            self._inside = 0
        if self._depth == self._editorial:
            self._editorial = 0
        self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._inside and not self._editorial:
            self.parts.append(data)


def difference(found: list[str], expected: list[str]) -> list[str]:
    """List the words that differ, for a message that a person can read."""
    lines = difflib.unified_diff(expected, found, "source.txt", "here", lineterm="", n=2)
    return list(lines)[:40]


@pytest.fixture(scope="module")
def plans():
    dataset, _ = load_dataset(PLANS)
    return {plan_id: loaded.value for plan_id, loaded in dataset.plans.items()}


def test_every_plan_has_its_source(plans):
    assert sorted(plans) == IDS


@pytest.mark.parametrize("plan_id", IDS)
def test_a_plan_holds_every_word_of_its_source_in_order(plan_id: str, plans):
    source = words((PLANS / plan_id / "source.txt").read_text("utf-8"))
    found = words(transcript(plans[plan_id]))
    assert not difference(found, source)


@pytest.mark.parametrize("plan_id", IDS)
def test_a_page_shows_every_word_of_the_source_in_order(plan_id: str, site: Path):
    source = words((PLANS / plan_id / "source.txt").read_text("utf-8"))
    page = OfficialWords()
    page.feed((site / "ke-hoach" / plan_id / "toan-van" / "index.html").read_text("utf-8"))
    assert not difference(words(" ".join(page.parts)), source)


def test_one_changed_word_is_noticed(plans):
    plan = plans[IDS[0]]
    source = words((PLANS / IDS[0] / "source.txt").read_text("utf-8"))
    changed = transcript(plan).replace(" thực hiện ", " hoàn thành ", 1)
    assert difference(words(changed), source)


def test_an_omitted_paragraph_is_noticed(plans):
    plan = plans[IDS[0]]
    source = words((PLANS / IDS[0] / "source.txt").read_text("utf-8"))
    assert difference(words(transcript(replace(plan, closing=()))), source)
