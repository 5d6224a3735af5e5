"""The three recipes of CONTRIBUTING.md: a place that was forgotten fails here, by its name.

A field of an item is shown, exported, drafted and in the staff guide; a kind of page is among
those that every test of pages looks at; a rule is held by a case that it refuses.
"""

from __future__ import annotations

import re
from dataclasses import fields
from functools import cache

import pytest

from conftest import ROOT
from congkhai.data import schema
from tests.kinds import DEMO, TEMPLATES

RECORDS = {
    "mục": schema.Item,
    "thời hạn": schema.Deadline,
    "chỉ tiêu": schema.Target,
    "chế độ báo cáo": schema.ReportingRule,
    "ngày chốt số liệu": schema.Cutoff,
}
"""What the guide calls the records of which an item is made."""
FIELDS = [
    (title, record, field.name) for title, record in RECORDS.items() for field in fields(record)
]
every_field = pytest.mark.parametrize(
    ("title", "record", "name"), FIELDS, ids=[f"{r.__name__}.{n}" for _, r, n in FIELDS]
)

ROLES = dict.fromkeys(
    [f"Item.{role}" for role in schema.ROLES], "roles are read by their names in `schema.ROLES`"
)
NOT_SHOWN = ROLES | {
    "Target.key": "tells apart the targets of one item; readers see the words themselves",
    "ReportingRule.to": "the words of the provision say to whom, and stand on the page",
    "ReportingRule.via": "the words of the provision say through whom, and stand on the page",
}
NOT_EXPORTED = ROLES | {
    "Item.applies_to": "the tables list the units where they apply",
    "Item.items": "the tables have a row for each item",
    "Item.columns": "the tables have columns of their own for the roles, deadline and result",
    "Item.cells": "the tables give what the cells say: units, deadline, deliverable",
    "Item.implements": "the cascade is on the programme's page",
    "Item.topics": "`cam-ket.csv` lists all topics of a commitment, most of them from its words",
    "Item.not_topics": "the tables list the topics that are left",
    "Item.moved_from": "the list of changes gives both ids",
    "Item.reworded": "the list of changes gives both wordings, and the reason",
}
NOT_DRAFTED = {
    "Item.applies_to": "whether units named in one provision answer for another is a judgement",
    "Item.implements": "which goal above a provision carries out is a judgement",
    "Item.topics": "the words give them; where they do not, it is a judgement",
    "Item.not_topics": "which topic the words give by mistake is a judgement",
    "Item.moved_from": "nothing of a draft was published before",
    "Item.reworded": "nothing of a draft was published before",
    "Target.key": "needed from the second target on; the check proposes it",
    "Target.condition": "which words are the condition of a figure is a judgement",
}
"""Fields that are left out on purpose, each with the reason."""


@cache
def source_of(*patterns: str) -> str:
    files = [file for pattern in patterns for file in sorted(ROOT.glob(pattern))]
    assert files, patterns
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def row_of(record: type, name: str) -> str:
    """Return the row of the guide's table for a field, as its description has it."""
    field = next(field for field in fields(record) if field.name == name)
    described = getattr(field.default, "description", None)
    assert described, f"{record.__name__}.{name} has no description"
    key = getattr(field.default, "alias", None) or name
    return f"| `{key}` | {described} |"


@every_field
def test_a_field_of_an_item_is_in_the_staff_guide(title: str, record: type, name: str):
    guide = (ROOT / "content" / "huong-dan.md").read_text(encoding="utf-8")
    section = guide.partition(f"### Các dòng của {title}\n")[2].partition("\n#")[0]
    assert row_of(record, name) in section.splitlines(), "add this row to content/huong-dan.md"


@every_field
def test_a_field_of_an_item_is_shown(title: str, record: type, name: str):
    shown = re.search(
        rf"\.{name}\b",
        source_of("theme/**/*.html", "hooks/congkhai/pages/*.py", "hooks/congkhai/model/*.py"),
    )
    assert shown or f"{record.__name__}.{name}" in NOT_SHOWN


@every_field
def test_a_field_of_an_item_is_exported(title: str, record: type, name: str):
    exported = re.search(rf"\.{name}\b", source_of("hooks/congkhai/exports/open_data/*.py"))
    assert exported or f"{record.__name__}.{name}" in NOT_EXPORTED


@every_field
def test_a_field_of_an_item_is_drafted(title: str, record: type, name: str):
    drafted = re.search(rf"\b{name}\b", source_of("hooks/congkhai/drafting/*.py"))
    assert drafted or f"{record.__name__}.{name}" in NOT_DRAFTED


@every_field
def test_a_field_of_an_item_is_used_in_the_fictional_province(title: str, record: type, name: str):
    """Or in the real plans: somebody has to have seen it on a page."""
    field = next(field for field in fields(record) if field.name == name)
    key = getattr(field.default, "alias", None) or name
    plans = source_of("tests/demo/plans/**/plan.yml", "plans/**/plan.yml")
    assert re.search(rf"(^|[{{,\s]){key}:", plans, re.MULTILINE)


def test_a_kind_of_page_is_among_those_that_tests_look_at():
    templates = {path.stem for path in (ROOT / "theme" / "pages").glob("*.html")}
    assert templates == set(TEMPLATES)
    assert set(TEMPLATES.values()) <= {*DEMO, None}
