"""What each official text holds, counted by reading it, is what the site derives from the data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from conftest import ROOT
from congkhai.data.load import load_dataset
from congkhai.model.assignments import walk
from congkhai.model.derive import derive
from congkhai.model.site_model import SiteModel

PLANS = ROOT / "plans"


@dataclass(frozen=True)
class Count:
    """Figures read off one official text.

    `requests`: what the text only asks of bodies («Đề nghị»); `duties` are without them.
    `items`: marks (I., 1., a), -, +) and paragraphs without a mark. `headings`: those of
    the part `organisation`, which says who answers for what, that name a unit or a group
    of units; «Chế độ báo cáo» of phường Hải Dương names none.
    """

    plan: str
    items: int
    tasks: int
    duties: int
    requests: int
    targets: int
    milestones: int
    organisation: str
    headings: int


COUNTS = (
    Count("hai-phong/xa-nam-sach/ascc-2026-2030", 72, 13, 17, 1, 1, 3, "iii", 8),
    Count("hai-phong/phuong-hai-duong/ascc-2026-2030", 93, 0, 22, 3, 1, 3, "vi", 8),
    Count("lai-chau/ascc-2026-2030", 73, 0, 15, 6, 1, 3, "vii", 6),
    Count("quang-nam/ascc-2021-2025", 96, 32, 14, 4, 2, 0, "v", 7),
    Count("hai-phong/ascc-den-2025", 144, 50, 10, 4, 1, 3, "vi", 6),
)


@pytest.fixture(scope="module")
def site_model() -> SiteModel:
    dataset, problems = load_dataset(PLANS)
    assert [problem for problem in problems if problem.severity == "error"] == []
    return derive(dataset, date(2026, 7, 1))


@pytest.mark.parametrize("count", COUNTS, ids=lambda count: count.plan)
def test_a_plan_promises_what_its_text_promises(site_model: SiteModel, count: Count):
    """A target inside a task or a duty is counted with both."""
    view = site_model.plans[count.plan]
    kinds = dict(view.kinds)
    assert {
        "items": sum(1 for _ in walk(view.open().plan.body)),
        "tasks": kinds.get("task", 0),
        "duties": kinds.get("duty", 0),
        "requests": kinds.get("request", 0),
        "targets": len(view.targets),
        "milestones": kinds.get("milestone", 0),
    } == {
        "items": count.items,
        "tasks": count.tasks,
        "duties": count.duties,
        "requests": count.requests,
        "targets": count.targets,
        "milestones": count.milestones,
    }


@pytest.mark.parametrize("count", COUNTS, ids=lambda count: count.plan)
def test_duties_stand_under_as_many_units_as_printed(site_model: SiteModel, count: Count):
    """Under each of them every duty has a unit."""
    view = site_model.plans[count.plan]
    part = next(item for item in view.open().plan.body if item.id == count.organisation)
    answered = [
        heading
        for heading in part.items
        if heading.number
        and all(
            view.open().by_item[item.id].assignments
            for item, _ in walk([heading])
            if item.id in view.open().by_item
        )
    ]
    assert len(answered) == count.headings


def test_every_plan_is_counted(site_model: SiteModel):
    assert {count.plan for count in COUNTS} == set(site_model.plans)
