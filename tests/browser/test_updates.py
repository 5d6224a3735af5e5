"""The list of changes, in a real browser: filtered by kind and place, and readable without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from conftest import Visit

PHONE = 360
on_demo = pytest.mark.parametrize("data", ["demo"], indirect=True)


def shown(page: Page) -> list[str]:
    """Return the first line of each change that can be seen."""
    rows = page.locator("#changes .updates > li:visible").all_inner_texts()
    return [row.splitlines()[0] for row in rows]


@on_demo
def test_changes_are_filtered_by_kind(visit: Visit):
    page = visit("cap-nhat/", PHONE)
    everything = len(shown(page))
    page.select_option("#change-filter select[name=loai]", "chi-tieu")
    assert shown(page) == [
        "05/02/2026: Kế hoạch được sửa: Xã Bình Mẫu, Xã hội số và nước sạch 2024 - 2028 (giả định)"
    ]
    assert page.locator("#change-count").inner_text() == "1 thay đổi."
    assert page.url.endswith("?loai=chi-tieu")
    page.select_option("#change-filter select[name=loai]", "")
    assert len(shown(page)) == everything > 40


@on_demo
def test_an_address_holds_the_choice_of_a_place(visit: Visit):
    page = visit("cap-nhat/?noi=mau/xa-ha-mau&loai=bao-cao-sua", PHONE)
    (row,) = shown(page)
    assert "được gỡ khỏi trang web (xã Hạ Mẫu)" in row
    page.select_option("#change-filter select[name=loai]", "")
    assert len(shown(page)) == 3


@on_demo
def test_a_choice_by_a_former_name_is_one_of_the_place_of_today(visit: Visit):
    page = visit("cam-ket/?noi=mau/xa-dong-mau", PHONE)
    page.locator("#facet-status").filter(has_text="việc").wait_for()
    assert page.locator("select[name=noi]").input_value() == "mau/phuong-dong-mau"
    assert page.locator("select[name=noi] option:checked").inner_text() != ""


@on_demo
def test_a_province_holds_its_communes(visit: Visit):
    page = visit("cap-nhat/?noi=mau", PHONE)
    rows = shown(page)
    assert any("xã Bình Mẫu" in row for row in rows) and any("tỉnh Mẫu" in row for row in rows)


@on_demo
def test_a_changed_item_opens_what_changed(visit: Visit):
    page = visit("ke-hoach/mau/xa-binh-mau/so-nuoc-2025-2028/toan-van/#ii.2.a", PHONE)
    page.locator("#ii\\.2\\.a > .of-item", has_text="đã thay đổi").locator("a").click()
    page.locator("summary", has_text="Đã thay đổi sau khi công bố").click()
    text = page.locator("details.changes").inner_text()
    assert "chỉ tiêu hạ xuống, từ “trên 90%” thành “trên 85%”" in text


def test_what_the_site_read_anew_is_told_apart_from_changes_of_plans(visit: Visit):
    page = visit("cap-nhat/", PHONE)
    if page.locator("[data-readings]").count() == 0:  # a checkout without its history says so
        assert "thiếu lịch sử lưu" in page.locator("main").inner_text()
        return
    assert "; trang web sửa cách ghi" in page.locator("#change-count").inner_text()
    page.select_option("#change-filter select[name=loai]", "cach-ghi")
    rows = shown(page)
    assert rows and all("văn bản không đổi" in row for row in rows)
    assert page.locator("#change-count").inner_text() == f"Trang web sửa cách ghi {len(rows)} lần."
