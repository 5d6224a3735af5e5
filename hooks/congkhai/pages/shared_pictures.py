"""What the picture says that goes along when a page is shared: of a plan, a province, the site.

Comes in: the `SiteModel`. Goes out: `SharedPicture`s, whose files `exports.shared_pictures` makes.
They say nothing that a day changes by itself, so that a file stays as it is until a word does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from congkhai.model import routes
from congkhai.model.plan_view import PlanView
from congkhai.model.site_model import SiteModel
from congkhai.model.views import Place
from congkhai.pages import labels
from congkhai.pages.page import PageImage
from congkhai.pages.pictures import TILE_SIGNS, commune_grid, tile_map
from congkhai.pictures.squares import draw_squares
from congkhai.pictures.tile_map import Tile, grid_place
from congkhai.text.dates import format_day
from congkhai.text.line_breaks import keep_words_whole
from congkhai.text.vietnamese import capital, number

WIDTH, HEIGHT = 1200, 630
"""In pixels, as networks ask for a large picture."""
FILE = "chia-se.png"
"""Beside the page of a plan, of a province, and beside the first page."""
HOME_FILE = routes.HOME + FILE
NOT_SEEN = "Chưa thấy trên trang web không có nghĩa là chưa ban hành."


Sign = TypeVar("Sign", bound=str)


class Spot(NamedTuple):
    """Where a sign stands on a map."""

    column: int
    row: int
    name: str
    """Below it; of the archipelagos alone, which nobody would know by their place."""


@dataclass(frozen=True, slots=True)
class SharedPicture:
    """A picture in words and signs, before it is drawn."""

    address: str
    title: str
    subtitle: str
    count: str
    """What each sign stands for, with their number: «35 việc»."""
    signs: tuple[str, ...]
    legend: tuple[tuple[str, str], ...]
    """The signs that occur, each with its words."""
    caveat: str = ""
    """What a copy of it has to say once it is elsewhere: since when it is so, and how little
    silence means."""
    spots: tuple[Spot, ...] = ()
    """Where each sign stands, if they make a map; otherwise they fill rows."""

    @property
    def image(self) -> PageImage:
        """Return where the picture is and what it says, for those who do not see it."""
        said = "; ".join(words for _, words in self.legend)
        title, subtitle = self.title.rstrip("?"), self.subtitle.rstrip("?")
        caveat = f". {self.caveat}" if self.caveat else ""
        alt = f"{title}: {subtitle}. {self.count}: {said}{caveat}".replace("\u00a0", " ")
        return PageImage(self.address, alt)


def plan_picture(view: PlanView, site_model: SiteModel) -> SharedPicture:
    """Return the picture of a plan and all its pages; the plan is opened for it."""
    drawing = draw_squares(view.open().commitments)
    subject = keep_words_whole(site_model.programmes[view.programme].programme.subject)
    years = labels.years(view.period).replace(" ", "\u00a0")
    return SharedPicture(
        view.address + FILE,
        capital(view.issuer.name),
        f"{capital(view.document.type_name)} {subject} {years}",
        labels.count_of_commitments(view.rollup),
        tuple(square.group for square in drawing.squares),
        _legend(drawing.counts, labels.GROUPS),
        _caveat_of(view),
    )


def _caveat_of(view: PlanView) -> str:
    """Say since when a plan's states are these: no day by itself makes it another one."""
    days = [view.valid.since, *(entry.day for entry in view.ledger)]
    last = max((day for day in days if day is not None), default=None)
    since = f"Số liệu từ ngày {format_day(last)}. " if last else ""
    return f"{since}Chưa thấy trên trang web không có nghĩa là chưa làm."


def plan_image(view: PlanView, site_model: SiteModel) -> PageImage:
    """Return what goes along with a plan's pages."""
    return plan_picture(view, site_model).image


def province_image(province: Place, site_model: SiteModel) -> PageImage:
    """Return what goes along with the page of a province and of its communes without a plan."""
    return province_picture(province, site_model).image


def province_picture(province: Place, site_model: SiteModel) -> SharedPicture:
    """Return the picture of a province: its communes by what is known of their plans."""
    drawing = commune_grid(province, site_model).drawing
    return SharedPicture(
        province.address + FILE,
        capital(province.name),
        "Xã, phường nào đã có kế hoạch trên trang web, ai làm việc gì, đã báo cáo gì?",
        f"{number(len(drawing.squares))} xã, phường, đặc khu",
        tuple(square.state for square in drawing.squares),
        _legend(drawing.counts, labels.COVERAGE),
        NOT_SEEN,
    )


def home_picture(site_model: SiteModel) -> SharedPicture:
    """Return the picture of all other pages: the provinces by what is held of each."""
    drawing = tile_map(site_model).drawing
    return SharedPicture(
        HOME_FILE,
        "Địa phương có kế hoạch làm gì, ai làm, đã báo cáo gì?",
        "Nguyên văn, cơ quan thực hiện, thời hạn và báo cáo của từng việc",
        f"{number(len(drawing.provinces))} tỉnh, thành phố",
        tuple(tile.sign for tile in drawing.tiles),
        _legend(drawing.counts, TILE_SIGNS),
        NOT_SEEN,
        tuple(_spot(tile, tile in drawing.provinces) for tile in drawing.tiles),
    )


def _spot(tile: Tile, is_province: bool) -> Spot:
    return Spot(*grid_place(tile), "" if is_province else tile.place.short)


def _legend(
    counts: Iterable[tuple[Sign, int]], words: Mapping[Sign, str]
) -> tuple[tuple[str, str], ...]:
    return tuple((sign, f"{number(count)} {words[sign]}") for sign, count in counts if count)
