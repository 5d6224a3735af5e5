"""What official words mean as data, and what is left to a person."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from conftest import ROOT
from congkhai.data import schema
from congkhai.data.load import Dataset, load_dataset
from congkhai.data.strict_yaml import parse
from congkhai.drafting.plan_draft import REVIEW, draft_document, draft_plan
from congkhai.drafting.unit_names import Level, UnitNames
from congkhai.model.assignments import walk
from congkhai.sources.reader import read_text
from tests.reading_data import rows

PLANS = ROOT / "plans"


def read_yaml(text: str) -> object:
    """As `load` reads a data file; what is left to review is the draft's purpose."""
    data, problems = parse(text, "plan.yml")
    assert {problem.message for problem in problems} <= {"còn dòng XEM LẠI chưa trả lời"}
    return data


PLAN = TypeAdapter(schema.Plan)
UNITS = load_dataset(PLANS)[0].units
HEAD = (
    "Số: /KH-UBND\n\nBình An, ngày tháng 5 năm 2026\n\nKẾ HOẠCH\n\n"
    "Hành động xã Bình An giai đoạn 2026 - 2030\n\n"
    "Thực hiện Kế hoạch số 168/KH-UBND ngày 06/5/2026, UBND xã Bình An ban hành Kế hoạch như"
    " sau:\n\n"
)


def questions_of(text: str) -> list[str]:
    return [line for line in text.splitlines() if REVIEW.strip() in line]


def draft_items(body: str, issuer: str = "UBND xã Bình An") -> dict[str, schema.Item]:
    """Items of the drafted plan by id, after a full round through YAML and the model."""
    head = HEAD.replace("UBND xã Bình An", issuer)
    text = draft_plan(head + body, UNITS, locality="10606", programme="ascc-2026-2035")
    plan = PLAN.validate_python(read_yaml(text))
    return {item.id: item for item, _ in walk(plan.body)}


def read_roles(item: schema.Item) -> dict[str, tuple[str, ...]]:
    return {role: units for role in schema.ROLES if (units := getattr(item, role))}


@pytest.mark.parametrize(
    ("words", "due"),
    [
        (
            "Gửi báo cáo trước ngày 01/11 hằng năm để tổng hợp.",
            "printed=trước ngày 01/11 hằng năm before=01/11 every=year",
        ),
        (
            "Báo cáo trước ngày 01 tháng 12 hàng năm gửi Sở Nội vụ.",
            "printed=trước ngày 01 tháng 12 hàng năm before=01/12 every=year",
        ),
        (
            "Định kỳ hằng năm (trước ngày 15/12) báo cáo.",
            "printed=trước ngày 15/12 before=15/12 every=year",
        ),
        ("Hoàn thành trong tháng 6 năm 2026.", "printed=trong tháng 6 năm 2026 by=6/2026"),
        ("Hoàn thành trong quý III/2026.", "printed=trong quý III/2026 by=quý III/2026"),
        ("Ban hành trong quý I/2027.", "printed=trong quý I/2027 by=quý I/2027"),
        ("Kiểm tra, báo cáo hằng quý.", "printed=hằng quý every=quarter"),
        ("Báo cáo định kỳ 6 tháng.", "printed=định kỳ 6 tháng every=half"),
        ("Hằng tháng, tổng hợp số liệu.", "printed=Hằng tháng every=month"),
        ("Xong chậm nhất ngày 15/12/2026.", "printed=chậm nhất ngày 15/12/2026 by=15/12/2026"),
        ("Hằng năm, xây dựng kế hoạch.", "printed=Hằng năm every=year"),
    ],
)
def test_a_deadline_is_written_in_its_own_words(words: str, due: str):
    item = draft_items(f"V. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nội vụ\n\n- {words}")["v.1-1"]
    (written,) = item.due
    fields = {
        "printed": written.printed,
        "before": written.before,
        "by": written.by,
        "every": written.every,
    }
    assert " ".join(f"{key}={value}" for key, value in fields.items() if value) == due
    assert written.printed in words


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("Báo cáo trong thời hạn 30 ngày kể từ ngày nhận hồ sơ.", "không ghi thành ngày được"),
        ("Hoàn thành trước ngày 30/6/2035.", "ngoài giai đoạn của kế hoạch"),
        ("Báo cáo trước ngày 15/12.", "hằng năm, hay một lần"),
        ("Xây dựng 02 mô hình.", "con số «02 mô hình» chưa ghi thành chỉ tiêu"),
    ],
)
def test_what_no_field_can_say_is_asked(words: str, question: str):
    text = draft_plan(f"{HEAD}V. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nội vụ\n\n- {words}", UNITS)
    assert any(question in line for line in questions_of(text))


