"""Topics: whole words with their tones, hidden by longer phrases; and how well the lists do.

`tests/topics.tsv` was written by reading every commitment of the five real plans.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from conftest import ROOT
from congkhai.data import registers, schema
from congkhai.data.load import Dataset, load_dataset
from congkhai.model.derive import derive
from congkhai.model.site_model import SiteModel
from congkhai.model.topics import TopicIndex

MIN_PRECISION = 0.97
MIN_RECALL = 0.97


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    dataset, problems = load_dataset(ROOT / "plans")
    assert not [problem for problem in problems if problem.severity == "error"]
    return dataset


@pytest.fixture(scope="module")
def real(dataset: Dataset) -> SiteModel:
    return derive(dataset, date(2026, 11, 26))


@pytest.fixture(scope="module")
def index(dataset: Dataset) -> TopicIndex:
    return TopicIndex(dataset.topics, dataset.units)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Phân loại RÁC THẢI tại nguồn", {"moi-truong"}),
        ("Bảo vệ môi trường, y tế, giáo dục", {"moi-truong", "y-te", "truong-hoc"}),
        ("Xây dựng nếp sống, văn hoá", {"van-hoa"}),
        ("đường xanh – sạch – đẹp", {"moi-truong"}),
        # Another tone, a part of a word, words that a mark keeps apart.
        ("Cán bộ rắc thải ra", set()),
        ("Ông Tế nói", set()),
        ("hoàn thành việc, làm xong báo cáo", set()),
        # A longer phrase about something else, and its words beside it.
        ("Cải thiện môi trường kinh doanh", set()),
        ("Cải thiện môi trường kinh doanh và bảo vệ môi trường", {"moi-truong"}),
        ("Cộng đồng Văn hóa - Xã hội ASEAN", set()),
        # Who acts is no topic.
        ("Trạm Y tế chủ trì", set()),
        ("Trạm Y tế chủ trì khám bệnh", {"y-te"}),
    ],
)
def test_a_topic_is_named_by_its_words(index: TopicIndex, text: str, topics: set[str]):
    assert index.topics_in(text) == topics


def item(**fields: object) -> schema.Item:
    return schema.Item(id="ii.1", **fields)  # type: ignore[arg-type]


def test_the_heading_above_counts(index: TopicIndex):
    below = item(text="Vận động từng hộ.")
    assert index.topics_of(below, (), "Bảo vệ môi trường") == ("moi-truong",)
    assert index.topics_of(below, (), "") == ()


def test_an_editor_adds_and_takes_away_for_an_item_and_those_below_it(index: TopicIndex):
    above = item(title="Rác", topics=["tre-em"], not_topics=["moi-truong"])
    below = item(text="Thu gom rác ở bệnh viện.")
    assert index.topics_of(below, (above,), "") == ("y-te", "tre-em")
    again = item(text="Thu gom rác.", topics=["moi-truong"], not_topics=["tre-em"])
    assert index.topics_of(again, (above,), "") == ("moi-truong",)


def test_an_office_adds_words_to_a_topic(tmp_path: Path):
    (tmp_path / "topics.yml").write_text(
        "moi-truong:\n  words:\n    - words: [hố ủ phân]\n      reason: Rác hữu cơ\n", "utf-8"
    )
    dataset, problems = load_dataset(tmp_path)
    assert [str(problem) for problem in problems] == []
    index = TopicIndex(dataset.topics, dataset.units)
    assert index.topics_in("Đào hố ủ phân, dọn rác") == {"moi-truong"}
    assert dataset.topics["moi-truong"].name == "Môi trường"


def gold() -> Mapping[tuple[str, str], set[str]]:
    lines = (ROOT / "tests" / "topics.tsv").read_text("utf-8").splitlines()[2:]
    rows = [line.split("\t") for line in lines]
    return {(plan, name): set(topics.split()) - {"-"} for plan, name, topics in rows}


def test_the_lists_find_what_a_reader_finds(real: SiteModel):
    by_hand = gold()
    found = {
        (plan.id, commitment.item.id): set(commitment.topics)
        for plan in real.plans.values()
        for commitment in plan.open().commitments
    }
    assert found.keys() == by_hand.keys()
    right = sum(len(found[key] & by_hand[key]) for key in found)
    precision = right / sum(map(len, found.values()))
    recall = right / sum(map(len, by_hand.values()))
    print(f"topics: precision {precision:.3f}, recall {recall:.3f}, {len(found)} commitments")
    assert precision >= MIN_PRECISION
    assert recall >= MIN_RECALL


def test_every_list_of_words_has_a_reason_and_a_word_once(dataset: Dataset):
    assert dataset.topics
    for topic in dataset.topics.values():
        groups: tuple[registers.WordGroup, ...] = (*topic.words, *topic.not_words)
        words = [word for group in groups for word in group.words]
        assert len(words) == len(set(words)), topic.name
        assert all(group.reason for group in groups)


def test_counts_of_topics_agree(real: SiteModel):
    for view in real.topics.values():
        listed = [
            commitment
            for plan, _ in view.plans
            for commitment in plan.open().commitments
            if view.id in commitment.topics
        ]
        asked = sum(commitment.is_request for commitment in listed)
        assert (view.count.owed, view.count.asked) == (len(listed) - asked, asked)
