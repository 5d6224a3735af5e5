"""Every bad input of the list of threats is refused in words that help; good ones pass.

Each case is a folder in `tests/cases`; see `tests/cases.py`. A line of `expected.txt` is
the start of what the checker prints: the place, the fault, and the right form where
there is one.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections import Counter
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from congkhai import checks
from congkhai.checks import item_ids, items, published, runner
from congkhai.checks.context import ENTRIES, describe_unknown
from congkhai.checks.runner import check
from congkhai.data import registers
from congkhai.data.load import Loaded, load_dataset
from congkhai.data.strict_yaml import Source, parse
from tests.cases import CASES, MINIMAL, RULE_LISTS, judge, lay_out, problems_of

INVALID = sorted(path.parent for path in (CASES / "invalid").rglob("expected.txt"))
VALID = sorted(path for path in (CASES / "valid").iterdir() if path.is_dir())
PLAN = "hai-phong/xa-nam-sach/ascc-2026-2030"
RECORDS = {
    "documents.yml": registers.Document,
    "units.yml": registers.Unit,
    "programmes.yml": registers.Programme,
    "measures.yml": registers.Measure,
}
RULES = (
    *runner.REGISTER_RULES,
    *runner.PLAN_RULES,
    *runner.REPORTS_RULES,
    *runner.REPORT_RULES,
    *runner.RESPONSE_RULES,
    *runner.LINK_RULES,
    *published.RULES,
    # Asked with the history of a plan, by the rules on what was published and by the build.
    published.check_history,
    item_ids.require_words_of_ids,
)


def _name(case: Path) -> str:
    return case.relative_to(CASES).as_posix()


@pytest.mark.parametrize(("register", "record"), RECORDS.items())
def test_a_name_that_nothing_has_is_told_with_an_entry_to_paste(
    register: str, record: type, tmp_path: Path
) -> None:
    """An office may have no register yet: its hint does not lead to the head of a file."""
    loaded = Loaded(None, "plans/plan.yml", Source("plans/plan.yml", {}))
    said = describe_unknown(loaded, (), "mục", "ma-moi", [], register)
    assert said.hint.startswith(f"thêm vào {register} ") and "chưa có tệp thì tạo" in said.hint
    assert set(RECORDS) == set(ENTRIES)
    data, problems = parse(said.hint.partition("ĐIỀN: ")[2] + "\n", register)
    assert problems == [] and isinstance(data, dict)
    entry = data["ma-moi"]
    assert isinstance(entry, dict) and set(entry.values()) == {"ĐIỀN"}
    required = {field.name for field in fields(record) if field.default.is_required()}
    assert required and required <= set(entry) <= {field.name for field in fields(record)}


@pytest.mark.parametrize("case", INVALID, ids=_name)
def test_a_bad_input_is_refused_at_its_line(case: Path) -> None:
    """Just the expected problems, in order, and no other."""
    said = [str(problem) for problem in judge(case).problems]
    expected = (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert expected, "a case says what it expects"
    assert [line[: len(start)] for line, start in zip(said, expected, strict=False)] == expected
    assert len(said) == len(expected)


@pytest.mark.parametrize("case", INVALID, ids=_name)
def test_a_bad_input_gives_the_right_form(case: Path) -> None:
    """Every problem says what to do about it, on one line, in Vietnamese."""
    for problem in judge(case).problems:
        assert problem.hint or "lịch" in problem.message or "ngoài khoảng" in problem.message
        assert "\n" not in str(problem)
        assert not re.search(r"Input should|Field required|validation error|line \d", str(problem))


@pytest.mark.parametrize("case", VALID, ids=_name)
def test_a_good_input_passes(case: Path, tmp_path: Path) -> None:
    """Neither an error nor a warning."""
    assert [str(problem) for problem in problems_of(lay_out(case, tmp_path))] == []


@pytest.mark.parametrize(
    "name", ["12-cccd", "12b-cmnd", "13-dien-thoai", "13b-dien-thoai-quoc-te", "14-email-stk"]
)
def test_personal_data_is_not_repeated(name: str) -> None:
    """The checker's own output is public: it names the field, not the number."""
    case = CASES / "invalid" / "f-nghiep-vu" / name
    added = [
        line
        for line in (case / "edit.txt").read_text(encoding="utf-8").splitlines()
        if line.startswith("+ ")
    ]
    secrets = [word for line in added for word in re.findall(r"\d{3,}|\S+@\S+", line)]
    said = " ".join(problem.message + problem.hint for problem in judge(case).problems)
    assert secrets
    assert not [secret for secret in secrets if secret in said]