def test_a_deadline_outside_the_tasks_is_asked_and_not_written():
    text = draft_plan(f"{HEAD}I. CĂN CỨ\n\n- Hoàn thành trước ngày 30/6/2026.", UNITS)
    assert "due:" not in text
    assert any("«trước ngày 30/6/2026»" in line for line in questions_of(text))


def test_a_figure_of_an_objective_is_a_target():
    items = draft_items(
        "II. MỤC TIÊU\n\n- Phấn đấu trên 70% cán bộ, công chức, viên chức có hiểu biết cơ bản.\n\n"
        "- Tỷ lệ hộ nghèo từ 1% - 3%.\n\n- Nâng tỷ lệ hồ sơ trực tuyến từ 40% lên 60%."
    )
    first, second, third = (items[f"ii-{number}"].targets[0] for number in (1, 2, 3))
    assert items["ii-1"].kind == "target"
    assert (first.printed, first.comparator, first.value) == ("trên 70%", ">", 70)
    assert (first.population, first.modal) == ("cán bộ, công chức, viên chức", "Phấn đấu")
    assert (second.comparator, second.value, second.maximum) == (">=", 1, 3)
    assert (third.comparator, third.baseline, third.value) == ("=", 40, 60)


def test_the_committee_of_one_commune_is_not_that_of_all():
    units = UnitNames(UNITS, "province")
    assert units.find("UBND xã Na Sơn") is None
    assert units.find("UBND các xã, phường") == units.find("UBND cấp xã") == ("ubnd-xa-phuong",)


def test_a_role_in_brackets_and_a_cell_like_the_one_above_are_written():
    head = HEAD.replace("UBND xã Bình An", "UBND tỉnh Hà Nam")
    text = draft_plan(
        f"{head}I. VIỆC\n\nTT\tNhiệm vụ\tĐơn vị chủ trì\tThời gian\n"
        "1\tLập đề án\tSở Nội vụ (chủ trì), Sở Tài chính (phối hợp)\tNăm 2027\n"
        "2\tMở lớp\tSở Y tế\tNăm 2027\n3\tLắp biển\t-nt-\tNăm 2028\n",
        UNITS,
        programme="ascc-2026-2035",
    )
    assert not [line for line in questions_of(text) if "máy không ghi" in line]
    assert "lead: [so-noi-vu]" in text and "coordinating: [so-tai-chinh]" in text
    assert text.count("lead: [so-y-te]") == 2


def test_a_label_over_a_sentence_gives_the_roles_of_the_sentence():
    items = draft_items(
        "V. TỔ CHỨC THỰC HIỆN\n\n"
        "- Đơn vị thực hiện: Phòng Kinh tế chủ trì; Công an xã, các thôn phối hợp."
    )
    (roles,) = filter(None, map(read_roles, items.values()))
    assert roles["lead"] == ("phong-kinh-te",)


def test_the_end_of_a_change_keeps_its_comparator():
    items = draft_items("II. MỤC TIÊU\n\n- Tỷ lệ hộ nghèo giảm từ 6,8% xuống còn dưới 5%.")
    target = items["ii-1"].targets[0]
    assert (target.comparator, target.baseline, target.value) == ("<", Decimal("6.8"), 5)


def test_work_with_a_number_in_a_column_of_its_own_is_a_task_with_a_target():
    items = draft_items(
        "I. VIỆC\n\nTT\tNội dung công việc\tThời hạn\tChỉ tiêu\n"
        "1\tThành lập hợp tác xã\tQuý III/2026\t02 hợp tác xã\n"
    )
    item = next(item for item in items.values() if item.targets)
    assert item.kind == "task"
    assert (item.targets[0].value, item.targets[0].unit) == (2, "hợp tác xã")


