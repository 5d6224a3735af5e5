"""No edit that changes the meaning of data passes unseen.

`make prove` tries every edit of the five plans, of the demo's plans, reports and responses,
`make test` some of each. What the words decide is refused or warned of before anything is
published; what they cannot (a reported value) is told to readers by the ledger, from what to what.
"""

from __future__ import annotations

from datetime import date

import pytest

from conftest import PROVE, ROOT
from tests.prove.try_edits import Trial, table, try_all

STEP = 1 if PROVE else 97
FOLDERS = (ROOT / "plans", ROOT / "tests" / "demo" / "plans")
AS_OF = date(2026, 11, 25)
DECIDED_BY_WORDS = frozenset(
    [
        "value",
        "comparator",
        "unit-of-measure",
        "every",
        "period",
        "locality",
        "measure",
        "applies-to",
        "number",
        "words",
        "former-path",
        "report-unit",
    ]
)
"""Kinds of edits of which every single one is refused or warned of."""
MOSTLY_DECIDED = {
    "date": 0.99,
    "deadline": 0.9,
    "unit": 0.98,
    "role": 0.95,
    "id": 0.99,
    "kind": 0.9,
}
"""Others, with the share that is: where words leave something open, the ledger tells the edit."""

HANDED_DOWN = frozenset(["kind", "role"])
"""Kinds of edits that change nothing at a heading whose lines all state their own."""


@pytest.fixture(scope="module")
def trials() -> list[Trial]:
    return list(try_all(FOLDERS, AS_OF, STEP))


def test_an_edit_without_meaning_is_one_of_what_a_heading_hands_down(trials: list[Trial]):
    without = [trial for trial in trials if trial.outcome == "no meaning"]
    assert {trial.edit.kind for trial in without} <= HANDED_DOWN
    assert len(without) <= max(1, len(trials) * 0.001)


def test_no_edit_of_meaning_passes_in_silence(trials: list[Trial]):
    assert [str(trial.edit) for trial in trials if trial.outcome == "silent"] == []
    assert len(trials) >= (5000 if PROVE else 150), "\n".join(table(trials))


def test_an_edit_that_the_words_contradict_is_refused_or_warned_of(trials: list[Trial]):
    passed = [
        f"{trial.file}\t{trial.edit}"
        for trial in trials
        if trial.edit.kind in DECIDED_BY_WORDS and trial.outcome not in ("refused", "warned")
    ]
    assert passed == []
    assert {trial.edit.kind for trial in trials} & DECIDED_BY_WORDS


def test_most_edits_of_what_words_leave_open_are_noticed_before_publication(trials: list[Trial]):
    for kind, share in MOSTLY_DECIDED.items():
        outcomes = [trial.outcome for trial in trials if trial.edit.kind == kind]
        noticed = sum(outcome in ("refused", "warned") for outcome in outcomes)
        # A share of a few edits may be off by one.
        assert noticed >= share * len(outcomes) - (0 if PROVE else 1), kind
        assert outcomes, kind
