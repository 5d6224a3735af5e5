"""Pictures that go along when a page is shared, as PNG: drawn once, kept until a word changes.

Comes in: a `SharedPicture`. Goes out: a job that makes its file. Pillow draws it, which reads PDF
for us already: it takes a tenth of the time of a renderer of SVG, whose colours would have to be
counted down afterwards to fit into 30 KB. Few colours from the start, each in a few steps towards
what is behind it, make a small file. The font has an open licence, beside it in `fonts/`.
"""

from __future__ import annotations

import functools
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import PIL
from PIL import Image, ImageChops, ImageDraw, ImageFont

from congkhai.exports.job import Job
from congkhai.pages.pictures import COLOURS
from congkhai.pages.shared_pictures import HEIGHT, WIDTH, SharedPicture, Spot
from congkhai.pages.site import Site

FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD = FONTS / "BeVietnamPro-Regular.ttf", FONTS / "BeVietnamPro-Bold.ttf"
MARGIN = 60
BAND = 92
"""Height of the band with the site's name."""
NAME_SIZE, COUNT_SIZE, LEGEND_SIZE = 34, 34, 30
TITLE_SIZES, SUBTITLE_SIZES, CAVEAT_SIZES = (64, 56, 48, 42), (38, 34, 30), (26, 24)
"""Of letters, in pixels; the first at which a text fits."""
MOST_LINES = 2
LEGEND_ROW, LEGEND_SIGN, LEGEND_GAP = 44, 28, 40
MAP_WIDTH, MAP_EDGE, MAP_SIZE = 400, 24, 20
STEPS = 7
"""Shades of a colour towards what is behind it, which make edges smooth."""
STEP_OF_COVER = [round(cover * (STEPS - 1) / 255) for cover in range(256)]
COVERED = [255 if step else 0 for step in STEP_OF_COVER]
LINE = 1.3
"""Height of a line by the size of its letters, which carry two marks above and one below."""
LARGEST_SIGN, SMALLEST_SIGN = 76, 9
FINER = 4
"""Signs are drawn so many times larger, then made smaller with smooth edges."""


LegendRow = list[tuple[str, str, float]]
"""Signs with their words, and where each begins."""


class Colour(NamedTuple):
    """A colour in front of another."""

    ink: str
    behind: str = COLOURS["paper"]


INK, MUTED = Colour(COLOURS["ink"]), Colour(COLOURS["muted"])
TITLE = Colour("#0a4a5c")
ON_BAND = Colour("#ffffff", TITLE.ink)
ON_DEMO = Colour("#ffffff", "#5a2a6b")
SIGN_COLOURS = {
    "held": "teal",
    "known": "teal",
    "below": "teal",
    "former": "teal",
    "done": "done",
    "doing": "doing",
    "overdue": "overdue",
}
"""Of signs; all others have the colour of silence."""
FILLED, HALF = {"done", "held"}, {"doing", "known", "below"}
HATCHED, DASHED, DOTTED = {"overdue", "absent"}, {"not-applicable", "former"}, {"requested"}
"""How signs differ in shape; all others are an empty square."""
PALETTE = (
    *(INK, MUTED, TITLE, ON_BAND, ON_DEMO),
    *(Colour(COLOURS[name]) for name in ("done", "doing", "overdue", "silent", "teal")),
)


def picture_job(picture: SharedPicture, site: Site) -> Job:
    """Return the job of a picture, which is made again only when it would be another one."""
    return Job(
        picture.address,
        lambda: [(picture.address, draw_png(picture, site.name, demo=site.demo))],
        basis=_digest(_recipe(), repr((picture, site.name, site.demo)).encode()),
    )


def draw_png(picture: SharedPicture, site_name: str, *, demo: bool = False) -> bytes:
    """Draw a picture; the same bytes each time."""
    canvas = _Canvas()
    band = ON_DEMO if demo else ON_BAND
    canvas.fill((0, 0, WIDTH, BAND), band)
    name = f"{site_name}: dữ liệu minh họa, không có thật" if demo else site_name
    canvas.write([name], BOLD, NAME_SIZE, band, (BAND - NAME_SIZE * LINE) / 2)
    width = WIDTH - 2 * MARGIN - (MAP_WIDTH if picture.spots else 0)
    size, title = fitting(picture.title, BOLD, TITLE_SIZES, width)
    y = canvas.write(title, BOLD, size, TITLE, BAND + 24)
    size, subtitle = fitting(picture.subtitle, REGULAR, SUBTITLE_SIZES, width)
    y = canvas.write(subtitle, REGULAR, size, INK, y + 4) + 20
    rows = _legend_rows(picture.legend, width)
    size, caveat = fitting(picture.caveat, REGULAR, CAVEAT_SIZES, width)
    foot = HEIGHT - 24 - len(caveat) * size * LINE
    canvas.write(caveat, REGULAR, size, MUTED, foot)
    legend = foot - 8 - len(rows) * LEGEND_ROW
    canvas.draw_legend(rows, legend)
    bottom = legend - COUNT_SIZE * LINE
    canvas.write([picture.count], BOLD, COUNT_SIZE, INK, bottom)
    if picture.spots:
        canvas.draw_map(picture.signs, picture.spots)
    else:
        canvas.draw_signs(picture.signs, y, bottom - 14)
    return canvas.png()