@pytest.mark.parametrize(
    ("words", "population"),
    [
        ("Trên 85% cán bộ, công chức hiểu biết về ASEAN.", "cán bộ, công chức"),
        ("Trên 85% cán bộ nắm vững quy định.", "cán bộ"),
        ("Trên 85% cán bộ, công chức có hiểu biết cơ bản.", "cán bộ, công chức"),
        ("Trên 85% cán bộ thông thạo quy định, được tập huấn.", None),
    ],
)
def test_whom_a_share_counts_ends_before_the_verb(words: str, population: str | None):
    item = draft_items(f"I. CHỈ TIÊU\n\n1. {words}")["i.1"]
    assert [target.population for target in item.targets] == [population]


def draft_with_registers(title: str, preamble: str) -> str:
    """Draft a plan of Nam Sách with all registers; neither issuer nor programme is given."""
    words = f"Số: 1/KH-UBND\nNam Sách, ngày 1 tháng 6 năm 2026\nKẾ HOẠCH\n{title}\n{preamble}\n"
    document = read_text(f"{words}I. NHIỆM VỤ\n1. Phòng Kinh tế mở hai lớp.\n")
    return draft_document(document, load_dataset(PLANS)[0], locality="10606", folder="x-2026").yaml


@pytest.mark.parametrize(
    ("title", "programme", "asked"),
    [
        (
            "Cộng đồng Văn hóa - Xã hội ASEAN giai đoạn 2026 - 2030",
            "ascc-2026-2035",
            "văn bản có nêu «Cộng đồng Văn hóa - Xã hội ASEAN 2026 - 2035»",
        ),
        ("Cộng đồng Văn hóa - Xã hội ASEAN giai đoạn 2036 - 2040", "x-2026", "đã có: ascc-"),
        ("Giảm nghèo giai đoạn 2026 - 2030", "x-2026", "đã có: ascc-2026-2035 (Cộng đồng"),
    ],
)
def test_a_programme_that_the_words_name_is_proposed(title: str, programme: str, asked: str):
    """Never a second one of the same matter; and which there are is told, without a file's name."""
    text = draft_with_registers(title, "")
    assert f"\nprogramme: {programme}\n" in text
    assert any(asked in question for question in questions_of(text))
    assert "programmes.yml" not in text


@pytest.mark.parametrize(("head", "is_asked"), [("ĐẢNG ỦY XÃ NAM SÁCH", False), ("UBND XÃ", True)])
def test_another_issuer_than_the_folder_s_is_asked_about(head: str, is_asked: bool):
    """A plan of the People's Committee in the folder of the Party committee, and its own."""
    words = (
        f"{head}\nSố 1-KH/ĐU\nNam Sách, ngày 1 tháng 6 năm 2026\nKẾ HOẠCH\nGiảm nghèo năm 2026\n"
    )
    document = read_text(f"{words}I. NHIỆM VỤ\n1. Phòng Kinh tế mở hai lớp.\n")
    dataset = load_dataset(PLANS)[0]
    text = draft_document(document, dataset, locality="10606", issuer="dang-uy").yaml
    asked = [question for question in questions_of(text) if "còn tệp được tải lên cho" in question]
    assert bool(asked) == is_asked
    assert "issuer_unit: dang-uy" in text


def test_an_issuer_that_nothing_names_is_asked_for():
    text = draft_with_registers("Giảm nghèo năm 2026", "")
    assert '\n  issuer: ""\n' in text
    assert "không thấy tên cơ quan ban hành; ghi như trong văn bản" in text


def test_a_measure_that_no_register_has_is_proposed_and_refused():
    draft = draft_document(
        read_text(HEAD + "II. MỤC TIÊU\n\n- 80% hồ sơ được nộp trực tuyến vào năm 2028."),
        Dataset(root=PLANS, units=UNITS),
    )
    (name, entry) = next(iter(draft.entries.sections["measures"].items()))
    assert (name, entry["name"]) == ("ho-so-duoc-nop-truc-tuyen", "hồ sơ được nộp trực tuyến")
    assert f"measure: {name}\n" in draft.yaml


