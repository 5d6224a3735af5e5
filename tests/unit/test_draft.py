"""What official words mean as data, and what is left to a person."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import TypeAdapter

from conftest import ROOT
from congkhai.data import schema
from congkhai.data.load import load_dataset
from congkhai.data.strict_yaml import parse
from congkhai.drafting.extract import (
    read_citations,
    read_deadlines,
    read_reporting,
    read_stage,
    read_targets,
)
from congkhai.drafting.plan_draft import draft_plan
from congkhai.drafting.unit_matcher import Roster
from congkhai.model.assignments import walk

PLANS = ROOT / "plans"


def read_yaml(text: str) -> object:
    """As `load` reads a data file; what is left to review is the draft's purpose."""
    data, problems = parse(text, "plan.yml")
    assert {problem.message for problem in problems} <= {"còn dòng XEM LẠI"}
    return data


PLAN = TypeAdapter(schema.Plan)
UNITS = load_dataset(PLANS)[0].units
ROSTER = Roster(UNITS)
HEAD = (
    "Số: /KH-UBND\n\nBình An, ngày tháng 5 năm 2026\n\nKẾ HOẠCH\n\n"
    "Hành động xã Bình An giai đoạn 2026 - 2030\n\n"
    "Thực hiện Kế hoạch số 168/KH-UBND ngày 06/5/2026, UBND xã Bình An ban hành Kế hoạch như"
    " sau:\n\n"
)


def draft_items(body: str) -> dict[str, schema.Item]:
    """Items of the drafted plan by id, after a full round through YAML and the model."""
    text = draft_plan(HEAD + body, UNITS, locality="10606", programme="ascc-2026-2035")
    plan = PLAN.validate_python(read_yaml(text))
    return {item.id: item for item, _ in walk(plan.body)}


def read_roles(item: schema.Item) -> dict[str, tuple[str, ...]]:
    return {role: units for role in schema.ROLES if (units := getattr(item, role))}


@pytest.mark.parametrize(
    ("words", "due"),
    [
        (
            "gửi báo cáo trước ngày 01/11 hằng năm để tổng hợp",
            {"printed": "trước ngày 01/11 hằng năm", "before": "11-01", "every": "year"},
        ),
        (
            "trước ngày 01 tháng 12 hàng năm gửi",
            {"printed": "trước ngày 01 tháng 12 hàng năm", "before": "12-01", "every": "year"},
        ),
        (
            "Định kỳ hằng năm (trước ngày 15/12) báo cáo",
            {"printed": "hằng năm (trước ngày 15/12)", "before": "12-15", "every": "year"},
        ),
        (
            "Định kỳ trước ngày 15/12 hằng năm, báo cáo",
            {"printed": "trước ngày 15/12 hằng năm", "before": "12-15", "every": "year"},
        ),
        (
            "(hoàn thành trước ngày 30/6/2026).",
            {"printed": "trước ngày 30/6/2026", "before": "2026-06-30"},
        ),
        (
            "(hoàn thành trong tháng 6 năm 2026).",
            {"printed": "trong tháng 6 năm 2026", "by": "2026-06"},
        ),
        ("Phấn đấu đến cuối năm 2025 giảm", {"printed": "đến cuối năm 2025", "by": "2025"}),
        ("Hằng năm, xây dựng kế hoạch", {"printed": "Hằng năm", "every": "year"}),
    ],
)
def test_a_deadline_is_read_with_its_own_words(words: str, due: dict[str, str]):
    assert read_deadlines(words) == [due]
    assert due["printed"] in words


@pytest.mark.parametrize(
    "words",
    [
        "Cộng đồng ASEAN đến năm 2025",
        "dự toán ngân sách hằng năm của xã",
        "nhiệm vụ thường xuyên, lâu dài",
        "giai đoạn 2026 - 2030",
    ],
)
def test_a_programme_name_or_a_habit_is_no_deadline(words: str):
    assert read_deadlines(words) == []


def test_stages():
    assert read_stage("Năm 2030: Tổng kết.") == {"printed": "Năm 2030", "by": "2030"}
    assert read_stage("Giai đoạn 2026 - 2030: Triển khai.") == {
        "printed": "Giai đoạn 2026 - 2030",
        "start": "2026",
        "by": "2030",
    }
    assert read_stage("Năm 2030 tổng kết.") is None


def test_figures():
    (target,) = read_targets(
        "Phấn đấu trên 70% cán bộ, công chức, viên chức có hiểu biết cơ bản về ASEAN."
    )
    assert target == {
        "measure": "xem-lai",
        "printed": "trên 70%",
        "population": "cán bộ, công chức, viên chức",
        "comparator": ">",
        "value": "70",
        "unit": "%",
        "modal": "Phấn đấu",
    }
    first, second = read_targets(
        "tỷ lệ hộ nghèo giảm còn 2,87% (trong đó, hộ bảo trợ khoảng 1,83%)."
    )
    assert (first["comparator"], first["value"], second["comparator"], second["value"]) == (
        "=",
        "2.87",
        "~",
        "1.83",
    )
    assert first["key"] != second["key"]


