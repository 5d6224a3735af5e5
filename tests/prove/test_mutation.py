"""Whatever a careless edit changes in the model's rules, a unit test notices.

`make prove` tries every mutant, `make test` some of each module. A mutant that no test can
notice, because nothing changes for a reader, stands in `equivalent.tsv` with its reason.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import PROVE, ROOT
from tests.prove.mutants import list_mutants

FOLDER = Path(__file__).parent
STEP = 1 if PROVE else 40
MODULES = ("assignments", "status", "progress", "alignment", "cascade", "commitments")


def read_equivalents(module: str) -> dict[str, str]:
    """Read the reasons of a module's equivalent mutants, by the mutant's key."""
    with (FOLDER / "equivalent.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {f"{name}\t{change}": reason for of, name, change, reason in rows[1:] if of == module}


@pytest.mark.parametrize("module", MODULES)
def test_no_mutant_survives_that_changes_what_a_reader_sees(module: str):
    done = subprocess.run(
        [
            sys.executable,
            FOLDER / "run_mutants.py",
            f"congkhai.model.{module}",
            str(STEP),
            f"tests/unit/test_{module}.py",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    words = [line.split("\t", 2) for line in done.stdout.splitlines() if "\t" in line]
    survivors = [f"{line}\t{key}" for word, line, key in words if word == "survived"]
    assert len(words) == len(list_mutants(source_of(module))[::STEP]) > 0
    equivalents = read_equivalents(module)
    assert [one for one in survivors if one.partition("\t")[2] not in equivalents] == []


@pytest.mark.parametrize("module", MODULES)
def test_every_equivalent_mutant_still_is_one_of_the_code(module: str):
    keys = {mutant.key for mutant in list_mutants(source_of(module))}
    equivalents = read_equivalents(module)
    assert [key for key in equivalents if key not in keys] == []
    assert all(len(reason) > 10 for reason in equivalents.values())


def source_of(module: str) -> str:
    return (ROOT / "hooks" / "congkhai" / "model" / f"{module}.py").read_text("utf-8")