def test_reporting():
    items = draft_items(
        "V. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế\n\n- Định kỳ báo cáo kết quả thực hiện gửi về Ủy ban"
        " nhân dân tỉnh (qua Sở Nội vụ) trước ngày 01/11 hằng năm.\n\n"
        "- Tổng hợp và báo cáo tình hình thực hiện Kế hoạch hàng năm.",
        "UBND tỉnh Bình An",
    )
    reporting = items["v.1-1"].reporting
    assert reporting is not None
    assert (reporting.to, reporting.via) == (("ubnd",), "so-noi-vu")
    assert items["v.1-2"].reporting is None


def test_a_document_that_no_register_has_is_proposed_from_its_sentence():
    """Never another that looks like it: 57-NQ/TW is not 59-NQ/TW."""
    documents = load_dataset(PLANS)[0].documents
    draft = draft_document(
        read_text(
            HEAD
            + "I. CĂN CỨ\n\n- Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá"
            " phát triển khoa học, công nghệ; Nghị quyết số 59-NQ/TW ngày 24/01/2025 của Bộ Chính"
            " trị.\n\n- Luật Trẻ em năm 2016.\n\n- Thực hiện Nghị quyết số 57-NQ/TW."
        ),
        Dataset(root=PLANS, units=UNITS, documents=documents),
    )
    proposed = draft.entries.sections["documents"]
    assert proposed["57-nq-tw-2024"] == {
        "type": "Nghị quyết",
        "number": "57",
        "symbol": "NQ/TW",
        "date": "2024-12-22",
        "issuer": "Bộ Chính trị",
        "title": "Đột phá phát triển khoa học, công nghệ",
    }
    assert proposed["luat-tre-em-2016"]["issuer"] == "Quốc hội"
    cites = re.findall(r"\{document: \"?([^\",]+)", draft.yaml)
    assert cites[1:] == ["57-nq-tw-2024", "59-nq-tw-2025", "luat-tre-em-2016", "57-nq-tw-2024"]
    assert not any(name.startswith("59-") for name in proposed)


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
        ("Sở Nội vụ tỉnh Lai Châu; Trạm Y tế xã Nam Sách", ("so-noi-vu", "tram-y-te")),
    ],
)
def test_lists_of_units(words: str, units: tuple[str, ...]):
    assert UnitNames(UNITS).find_all(words) == units


@pytest.mark.parametrize(
    ("printed", "level", "units"),
    [
        ("UBND xã", "commune", ("ubnd",)),
        ("UBND xã, phường", "province", ("ubnd-xa-phuong",)),
        ("UBND các xã", "province", ("ubnd-xa-phuong",)),
        ("UBND xã", "province", ("ubnd-xa-phuong",)),
        ("UBND huyện", "province", ("ubnd-huyen",)),
        ("UBND tỉnh", "province", ("ubnd",)),
        ("UBND tỉnh", "commune", None),
        ("Viện Hải dương học", "province", None),
    ],
)
def test_a_committee_of_another_level_is_not_the_issuer(
    printed: str, level: Level, units: tuple[str, ...] | None
):
    assert UnitNames(UNITS, level).find(printed) == units


def test_an_unknown_body_gets_an_entry_and_a_question():
    draft = draft_document(
        read_text(
            HEAD
            + "V. TỔ CHỨC THỰC HIỆN\n\n1. Phòng Kinh tế, Viện Hải dương học:\n\n- Quan trắc nước."
        ),
        Dataset(root=PLANS, units=UNITS),
    )
    assert draft.entries.sections["units"]["vien-hai-duong-hoc"]["name"] == "Viện Hải dương học"
    assert "implementing: [phong-kinh-te, vien-hai-duong-hoc]" in draft.yaml
    assert any("«Viện Hải dương học» chưa có" in line for line in questions_of(draft.yaml))


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
        {"lead": ("so-noi-vu",), "coordinating": ("co-quan-don-vi",)},
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
        "ii": "task",
        "ii.1": "objective",
        "ii.1-1": "target",
        "ii.2-1": "milestone",
        "ii.2-2": "milestone",
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


