"""Write the section `provinces:` of the national register `localities.yml`.

Run by hand, when the official list changes.

Comes in: the database of the package `vietnamadminunits` (codes and names of
QĐ 19/2025/QĐ-TTg, in force from 01/7/2025).
Goes out: the section as YAML, printed; with `--write`, put into the file between its
hand-written head and its hand-written `dissolved:`, which stay as they are, like the
`note` of a province. With `--compare`: where `vietnam-provinces` (GPL-3.0) differs; its
release 2025.10.1 has the same 3,321 names, but 122 codes of a draft of the decision.

Both packages are only read here, by hand, for facts: neither is a dependency of the site
or of its tests, and none of their code is copied. How to run, in an environment of its
own:

    python -m venv /tmp/register
    /tmp/register/bin/pip install vietnamadminunits vietnam-provinces
    /tmp/register/bin/python tests/register_localities.py --write

Exit status: 0 good, 1 the list is not the one expected.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
import unicodedata
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

REGISTER = Path(__file__).parent.parent / "hooks" / "congkhai" / "registers" / "localities.yml"

EXPECTED = {"xã": 2621, "phường": 687, "đặc khu": 13}
"""Communes on 01/7/2025, by type: 3,321 in all, in 34 provinces."""

TYPES = ("thành phố", "tỉnh", "đặc khu", "phường", "xã")

_NOTE = re.compile(r'^  "(\d\d)":\n(?:    name: .*\n)?    (note: .*)$', re.M)

Names = dict[str, dict[str, str]]
"""Province code → its own name under the key "", and the names of its communes by code."""


def official_name(name: str) -> str:
    """Write a name in NFC, with single spaces, its type in lower case."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    for kind in TYPES:
        if name.lower().startswith(kind + " "):
            return kind + name[len(kind) :]
    raise ValueError(f"no type in {name!r}")


def kind_of(name: str) -> str:
    """Give the type that a name begins with."""
    return next(kind for kind in TYPES if name.startswith(kind + " "))


def data_of(package: str, path: str) -> Path:
    """Find a data file of an installed package, without running the package."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed; see the top of this file")
    return Path(spec.origin).parent / "data" / path


def read_decision() -> Names:
    """Provinces and communes of QĐ 19/2025/QĐ-TTg."""
    names: Names = {}
    with sqlite3.connect(
        f"file:{data_of('vietnamadminunits', 'dataset.db')}?mode=ro", uri=True
    ) as database:
        rows = database.execute(
            "select provinceCode, province, wardCode, ward from admin_units"
        ).fetchall()
    for province_code, province, code, commune in rows:
        communes = names.setdefault(f"{int(province_code):02}", {"": official_name(province)})
        communes[f"{int(code):05}"] = official_name(commune)
    return names


def count(names: Names) -> Counter[str]:
    """How many communes of each type."""
    return Counter(
        kind_of(name) for communes in names.values() for code, name in communes.items() if code
    )


def write_section(names: Names, notes: dict[str, str]) -> str:
    """`provinces:` as YAML, by code; `notes`: province code → its line `note: …`."""
    lines = ["provinces:"]
    for code, communes in sorted(names.items()):
        lines += [f'  "{code}":', f"    name: {communes['']}"]
        lines += [f"    {notes[code]}"] if code in notes else []
        lines += ["    communes:"]
        lines += [
            f'      "{commune}": {name}' for commune, name in sorted(communes.items()) if commune
        ]
    return "\n".join(lines) + "\n"


def compare(names: Names) -> None:
    """Print where `vietnam-provinces` differs in a code or in the spelling of a name."""
    provinces = json.loads(
        data_of("vietnam_provinces", "nested-divisions.json").read_text(encoding="utf-8")
    )
    others = {
        f"{commune['code']:05}": (f"{province['code']:02}", official_name(commune["name"]))
        for province in provinces
        for commune in province["wards"]
    }
    mine = {
        code: (province, name)
        for province, communes in names.items()
        for code, name in communes.items()
        if code
    }
    for code in sorted(mine.keys() | others.keys()):
        if mine.get(code) != others.get(code):
            print(code, mine.get(code), others.get(code), sep=" | ")


def main(arguments: list[str]) -> int:
    """Print the section, write it with `--write`, or `--compare` the two packages."""
    names = read_decision()
    if len(names) != 34 or count(names) != EXPECTED:
        print(
            f"{len(names)} provinces, {dict(count(names))}; expected 34, {EXPECTED}",
            file=sys.stderr,
        )
        return 1
    if arguments == ["--compare"]:
        compare(names)
        return 0
    register = REGISTER.read_text(encoding="utf-8")
    section = write_section(names, dict(_NOTE.findall(register)))
    if arguments != ["--write"]:
        print(section, end="")
        return 0
    head, _, rest = register.partition("\nprovinces:")
    _, _, dissolved = rest.partition("\ndissolved:")
    REGISTER.write_text(f"{head}\n{section}\ndissolved:{dissolved}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
