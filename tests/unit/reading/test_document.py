"""Facts of a whole document: what headings, leading sentences and tables give, and the TSV."""

from __future__ import annotations

import random

import pytest

from congkhai.reading.document import COLUMNS, SHOWN_WORDS, Entry, read_entries, write_tsv
from congkhai.reading.facts import Facts
from congkhai.reading.provision import read_provision, read_words
from congkhai.sources.document import Line, Provision, SourceDocument
from tests.reading_data import rows


def provision(
    words: str, *children: Provision, number: str = "-", line: int = 1, **cells: str
) -> Provision:
    return Provision(
        number=number,
        words=words,
        line=line,
        is_heading=bool(children) and not words.endswith("."),
        cells=cells,
        children=children,
    )


def read(*body: Provision) -> dict[str, Facts]:
    """Read a document of these provisions; facts by the first word of each provision."""
    entries = read_entries(SourceDocument(body=body))
    return {entry.provision.words.partition(" ")[0]: entry.facts for entry in entries}


def names(facts: Facts, role: str) -> list[str]:
    """Return the names in a role, with «^» where a heading gives them."""
    return [
        ("^" if one.body.is_inherited else "") + one.body.printed
        for one in facts.assignments
        if one.role == role
    ]


def test_a_heading_gives_its_body_to_every_point_under_it() -> None:
    facts = read(
        provision(
            "TỔ CHỨC THỰC HIỆN",
            provision(
                "Công an xã", provision("Tuần tra ban đêm."), provision("Phối hợp tuyên truyền.")
            ),
            provision("Trạm Y tế xã", provision("Chủ trì tiêm chủng.")),
        )
    )
    assert names(facts["Tuần"], "implementing") == ["^Công an xã"]
    assert names(facts["Phối"], "coordinating") == ["^Công an xã"]
    assert names(facts["Chủ"], "lead") == ["^Trạm Y tế xã"]
    assert not facts["TỔ"] and not facts["Công"]


def test_a_heading_of_a_part_with_any_title_does_so_too() -> None:
    facts = read(
        provision("Những nhiệm vụ chính", provision("Bộ Nội vụ", provision("Hướng dẫn thực hiện.")))
    )
    assert names(facts["Hướng"], "implementing") == ["^Bộ Nội vụ"]


def test_a_leading_sentence_gives_its_bodies_to_the_list_after_it() -> None:
    facts = read(
        provision(
            "NHIỆM VỤ CỤ THỂ",
            provision(
                "Nhằm đạt mục tiêu, các Bộ, cơ quan ngang Bộ cần thực hiện các nhiệm vụ sau đây:"
            ),
            provision("Về thể chế", provision("Rà soát văn bản.")),
        )
    )
    assert names(facts["Rà"], "implementing") == ["^các Bộ", "^cơ quan ngang Bộ"]
    assert facts["Rà"].kind == "task"


def test_a_duty_with_points_under_it_gives_them_its_body() -> None:
    facts = read(
        provision(
            "Sở Y tế xây dựng kế hoạch phòng, chống dịch bệnh trên địa bàn tỉnh, gồm các việc sau:",
            provision("Giám sát dịch tễ."),
        )
    )
    assert names(facts["Sở"], "implementing") == ["Sở Y tế"]
    assert names(facts["Giám"], "implementing") == ["^Sở Y tế"]


def test_a_title_with_a_figure_or_an_exact_date_is_read() -> None:
    facts = read(
        provision("Phấn đấu 100% thôn đạt chuẩn, trong đó:", provision("Nhà văn hóa.")),
        provision("Xong trước ngày 30/6/2026 các việc:", provision("Rà soát.")),
        provision("Mục tiêu đến năm 2030", provision("Nâng cao nhận thức.")),
    )
    assert [figure.norm for figure in facts["Phấn"].figures] == ["=100 %"]
    assert [due.norm for due in facts["Xong"].deadlines] == ["<2026-06-30"]
    assert not facts["Mục"]


def test_a_later_heading_replaces_an_earlier_one() -> None:
    facts = read(
        provision("Sở Y tế", provision("Giám sát dịch.")),
        provision("Sở Nội vụ", provision("Tổng kết.")),
    )
    assert names(facts["Tổng"], "implementing") == ["^Sở Nội vụ"]


def test_a_row_of_a_table_is_read_cell_by_cell() -> None:
    facts = read_provision(
        provision(
            "Xây dựng nền tảng số",
            task="Xây dựng nền tảng số",
            lead="Bộ Công an, Bộ Tài chính; Ban Quản lý X",
            coordinating="Các bộ, ngành, địa phương",
            result="Ít nhất 10 cơ sở được thành lập",
            due="Quý II/2026",
        )
    )
    assert names(facts, "lead") == ["Bộ Công an", "Bộ Tài chính", "Ban Quản lý X"]
    assert names(facts, "coordinating") == ["Các bộ, ngành", "địa phương"]
    assert [due.norm for due in facts.deadlines] == ["2026-q2"]
    assert [figure.norm for figure in facts.figures] == [">=10 cơ sở"]
    assert facts.result == "Ít nhất 10 cơ sở được thành lập"
    assert facts.kind == "task"
    assert facts.questions == ()


