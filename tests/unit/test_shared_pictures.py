"""The picture that goes along with a shared page: legible, small, the same bytes each time."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageFont

from conftest import AS_OF, DATA
from congkhai.data.load import load_dataset
from congkhai.exports.shared_pictures import BOLD, FONTS, REGULAR, draw_png, picture_job
from congkhai.model.derive import derive
from congkhai.model.ledger import LedgerEntry
from congkhai.model.site_model import SiteModel
from congkhai.model.today import Interval
from congkhai.pages.shared_pictures import (
    HEIGHT,
    WIDTH,
    SharedPicture,
    home_picture,
    plan_picture,
    province_picture,
)
from congkhai.pages.site import Site

MOST_BYTES = 30_000
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
ALPHABET = {
    unicodedata.normalize("NFC", letter + tone)
    for letters in ("aăâeêioôơuưy", "AĂÂEÊIOÔƠUƯY")
    for letter in letters
    for tone in TONES
} | set("bcdđghklmnpqrstvxBCDĐGHKLMNPQRSTVXfjwzFJWZ0123456789 .,;:!?()/%-–“”«»…\u00a0")


@pytest.fixture(scope="module", params=DATA)
def site_model(request: pytest.FixtureRequest) -> SiteModel:
    dataset, _ = load_dataset(DATA[request.param])
    return derive(dataset, date.fromisoformat(AS_OF))


def pictures_of(site_model: SiteModel) -> list[SharedPicture]:
    return [
        *(plan_picture(view, site_model) for view in site_model.plans.values()),
        *(province_picture(province, site_model) for province in site_model.provinces),
        home_picture(site_model),
    ]


def without_glyph(font: Path, letters: set[str]) -> list[str]:
    """List the letters of which a font draws nothing, blanks apart."""
    drawn = ImageFont.truetype(str(font), 40, layout_engine=ImageFont.Layout.BASIC)
    return sorted(one for one in letters if not any(bytes(drawn.getmask(one))) and one.strip())


@pytest.mark.parametrize("font", [REGULAR, BOLD], ids=lambda font: font.stem)
def test_a_font_has_every_letter_that_a_picture_writes(font: Path, site_model: SiteModel):
    assert len(ALPHABET) > 190
    names = {place.name for place in site_model.places.values()}
    titles = {view.document.title for view in site_model.plans.values()}
    written = {
        letter
        for picture in pictures_of(site_model)
        for text in (
            picture.title,
            picture.subtitle,
            picture.count,
            picture.caveat,
            *dict(picture.legend).values(),
        )
        for letter in text
    }
    assert without_glyph(font, ALPHABET | written | set("".join(names | titles))) == []
    assert without_glyph(font, {"語"}) == ["語"]


def test_a_plan_s_picture_says_since_when_and_how_little_silence_means(site_model: SiteModel):
    """The day is that of the last change: another day on which nothing changed is no other."""
    view = next(iter(site_model.plans.values()))
    valid = Interval(date(2026, 11, 1), date(2026, 12, 30))

    def caveat(*days: date | None) -> str:
        entry = LedgerEntry("plan-edited", "key", None, "plan.yml")
        ledger = tuple(replace(entry, day=day) for day in days)
        return plan_picture(replace(view, valid=valid, ledger=ledger), site_model).caveat

    silence = "Chưa thấy trên trang web không có nghĩa là chưa làm."
    assert caveat() == f"Số liệu từ ngày 01/11/2026. {silence}"
    assert caveat(date(2025, 1, 5), None) == caveat()
    assert caveat(date(2026, 11, 20)) == f"Số liệu từ ngày 20/11/2026. {silence}"


def test_a_font_comes_with_its_licence():
    licence = (FONTS / "OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence and "Be Vietnam Pro" in licence


def test_a_picture_is_small_of_the_right_size_and_one_of_its_own(site_model: SiteModel):
    pictures = pictures_of(site_model)
    drawn = [draw_png(picture, "Công khai kế hoạch") for picture in pictures]
    assert len(set(drawn)) == len(drawn) > 8
    for picture, content in zip(pictures, drawn, strict=True):
        image = Image.open(io.BytesIO(content))
        image.load()
        assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
        assert len(content) <= MOST_BYTES, picture
    for index in (0, -2, -1):  # of a plan, of a province, of the home page
        assert draw_png(pictures[index], "Công khai kế hoạch") == drawn[index]


@pytest.mark.parametrize("count", [0, 1, 35, 67, 400, 5000])
def test_a_picture_of_any_number_of_signs_keeps_its_words_clear(count: int):
    title = "Ủy ban nhân dân Đặc khu Bạch Long Vĩ, thành phố Hải Phòng và những nơi khác " * 4
    signs = ("overdue",) * count
    picture = SharedPicture("x.png", title, title, f"{count} việc", signs, (("overdue", "mọi"),))
    content = draw_png(picture, "Công khai kế hoạch")
    assert len(content) <= 2 * MOST_BYTES
    bare = draw_png(replace(picture, signs=()), "Công khai kế hoạch")
    with Image.open(io.BytesIO(content)) as image, Image.open(io.BytesIO(bare)) as without:
        both = [picture.crop((0, 495, WIDTH, HEIGHT)).tobytes() for picture in (image, without)]
    assert both[0] == both[1]


def test_a_picture_is_made_again_only_when_it_would_be_another(site_model: SiteModel):
    picture = home_picture(site_model)
    site = Site("Công khai kế hoạch", "https://congkhai.example/", "abc")

    def basis(picture: SharedPicture, site: Site) -> bytes | None:
        return picture_job(picture, site).basis

    assert basis(picture, site)
    tomorrow = replace(site, commit="def", url="https://example.vn/")
    assert basis(picture, site) == basis(picture, tomorrow)
    others = [
        basis(replace(picture, title="Khác"), site),
        basis(replace(picture, signs=picture.signs[1:]), site),
        basis(picture, replace(site, name="Tên khác")),
        basis(picture, replace(site, demo=True)),
    ]
    assert len({basis(picture, site), *others}) == 5
