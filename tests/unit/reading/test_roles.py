"""Who is to act, in which role and with whom: sentences as offices write them, and what is read.

The constructions stand in tests/data/reading, one a row. A role is written `lead: A | B`;
partners of «phối hợp với» stand under `with`; bodies of a heading above carry a «^».
"""

from __future__ import annotations

import pytest

from congkhai.reading.bodies import split_names
from congkhai.reading.facts import Facts
from congkhai.reading.provision import Context, read_words
from congkhai.reading.roles import read_heading
from tests.reading_data import rows


def describe(facts: Facts) -> str:
    """Write the roles of a provision in one line, as the table does."""
    parts: dict[str, list[str]] = {}
    for one in facts.assignments:
        name = ("^" if one.body.is_inherited else "") + one.body.printed
        parts.setdefault("with" if one.is_partner else one.role, []).append(name)
    return "; ".join(f"{role}: {' | '.join(names)}" for role, names in parts.items())


@pytest.mark.parametrize(("words", "roles"), rows("roles"))
def test_a_sentence_gives_these_bodies_these_roles(words: str, roles: str) -> None:
    assert describe(read_words(words)) == roles


@pytest.mark.parametrize(("heading", "words", "roles"), rows("headings"))
def test_a_heading_that_names_bodies_gives_them_the_duties_below(
    heading: str, words: str, roles: str
) -> None:
    above = read_heading(heading)
    assert above is not None
    clause = above.clauses[0]
    context = Context(above.bodies, clause.role, above.partners, False, "duties")
    assert describe(read_words(words, context)) == roles


@pytest.mark.parametrize(
    "heading",
    [
        "TỔ CHỨC THỰC HIỆN",
        "Mục đích, yêu cầu",
        "Các nhiệm vụ, giải pháp chủ yếu",
        "Về đánh giá tình hình thực hiện",
        "Tổ chức tuyên truyền, phổ biến",
        "Công tác tuyên truyền",
        "Nâng cao nhận thức của các cấp, các ngành",
        "Những nhiệm vụ chính cần tập trung thực hiện",
    ],
)
def test_a_heading_on_a_subject_names_no_body(heading: str) -> None:
    assert read_heading(heading) is None


def test_who_demands_and_who_receives_has_no_role() -> None:
    facts = read_words("Thủ tướng yêu cầu Bộ Y tế báo cáo kết quả về Bộ Nội vụ.")
    assert [one.body.printed for one in facts.assignments] == ["Bộ Y tế"]


def test_a_duty_without_a_body_is_asked() -> None:
    facts = read_words("Báo cáo kết quả theo quy định.", Context(part="duties"))
    assert facts.assignments == ()
    assert facts.questions == ("chưa rõ cơ quan nào chịu trách nhiệm",)


def test_partners_without_who_leads_them_are_asked() -> None:
    facts = read_words("Cán bộ phụ trách CNTT chủ trì, phối hợp với Công an xã kiểm tra.")
    assert describe(facts) == "with: Công an xã"
    assert facts.questions == ("«chủ trì» là của cơ quan nào",)


def test_two_bodies_of_a_cell_are_no_place() -> None:
    spans, rest = split_names("UBND xã Sở Nội vụ; UBND xã Hội Sơn")
    assert [one.printed for one in spans] == ["UBND xã", "Sở Nội vụ", "UBND xã Hội Sơn"]
    assert not rest


def test_a_body_among_purposes_and_requirements_is_asked() -> None:
    words = "Các chi bộ, cơ quan, đơn vị cụ thể hóa thành nhiệm vụ cụ thể."
    facts = read_words(words, Context(part="purpose"))
    assert facts.assignments == ()
    assert "Các chi bộ" in facts.questions[0]
    obliged = read_words("Các chi bộ phải cụ thể hóa Nghị quyết.", Context(part="purpose"))
    assert describe(obliged) == "implementing: Các chi bộ"


def test_a_body_without_a_verb_is_asked() -> None:
    facts = read_words("Trạm Y tế xã: theo Phụ lục đính kèm.", Context(part="duties"))
    assert "Trạm Y tế xã" in facts.questions[0]


def test_the_span_of_a_body_is_the_words_printed() -> None:
    name = "Uỷ ban nhân dân các huyện, thành phố Tân An"
    words = f"{name} tổ chức thực hiện."
    span = read_words(words).assignments[0].body.span
    assert (
        words[span.start : span.end]
        == span.printed
        == "Uỷ ban nhân dân các huyện, thành phố Tân An"
    )
