"""The page `/en/` has English for every term of the model that pages show."""

from __future__ import annotations

from congkhai.model.status import LABELS
from congkhai.pages import english, labels


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
