"""A plan's page in the fictional province: notes, latest reports, corrections in their places."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path

import pytest

from conftest import AS_OF, DATA
from congkhai.data.load import load_dataset
from congkhai.model.assignments import walk
from congkhai.model.derive import derive
from congkhai.model.site_model import SiteModel

PROVINCE = "mau/so-nuoc-2024-2028"


@pytest.fixture(scope="module")
def site_model() -> SiteModel:
    dataset, _ = load_dataset(DATA["demo"])
    return derive(dataset, date.fromisoformat(AS_OF))


def own_page(site: Path, plan: str, item: str) -> str:
    """Return the words of the page of a commitment."""
    page = (site / "ke-hoach" / plan / item / "index.html").read_text("utf-8")
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def provision(site: Path, site_model: SiteModel, plan: str, item: str) -> str:
    """Return the words of a plan's page from an item up to the next one."""
    page = (site / "ke-hoach" / plan / "toan-van/index.html").read_text("utf-8")
    ids = [walked.id for walked, _ in walk(site_model.plans[plan].open().plan.provisions)]
    following = ids[ids.index(item) + 1] if item != ids[-1] else None
    start = page.index(f'id="{item}"')
    end = page.index(f'id="{following}"') if following else len(page)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page[start:end])).split())


def test_a_note_on_an_item_stands_with_its_item(demo: Path, site_model: SiteModel):
    notes = [
        (plan.id, at, note.text)
        for plan in site_model.plans.values()
        for at, notes in plan.open().notes.items()
        for note in notes
        if note.text and at in {item.id for item, _ in walk(plan.open().plan.provisions)}
    ]
    assert len(notes) > 5
    for plan, at, text in notes:
        assert text in provision(demo, site_model, plan, at), (plan, at)


def test_a_commitment_shows_the_latest_report_first(demo: Path, site_model: SiteModel):
    shown = 0
    for plan in site_model.plans.values():
        for commitment in plan.open().commitments:
            if commitment.latest is None or commitment.latest.entry.text is None:
                continue
            words = own_page(demo, plan.id, commitment.item.id)
            latest = words.index(" ".join(commitment.latest.entry.text.split()))
            texts = [line.entry.text for line in commitment.history if line.entry.text]
            places = [words.find(" ".join(text.split())) for text in texts]
            assert latest == min(place for place in places if place >= 0)
            shown += len(places) > 1
    assert shown > 5


def test_a_line_that_was_corrected_is_called_so(demo: Path, site_model: SiteModel):
    words = own_page(demo, PROVINCE, "iii.4-2")
    corrected, correction = site_model.plans[PROVINCE].open().by_item["iii.4-2"].history[-2:]
    assert corrected.corrected_by == correction.report
    assert "đính chính" in words.partition("Hai lớp được báo cáo năm 2025 chưa khai giảng.")[2]
