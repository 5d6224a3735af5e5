"""Phones of 2020 and 2021: every page opens, what needs scripts works, no script fails.

Chromium 80 knows neither `replaceAll` nor `.at`; 80 and 92 run no WebAssembly under the site's
policy, and nothing needs it. `.ci/old-browsers.grit` keeps iOS 12 in view.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from conftest import FONTS, ROOT
from tests.kinds import PAGES
from tests.old_chromium import OldChromium, old_chromium

VERSIONS = (80, 92)


@pytest.fixture(scope="module", params=VERSIONS, ids=lambda version: f"chromium-{version}")
def phone(request: pytest.FixtureRequest) -> Iterator[OldChromium]:
    name = f"chromium-{request.param}"
    with old_chromium(ROOT / "node_modules" / name, ROOT / ".cache" / name, FONTS) as chromium:
        product = chromium.send("Browser.getVersion")["product"]
        assert product.startswith(f"HeadlessChrome/{request.param}.")
        yield chromium


@pytest.mark.parametrize(
    ("data", "address"),
    [pytest.param(site, address, id=f"{site}-{kind}") for site, kind, address in PAGES],
    indirect=["data"],
)
def test_a_page_opens_fits_and_no_script_fails(phone: OldChromium, server: str, address: str):
    phone.open(f"{server}/{address}", 320)
    if "?q=" in address:
        phone.wait_for("!/^$|Đang tìm/.test(document.getElementById('search-status').textContent)")
    if "?a=" in address:
        phone.wait_for("document.getElementById('compare-status').textContent")
    assert phone.evaluate("document.querySelector('h1').getBoundingClientRect().height > 0")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    assert not phone.faults


def test_the_search_answers_without_webassembly(phone: OldChromium, server: str):
    phone.open(f"{server}/tim-kiem/?q=nam+sach", 360)
    phone.wait_for("document.querySelector('#search-results h2 a')")
    assert "Nam Sách" in phone.evaluate("document.querySelector('#search-results').innerText")
    assert not phone.faults


def test_words_of_a_provision_are_found(phone: OldChromium, server: str):
    phone.open(f"{server}/tim-kiem/?q=moi+truong", 360)
    phone.wait_for("document.querySelector('#search-results mark')")
    marked = phone.evaluate("document.querySelector('#search-results mark').textContent")
    assert marked.lower().startswith(("môi", "trường"))
    assert not phone.faults


def test_a_query_that_nothing_answers_ends_in_words(phone: OldChromium, server: str):
    phone.open(f"{server}/tim-kiem/?q=qqqq", 360)
    phone.wait_for("document.getElementById('search-status').textContent.includes('Không tìm')")
    assert not phone.faults


def test_the_finder_suggests_places(phone: OldChromium, server: str):
    phone.open(f"{server}/", 360)
    phone.evaluate("document.querySelector('input[data-finder]').focus()")
    phone.wait_for("document.querySelector('input[data-finder][role=combobox]')")
    phone.evaluate(
        "(() => { const box = document.querySelector('input[data-finder]');"
        " box.value = 'nam sach'; box.dispatchEvent(new Event('input')); })()"
    )
    phone.wait_for("document.querySelector('[role=option]')")
    assert "Nam Sách" in phone.evaluate("document.querySelector('[role=option]').textContent")
    assert not phone.faults


def test_the_filter_leaves_what_was_chosen(phone: OldChromium, server: str):
    phone.open(f"{server}/cam-ket/?tinh=lai-chau", 360)
    phone.wait_for("document.querySelectorAll('#facet-results .card').length")
    assert "việc" in phone.evaluate("document.getElementById('facet-status').textContent")
    assert not phone.faults


def test_two_plans_are_compared(phone: OldChromium, server: str):
    address = "so-sanh/?a=hai-phong/xa-nam-sach/ascc-2026-2030&b=lai-chau/ascc-2026-2030"
    phone.open(f"{server}/{address}", 360)
    phone.wait_for("document.querySelectorAll('#compare-table tr').length > 5")
    assert not phone.faults


def test_a_report_is_checked_and_made(phone: OldChromium, server: str):
    phone.open(f"{server}/bao-cao/?ke-hoach=lai-chau/ascc-2026-2030&don-vi=so-noi-vu", 360)
    phone.wait_for("document.querySelectorAll('.report-item').length")
    phone.evaluate(
        "(() => { document.querySelector('[value=in-progress]').click();"
        " document.querySelector('[data-name=text]').value = 'Ông An, 0912 345 678';"
        " document.querySelector('#reporting [type=submit]').click(); })()"
    )
    phone.wait_for("/di động/.test(document.getElementById('reporting-problems').textContent)")
    phone.evaluate(
        "(() => { document.querySelector('[data-name=text]').value = 'Đã mở 3 lớp.';"
        " document.querySelector('#reporting [type=submit]').click(); })()"
    )
    phone.wait_for("/unit: so-noi-vu/.test(document.querySelector('.file').textContent)")
    assert not phone.faults


@pytest.mark.parametrize("data", ["demo"], indirect=True)
def test_changes_are_filtered_by_their_kind(phone: OldChromium, server: str):
    phone.open(f"{server}/cap-nhat/?loai=bao-cao", 360)
    phone.wait_for("document.querySelectorAll('#changes li[hidden]').length")
    assert not phone.faults
