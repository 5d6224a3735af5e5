"""Few sizes of letters, lines with room for two marks, and words that do not break in two."""

from __future__ import annotations

import pytest

from conftest import Visit
from tests.kinds import DEMO, REAL

KINDS = {"real": REAL, "demo": DEMO}
WIDTHS = (360, 1280)
MOST_SIZES = 6
LEAST_LINES = {"text": 1.5, "heading": 1.3}
NAM_SACH = "ke-hoach/hai-phong/xa-nam-sach/ascc-2026-2030/"
MEASURE = """(least) => {
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  const sizes = new Set(), tight = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, within = node.parentElement;
    // Letters of a picture grow with it; a word for screen readers is not seen.
    if (!node.data.trim() || within.closest("svg, script, .visually-hidden")) continue;
    const style = getComputedStyle(within), size = parseFloat(style.fontSize);
    sizes.add(size);
    const line = parseFloat(style.lineHeight) / size;
    const isHeading = within.closest("h1:not(.promise), h2, h3, h4, h5, h6, .brand") !== null;
    if (line >= (isHeading ? least.heading : least.text) - 0.001) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const tops = [...range.getClientRects()].map((box) => Math.round(box.top));
    if (new Set(tops).size > 1) tight.push([node.data.trim().slice(0, 40), line]);
  }
  // In a flex container a word beside text is an item of its own, and the blank between is lost.
  const glued = [...document.querySelectorAll(".one-word")].filter((word) => {
    const within = word.parentElement;
    const isText = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();
    return getComputedStyle(within).display.includes("flex") && [...within.childNodes].some(isText);
  });
  return { sizes: [...sizes], tight, glued: glued.map((word) => word.textContent) };
}"""
"""The sizes of a page's letters; its texts of several lines without room for marks; and whole words
that lost the blank beside them."""
COMPOUNDS = (
    r"/(?:(?:văn\shóa|xã\shội|môi\strường|kinh\stế|nông\sthôn|ủy\sban|ubnd\stỉnh"
    r"|báo\scáo|cơ\squan|kế\shoạch)(?:\s-)?"
    r"|(?<=xã |tỉnh |phố )(?:Nam\sSách|Lai\sChâu|Hải\sPhòng))/gi"
)
BROKEN = """(compounds) => {
  const broken = [];
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (!node.parentElement.closest(
      "h1, h2, .lead, .caveat, .note, .subtitle, .row-words, .official, th[scope=row]")) continue;
    for (const found of node.data.matchAll(compounds)) {
      const range = document.createRange();
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      const tops = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
      if (tops.size > 0) broken.push([found[0], tops.size > 1]);
    }
  }
  return broken;
}"""


@pytest.mark.parametrize("data", KINDS, indirect=True)
def test_a_width_has_few_sizes_and_its_lines_have_room_for_marks(
    visit: Visit, request: pytest.FixtureRequest
):
    sizes: dict[int, set[float]] = {width: set() for width in WIDTHS}
    tight = []
    for kind, address in KINDS[request.node.callspec.params["data"]].items():
        page = visit(address, WIDTHS[0])
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            measured = page.evaluate(MEASURE, LEAST_LINES)
            assert measured["sizes"], kind
            sizes[width] |= set(measured["sizes"])
            tight += [(kind, width, *text) for text in measured["tight"]]
            assert measured["glued"] == [], kind
    for width in WIDTHS:
        assert 3 < len(sizes[width]) <= MOST_SIZES, (width, sorted(sizes[width]))
    assert tight == []


@pytest.mark.parametrize("data", ["real"], indirect=True)
@pytest.mark.parametrize(
    "address",
    [
        NAM_SACH,
        f"{NAM_SACH}iii.2-2/",
        f"{NAM_SACH}toan-van/",
        "chu-de/moi-truong/",
        "cam-ket/?chu-de=moi-truong",
        "don-vi/",
        "lich/",
        "dia-phuong/hai-phong/phuong-le-chan/",
        "tim-kiem/?q=moi+truong",
    ],
)
def test_a_word_of_several_syllables_stands_on_one_line(visit: Visit, address: str):
    seen = 0
    page = visit(address, 320)
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    if address.startswith("tim-kiem"):
        page.locator("mark").first.wait_for()
    for width in range(320, 480, 20):
        page.set_viewport_size({"width": width, "height": 800})
        found = page.evaluate(f"({BROKEN})({COMPOUNDS})")
        seen += len(found)
        assert [words for words, is_broken in found if is_broken] == [], width
    assert seen > 3


@pytest.mark.parametrize("data", ["real"], indirect=True)
@pytest.mark.parametrize(
    ("address", "place"),
    [
        (f"{NAM_SACH}iii.2-2/", "h1.promise"),
        (f"{NAM_SACH}toan-van/#iii.2-2", "[id='iii.2-2'] > .official"),
        (f"{NAM_SACH}#iii.2-2", "[id='iii.2-2'] .row-words"),
        ("cam-ket/?chu-de=moi-truong&noi=hai-phong/xa-nam-sach", ".card .official"),
    ],
)
def test_words_of_a_document_are_copied_with_the_blanks_that_it_has(
    visit: Visit, address: str, place: str
):
    page = visit(address, 360)
    copied = (
        page.locator(place)
        .filter(has_text="vệ sinh")
        .first.evaluate(
            """(place) => {
              getSelection().selectAllChildren(place);
              return getSelection().toString();
            }"""
        )
    )
    assert "vệ sinh môi trường" in copied and "\u00a0" not in copied and "\n" not in copied.strip()