def _legend_rows(legend: Iterable[tuple[str, str]], width: int) -> list[LegendRow]:
    """Break a legend into rows; each entry with where it begins."""
    rows: list[LegendRow] = [[]]
    x: float = MARGIN
    for sign, words in legend:
        length = LEGEND_SIGN + 12 + _length(words, REGULAR, LEGEND_SIZE)
        if rows[-1] and x + length > MARGIN + width:
            rows.append([])
            x = MARGIN
        rows[-1].append((sign, words, x))
        x += length + LEGEND_GAP
    return rows


def fitting(text: str, font: Path, sizes: Sequence[int], width: int) -> tuple[int, list[str]]:
    """Return the largest size at which a text fits into two lines, and the lines.

    At the smallest size, what is too long is cut.
    """
    for size in sizes:
        lines = _wrap(text, font, size, width)
        if len(lines) <= MOST_LINES:
            return size, lines
    return sizes[-1], [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1].rsplit(' ', 1)[0]} …"]


def _wrap(text: str, font: Path, size: int, width: int) -> list[str]:
    lines = [""]
    length = 0.0
    for word in text.split(" "):
        longer = length + _length(f" {word}", font, size)
        if lines[-1] and longer > width:
            lines.append(word)
            length = _length(word, font, size)
        elif lines[-1]:
            lines[-1] += f" {word}"
            length = longer
        else:
            lines[-1] = word
            length = _length(word, font, size)
    return lines


class Shape(NamedTuple):
    """What can be put on a picture."""

    shades: Image.Image
    """The number of a shade for each pixel."""
    covered: Image.Image
    """Where it hides what is below."""