def test_two_bodies_printed_side_by_side_in_a_cell_are_two() -> None:
    facts = read_provision(
        provision("Việc", lead="Bộ Thông tin và Truyền thông Bộ Khoa học và Công nghệ")
    )
    assert names(facts, "lead") == ["Bộ Thông tin và Truyền thông", "Bộ Khoa học và Công nghệ"]


@pytest.mark.parametrize(
    ("cell", "lead", "coordinating"),
    [
        ("Sở Y tế (chủ trì), Sở Nội vụ (phối hợp)", ["Sở Y tế"], ["Sở Nội vụ"]),
        ("Chủ trì: Sở Y tế; phối hợp: Sở Nội vụ", ["Sở Y tế"], ["Sở Nội vụ"]),
        ("Sở Y tế chủ trì, phối hợp với Sở Nội vụ", ["Sở Y tế"], ["Sở Nội vụ"]),
        ("Các thôn\nCông an xã", ["Các thôn", "Công an xã"], []),
        ("- Sở Y tế\n- Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"], []),
    ],
)
def test_a_cell_may_say_a_role_of_its_own(
    cell: str, lead: list[str], coordinating: list[str]
) -> None:
    facts = read_provision(provision("Việc", lead=cell))
    assert names(facts, "lead") == lead
    assert names(facts, "coordinating") == coordinating


@pytest.mark.parametrize("ditto", ["-nt-", "nt", "Như trên", '"', "”"])
def test_a_cell_that_says_the_same_as_above_has_the_words_above(ditto: str) -> None:
    facts = read(
        provision("Lập đề án", lead="Sở Xây dựng", due="Quý IV/2026"),
        provision("Lắp biển", lead=ditto, due=ditto),
        provision("Kiểm tra", lead=ditto, due="Năm 2027"),
    )
    assert names(facts["Lắp"], "lead") == names(facts["Kiểm"], "lead") == ["Sở Xây dựng"]
    assert [due.norm for due in facts["Lắp"].deadlines] == ["2026-q4"]
    assert facts["Lắp"].questions == ()


def test_a_cell_that_says_the_same_as_nothing_is_asked() -> None:
    assert "«nt-»" in read(provision("Lắp biển", lead="-nt-"))["Lắp"].questions[0]


def test_a_name_cut_off_in_a_cell_is_asked() -> None:
    facts = read_provision(provision("Việc", lead="Bộ Thông tin và Truyền thông, Bộ"))
    assert names(facts, "lead") == ["Bộ Thông tin và Truyền thông"]
    assert "«Bộ»" in facts.questions[0]


def test_a_table_of_targets_has_its_unit_in_a_column() -> None:
    cells = {
        "task": "Tỷ lệ hồ sơ trực tuyến",
        "unit": "%",
        "target:Năm 2026": "≥ 80",
        "target:Năm 2030": "95,5",
    }
    facts = read_provision(provision("Tỷ lệ hồ sơ trực tuyến", **cells))
    assert [figure.norm for figure in facts.figures] == [">=80 %", "=95.5 %"]


def test_the_tsv_has_the_columns_of_the_gold_files() -> None:
    words = (
        "Công an xã chủ trì, phối hợp với Trạm Y tế xã kiểm tra ít nhất 02 cơ sở "
        "trước ngày 30/6/2026."
    )
    body = (provision(words, line=7), provision("Nâng cao nhận thức.", line=8))
    header, row = write_tsv(read_entries(SourceDocument(body=body)))
    assert header.split("\t") == list(COLUMNS)
    cells = dict(zip(COLUMNS, row.split("\t"), strict=True))
    assert cells == {
        "line": "7",
        "words": words[:SHOWN_WORDS].strip(),
        "kind": "duty",
        "lead": "Công an xã",
        "coordinating": "Trạm Y tế xã",
        "implementing": "",
        "requested": "",
        "due": "trước ngày 30/6/2026",
        "due_norm": "<2026-06-30",
        "target": "ít nhất 02 cơ sở",
        "target_norm": ">=2 cơ sở",
        "note": "",
        "result": "",
        "partners": "Trạm Y tế xã",
    }


def test_a_question_stands_in_the_note_with_a_question_mark() -> None:
    body = (provision("TỔ CHỨC THỰC HIỆN", provision("Báo cáo theo quy định.")),)
    _, row = write_tsv(read_entries(SourceDocument(body=body)))
    assert dict(zip(COLUMNS, row.split("\t"), strict=True))["note"].startswith("?")


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Cơ quan chủ trì", "lead"),
        ("Đơn vị phối hợp:", "coordinating"),
        ("Các cơ quan thực hiện:", "implementing"),
    ],
)
def test_a_label_gives_its_role_to_those_listed_below(label: str, role: str) -> None:
    facts = read(
        provision(label, provision("Bộ Ngoại giao."), provision("Các Quân khu, UBND các tỉnh."))
    )
    assert names(facts["Bộ"], role) == ["Bộ Ngoại giao"]
    assert names(facts["Các"], role) == ["Các Quân khu", "UBND các tỉnh"]


