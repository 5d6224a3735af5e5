"""The packages are as they say: who may import whom, who knows MkDocs."""

from __future__ import annotations

import ast
import graphlib
import re
import tomllib
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

import congkhai
from congkhai.cli import main

HOUSE = Path(congkhai.__file__).parent
ROOT = HOUSE.parent.parent
README = (ROOT / "README.md").read_text("utf-8")
MODULES = {
    file.relative_to(HOUSE).with_suffix("").as_posix(): ast.parse(file.read_text("utf-8"))
    for file in sorted(HOUSE.rglob("*.py"))
    if file.name != "__init__.py"
}

ORDER = [
    set(re.findall(r"\w+", station))
    for station in " ".join(
        re.findall(r"^ {4}(.*←.*)$", congkhai.__doc__ or "", re.MULTILINE)
    ).split("←")
]
"""Packages in the order of the docstring of `congkhai`: each imports those before it."""


@cache
def import_statements(tree: ast.Module) -> list[ast.Import | ast.ImportFrom]:
    """List the imports of a module, those within functions and blocks too."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]


def imported(tree: ast.Module) -> set[str]:
    """Full names of the modules that a module imports."""
    names: set[str] = set()
    for node in import_statements(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, (
                "MkDocs loads hooks under a path for a name: relative imports fail"
            )
            names |= (
                {f"congkhai.{alias.name}" for alias in node.names}
                if node.module == "congkhai"
                else {node.module or ""}
            )
    return names


def test_a_package_imports_only_what_stands_before_it():
    upward = []
    for module, tree in MODULES.items():
        package = module.partition("/")[0]
        if package == "__main__":
            continue
        rank = next(rank for rank, packages in enumerate(ORDER) if package in packages)
        allowed = set().union(*ORDER[:rank]) | {package}
        used = {name.split(".")[1] for name in imported(tree) if name.startswith("congkhai.")}
        upward += [f"{module} imports {name}" for name in sorted(used - allowed)]
    assert MODULES
    assert upward == []


def test_no_modules_import_each_other_in_a_circle():
    """Those that are imported for their types alone count as well."""
    used = {
        module: {
            path
            for node in import_statements(tree)
            if isinstance(node, ast.ImportFrom) and node.module
            for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
            if (path := name.removeprefix("congkhai.").replace(".", "/")) in MODULES
        }
        for module, tree in MODULES.items()
    }
    assert used["pages/render"] >= {"pages/charts", "pages/site"}
    graphlib.TopologicalSorter(used).prepare()  # raises CycleError, which names the circle


def test_every_package_says_what_comes_in_and_goes_out():
    packages = sorted(HOUSE.glob("*/__init__.py"))
    assert {file.parent.name for file in packages} <= set().union(*ORDER)
    for file in packages:
        described = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
        assert "Comes in:" in described and "Goes out:" in described, file


def test_only_the_plugin_knows_mkdocs():
    knowing = {
        module
        for module, tree in MODULES.items()
        if any(name.partition(".")[0] in ("mkdocs", "material") for name in imported(tree))
    }
    assert knowing == {"mkdocs_plugin", "mkdocs_office"}


def test_a_module_says_what_it_is():
    assert [module for module, tree in MODULES.items() if not ast.get_docstring(tree)] == []


def test_every_public_name_has_a_docstring():
    public = [
        (module, node)
        for module, tree in MODULES.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    assert len(public) > len(MODULES)
    assert [(module, node.name) for module, node in public if not ast.get_docstring(node)] == []


def test_a_hand_written_page_is_left_to_the_common_layout():
    assert (ROOT / "theme" / "main.html").read_text("utf-8").strip() == "{{ page.content }}"


@pytest.mark.parametrize(
    "template", sorted((ROOT / "theme").rglob("*.html")), ids=lambda path: path.name
)
def test_a_template_compares_no_days_and_sorts_nothing(template: Path):
    code = " ".join(re.findall(r"\{[{%](.*?)[%}]\}", template.read_text("utf-8"), re.DOTALL))
    assert not re.search(
        r"[<>=]=? *site_model\.today|\| *(min|max|sort|sum|groupby)\b|loop\.index0? *[-+]",
        code,
    )


def test_no_page_s_template_has_a_macro_of_its_own():
    """It would keep all that the page shows in memory, until Python collects such cycles."""
    own = [
        path.name
        for path in sorted((ROOT / "theme" / "pages").glob("*.html"))
        if "{% macro" in path.read_text("utf-8")
    ]
    assert own == []


def test_the_readme_gives_a_reason_for_every_package():
    """«types-…» of libraries stand there as one row."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    optional = project["project"]["optional-dependencies"].values()
    groups = project["dependency-groups"].values()
    wanted = chain(project["project"]["dependencies"], *optional, *groups)
    names = {re.split(r"[<>=]", one)[0].lower() for one in wanted}
    rows = "\n".join(re.findall(r"^\|.*", README.partition("## Dependencies")[2], re.MULTILINE))
    assert names >= {"mkdocs", "hypothesis", "hugo"}
    assert [one for one in sorted(names) if one not in rows.lower() and "types-" not in one] == []


def test_the_readme_names_every_command_and_target(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["--help"])
    commands = re.findall(r"^ {4}(\w+) {2,}", capsys.readouterr().out, re.MULTILINE)
    listed = re.search(r"lists the commands underneath \(([^)]*)\)", README)
    assert listed
    assert sorted(re.findall(r"\w+", listed[1])) == sorted(commands)
    targets = re.findall(r"^([a-z]+):.* ## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert "quick" in targets
    assert [one for one in targets if not re.search(rf"\bmake {one}\b", README)] == []