class _Canvas:
    """A picture whose pixels are numbers of colours: a few steps of each of the palette."""

    def __init__(self) -> None:
        self._image = Image.new("P", (WIDTH, HEIGHT), _shade(INK, 0))
        self._image.putpalette(_palette_bytes())

    def fill(self, box: tuple[int, int, int, int], colour: Colour) -> None:
        """Fill a box with what is behind a colour."""
        self._image.paste(_shade(colour, 0), box)

    def write(
        self, lines: Iterable[str], font: Path, size: int, colour: Colour, y: float, x: float = 0
    ) -> float:
        """Write lines below each other; return where the next one would stand."""
        for line in lines:
            self._put(_line(line, font, size, colour), (round(x) or MARGIN, round(y)))
            y += round(size * LINE)
        return y

    def draw_signs(self, signs: Sequence[str], top: float, bottom: float) -> None:
        """Draw signs in rows, as large as all fit; none when there are too many to be told apart.

        Half of them would say something else than the words below.
        """
        width = WIDTH - 2 * MARGIN
        for step in range(LARGEST_SIGN, SMALLEST_SIGN - 1, -1):
            columns = width // step
            if -(-len(signs) // columns) * step <= bottom - top:
                break
        else:
            return
        for index, sign in enumerate(signs):
            place = (MARGIN + index % columns * step, round(top) + index // columns * step)
            self._put(_sign(sign, step - max(2, step // 8)), place)

    def draw_map(self, signs: Iterable[str], spots: Sequence[Spot]) -> None:
        """Draw signs at their columns and rows, as large as all fit, on the right."""
        columns = 1 + max(spot.column for spot in spots)
        rows = 1 + max(spot.row for spot in spots)
        step = min(MAP_WIDTH // columns, (HEIGHT - BAND - 2 * MAP_EDGE) // rows)
        left, top = WIDTH - MARGIN - columns * step, BAND + (HEIGHT - BAND - rows * step) // 2
        for sign, spot in zip(signs, spots, strict=True):
            x, y = left + spot.column * step, top + spot.row * step
            self._put(_sign(sign, step - max(2, step // 8)), (x, y))
            length = _length(spot.name, REGULAR, MAP_SIZE)
            self.write([spot.name], REGULAR, MAP_SIZE, MUTED, y + step, x + (step - length) / 2)

    def draw_legend(self, rows: Iterable[LegendRow], y: float) -> None:
        """Draw each sign with its words, one after the other."""
        for row in rows:
            for sign, words, x in row:
                self._put(_sign(sign, LEGEND_SIGN), (round(x), round(y) + 7))
                self.write([words], REGULAR, LEGEND_SIZE, MUTED, y, x + LEGEND_SIGN + 12)
            y += LEGEND_ROW

    def png(self) -> bytes:
        """Return the picture as a file."""
        file = io.BytesIO()
        # Level 6 takes half as long again for a twelfth less, and level 9 ten times as long.
        self._image.save(file, "PNG", compress_level=5)
        return file.getvalue()

    def _put(self, shape: Shape, place: tuple[int, int]) -> None:
        self._image.paste(shape.shades, place, shape.covered)


def _shaded(mask: Image.Image, colour: Colour) -> Shape:
    """Return a shape in the steps of a colour, by how much of a pixel it covers."""
    shades = mask.point(_shades(colour)).convert("P")  # once, not wherever it is put
    return Shape(shades, mask.point(COVERED))


@functools.lru_cache(maxsize=16)
def _line(words: str, font: Path, size: int, colour: Colour) -> Shape:
    """Return a line of words. Half of those of a picture are in the next one, too."""
    height = round(size * LINE)
    mask = Image.new("L", (WIDTH, height + size // 2))
    ImageDraw.Draw(mask).text((0, height * 0.82), words, 255, _font(font, size), anchor="ls")
    return _shaded(mask, colour)


@functools.cache
def _sign(sign: str, side: int) -> Shape:
    """Return a sign in its colour. A picture has forty, of three or four kinds."""
    return _shaded(_sign_mask(sign, side), _colour_of(sign))


def _sign_mask(sign: str, side: int) -> Image.Image:
    """Return how much of each pixel a sign covers: all, half, hatched, dashed, dot or edge."""
    large = side * FINER
    edge = max(FINER, large // 11)
    whole = Image.new("L", (large, large))
    box = (0, 0, large - 1, large - 1)
    ImageDraw.Draw(whole).rounded_rectangle(box, large // 5, fill=255)
    mask = Image.new("L", (large, large))
    draw = ImageDraw.Draw(mask)
    draw.rounded_rectangle(box, large // 5, outline=255, width=edge)
    if sign in FILLED:
        mask = whole
    elif sign in HALF:
        draw.rectangle((0, 0, large // 2, large), fill=255)
        mask = ImageChops.darker(mask, whole)
    elif sign in HATCHED:
        for start in range(0, 2 * large, large // 3):
            draw.line((start, 0, start - large, large), 255, edge)
        mask = ImageChops.darker(mask, whole)
    elif sign in DASHED:
        for start in range(large // 5, large - edge, large // 4):
            draw.rectangle((start, 0, start + edge, large), fill=0)
            draw.rectangle((0, start, large, start + edge), fill=0)
    elif sign in DOTTED:
        draw.ellipse((large // 3, large // 3, large - large // 3, large - large // 3), fill=255)
    return mask.reduce(FINER)


def _colour_of(sign: str) -> Colour:
    return Colour(COLOURS[SIGN_COLOURS.get(sign, "silent")])


@functools.cache
def _shades(colour: Colour) -> list[int]:
    """Return the shade of a colour for each amount of a pixel that it covers."""
    return [_shade(colour, step) for step in STEP_OF_COVER]


def _shade(colour: Colour, step: int) -> int:
    """Return the number of a colour's shade, from what is behind it (0) to itself."""
    return PALETTE.index(colour) * STEPS + step


@functools.cache
def _palette_bytes() -> list[int]:
    return [
        round(behind + (ink - behind) * step / (STEPS - 1))
        for colour in PALETTE
        for step in range(STEPS)
        for ink, behind in zip(_channels(colour.ink), _channels(colour.behind), strict=True)
    ]


def _channels(colour: str) -> Iterator[int]:
    return iter(bytes.fromhex(colour.removeprefix("#")))


@functools.cache
def _font(file: Path, size: int) -> ImageFont.FreeTypeFont:
    # Basic layout: letters with their marks are one glyph each, and no other library is asked.
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)


@functools.lru_cache(maxsize=4096)
def _length(words: str, font: Path, size: int) -> float:
    """Return how wide words are, most of which the next picture has again.

    Letters of these fonts are not moved towards each other: a line is as wide as all its words.
    """
    return _font(font, size).getlength(words)


@functools.cache
def _recipe() -> bytes:
    """Hash what a picture is made with, besides its own words."""
    files = (Path(__file__), REGULAR, BOLD)
    return _digest(PIL.__version__.encode(), *(file.read_bytes() for file in files))


def _digest(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).digest()
