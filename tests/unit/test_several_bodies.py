"""Which units stand for several bodies: what one of these reports tells of a part only."""

from __future__ import annotations

from datetime import date

import pytest

from conftest import ROOT
from congkhai.data import registers, schema
from congkhai.data.load import load_dataset
from congkhai.model.several_bodies import is_name_of_several, stands_for_several
from congkhai.model.status import state_of
from congkhai.model.views import Assignment, EntryView, ReportView

SEVERAL = (
    "Các thôn",
    "Các cơ quan, đơn vị liên quan",
    "UBND các xã",
    "Ủy ban nhân dân các xã, phường, đặc khu",
    "Các phòng chuyên môn",
    "Các trường học",
    "Các doanh nghiệp",
    "Những hộ kinh doanh",
    "Trưởng các thôn",
    "Công an các xã, phường",
    "Văn phòng HĐND và UBND các xã",
    "Sở, ban, ngành",
    "Phòng, ban chuyên môn",
    "Thôn, tổ dân phố",
    "Hội, đoàn thể",
    "Tổ chức chính trị - xã hội",
    "Đơn vị sự nghiệp",
    "Doanh nghiệp",
    "Trường học trên địa bàn",
    "Sở ngành liên quan",
    "Từng thôn",
)
ONE = (
    "Ban Quản lý các khu công nghiệp, khu kinh tế",
    "Liên hiệp các tổ chức hữu nghị",
    "Văn phòng các cơ quan Đảng",
    "Công an xã, phường, đặc khu",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Phòng Văn hóa - Xã hội",
    "Báo và phát thanh, truyền hình tỉnh",
    "Trường Tiểu học Nam Sách",
    "Thôn Trung Hà",
    "Hội Nông dân",
    "Cơ quan Bảo hiểm xã hội",
    "Tỉnh ủy, Thành ủy",
    "Ủy ban nhân dân",
)


@pytest.mark.parametrize("name", SEVERAL)
def test_a_plural_name_is_that_of_several_bodies(name: str):
    assert is_name_of_several(name)


@pytest.mark.parametrize("name", ONE)
def test_one_body_over_several_is_one(name: str):
    assert not is_name_of_several(name)


def test_the_registers_groups_are_several_and_its_bodies_are_not():
    units = load_dataset(ROOT / "plans")[0].units
    several = {name for name, unit in units.items() if is_name_of_several(unit.name)}
    assert {"thon", "truong-hoc", "doanh-nghiep", "chi-bo", "hop-tac-xa", "doan-the"} <= several
    assert {units[name].nature for name in several}.isdisjoint({"state", "front", "police"})
    assert all(
        stands_for_several(unit, "commune")
        for unit in units.values()
        if unit.nature in ("group", "residents")
    )


def unit(name: str, *level: registers.Level, nature: registers.Nature = "state") -> registers.Unit:
    return registers.Unit(name=name, level=level, nature=nature)


def test_a_kind_of_body_is_several_in_a_plan_of_a_higher_place():
    station = unit("Trạm Y tế", "commune", nature="health")
    assert stands_for_several(station, "province") and not stands_for_several(station, "commune")
    assert not stands_for_several(unit("Sở Nội vụ", "province"), "province")
    assert not stands_for_several(unit("Ủy ban nhân dân", "province", "commune"), "province")
    assert not stands_for_several(unit("UBND phường Hải Dương", "commune"), "province")
    assert stands_for_several(unit("Hội Liên hiệp Phụ nữ Việt Nam", "commune"), "province")
    assert not stands_for_several(unit("Trường Tiểu học số 2", "commune"), "province")


def test_a_report_filed_under_several_does_not_close_their_work():
    due = ()
    report = ReportView("p", "2026-thon.yml", "", "thon", "2026", date(2026, 3, 1), "", 1)
    done = EntryView(report, schema.Entry(item="i.1", status="done", done_on="2026-02-01"))
    for is_several, state in ((True, "open"), (False, "done")):
        lead = (Assignment("thon", "lead", "i.1", is_several=is_several),)
        assert state_of((done,), due, lead, date(2026, 6, 1)) == state
