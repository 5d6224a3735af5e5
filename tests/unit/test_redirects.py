"""Former names are derived from today's, whatever kind of file it is; rules sum them up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from congkhai.checks.published import find_changed_first_paths
from congkhai.data.git_history import Published
from congkhai.data.load import load_dataset
from congkhai.model.redirects import Move, Redirects, list_rules
from congkhai.pages import redirect_rules
from tests.cases import CASES, lay_out

PLACE = Move("hai-phong/xa-nam-sach", "hai-phong/phuong-nam-sach", is_plan=False)
PROVINCE = Move("hai-phong", "hai-tan", is_plan=False)
PLAN = Move("hai-phong/xa-nam-sach/ascc", "hai-phong/phuong-nam-sach/ascc-2030", is_plan=True)


@pytest.mark.parametrize(
    ("move", "name", "former"),
    [
        (PLACE, "dia-phuong/hai-phong/phuong-nam-sach/", "dia-phuong/hai-phong/xa-nam-sach/"),
        (PLACE, "nhung/hai-phong/phuong-nam-sach.html", "nhung/hai-phong/xa-nam-sach.html"),
        (PROVINCE, "lich/hai-tan/2027/index.html", "lich/hai-phong/2027/index.html"),
        (PROVINCE, "lich/hai-tan.ics", "lich/hai-phong.ics"),
        (PLAN, "ke-hoach/hai-phong/phuong-nam-sach/ascc-2030/ii.1-2/", None),
    ],
)
def test_a_former_path_stands_wherever_the_present_one_does(
    move: Move, name: str, former: str | None
):
    found = [one.old for one in Redirects([move]).former_names(name)]
    assert found == [former or "ke-hoach/hai-phong/xa-nam-sach/ascc/ii.1-2/"]


@pytest.mark.parametrize(
    "name",
    [
        "dia-phuong/hai-phong/phuong-nam-sach-2/",
        "dia-phuong/hai-tanh/",
        "ke-hoach/hai-phong/phuong-nam-sach/tep/a.pdf",
        "hai-tan/x",
    ],
)
def test_what_only_looks_like_it_was_never_elsewhere(name: str):
    assert list(Redirects([PLACE, PROVINCE, PLAN]).former_names(name)) == []


def test_the_first_name_is_the_oldest_one():
    older = Move("nam-sach/xa-nam-sach", PLACE.new, is_plan=False)
    redirects = Redirects([older, PLACE])
    page = "dia-phuong/hai-phong/phuong-nam-sach/atom.xml"
    assert redirects.first_name(page) == "dia-phuong/nam-sach/xa-nam-sach/atom.xml"
    assert redirects.first_name("dia-phuong/lai-chau/atom.xml") == "dia-phuong/lai-chau/atom.xml"


def test_no_rule_leads_away_from_a_page_that_is_there():
    """A second plan was begun in the folder that the first one left."""
    names = {
        "ke-hoach/hai-phong/phuong-nam-sach/ascc-2030/index.html",
        "ke-hoach/hai-phong/phuong-nam-sach/ascc-2030/plan.yml",
        "ke-hoach/hai-phong/xa-nam-sach/ascc/index.html",
    }
    former = Redirects([PLAN]).all_former_names(names)
    assert list(former) == ["ke-hoach/hai-phong/xa-nam-sach/ascc/plan.yml"]
    (rule,) = list_rules(former.values(), names)
    assert rule.old == "ke-hoach/hai-phong/xa-nam-sach/ascc/plan.yml"
    assert not rule.is_folder


def test_rules_of_both_kinds_of_hosts_lead_to_the_same_address():
    names = {"dia-phuong/hai-phong/phuong-nam-sach/index.html", "lich/hai-tan.ics"}
    former = Redirects([PLACE, PROVINCE]).all_former_names(names)
    rules = list_rules(former.values(), names)
    hosts = [line.split() for line in redirect_rules.for_hosts(rules, "/x/").decode().splitlines()]
    old, new = "/x/dia-phuong/hai-phong/xa-nam-sach/", "/x/dia-phuong/hai-phong/phuong-nam-sach/"
    assert hosts[1:] == [
        [f"{old}*", f"{new}:splat", "301"],
        ["/x/lich/hai-phong.ics", "/x/lich/hai-tan.ics", "301"],
    ]
    patterns = re.findall(r'"~(\S+)"', redirect_rules.for_nginx(rules, "/x/"))
    assert re.match(patterns[0].replace("?<", "?P<"), "/x/dia-phuong/hai-phong/xa-nam-sach/a.csv")
    assert not re.match(patterns[1], "/x/lich/hai-phongXics")


def test_former_paths_begin_with_the_path_of_the_first_publication(tmp_path: Path):
    folder = lay_out(CASES / "valid" / "minimal", tmp_path)
    old, new = "hai-phong/xa-nam-sach/ascc", "hai-phong/xa-nam-sach/ascc-2026-2030"
    plan = folder / new / "plan.yml"
    text = plan.read_text("utf-8")
    published = {f"{new}/plan.yml": f"former_paths: [{old}]\n{text}".encode()}
    before = Published(published, None)
    faults = []
    for paths in ([old], [f"{old}-2", old], []):
        plan.write_text(f"former_paths: {paths}\n{text}", "utf-8")
        dataset, _ = load_dataset(folder)
        faults.append([problem.hint for problem in find_changed_first_paths(dataset, before)])
    assert faults == [
        [],
        [f"ghi cũ nhất trước: former_paths: [{old}, {old}-2]"],
        [f"ghi cũ nhất trước: former_paths: [{old}]"],
    ]
