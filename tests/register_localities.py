"""Write the section `provinces:` of `plans/localities.yml`, by hand, when the official list changes.

Comes in: the package `vietnam-provinces` (34 provinces, 3,321 communes by the codes of
QĐ 19/2025/QĐ-TTg). Goes out: the section as YAML, printed; with `--write`, put into the
file between its hand-written head and its hand-written `dissolved:`, which stay as they
are, like the `note` of a province.

The package is GPL-3.0 and is only read here, by hand, for facts: it is no dependency of
the site or of its tests, and none of its code is copied. How to run, in an environment
of its own:

    python -m venv /tmp/register && /tmp/register/bin/pip install vietnam-provinces
    /tmp/register/bin/python tests/register_localities.py --write

Exit status: 0 good, 1 the list is not the one expected.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

REGISTER = Path(__file__).parent.parent / "plans" / "localities.yml"
EXPECTED = {"xã": 2621, "phường": 687, "đặc khu": 13}
"""Communes in force since 01/7/2025, by type: 3,321 in all."""
CENTRAL_CITY = "thành phố trung ương"

_NOTE = re.compile(r'^  "(\d\d)":\n(?:    name: .*\n)?    (note: .*)$', re.M)


def official_name(kind: str, name: str) -> str:
    """The name as written, NFC, single spaces, its type in lower case and in front."""
    words = unicodedata.normalize("NFC", name).split()
    bare = " ".join(words)
    if bare.lower().startswith(kind + " "):
        bare = bare[len(kind) + 1 :]
    return f"{kind} {bare}"


def read_package() -> list[dict]:
    """Provinces with their communes, as the package lists them."""
    from vietnam_provinces import NESTED_DIVISIONS_JSON_PATH

    return json.loads(Path(NESTED_DIVISIONS_JSON_PATH).read_text(encoding="utf-8"))


def write_section(provinces: list[dict], notes: Mapping[str, str]) -> str:
    """`provinces:` as YAML, by code; `notes`: province code → its line `note: …`."""
    lines = ["provinces:"]
    for province in sorted(provinces, key=lambda one: one["code"]):
        code = f"{province['code']:02}"
        kind = "thành phố" if province["division_type"] == CENTRAL_CITY else "tỉnh"
        lines += [f'  "{code}":', f"    name: {official_name(kind, province['name'])}"]
        lines += [f"    {notes[code]}"] if code in notes else []
        lines.append("    communes:")
        for commune in sorted(province["wards"], key=lambda one: one["code"]):
            lines.append(f'      "{commune["code"]:05}": {official_name(commune["division_type"], commune["name"])}')
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Print the section, or write it with `--write`."""
    provinces = read_package()
    counted = Counter(commune["division_type"] for province in provinces for commune in province["wards"])
    if len(provinces) != 34 or counted != EXPECTED:
        print(f"{len(provinces)} provinces, {dict(counted)}; expected 34, {EXPECTED}", file=sys.stderr)
        return 1
    register = REGISTER.read_text(encoding="utf-8")
    section = write_section(provinces, dict(_NOTE.findall(register)))
    if arguments != ["--write"]:
        print(section, end="")
        return 0
    head, _, rest = register.partition("\nprovinces:")
    _, _, dissolved = rest.partition("\ndissolved:")
    REGISTER.write_text(f"{head}\n{section}\ndissolved:{dissolved}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
