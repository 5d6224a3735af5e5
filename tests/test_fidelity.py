"""Each plan holds every word of its source, in order, and not one more."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from hooks import model
from hooks.text import words
from hooks.transcript import transcript

PLANS = Path(__file__).parent.parent / "plans"
FOLDERS = sorted(path.parent for path in PLANS.rglob("plan.yml") if path.with_name("source.txt").exists())


def read_yaml(text: str) -> object:
    """YAML with every scalar a string, except plain nulls: how data files are read."""

    def build(node: yaml.Node | None) -> object:
        if isinstance(node, yaml.MappingNode):
            return {build(key): build(value) for key, value in node.value}
        if isinstance(node, yaml.SequenceNode):
            return [build(value) for value in node.value]
        assert isinstance(node, yaml.ScalarNode)
        return None if node.style is None and node.value in ("null", "~", "") else node.value

    return build(yaml.compose(text, Loader=yaml.BaseLoader))


def test_there_are_plans_to_compare():
    assert FOLDERS


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.relative_to(PLANS).as_posix())
def test_a_plan_holds_every_word_of_its_source_in_order(folder: Path):
    plan = model.Plan.model_validate(read_yaml((folder / "plan.yml").read_text("utf-8")))
    source = words((folder / "source.txt").read_text("utf-8"))
    assert words(transcript(plan)) == source


def test_an_omitted_word_is_noticed():
    folder = FOLDERS[0]
    plan = model.Plan.model_validate(read_yaml((folder / "plan.yml").read_text("utf-8")))
    shorter = plan.model_copy(update={"closing": ()})
    assert words(transcript(shorter)) != words((folder / "source.txt").read_text("utf-8"))