def test_a_sentence_under_a_label_is_read_as_a_sentence() -> None:
    facts = read(provision("Cơ quan thực hiện:", provision("Sở Y tế chủ trì kiểm tra.")))
    assert names(facts["Sở"], "lead") == ["Sở Y tế"]


def test_a_heading_that_only_says_whose_duties_follow_is_no_duty_itself() -> None:
    heading = "Trách nhiệm của các cơ quan quản lý cấp trên (gồm cả cơ quan đại diện chủ sở hữu):"
    facts = read(provision(heading, provision("Đôn đốc kiểm kê.")))
    assert facts["Trách"] == Facts()
    assert names(facts["Đôn"], "implementing") == ["^các cơ quan quản lý cấp trên"]


def test_a_leading_sentence_gives_its_bodies_to_the_points_and_is_no_duty_itself() -> None:
    lead = "Để nâng cao hiệu quả, các Sở, ngành theo chức năng thực hiện những nội dung sau:"
    facts = read(provision(lead, provision("Tổ chức lễ phát động.")))
    assert facts["Để"] == Facts()
    assert names(facts["Tổ"], "implementing") == ["^các Sở, ngành"]


def test_a_duty_over_points_is_read_with_them() -> None:
    duty = (
        "Ủy ban nhân dân các phường, xã chủ động bố trí kinh phí từ ngân sách địa phương và huy "
        "động các nguồn vốn hợp pháp khác, tập trung một số nhiệm vụ cụ thể sau:"
    )
    facts = read(provision(duty, provision("Phê duyệt kế hoạch.")))
    assert names(facts["Ủy"], "implementing") == ["Ủy ban nhân dân các phường, xã"]
    assert names(facts["Phê"], "implementing") == ["^Ủy ban nhân dân các phường, xã"]


def test_points_under_a_sentence_without_a_body_are_asked_in_a_part_on_duties() -> None:
    lead = "Trong quá trình quản lý các dự án đầu tư cần bảo đảm những nội dung sau:"
    facts = read(provision("TỔ CHỨC THỰC HIỆN", provision(lead, provision("Kiểm tra dự án."))))
    assert facts["Kiểm"].questions == ("chưa rõ cơ quan nào chịu trách nhiệm",)


def test_among_objectives_whom_a_target_concerns_is_not_who_reaches_it() -> None:
    facts = read(
        provision(
            "MỤC TIÊU",
            provision(
                "Đối với cơ sở giáo dục", provision("Phấn đấu ít nhất 55% trường đạt chuẩn.")
            ),
        )
    )
    assert facts["Phấn"].assignments == ()


def test_a_closing_paragraph_counts_when_it_sets_a_date() -> None:
    dated = "Trên đây là Kế hoạch, yêu cầu các thôn định kỳ trước ngày 15/12 hằng năm báo cáo./."
    plain = "Trên đây là Kế hoạch, đề nghị các thôn triển khai thực hiện nghiêm túc./."
    for words, norms in ((dated, ["<--12-15"]), (plain, [])):
        document = SourceDocument(closing=(Line(line=9, words=words),))
        found = [due.norm for one in read_entries(document) for due in one.facts.deadlines]
        assert found == norms


def test_a_period_that_no_plan_can_hold_is_asked() -> None:
    for words in ("Báo cáo nhanh hàng ngày gửi UBND xã.", "Sơ kết 6 tháng, 1 năm thực hiện."):
        assert read_words(words).questions


def test_attachments_are_read_after_the_body() -> None:
    appendix = SourceDocument(body=(provision("Việc A", lead="Sở Y tế"),))
    document = SourceDocument(body=(provision("Sở Nội vụ tổng hợp."),), attachments=(appendix,))
    assert [entry.provision.words for entry in read_entries(document)] == [
        "Sở Nội vụ tổng hợp.",
        "Việc A",
    ]


@pytest.mark.parametrize("seed", range(20))
def test_whatever_stands_in_a_line_is_read_without_a_fault(seed: int) -> None:
    """Words of real constructions in any order: no error, and every span is what is printed."""
    chance = random.Random(seed)
    pool = [
        word
        for table in ("roles", "deadlines", "figures")
        for row in rows(table)
        for word in row[0].split()
    ]
    for _ in range(40):
        words = " ".join(chance.choices(pool, k=chance.randint(0, 25)))
        facts = read_words(words)
        spans = [
            *(one.body.span for one in facts.assignments),
            *(due.span for due in facts.deadlines),
            *(figure.span for figure in facts.figures),
        ]
        assert all(words[span.start : span.end] == span.printed for span in spans)


def test_an_empty_provision_states_nothing() -> None:
    assert not read_words("")
    entry = Entry(provision(""), (), read_words(""))
    assert list(write_tsv([entry])) == ["\t".join(COLUMNS)]
