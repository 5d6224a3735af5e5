"""The page `/en/` has English for every term of the model that pages show."""

from __future__ import annotations

import pytest

from conftest import ROOT
from congkhai.data.national import read_national
from congkhai.model.status import LABELS
from congkhai.pages import english, labels
from congkhai.pages.dictionary import CODES, read_tables


def test_every_code_has_english_and_no_two_have_the_same():
    for ours, theirs in (
        (english.STATES, LABELS),
        (english.KINDS, labels.KINDS),
        (english.ROLES, labels.ROLES),
        (english.NATURES, labels.NATURES),
    ):
        assert list(ours) == list(theirs), "in the order of the pages"
        assert len(set(ours.values())) == len(ours)


def test_silence_is_not_called_a_failure():
    assert "may have been done" in english.STATES["silent"]
    words = " ".join(english.STATES.values())
    assert not {"failed", "missed", "delayed"} & set(words.split())


@pytest.mark.parametrize("register", ["units.yml", "programmes.yml", "measures.yml"])
def test_every_national_name_has_english_of_its_own(register: str):
    entries: dict[str, dict[str, str]] = read_national(register).data
    names = {name: entry.get("en") for name, entry in entries.items()}
    assert [name for name, english in names.items() if not english] == []
    assert len(set(names.values())) == len(names), "two names would be taken for one"


def test_no_translation_passes_for_an_official_name():
    """Wherever a translation is published, it is called unofficial beside it."""
    template = (ROOT / "theme" / "pages" / "english.html").read_text("utf-8")
    assert "Unofficial translations" in template.partition('id="names"')[2].partition("{% for")[0]
    columns = [one for table in read_tables().values() for one in table.columns]
    translated = [one for one in columns if one.name.endswith("_en")]
    assert len(translated) == 3
    assert all("unofficial" in one.english for one in translated)
    assert all("không chính thức" in one.title for one in translated)


def test_every_code_of_the_tables_has_english():
    assert english.CODES.keys() == CODES.keys()
    for name, words in CODES.items():
        assert english.CODES[name].keys() == words.keys(), name
