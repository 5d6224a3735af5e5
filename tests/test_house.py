"""The house is as its map says: who may call whom, who knows MkDocs, how long a room is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import hooks

HOUSE = Path(hooks.__file__).parent
MODULES = {
    file.relative_to(HOUSE).with_suffix("").as_posix(): ast.parse(file.read_text("utf-8"))
    for file in sorted(HOUSE.rglob("*.py"))
    if file != HOUSE / "__init__.py"
}
ROOMS = sorted({name.partition("/")[0] for name in MODULES})
"""Modules; a package inside the house is one room."""

LONGEST = 300
"""Lines of one module."""

every_module = pytest.mark.parametrize("module", MODULES)
every_room = pytest.mark.parametrize("room", ROOMS)


def read_map() -> dict[str, set[str]]:
    """Which rooms each room may import: all that stand left of an arrow before it, and theirs."""
    arrows: dict[str, set[str]] = {}
    for line in re.findall(r"^ {4}(?=.*←)(.+)$", hooks.__doc__ or "", re.MULTILINE):
        for chain in line.split(";"):
            stations = [set(re.findall(r"\w+", station)) for station in chain.split("←")]
            for below, above in zip(stations, stations[1:], strict=False):
                for room in above:
                    arrows.setdefault(room, set()).update(below)

    def reach(room: str, passed: tuple[str, ...] = ()) -> set[str]:
        assert room not in passed, f"the map goes in a circle: {' ← '.join((*passed, room))}"
        below = arrows.get(room, set())
        return below.union(*(reach(lower, (*passed, room)) for lower in below))

    return {room: reach(room) for room in ROOMS}


def imported(tree: ast.Module) -> set[str]:
    """Full names of the modules that a module imports."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "MkDocs loads hooks under a path for a name: relative imports fail"
            names |= {f"hooks.{alias.name}" for alias in node.names} if node.module == "hooks" else {node.module or ""}
    return names


def parts(room: str) -> list[ast.Module]:
    return [tree for name, tree in MODULES.items() if name.partition("/")[0] == room]


@every_room
def test_a_room_imports_only_what_stands_before_it_on_the_map(room: str):
    names = set().union(*map(imported, parts(room)))
    own = {name.split(".")[1] for name in names if name.startswith("hooks.")}
    assert own - {room} <= read_map()[room]


@every_room
def test_a_room_is_in_the_table_of_the_map(room: str):
    assert re.search(rf"^\| `{room}` *\|", hooks.__doc__ or "", re.MULTILINE)


@every_module
def test_only_the_entry_knows_mkdocs(module: str):
    knows = any(name.partition(".")[0] in ("mkdocs", "material") for name in imported(MODULES[module]))
    assert knows == (module == "entry")


@every_module
def test_a_module_says_what_it_is_and_is_short(module: str):
    assert ast.get_docstring(MODULES[module])
    length = len((HOUSE / f"{module}.py").read_text("utf-8").splitlines())
    assert length <= LONGEST


@every_module
def test_every_public_name_has_a_docstring(module: str):
    bare = [
        node.name
        for node in MODULES[module].body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not bare


def test_a_hand_written_page_is_left_to_the_common_layout():
    assert (HOUSE.parent / "theme" / "main.html").read_text("utf-8").strip() == "{{ page.content }}"


@pytest.mark.parametrize("template", sorted((HOUSE.parent / "theme").rglob("*.html")), ids=lambda path: path.name)
def test_a_template_compares_no_days_and_sorts_nothing(template: Path):
    code = " ".join(re.findall(r"\{[{%](.*?)[%}]\}", template.read_text("utf-8"), re.DOTALL))
    assert not re.search(r"[<>=]=? *(atlas|site)\.as_of|\| *(min|max|sort|sum|groupby)\b|loop\.index0? *[-+]", code)


def test_no_page_s_template_has_a_macro_of_its_own():
    """It would hold on to all that the page shows, until Python searches for such circles; `test_scale` shows what of."""
    own = [path.name for path in sorted((HOUSE.parent / "theme" / "pages").glob("*.html")) if "{% macro" in path.read_text("utf-8")]
    assert own == []
