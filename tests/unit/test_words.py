"""The words of the site follow its glossary: one word for one thing, none that accuses.

Read are templates, scripts, hand-written pages and the strings of `pages`; official words come
from the data and are quoted as printed. `tests/data/avoided-words.tsv` holds what is avoided,
what is said instead, and the longer names in which it is right. Staff guide and messages to
staff are not read: commands and messages quote with « ».
"""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT

THEME = ROOT / "theme"


def avoided() -> list[tuple[str, re.Pattern[str]]]:
    """Return each word to avoid with a pattern; longer names in which it is right are no hit."""
    with (ROOT / "tests" / "data" / "avoided-words.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    patterns = []
    for row in rows:
        allowed = [re.escape(name) for name in (row["unless"] or "").split("|") if name]
        word = re.escape(row["avoid"])
        bounded = rf"\b{word}\b" if row["avoid"][0].isalpha() else word
        patterns.append(
            (row["avoid"], re.compile("|".join([*allowed, f"(?P<hit>{bounded})"]), re.I))
        )
    return patterns


AVOIDED = avoided()


def strings_of(file: Path) -> Iterator[str]:
    """Yield the strings of a module that are no docstrings."""
    tree = ast.parse(file.read_text("utf-8"))
    documentation = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in documentation
        ):
            yield node.value


def words_of(file: Path) -> str:
    """Return what readers may see of a file, without its comments."""
    if file.suffix == ".py":
        return "\n".join(strings_of(file))
    text = file.read_text("utf-8")
    if file.suffix == ".html":
        return re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
    comment = {".js": r"(^|\s)//.*", ".yml": r"(^|\s)#.*"}.get(file.suffix)
    return re.sub(comment, "", text) if comment else text


def faults_in(text: str) -> list[str]:
    """List the avoided words of a text, each with what stands around it."""
    text = re.sub(r"\s+", " ", text)
    return [
        f"{word}: …{text[max(0, found.start() - 40) : found.end() + 30]}…"
        for word, pattern in AVOIDED
        for found in pattern.finditer(text)
        if found["hit"]
    ]


FILES = [
    *(file for file in sorted(THEME.rglob("*.html"))),
    *sorted((THEME / "assets").rglob("*.js")),
    *(file for file in sorted((ROOT / "content").glob("*.md")) if file.stem != "huong-dan"),
    *sorted((ROOT / "hooks" / "congkhai" / "pages").glob("*.py")),
    ROOT / "hooks" / "congkhai" / "exports" / "comparison.py",
    ROOT / "hooks" / "congkhai" / "exports" / "calendars.py",
    ROOT / "hooks" / "congkhai" / "exports" / "feed_content.py",
    ROOT / "hooks" / "congkhai" / "exports" / "feeds.py",
    ROOT / "hooks" / "congkhai" / "exports" / "search_documents.py",
    ROOT / "mkdocs.yml",
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_word_that_the_glossary_replaces(file: Path):
    assert not faults_in(words_of(file))


def test_an_avoided_word_is_found_and_a_longer_name_is_not():
    assert faults_in("<p>Chưa có báo cáo nào\n  ở đây.</p>")
    assert faults_in("Đơn vị chủ trì")
    assert not faults_in("Cơ quan, đơn vị; đơn vị hành chính")