def test_reporting():
    assert read_reporting(
        "Định kỳ báo cáo kết quả thực hiện gửi về Ủy ban nhân dân tỉnh (qua Sở Nội vụ) trước"
        " ngày 01/11 hằng năm.",
        ROSTER,
    ) == {
        "to": ["ubnd"],
        "via": "so-noi-vu",
    }
    assert (
        read_reporting("tổng hợp và báo cáo tình hình thực hiện Kế hoạch hàng năm.", ROSTER) is None
    )


def test_citations():
    text = (
        "Nghị quyết số 59-NQ/TW ngày 24/01/2025 của Bộ Chính trị; Kế hoạch số 105168/KH-UBND,"
        " ngày 06/5/2026; Quyết định số 3079/QĐ-UBND ngày 09 tháng 12 năm 2025"
    )
    assert [document for document, _ in read_citations(text)] == [
        "59-nq-tw-2025",
        "105168-kh-ubnd-2026",
        "3079-qd-ubnd-2025",
    ]
    assert all(printed in text for _, printed in read_citations(text))


@pytest.mark.parametrize(
    ("words", "units"),
    [
        (
            "Các Sở: Thông tin và Truyền thông; Văn hóa và Thể thao; Du lịch; Y tế, Nội vụ.",
            (
                "so-thong-tin-va-truyen-thong",
                "so-van-hoa-va-the-thao",
                "so-du-lich",
                "so-y-te",
                "so-noi-vu",
            ),
        ),
        (
            "Các sở: Y tế, Văn hóa, Thể thao và Du lịch, Công Thương và Công an tỉnh",
            ("so-y-te", "so-van-hoa-the-thao-va-du-lich", "so-cong-thuong", "cong-an-tinh"),
        ),
        (
            "Sở Y tế; Sở Văn hoá, Thể thao và Du lịch.",
            ("so-y-te", "so-van-hoa-the-thao-va-du-lich"),
        ),
        ("Sở Lao động- Thương binh và Xã hội", ("so-lao-dong-thuong-binh-va-xa-hoi",)),
        ("Các Sở, Ban, ngành, địa phương", ("so-ban-nganh", "dia-phuong")),
        ("Văn phòng HĐND và UBND xã", ("van-phong-hdnd-va-ubnd",)),
    ],
)
def test_lists_of_units(words: str, units: tuple[str, ...]):
    assert ROSTER.find_all(words) == units


def test_the_subject_of_a_sentence_is_not_its_partner():
    assert ROSTER.find_leading("Sở Tài chính và Sở Y tế phối hợp với Sở Nội vụ") == (
        "so-tai-chinh",
        "so-y-te",
    )


def test_an_unknown_unit_is_pointed_out():
    assert ROSTER.find_unknown("Sở Y tế; Viện Hải dương học") == ["Viện", "Hải", "dương", "học"]


def test_roles_under_a_heading():
    items = draft_items(
        "VI. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nội vụ\n\n- Là cơ quan đầu mối, chủ trì theo dõi.\n\n"
        "- Chủ trì, phối hợp với các đơn vị.\n\n- Phối hợp tổ chức.\n\n- Tham mưu.\n\n"
        "2. Sở Y tế\n\n- Chủ trì khám bệnh.\n\n3. Sở Ngoại vụ\n\nTham mưu hợp tác.\n\n"
        "4. Đề nghị Ủy ban Mặt trận Tổ quốc và các đoàn thể xã\n\n- Tuyên truyền.\n\n"
        "- Đoàn Thanh niên: Vận động."
    )
    assert items["vi"].kind == "duty"
    assert [read_roles(items[f"vi.1-{n}"]) for n in (1, 2, 3, 4)] == [
        {"lead": ("so-noi-vu",)},
        {"lead": ("so-noi-vu",)},
        {"coordinating": ("so-noi-vu",)},
        {"implementing": ("so-noi-vu",)},
    ]
    assert read_roles(items["vi.2"]) == {"lead": ("so-y-te",)} and not read_roles(items["vi.2-1"])
    assert read_roles(items["vi.3"]) == {"implementing": ("so-ngoai-vu",)}
    assert read_roles(items["vi.4"]) == {"requested": ("ubmttq", "doan-the")} and not read_roles(
        items["vi.4-1"]
    )
    assert read_roles(items["vi.4-2"]) == {"requested": ("doan-thanh-nien",)}


