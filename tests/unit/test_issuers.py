"""Who issued a plan: a place's People's Committee, or another body, which speaks for itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from congkhai.checks.runner import check
from congkhai.data.load import load_dataset
from congkhai.data.schema import PlanDocument
from congkhai.drafting.plan_draft import draft_plan
from congkhai.exports.tables import commitments_table
from congkhai.model.changelog import local_subjects, wide_subjects
from congkhai.model.derive import derive
from congkhai.model.site_model import SiteModel
from congkhai.pages.labels import count_documents, plan_title
from congkhai.pages.province_pages import roll_up_place
from tests.cases import AS_OF, MINIMAL, lay_out

COMMUNE = "hai-phong/xa-nam-sach/ascc-2026-2030"
OFFICE = "hai-phong/xa-nam-sach/phong-kinh-te/ascc-2026-2030"
CENTRAL = "quoc-gia/bo-mau/ascc-2026-2035"
MINISTRY = "\nbo-mau:\n  name: Bộ Mẫu\n  level: [central]\n  nature: state\n"


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """Return the smallest data folder with the plan turned into one of the commune's office."""
    plans = lay_out(MINIMAL, tmp_path)
    move(plans, OFFICE, "10606", "phong-kinh-te", "Phòng Kinh tế xã Nam Sách")
    return plans


def move(plans: Path, folder: str, locality: str, unit: str, issuer: str) -> None:
    """Move the commune's plan into another folder, as issued by another body."""
    text = (plans / COMMUNE / "plan.yml").read_text("utf-8")
    text = text.replace('locality: "10606"', f'locality: "{locality}"\nissuer_unit: {unit}')
    text = text.replace("issuer: UBND xã Nam Sách", f"issuer: {issuer}")
    text = text.replace("type: KẾ HOẠCH", "type: CHƯƠNG TRÌNH HÀNH ĐỘNG")
    (plans / folder).parent.mkdir(parents=True)
    (plans / COMMUNE).rename(plans / folder)
    (plans / folder / "plan.yml").write_text(text, "utf-8")


def site_model_of(plans: Path) -> SiteModel:
    dataset, problems = load_dataset(plans)
    assert [str(problem) for problem in [*problems, *check(dataset, AS_OF)]] == []
    return derive(dataset, AS_OF)


def test_an_offices_plan_is_not_its_communes(plans: Path):
    site_model = site_model_of(plans)
    commune = site_model.places["10606"]
    assert [plan.id for plan in site_model.plans_of_bodies["10606"]] == [OFFICE]
    assert site_model.plans_of == {}
    assert site_model.plans[OFFICE].rollup.total > roll_up_place(site_model, commune).total == 0


def test_a_commune_is_covered_by_its_own_plan_alone(plans: Path, tmp_path: Path):
    def held(site_model: SiteModel) -> list[frozenset[str]]:
        return [
            part.held for view in site_model.programmes.values() for part in view.coverage if part
        ]

    own = lay_out(MINIMAL, tmp_path / "own")
    assert held(site_model_of(own)) == [frozenset({"10606"})]
    assert held(site_model_of(plans)) == [frozenset()]


def test_a_title_has_the_body_and_the_type_of_the_document(plans: Path):
    site_model = site_model_of(plans)
    title = plan_title(site_model, site_model.plans[OFFICE])
    assert title.startswith("Phòng Kinh tế xã Nam Sách: chương trình hành động ")


def test_a_ministrys_document_is_the_nations(tmp_path: Path):
    plans = lay_out(MINIMAL, tmp_path)
    with (plans / "units.yml").open("a", encoding="utf-8") as register:
        register.write(MINISTRY)
    move(plans, CENTRAL, "quoc-gia", "bo-mau", "Bộ Mẫu")
    site_model = site_model_of(plans)
    plan = site_model.plans[CENTRAL]
    assert (plan.issuer.name, plan.place.name, plan.place.address) == (
        "Bộ Mẫu",
        "Trung ương",
        "dia-phuong/quoc-gia/",
    )
    assert [view.id for view in site_model.units["bo-mau"].issued] == [CENTRAL]
    assert plan_title(site_model, plan).startswith("Bộ Mẫu: chương trình hành động ")
    assert not set(local_subjects(site_model)) & set(wide_subjects(site_model)), "one feed each"


