"""The day of a build answers, and tells on which days it would answer the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from operator import ge, gt, le, lt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import DATA, PROVE
from congkhai.data.load import Dataset, load_dataset
from congkhai.model.commitments import view_plan
from congkhai.model.places import build_places
from congkhai.model.plan_view import OpenPlan, PlanStore, PlanView
from congkhai.model.today import ALWAYS, Interval, Today
from congkhai.model.topics import TopicIndex

DAYS = st.dates(date(2024, 1, 1), date(2033, 12, 31))
COMPARISON = st.sampled_from([lt, gt, le, ge])
QUESTION = st.tuples(COMPARISON, DAYS, st.integers(0, 92))
ONE = timedelta(days=1)


@given(
    DAYS,
    st.lists(st.tuples(st.sampled_from([lt, gt, le, ge]), DAYS, st.integers(0, 92)), max_size=12),
)
def test_within_the_interval_every_answer_is_the_same_and_beyond_it_one_differs(
    day: date, questions: list[tuple[Callable[[date, object], bool], date, int]]
):
    def answers(today: date | Today) -> list[bool]:
        return [
            compare(bound, today - timedelta(days=before)) for compare, bound, before in questions
        ]

    today = Today(day)
    with today.watch() as watch:
        assert answers(today) == answers(day)
    since, until = watch.interval
    assert watch.interval.holds(day)
    for inside in filter(None, (since, until)):
        assert answers(inside) == answers(day)
    if since is not None:
        assert answers(since - ONE) != answers(day)
    if until is not None:
        assert answers(until + ONE) != answers(day)


def test_a_block_within_another_narrows_both_and_no_earlier_one():
    today = Today(date(2026, 11, 26))
    with today.watch() as before:
        pass
    with today.watch() as whole:
        assert date(2026, 12, 31) > today
        with today.watch() as part:
            assert date(2026, 11, 1) < today
    assert before.interval == ALWAYS
    assert part.interval == Interval(date(2026, 11, 2), None)
    assert whole.interval == Interval(date(2026, 11, 2), date(2026, 12, 30))


def test_what_was_worked_out_before_narrows_whoever_uses_it():
    rests_on = Interval(date(2025, 7, 1), None)
    today = Today(date(2026, 11, 26), rests_on)
    with today.watch(Interval(None, date(2026, 12, 31))) as watch:
        today.narrow(Interval(date(2026, 1, 1), None))
    assert watch.interval == Interval(date(2026, 1, 1), date(2026, 12, 31))
    with today.watch() as watch:
        pass
    assert watch.interval == rests_on


def test_the_day_is_neither_printed_nor_compared_for_being_one_day():
    today = Today(date(2026, 11, 26))
    assert "2026" not in str(today) and "26" not in f"{today!r}".split(" at ")[0]
    with pytest.raises(TypeError):
        _ = today == date(2026, 11, 26)


def test_no_day_of_the_calendar_is_too_early_or_too_late_to_ask_about():
    today = Today(date(2026, 11, 26))
    with today.watch() as watch:
        assert date.min <= today < date.max
        assert date.max >= today >= date.min
    assert watch.interval.holds(date(2026, 11, 26))


Tell = Callable[[str, date], tuple[PlanView, OpenPlan]]


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load_dataset(DATA["demo"])[0]


@pytest.fixture(scope="module")
def tell(dataset: Dataset) -> Tell:
    """Return all that is said of a plan on a day, in short and in full."""
    places = build_places(dataset.localities, ())
    topics = TopicIndex(dataset.topics, dataset.units)

    def tell(plan_id: str, day: date) -> tuple[PlanView, OpenPlan]:
        view = view_plan(dataset, plan_id, places, None, Today(day), PlanStore(), topics)
        return view, view.open()

    return tell


@settings(deadline=None, max_examples=200 if PROVE else 30)
@given(data=st.data(), day=DAYS, part=st.floats(0, 1))
def test_a_plan_is_told_the_same_on_every_day_of_its_interval(
    dataset: Dataset, tell: Tell, data: st.DataObject, day: date, part: float
):
    plan_id = data.draw(st.sampled_from(sorted(dataset.plans)))
    view, full = tell(plan_id, day)
    since = view.valid.since or day - timedelta(days=400)
    until = view.valid.until or day + timedelta(days=400)
    for other in (since, until, since + (until - since) * part):
        assert tell(plan_id, other) == (view, full), other


def test_the_day_after_a_deadline_begins_a_new_interval(dataset: Dataset, tell: Tell):
    for plan_id in dataset.plans:
        view, full = tell(plan_id, date(2026, 11, 26))
        passed = [day.due.day for day in full.calendar if day.passed]
        ahead = [day.due.day for day in full.calendar if not day.passed]
        assert view.valid.since is not None
        assert view.valid.since > max(passed, default=date.min)
        assert view.valid.until is None or view.valid.until <= min(ahead, default=date.max)
        assert view.valid.since >= max((one.day for one in view.reports), default=date.min)