@pytest.mark.parametrize(
    ("title", "preamble", "period"),
    [
        (
            "Giảm nghèo năm 2026",
            "Căn cứ Quyết định số 289/QĐ-UBND ban hành Chương trình giai đoạn 2021 - 2025;\n"
            "UBND xã xây dựng kế hoạch giảm nghèo với nội dung sau:",
            "{from: 2026, to: 2026}",
        ),
        (
            "Chuyển đổi số giai đoạn 2026 - 2030, định hướng đến năm 2035",
            "UBND xã ban hành Kế hoạch như sau:",
            "{from: 2026, to: 2030}",
        ),
        (
            "Thực hiện Chương trình giảm nghèo",
            "Căn cứ Chương trình giảm nghèo giai đoạn 2021 - 2030;\n"
            "UBND xã ban hành Kế hoạch giảm nghèo giai đoạn 2026 - 2028 như sau:",
            "{from: 2026, to: 2028}",
        ),
        (
            "Thực hiện Chương trình giảm nghèo",
            "Căn cứ Chương trình giảm nghèo giai đoạn 2021 - 2030, UBND xã thực hiện như sau:",
            "{from: null, to: null}",
        ),
    ],
)
def test_the_years_are_the_plan_s_own(title: str, preamble: str, period: str):
    """Not those of a programme that is only cited."""
    text = f"Số: 1/KH-UBND\n\nKẾ HOẠCH\n\n{title}\n\n{preamble}\n\nI. MỤC ĐÍCH\n\nA."
    draft = draft_plan(text, UNITS, locality="10606", programme="ascc-2026-2035")
    assert f"\nperiod: {period}\n" in draft


def test_a_second_figure_is_of_what_the_first_one_measures():
    items = draft_items("I. MỤC TIÊU\n\n1. Tỷ lệ hộ dùng nước sạch đạt 70%; phấn đấu đạt 85%.")
    first, second = items["i.1"].targets
    assert first.measure == second.measure == "ty-le-ho-dung-nuoc-sach"
    assert (first.modal, second.modal) == (None, "phấn đấu")


@pytest.mark.parametrize(
    ("words", "measures"),
    [
        ("Thu nhập bình quân đạt 72 triệu đồng/người/năm trở lên.", ["thu-nhap-binh-quan"]),
        (
            "Tỷ lệ hộ nghèo giảm bình quân 0,5%/năm, đến năm 2028 còn dưới 1,2%.",
            ["ty-le-ho-ngheo-giam-binh-quan", "ty-le-ho-ngheo"],
        ),
        ("Có thêm từ 02 thôn trở lên đạt chuẩn kiểu mẫu.", ["thon-dat-chuan-kieu-mau"]),
        (
            "Giải quyết việc làm cho khoảng 350 lao động; trong đó xuất khẩu lao động 40 người.",
            ["giai-quyet-viec-lam", "xuat-khau-lao-dong"],
        ),
        (
            "Tỷ lệ trường đạt chuẩn: 100%, trong đó mức độ 2 đạt 40%.",
            ["ty-le-truong-dat-chuan", "muc-do-2"],
        ),
        ("Kết nạp 20 - 25 đảng viên/năm.", ["ket-nap-dang-vien"]),
        ("Thời gian giải quyết hồ sơ giảm ít nhất 20%.", ["thoi-gian-giai-quyet-ho-so-giam"]),
        ("Tỷ lệ hộ nghèo giảm xuống còn 3%.", ["ty-le-ho-ngheo"]),
        ("Đến năm 2030 đón 200.000 lượt khách.", ["don-luot-khach"]),
        ("Giảm tỷ lệ hộ nghèo xuống dưới 6,5%.", ["ty-le-ho-ngheo"]),
        ("Tỷ lệ bao phủ bảo hiểm y tế đạt trên 96% dân số.", ["ty-le-bao-phu-bao-hiem-y-te"]),
        ("Thu ngân sách tăng bình quân 10%/năm trở lên.", ["thu-ngan-sach-tang-binh-quan"]),
        (
            "Tỷ lệ hộ dùng nước sạch đạt 70% năm 2026, 80% năm 2028 và 90% năm 2030.",
            ["ty-le-ho-dung-nuoc-sach"] * 3,
        ),
    ],
)
def test_a_measure_is_named_by_what_is_measured(words: str, measures: list[str]):
    items = draft_items(f"I. CHỈ TIÊU\n\n1. {words}")
    assert [target.measure for target in items["i.1"].targets] == measures


