"""Whether the data agrees with itself and with the calendar.

Comes in: a `Dataset`, and the day that is judged on. Goes out: every problem, from
every rule. A rule is one generator in `hooks.rules`; its docstring is the rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from congkhai.checks import (
    deadlines,
    fidelity,
    items,
    placement,
    privacy,
    quotes,
    registers,
    report_entries,
    reports,
    urls,
)
from congkhai.checks.context import PlanContext, ReportContext
from congkhai.data import schema
from congkhai.data.load import Dataset, Loaded
from congkhai.data.problem import Problem
from congkhai.model.places import build_places
from congkhai.model.views import Place

REGISTER_RULES = (*registers.RULES, urls.sources_can_be_opened)
PLAN_RULES = (
    *items.RULES,
    *quotes.RULES,
    *fidelity.RULES,
    *deadlines.RULES,
    *placement.RULES,
    privacy.plans_name_no_private_data,
)
LINK_RULES = placement.LINK_RULES
REPORT_RULES = (*reports.RULES, *report_entries.RULES, privacy.reports_name_no_private_data)


def check(dataset: Dataset, as_of: date) -> Iterator[Problem]:
    """All problems of a dataset, in the order of the rules; sort them to show them.

    What `load` could not read is left out here, and nothing is said to be missing that
    stands in a broken file.
    """
    yield from check_registers(dataset)
    yield from check_plans(dataset, build_places(dataset.localities, ()), as_of)
    said = {plan_id: placement.link_of(loaded.value) for plan_id, loaded in dataset.plans.items()}
    yield from check_links(placement.Links(said, dataset.folders, dataset.plans.__getitem__))


def check_registers(dataset: Dataset) -> Iterator[Problem]:
    """Whether the registers agree with themselves."""
    for rule in REGISTER_RULES:
        yield from rule(dataset)


def check_plans(dataset: Dataset, places: Mapping[str, Place], as_of: date) -> Iterator[Problem]:
    """Whether each plan, with its reports, agrees with itself and with the registers."""
    for plan_id, loaded in dataset.plans.items():
        subject = PlanContext(plan_id, loaded, dataset, places)
        for plan_rule in PLAN_RULES:
            yield from plan_rule(subject)
        filed = dataset.reports.get(plan_id, {})
        yield from _report_once(filed)
        yield from _mention_every_file(subject, filed)
        for file, report in filed.items():
            filing = ReportContext(file, report, subject, _earlier(report, filed))
            for report_rule in REPORT_RULES:
                yield from report_rule(filing, as_of)


def check_links(links: placement.Links) -> Iterator[Problem]:
    """Whether what plans say of each other can all be true."""
    for plan_id in links.said:
        for rule in LINK_RULES:
            yield from rule(links, plan_id)


def _report_once(filed: Mapping[str, Loaded[schema.Report]]) -> Iterator[Problem]:
    """A unit reports once for a period; a later correction is a line with `corrects`."""
    seen: dict[tuple[str, str], str] = {}
    for file, loaded in filed.items():
        key = (loaded.value.unit, loaded.value.period)
        if key in seen:
            yield loaded.problem(
                ("period",),
                f"{file} và {seen[key]} cùng là báo cáo của «{key[0]}» cho kỳ {key[1]}",
                "gộp vào một tệp",
            )
        seen.setdefault(key, file)


def _mention_every_file(
    subject: PlanContext, filed: Mapping[str, Loaded[schema.Report]]
) -> Iterator[Problem]:
    """A file beside the plan is the source or somebody's evidence; anything else would never be seen."""
    if any(name.startswith(f"{subject.id}/") for name in subject.dataset.broken):
        return
    urls = {
        evidence.url
        for loaded in filed.values()
        for entry in loaded.value.entries
        for evidence in entry.evidence
    }
    urls.update(loaded.value.source.url for loaded in filed.values() if loaded.value.source)
    folder = subject.loaded.path.rpartition("/")[0]
    for name in sorted(subject.dataset.files.get(subject.id, frozenset()) - urls - {"source.txt"}):
        yield Problem(
            f"{folder}/{name}",
            0,
            0,
            "không báo cáo nào nhắc đến tệp này",
            "ghi tên tệp vào evidence của dòng báo cáo, hoặc xóa",
        )


def _earlier(
    report: Loaded[schema.Report], filed: Mapping[str, Loaded[schema.Report]]
) -> tuple[Loaded[schema.Report], ...]:
    """The same unit's reports of earlier dates, oldest first; without a full date, in order of periods."""

    def day(loaded: Loaded[schema.Report]) -> date:
        when, period = loaded.value.date, loaded.value.period[:4]
        if not when.recurring:
            return when.last_day()
        return (
            date(int(period), 12, 31)
            if period.isascii() and period.isdigit() and int(period)
            else date.max
        )

    before = [
        other
        for other in filed.values()
        if other.value.unit == report.value.unit
        and (day(other), other.path) < (day(report), report.path)
    ]
    return tuple(sorted(before, key=lambda loaded: (day(loaded), loaded.path)))
