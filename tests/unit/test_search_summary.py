"""What a search knows of a large site's words without their files holds for every word."""

from __future__ import annotations

import base64
import json
from itertools import accumulate

import pytest

from congkhai.exports import search_summary
from congkhai.exports.search_index import SearchIndex
from congkhai.exports.search_summary import term_filter
from congkhai.text.search_words import spoken


def has(content: str, term: str) -> bool:
    """Ask a filter for a term, as the script does."""
    bits = base64.b64decode(content)
    numbers = search_summary._bits_of_term(term, 8 * len(bits))
    return all(bits[number >> 3] >> (number & 7) & 1 for number in numbers)


def test_the_filter_leaves_no_term_out_and_seldom_takes_another_for_one():
    terms = [f"nước {number}" for number in range(5000)]
    content = term_filter(terms)
    assert all(has(content, term) for term in terms)
    others = [f"sạch {number}" for number in range(5000)]
    assert sum(has(content, term) for term in others) < 0.06 * len(others)


def test_a_filter_has_a_limit_and_still_leaves_no_term_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("congkhai.exports.search_summary.MAX_FILTER_BYTES", 100)
    terms = [f"nước {number}" for number in range(1000)]
    content = term_filter(terms)
    assert len(base64.b64decode(content)) == 100
    assert all(has(content, term) for term in terms)


def test_a_word_of_nearly_all_sources_is_told_by_those_without_it(monkeypatch: pytest.MonkeyPatch):
    """Of eleven plans ten have «nước», and one «nuốc», which is the same without marks."""
    monkeypatch.setattr("congkhai.exports.search_index.MAX_PROVISIONS", 2)
    index = SearchIndex()
    for _ in range(10):
        index.add([("nước", ())])
    index.add([("nuốc", ())])
    files = dict(index.files({}, {}))
    names = json.loads(files["assets/tim.json"])
    assert names["has_terms"]
    folder = f"assets/tim/{names['build']}/"
    summary = json.loads(files[f"{folder}terms.json"])
    rows = {
        term: list(accumulate(row["missing"]))
        for row in summary["frequent"]
        for term in (*row["spellings"].split(";"), *row["folded"].split(";"))
    }
    assert rows[spoken("nước")] == [10]
    assert rows["nuoc"] == []
    assert json.loads(files[f"{folder}0.json"]) == {spoken("nuốc"): [10]}
    assert has(summary["others"], spoken("nuốc"))


def test_of_a_small_site_nothing_is_told_beside_the_files():
    index = SearchIndex()
    index.add([("nước sạch", ())])
    files = dict(index.files({}, {}))
    assert not json.loads(files["assets/tim.json"])["has_terms"]
    assert not [address for address in files if address.endswith("terms.json")]