def test_a_goal_that_begins_with_its_year_is_a_target():
    items = draft_items("I. MỤC TIÊU\n\n1. Đến năm 2028: 60% hộ dân có tài khoản ngân hàng.")
    assert (items["i.1"].kind, items["i.1"].targets[0].value) == ("target", 60)


@pytest.mark.parametrize(
    ("table", "heading"),
    [
        ("deadlines", "V. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nội vụ"),
        ("figures", "I. CHỈ TIÊU\n\n1. Chỉ tiêu"),
    ],
)
def test_what_the_reader_writes_the_check_accepts(table: str, heading: str):
    """Both read the same words; what the check refuses would be left out of the draft."""
    sentences = "\n\n".join(f"- {words}" for words, *_ in rows(table))
    text = f"{HEAD}{heading}\n\n{sentences}"
    draft = draft_plan(text, UNITS, locality="10606", programme="ascc-2026-2035")
    assert draft.count("printed: ") > 50
    assert [question for question in questions_of(draft) if "máy không ghi" in question] == []


def test_a_level_alone_is_no_body():
    text = draft_plan(
        HEAD + "I. CHỈ TIÊU\n\n1. Xã đạt 17/19 tiêu chí.", UNITS, locality="10606", programme=""
    )
    assert any("chỉ gọi tên cấp" in question for question in questions_of(text))
    assert "implementing: [xa]" not in text


def test_a_heading_above_a_figure_does_not_unmake_the_target():
    items = draft_items(
        "Điều 1. Thông qua:\n1. Mục tiêu\nDoanh thu đạt 150 tỷ đồng.\nĐiều 2. Giao."
    )
    assert items["dieu-1.1"].kind == "target"


def test_a_colon_inside_brackets_ends_no_heading():
    items = draft_items("I. NHIỆM VỤ\n\n1. Phòng Kinh tế lập kế hoạch (xong: trước 15/10/2026).")
    assert items["i.1"].title is None


def test_the_issuer_is_who_issues_not_who_issued_what_is_cited():
    text = (
        "UBND XÃ ĐÔNG SƠN\n\nSố: 1/KH-UBND\n\nKẾ HOẠCH\n\nGiảm nghèo năm 2026 tại xã Đông Sơn\n\n"
        "Căn cứ Nghị quyết số 12/NQ-HĐND ngày 25/12/2025 của HĐND xã;\n"
        "Thực hiện Kế hoạch số 15/KH-UBND ngày 08/01/2026 của UBND tỉnh Thanh Hóa về xây dựng nông"
        " thôn mới;\nUBND xã ban hành Kế hoạch như sau:\n\nI. MỤC ĐÍCH\n\nA."
    )
    draft = draft_plan(text, UNITS, locality="10606", programme="ascc-2026-2035")
    plan = PLAN.validate_python(read_yaml(draft))
    assert plan.document.issuer == "UBND xã Đông Sơn"
    assert [(cite.document, cite.relation) for cite in plan.cites] == [
        ("12-nq-hdnd-2025", "basis"),
        ("15-kh-ubnd-2026", "parent"),
    ]


def test_doubts_stand_in_the_file_for_a_person_to_settle():
    text = draft_plan(
        HEAD + "VI. TỔ CHỨC THỰC HIỆN\n\n1. Đề nghị Báo và phát thanh, truyền hình tỉnh\n\n"
        "Chủ trì tuyên truyền.",
        UNITS,
    )
    assert "# XEM LẠI: điền mã địa phương" in text
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
