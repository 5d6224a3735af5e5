"""The list of threats, and what holds each of them: a case of bad data, or a test.

`cases/threats.tsv` has one row for each: its number, how it ends, what somebody does, and
what holds it. How it ends: `error` and `warning` for staff; `normalised`, as if it had
been written well; `shown`, as text or in words to readers.
"""

from __future__ import annotations

import csv
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from conftest import ROOT
from congkhai.text.dates import today
from tests.cases import CASES

OUTCOMES = ("error", "warning", "normalised", "shown")
CLASSES = {
    "a": "YAML",
    "b": "encodings",
    "c": "types",
    "d": "references",
    "e": "injection, links",
    "f": "the subject",
    "g": "running it",
    "h": "data against words",
}
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")

with (CASES / "threats.tsv").open(encoding="utf-8", newline="") as file:
    THREATS = {
        row["number"]: row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    }
BAD = {f"{case.parent.name[0]}-{case.name}": case for case in (CASES / "invalid").glob("*/*")} | {
    case.name: case for case in (CASES / "published").iterdir()
}
"""Cases of bad data by class, number and name: `d-06b-ma-dia-phuong`."""


def number(name: str) -> str:
    return name[:4]


def outcome(case: Path) -> str | None:
    """How a case ends, as its `expected.txt` says; None when nothing is to be said."""
    expected = (case / "expected.txt").read_text("utf-8").splitlines()
    if not expected:
        return None
    return "warning" if all(": cảnh báo: " in line for line in expected) else "error"


@pytest.mark.parametrize("threat", THREATS.values(), ids=THREATS.keys())
def test_a_threat_is_held_as_it_is_said_to_be(threat: dict[str, str]):
    assert threat["outcome"] in OUTCOMES
    held_by = threat["held_by"].split()
    assert held_by
    for holder in held_by:
        if "::" in holder:
            name, _, function = holder.partition("::")
            assert re.search(
                rf"^(def {function}\(|{function} = )",
                (ROOT / "tests" / name).read_text("utf-8"),
                re.MULTILINE,
            ), holder
        elif holder.startswith(("invalid/", "published/")):
            assert outcome(CASES / holder) in (threat["outcome"], None), holder
        else:
            assert (CASES / holder).is_dir() or (ROOT / holder).is_file(), holder


def test_every_case_of_a_threat_is_in_its_row():
    for name, case in BAD.items():
        threat = THREATS.get(number(name))
        assert threat is None or case.relative_to(CASES).as_posix() in threat["held_by"].split(), (
            name
        )


def test_no_number_of_a_class_is_left_out():
    """Cases beyond the list have numbers beyond its own."""
    for letter in CLASSES:
        numbers = [int(name[2:]) for name in THREATS if name.startswith(letter)]
        assert numbers == list(range(1, len(numbers) + 1)), letter


def test_the_table_of_what_is_tried_is_true():
    rows = []
    for letter, name in CLASSES.items():
        own = [
            threat["outcome"] for threat in THREATS.values() if threat["number"].startswith(letter)
        ]
        rows.append(
            [
                f"{letter}: {name}",
                len(own),
                *(own.count(outcome) for outcome in OUTCOMES),
                sum(case.startswith(letter) for case in BAD),
            ]
        )
    rows.append(["all", *(sum(row[column] for row in rows) for column in range(1, len(rows[0])))])
    table = "\n".join(
        "| " + " | ".join(map(str, row)) + " |"
        for row in [
            ["threats", "", *OUTCOMES, "cases of bad data"],
            ["---"] + ["---:"] * (len(rows[0]) - 1),
            *rows,
        ]
    )
    assert table in CONTRIBUTING, f"the table in CONTRIBUTING.md has to be\n{table}"


# ------------------------------------------ threats that have no other place


@pytest.mark.parametrize("moment", ["0", "946659599", "4133955600"])
def test_a_clock_that_is_wrong_by_decades_is_noticed(moment: str, monkeypatch: pytest.MonkeyPatch):
    """1970, as on a machine without a battery; the second before 2000, the first after 2100."""
    monkeypatch.delenv("AS_OF", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
    with pytest.raises(ValueError, match="đồng hồ"):
        today()


@pytest.mark.parametrize("lock", sorted(ROOT.glob("requirements*.txt")), ids=lambda lock: lock.name)
def test_every_package_is_pinned_with_its_hash(lock: Path):
    """And comes from wherever whoever installs it gets packages from: no address is in the lock."""
    text = lock.read_text("utf-8")
    packages = [block for block in re.split(r"\n(?=\S)", text) if not block.startswith("#")]
    assert packages
    for package in packages:
        assert re.match(r"[\w.-]+(\[[\w,]+\])?==[\w.]+ ", package), package
        assert "--hash=sha256:" in package, package
    assert "://" not in text
    assert "--index" not in text


def test_whoever_edits_data_need_not_be_allowed_to_change_code():
    """In the sample of CODEOWNERS, where the last line that fits decides."""
    block = CONTRIBUTING.partition("# CODEOWNERS")[2].partition("```")[0]
    owners = [line.split() for line in block.splitlines()[1:]]

    def owner(path: str) -> str:
        return [
            who
            for pattern, who in owners
            if pattern == "*"
            or (path.startswith(pattern) and pattern.endswith("/"))
            or fnmatch(path, pattern)
        ][-1]

    assert owner("/plans/lai-chau/ascc-2026-2030/plan.yml") == "@org/data-editors"
    for path in (
        "/plans/units.yml",
        "/hooks/congkhai/registers/units.yml",
        "/hooks/entry.py",
        "/theme/layout.html",
        "/content/huong-dan.md",
        "/mkdocs.yml",
        "/.ci/run",
        "/Makefile",
        "/requirements.txt",
        "/pyproject.toml",
        "/tests/conftest.py",
    ):
        assert (ROOT / path[1:]).exists()
        assert owner(path) == "@org/maintainers", path