def test_a_line_of_units_applies_to_the_content_beside_it():
    items = draft_items(
        "III. NHIỆM VỤ\n\n1. Hòa nhập\n\na) Nội dung hoạt động\n\n- Giảm nghèo.\n\n"
        "b) Đơn vị chủ trì: Sở Nội vụ.\n\n"
        "c) Đơn vị phối hợp: Sở Y tế và UBND các huyện, thị xã, thành phố.\n\n"
        "2. Bền vững:\n\n2.1. Nội dung thực hiện:\n\n- Trồng cây.\n\n"
        "2.2. Cơ quan thực hiện: Các Sở: Y tế; Nội vụ."
    )
    assert items["iii"].kind == "task"
    assert (items["iii.1.b"].lead, items["iii.1.b"].applies_to, items["iii.1.b"].kind) == (
        ("so-noi-vu",),
        "iii.1.a",
        "none",
    )
    assert (items["iii.1.c"].coordinating, items["iii.1.c"].applies_to) == (
        ("so-y-te", "ubnd-huyen"),
        "iii.1.a",
    )
    assert (items["iii.2.2"].implementing, items["iii.2.2"].applies_to) == (
        ("so-y-te", "so-noi-vu"),
        "iii.2.1",
    )


def test_kinds_follow_the_headings():
    items = draft_items(
        "I. MỤC ĐÍCH\n\n- Nâng cao.\n\nII. NỘI DUNG\n\n1. Mục tiêu\n\n"
        "- 100% cán bộ được tuyên truyền.\n\n- Đẩy mạnh.\n\n2. Thời gian thực hiện\n\n"
        "- Năm 2026: Lập kế hoạch (hoàn thành trong tháng 6 năm 2026).\n\n"
        "- Năm 2030: Tổng kết.\n\n3. Giải pháp\n\n- Đào tạo."
    )
    kinds = {item.id: item.kind for item in items.values() if item.kind}
    assert kinds == {
        "ii.1": "objective",
        "ii.1-1": "target",
        "ii.2-1": "milestone",
        "ii.2-2": "milestone",
        "ii.3": "task",
    }
    assert str(items["ii.2-1"].due[0].by) == "6/2026"


def test_the_identity_is_as_precise_as_the_letterhead():
    plan = PLAN.validate_python(
        read_yaml(
            draft_plan(
                HEAD + "I. MỤC ĐÍCH\n\nA.", UNITS, locality="10606", programme="ascc-2026-2035"
            )
        )
    )
    assert (plan.document.number, plan.document.symbol, str(plan.document.date)) == (
        None,
        "KH-UBND",
        "5/2026",
    )
    assert (plan.document.issuer, plan.period.start, plan.period.end) == (
        "UBND xã Bình An",
        2026,
        2030,
    )
    assert [(cite.document, cite.relation, cite.at) for cite in plan.cites] == [
        ("168-kh-ubnd-2026", "parent", "preamble")
    ]
    assert {note.kind for note in plan.notes} == {"blank"}


def test_doubts_stand_in_the_file_for_a_person_to_settle():
    text = draft_plan(
        HEAD + "VI. TỔ CHỨC THỰC HIỆN\n\n1. Đề nghị Báo và phát thanh, truyền hình tỉnh\n\n"
        "Chủ trì tuyên truyền.",
        UNITS,
    )
    assert "# XEM LẠI: mã địa phương" in text
    assert "# XEM LẠI: văn bản vừa đề nghị vừa ghi «Chủ trì»" in text
    with pytest.raises(ValueError, match="locality"):
        PLAN.validate_python(read_yaml(text))


@pytest.mark.parametrize(
    "words",
    ["Dấu \" và \\ và ': # - {x}", "no", "“một cửa”", "12:30 và 010", "# không phải ghi chú"],
)
def test_any_wording_survives_the_file(words: str):
    assert draft_items(f"I. MỤC ĐÍCH\n\n- Chữ {words} hết.")[
        "i-1"
    ].text == f"Chữ {words} hết.".replace("*", "")


@pytest.mark.parametrize(
    "source",
    sorted(PLANS.rglob("source.txt")),
    ids=lambda path: path.parent.relative_to(PLANS).as_posix(),
)
def test_every_printed_word_of_a_draft_stands_in_its_item(source: Path):
    plan = PLAN.validate_python(
        read_yaml(draft_plan(source.read_text("utf-8"), UNITS, locality="00000", programme="x"))
    )
    items = [item for item, _ in walk(plan.body)]
    assert len({item.id for item in items}) == len(items)
    for item in items:
        words = f"{item.title or ''} {item.text or ''}"
        printed = [due.printed for due in item.due]
        for target in item.targets:
            printed += [part for part in (target.printed, target.population, target.modal) if part]
        assert all(part in words for part in printed), item.id
