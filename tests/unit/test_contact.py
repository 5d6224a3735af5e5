"""What readers are told of whom to write to: only what is so, with a contact and without one."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date
from itertools import chain
from pathlib import Path

import markdown
import material
import pytest

from conftest import AS_OF, ROOT
from congkhai.data.forge import read_forge
from congkhai.data.load import load_dataset
from congkhai.model.derive import derive
from congkhai.model.site_model import SiteModel
from congkhai.pages.pages import national_pages
from congkhai.pages.province_pages import commune_pages
from congkhai.pages.render import Renderer
from congkhai.pages.site import Site

TEMPLATES = [ROOT / "theme", Path(material.__file__).parent / "templates"]
CONTACT = "điện thoại 0213 0000"
SITES = {
    "nobody": Site("Công khai kế hoạch", "https://a.example/", None),
    "phone": Site("x", "https://a.example/", None, operator="Sở Mẫu", contact=CONTACT),
    "forge": Site("x", "https://a.example/", None, forge=read_forge("https://github.com/a/b")),
}
GENERATED = {
    "error": "bao-sai/",
    "reporting": "bao-cao/",
    "commune": "dia-phuong/hai-phong/phuong-le-chan/",
}
EXTENSIONS = ["admonition", "attr_list", "footnotes", "tables", "toc"]

Words = Callable[[str, str], str]


@pytest.fixture(scope="module")
def model() -> SiteModel:
    return derive(load_dataset(ROOT / "plans")[0], date.fromisoformat(AS_OF))


@pytest.fixture(scope="module")
def page(model: SiteModel) -> Words:
    """Return what gives the HTML of a page of one of the sites, on one line."""
    province = next(one for one in model.provinces if one.slug == "hai-phong")
    made = chain(national_pages(model), commune_pages(model, province))
    pages = {one.address: one for one in made if one.address in GENERATED.values()}

    def page(site: str, name: str) -> str:
        renderer = Renderer(TEMPLATES, SITES[site])
        renderer.show(model, {})
        if name in GENERATED:
            text = renderer.page(pages[GENERATED[name]])
        else:
            source = (ROOT / "content" / f"{name}.md").read_text("utf-8").split("---\n", 2)[2]
            content = markdown.markdown(source, extensions=EXTENSIONS)
            text = renderer.wrap(f"{name}/", name, "", content)
        return " ".join(html.unescape(text).split())

    return page


def words_of(text: str) -> str:
    """Return the words of a page between its head and its foot."""
    main = text.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


@pytest.mark.parametrize("name", [*GENERATED, "huong-dan", "tro-nang", "gioi-thieu"])
def test_nobody_is_sent_to_an_operator_that_is_not_named(page: Words, name: str) -> None:
    """Without a contact no sentence asks to send or to tell anything to whoever runs the site."""
    asks = r"(?:gửi|báo)[^.]{0,60}(?:nơi quản lý|Báo sai mục này)|chép và gửi|xin báo|xem cách gửi"
    assert re.search(asks, words_of(page("nobody", name))) is None
    assert "<!--" not in page("nobody", name) + page("phone", name)


def test_with_a_contact_these_sentences_are_there(page: Words) -> None:
    """The other half of the test above."""
    said = {
        "error": f"xin gửi cho nơi quản lý trang web này: Sở Mẫu. {CONTACT}",
        "reporting": f"Gửi tệp cho nơi quản lý trang web: {CONTACT}",
        "commune": "xem cách gửi",
        "huong-dan": "cho nơi quản lý trang web (ghi ở cuối trang này)",
        "tro-nang": "xin báo theo cách ghi ở trang Báo sai",
    }
    for name, sentence in said.items():
        assert sentence in words_of(page("phone", name)), name


@pytest.mark.parametrize("site", SITES)
def test_the_page_of_mistakes_has_a_form_where_somebody_takes_them(page: Words, site: str) -> None:
    """It says how to send what was written; staff's form is another page."""
    text = page(site, "error")
    assert ('id="error-report"' in text, "Soạn lời báo sai" in text) == (site != "nobody",) * 2
    assert "Dành cho cán bộ" not in words_of(text)
    assert "Báo sai" not in words_of(page("nobody", "reporting"))


def test_each_page_leads_to_the_form_with_its_address(page: Words) -> None:
    """Where the contact is no form of its own."""
    for site in ("phone", "forge"):
        link = re.search(r'href="([^"]*bao-sai/\?trang=[^"]*)"', page(site, "commune"))
        assert link and link[1].endswith("=https%3A//a.example/" + GENERATED["commune"])
    assert "?trang=" not in page("nobody", "commune")