def test_every_rule_refuses_or_warns_in_some_case() -> None:
    """A rule that no case shows could be broken unseen: give it one in tests/cases/invalid/."""
    rules = {rule.__qualname__ for name in RULE_LISTS for rule in getattr(runner, name)}
    assert INVALID
    assert rules == {rule for case in INVALID for rule in judge(case).rules}


def test_every_rule_states_itself() -> None:
    """A rule's docstring is the rule."""
    for rule in RULES:
        assert rule.__doc__ and rule.__doc__.split("\n")[0].endswith("."), rule.__name__


def test_every_rule_that_is_written_is_called() -> None:
    """A public function of `checks` that yields problems is in a list of rules, once."""
    written = [
        function
        for module in pkgutil.iter_modules(checks.__path__, "congkhai.checks.")
        if module.name != runner.__name__
        for name, function in vars(importlib.import_module(module.name)).items()
        if inspect.isgeneratorfunction(function)
        and function.__module__ == module.name
        and function.__annotations__["return"] == "Iterator[Problem]"
        and not name.startswith("_")
    ]
    assert len(written) > 50
    assert Counter(rule.__name__ for rule in RULES) == Counter(rule.__name__ for rule in written)
    assert set(RULES) == set(written)


def test_every_id_of_a_plans_page_is_kept_from_items() -> None:
    """Fixed ones and those made for each unit or target; read from the templates of the page."""
    theme = CASES.parent.parent / "theme"
    pages = [theme / "pages" / name for name in ("plan.html", "full_text.html", "commitment.html")]
    plan = " ".join(page.read_text(encoding="utf-8") for page in pages)
    templates = [
        theme / "layout.html",
        *pages,
        *(theme / name for name in re.findall(r"partials/[\w/]+\.html", plan)),
    ]
    ids = set(
        re.findall(
            r'\sid="([^"]+)"',
            " ".join(template.read_text(encoding="utf-8") for template in templates),
        )
    )
    assert "toan-van" in ids
    fixed = {name for name in ids if "{{" not in name}
    assert fixed <= {*items.USED_BY_PAGE, *items.NOTED}
    prefixes = {name.partition("{{")[0] for name in ids - fixed}
    # Without a prefix it is an item's own id, or made from a key; no item's id has an underscore.
    prefixes = {prefix for prefix in prefixes if prefix and "_" not in prefix}
    assert prefixes <= set(items.USED_BY_PAGE_FROM)
    keys = set(re.findall(r'"([a-z-]+-)" ~ loop.index', plan))
    assert keys and keys <= set(items.USED_BY_PAGE_FROM)


def test_a_report_on_its_own_day_is_not_in_the_future() -> None:
    """The day that is judged on counts; the day before it does not yet."""
    dataset, _ = load_dataset(MINIMAL)
    assert not list(check(dataset, date(2027, 10, 28)))
    assert [problem.message for problem in check(dataset, date(2027, 10, 27))] == [
        "ngày báo cáo 28/10/2027 sau hôm nay (27/10/2027)"
    ]


def test_units_above_inherit_the_duty_of_those_dissolved(tmp_path: Path) -> None:
    """Phòng Lao động is gone: its successor reports on its item, another unit does not."""
    plans = lay_out(MINIMAL, tmp_path)
    for unit in ("phong-van-hoa-xa-hoi", "phong-kinh-te", "uy-ban-mttq"):
        report = plans / PLAN / "reports" / f"2028-{unit}.yml"
        report.write_text(
            f'unit: {unit}\nperiod: "2028"\ndate: 2028-06-01\n'
            "entries:\n  - {item: ii-1, status: in-progress}\n",
            encoding="utf-8",
        )
    refused = [problem.path.rpartition("/")[2] for problem in problems_of(plans)]
    assert refused == ["2028-uy-ban-mttq.yml"]
