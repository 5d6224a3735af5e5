"""The words of the index: Python writes them, scripts make them of what is typed, both alike."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from conftest import ROOT
from congkhai.exports.everyday_words import read_everyday_words
from congkhai.exports.search_index import SearchIndex, shard_of
from congkhai.text.search_words import search_words
from congkhai.text.vietnamese import fold

TEXTS = {
    "Đạt 2,87% trước ngày 01/11/2026": "dat 2c87 truoc ngay d0111 2026",
    "ngày 06 tháng 5 năm 2026": "ngay d0605 2026",
    "tháng 6/2026, tháng 12 hằng năm": "m06 2026 m12 hang nam",
    "30.6.2026 và 30/6/26": "d3006 2026 va d3006 2026",
    "số 105168/KH-UBND": "so 105168 kh ubnd",
    "hoà nhập, kỹ lưỡng, quý III, tuy nhiên": "hoa nhap ki luong qui iii tuy nhien",
    "05 chỉ tiêu, 1.200.000 đồng, 2026-2030": "5 chi tieu 1c200c000 dong 2026 2030",
    "LĐ-TB&XH": "ld tb xh",
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_has_these_words(text: str):
    assert " ".join(map(fold, search_words(text).line)) == TEXTS[text]


def test_scripts_make_the_same_words():
    node = shutil.which("node")
    assert node, "no node on PATH; `make test` installs it"
    query = (ROOT / "theme" / "assets" / "search" / "query.js").as_uri()
    script = f"""
        import {{ spokenWordsOf }} from {json.dumps(query)};
        console.log(JSON.stringify({json.dumps(list(TEXTS))}.map(spokenWordsOf)));
    """
    command = [node, "--no-warnings", "--input-type=module", "--eval", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [search_words(text).line for text in TEXTS]


def test_words_of_too_many_provisions_are_known_by_their_sources(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("congkhai.exports.search_index.MAX_PROVISIONS", 2)
    index = SearchIndex()
    index.add([("nước sạch", ()), ("nước", ("usonoivu",))])
    index.add([("đất", ())])
    index.add([("nước", ())])
    files = dict(index.files({}, {}))
    build = json.loads(files["assets/tim.json"])["build"]
    terms = json.loads(files[f"assets/tim/{build}/{shard_of('nuoc', 1)}.json"])
    assert terms["nước".replace("ước", "ươc\u0301")] == "BQ=="  # sources 0 and 2
    assert terms["usonoivu"] == [1]
    assert json.loads(files[f"assets/tim/{build}/index.json"])["starts"] == [0, 2, 1, 1]


def test_every_everyday_word_has_a_reason_and_stands_once():
    words = read_everyday_words()["words"]
    typed = [phrase for entry in words for phrase in entry["typed"]]
    assert 100 <= len(words) <= 200
    assert len(typed) == len(set(map(str.casefold, typed)))
    assert all(entry["reason"] and entry["meant"] for entry in words)


def test_light_and_linking_words_are_single_and_stand_once():
    lists = read_everyday_words()
    words = [*lists["light"], *lists["linking"]]
    assert len(words) > 50
    assert len(words) == len(set(words))
    assert not [word for word in words if " " in word]
    assert not set(words) & {typed for entry in lists["words"] for typed in entry["typed"]}