def test_the_table_and_the_feed_name_body_and_type(plans: Path):
    site_model = site_model_of(plans)
    table = commitments_table(site_model, site_model.plans[OFFICE], "https://example.org/")
    heading, first = table.decode("utf-8-sig").splitlines()[:2]
    assert heading.startswith("địa phương,kế hoạch,cơ quan ban hành,loại văn bản,chương trình,")
    assert first.startswith(
        f"Xã Nam Sách,{OFFICE},Phòng Kinh tế xã Nam Sách,chương trình hành động,"
    )
    feed, _ = local_subjects(site_model)[site_model.plans[OFFICE].address]
    assert feed == "Chương trình hành động của Phòng Kinh tế xã Nam Sách"


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("KẾ HOẠCH", "kế hoạch"),
        ("CHƯƠNG TRÌNH HÀNH ĐỘNG CỦA CHÍNH PHỦ", "chương trình hành động"),
        ("Nghị  quyết", "nghị quyết"),
        ("CHỈ THỊ", "chỉ thị"),
    ],
)
def test_a_type_in_a_sentence_is_small_and_without_its_issuer(printed: str, name: str):
    document = PlanDocument(
        number=None, symbol=None, date=None, issuer="Chính phủ", type=printed, title="Về việc"
    )
    assert document.type_name == name


def test_documents_are_counted_by_what_they_call_themselves(plans: Path, tmp_path: Path):
    own = site_model_of(lay_out(MINIMAL, tmp_path / "own")).plans.values()
    other = site_model_of(plans).plans.values()
    assert count_documents([*own, *own, *other]) == "2 kế hoạch, 1 chương trình hành động"
    assert count_documents([]) == ""


@pytest.mark.parametrize(
    ("nature", "may_give_tasks"), [("party", True), ("front", True), ("union", False)]
)
def test_only_a_body_of_the_state_may_not_give_the_front_a_task(
    plans: Path, nature: str, may_give_tasks: bool
):
    units = plans / "units.yml"
    text = units.read_text("utf-8")
    office = "name: Phòng Kinh tế\n  level: [commune]\n  nature: state"
    units.write_text(text.replace(office, office.replace("state", nature)), "utf-8")
    plan = plans / OFFICE / "plan.yml"
    plan.write_text(plan.read_text("utf-8").replace("requested:", "implementing:"), "utf-8")
    dataset, _ = load_dataset(plans)
    warned = [p for p in check(dataset, AS_OF) if "không có quyền giao việc" in p.hint]
    assert (warned == []) is may_give_tasks


LETTERHEAD = """UBND TỈNH LAI CHÂU
{issuer}
Số: 12/KH-SNV
Lai Châu, ngày 05 tháng 3 năm 2026
KẾ HOẠCH
Thực hiện Chương trình giai đoạn 2026 - 2030
I. MỤC TIÊU
1. Bảo đảm trên 90% công chức có hiểu biết cơ bản.
"""


@pytest.mark.parametrize(
    ("head", "issuer", "unit"),
    [
        ("SỞ NỘI VỤ", "", "so-noi-vu"),
        ("SỞ NỘI VỤ", "so-noi-vu", "so-noi-vu"),
        ("SỞ NỘI VỤ", "phong-kinh-te", "phong-kinh-te"),
        ("ỦY BAN NHÂN DÂN", "", None),
    ],
)
def test_a_draft_has_the_unit_that_the_head_of_the_document_names(
    head: str, issuer: str, unit: str | None
):
    dataset, _ = load_dataset(MINIMAL)
    source = LETTERHEAD.replace("{issuer}", head)
    lines = draft_plan(source, dataset.units, locality="12", issuer=issuer).splitlines()
    found = [line for line in lines if line.startswith("issuer_unit:")]
    assert found == ([f"issuer_unit: {unit}"] if unit else [])
    asked = any("# XEM LẠI: đầu văn bản ghi cơ quan ban hành" in line for line in lines)
    # Read from the head, or another than the head names.
    assert asked is (unit is not None and issuer != "so-noi-vu")
