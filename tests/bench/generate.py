"""National data in the project's own schema: a plan for every commune of the register.

Comes in: how many plans. Goes out: a data folder as `plans/` is, the same bytes on every
machine: the national registers, a parent document for each province, and for each
plan `plan.yml` (some 40 commitments, some 30 KB), `source.txt` and now and then a report.

    python tests/bench/generate.py 3356 /tmp/country
    python tests/bench/generate.py 150 /tmp/province --province phu-tho --years 5

The second: plans of one province alone, and each year a report by every unit that leads something
in a plan.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "hooks")]

from congkhai.data.folder import REGISTERS  # noqa: E402
from congkhai.data.load import load_dataset  # noqa: E402
from congkhai.data.national import FOLDER, read_national  # noqa: E402
from congkhai.model.places import build_places  # noqa: E402
from congkhai.model.views import Place  # noqa: E402
from congkhai.text.vietnamese import capital  # noqa: E402
from tests.bench import phrases  # noqa: E402

TITLE = (
    "Chương trình hành động thực hiện Kế hoạch chiến lược Cộng đồng Văn hóa - Xã hội ASEAN "
    "tại Việt Nam giai đoạn 2026 - 2035"
)
_UNITS = read_national("units.yml").data
assert isinstance(_UNITS, dict)
UNIT_NAMES = {slug: str(unit["name"]) for slug, unit in _UNITS.items()}
TOP = ("155-qd-ttg-2026", "Quyết định số 155/QĐ-TTg ngày 20/01/2026")
REPORTED_SHARE = 0.3
"""Of the plans, how many have a report, where no years are asked for."""
FIRST_YEAR = 2026


def generate(count: int, folder: Path, province: str | None = None, years: int = 0) -> None:
    """Write `count` plans and their registers into `folder`, which is made anew.

    `province`: name in addresses of the one whose plans they are; else of the whole country.
    `years`: for which every leading unit reports; else a share of the plans has one report.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in REGISTERS:
        shutil.copy(FOLDER / name, folder)
    # Hugo reads the registers where the plans are, so they stand alone there.
    with (folder / "localities.yml").open("a", encoding="utf-8") as localities:
        localities.write("standalone: true\n")
    dataset, problems = load_dataset(folder)
    assert not problems, problems
    places = build_places(dataset.localities, ())
    provinces = {
        place.code: place
        for place in places.values()
        if place.level == "province" and place.until is None
    }
    parents = {
        code: _Parent.of(number, place) for number, (code, place) in enumerate(provinces.items())
    }
    with (folder / "documents.yml").open("a", encoding="utf-8") as documents:
        documents.writelines(parent.record(provinces[code]) for code, parent in parents.items())
    for place, programme in _whose(places, count, province):
        home = provinces[place.province or place.code]
        path = [home.slug, *([place.slug] if place.province else []), programme]
        _Plan(place, home, parents[home.code], programme).write(folder.joinpath(*path), years)


def _whose(
    places: dict[str, Place], count: int, province: str | None
) -> Iterator[tuple[Place, str]]:
    """Choose localities spread over the country: provinces, then a commune of each in turn."""
    in_force = [
        place for place in places.values() if place.until is None and place.level != "central"
    ]
    provinces = [place for place in in_force if not place.province]
    if province is not None:
        provinces = [place for place in provinces if place.slug == province]
    groups = [
        [place for place in in_force if place.province == province.code] for province in provinces
    ]
    communes = [place for row in zip_longest(*groups) for place in row if place]
    order = [(place, "ascc-2026-2030") for place in chain(provinces, communes)]
    # 34 + 3,321 localities and 3,356 plans: one province has a second one.
    order.append((provinces[0], "ascc-2026-2030-bo-sung"))
    if count > len(order):
        raise ValueError(f"{len(order)} plans at most")
    yield from order[:count]


@dataclass(frozen=True)
class _Parent:
    """The province's plan as its communes cite it."""

    id: str
    printed: str
    number: int

    @staticmethod
    def of(index: int, place: Place) -> _Parent:
        number = 168 if place.slug == "hai-phong" else 100 + index
        name = f"{number}-kh-ubnd-{place.slug}-2026"
        return _Parent(name, f"Kế hoạch số {number}/KH-UBND ngày 06/5/2026", number)

    def record(self, place: Place) -> str:
        return (
            f'\n{self.id}:\n  type: Kế hoạch\n  number: "{self.number}"\n'
            '  symbol: KH-UBND\n  date: "2026-05-06"\n'
            f"  issuer: Ủy ban nhân dân {place.name}\n"
            f'  title: "thực hiện “{TITLE}” trên địa bàn {place.name}"\n'
            f'  parent: {TOP[0]}\n  obliges: "{place.code}"\n'
        )


class _Plan:
    """One plan, made of phrases that its locality's code chooses."""

    def __init__(self, place: Place, home: Place, parent: _Parent, folder: str) -> None:
        self.place, self.home, self.parent, self.folder = place, home, parent, folder
        self.random = Random(f"{place.code} {folder}")
        self.lines: list[str] = []
        self.printed: list[str] = []
        self.tasks: dict[str, list[str]] = {}
        """By leading unit: its items."""

    def write(self, path: Path, years: int) -> None:
        path.mkdir(parents=True)
        self._head()
        self._body()
        self._end()
        (path / "plan.yml").write_text("\n".join(self.lines) + "\n", "utf-8")
        (path / "source.txt").write_text("\n".join(self.printed) + "\n", "utf-8")
        if years:
            (path / "reports").mkdir()
            for unit in self.tasks:
                self._report_yearly(path / "reports", unit, years)
        elif self.random.random() < REPORTED_SHARE:
            (path / "reports").mkdir()
            self._report(path / "reports", self._unit(0), FIRST_YEAR, set())

    # ------------------------------------------------------------- the plan

    def _head(self) -> None:
        issuer = f"Ủy ban nhân dân {self.place.name}"
        number = self.random.randrange(20, 300)
        day = f"2026-{self.random.choice(('06', '07', '08'))}-{self.random.randrange(1, 29):02}"
        title = f"Thực hiện “{TITLE}” trên địa bàn {self.place.name} trong giai đoạn 2026 - 2030"
        cited, words = (self.parent.id, self.parent.printed) if self.place.province else TOP
        preamble = (
            f"Thực hiện {words} về việc thực hiện “{TITLE}”, {issuer} ban hành Kế hoạch "
            "thực hiện trên địa bàn như sau:"
        )
        self.printed += [f"Số: {number}/KH-UBND", "KẾ HOẠCH", title, preamble]
        self.lines += [
            f'locality: "{self.place.code}"',
            "programme: ascc-2026-2035",
            "document:",
            f'  number: "{number}"',
            '  symbol: "KH-UBND"',
            f'  date: "{day}"',
            f'  issuer: "{issuer}"',
            "  letterhead:",
            f'    - "Số: {number}/KH-UBND"',
            '  type: "KẾ HOẠCH"',
            f'  title: "{title}"',
            "period: {from: 2026, to: 2030}",
            f'scope: "trên địa bàn {self.place.name}"',
            "cites:",
            f'  - {{document: "{cited}", relation: parent, printed: "{words}", at: preamble}}',
            "preamble:",
            f'  - "{preamble}"',
            "body:",
        ]

    def _item(
        self,
        depth: int,
        name: str,
        number: str,
        *,
        title: str = "",
        text: str = "",
        more: tuple[str, ...] = (),
        items: bool = False,
    ) -> None:
        indent = "  " + "    " * depth
        inner = indent + "  "
        self.lines += [f"{indent}- id: {name}", f'{inner}number: "{number}"']
        self.lines += [f'{inner}title: "{title}"'] if title else []
        self.lines += [f'{inner}text: "{text}"'] if text else []
        self.lines += [inner + line for line in more]
        self.lines += [f"{inner}items:"] if items else []
        self.printed.append(" ".join(part for part in (number, title, text) if part))

    def _body(self) -> None:
        self._item(0, "i", "I.", title="MỤC ĐÍCH, YÊU CẦU", items=True)
        for part, heading in enumerate(("Mục đích", "Yêu cầu"), 1):
            self._item(1, f"i.{part}", f"{part}.", title=heading, items=True)
            for index in range(1, 5):
                self._item(
                    2, f"i.{part}-{index}", "-", text=self._sentence(self.random.randrange(6))
                )
        self._item(0, "ii", "II.", title="MỤC TIÊU", items=True)
        self._item(
            1,
            "ii.1",
            "1.",
            title="Mục tiêu chung",
            text=self._sentence(0),
            more=("kind: objective",),
        )
        self._item(1, "ii.2", "2.", title="Mục tiêu cụ thể", more=("kind: target",), items=True)
        for index, (measure, population, rest) in enumerate(phrases.TARGETS, 1):
            self._target(f"ii.2-{index}", measure, population, rest)
        self._item(0, "iii", "III.", title="NHIỆM VỤ, GIẢI PHÁP", more=("kind: task",), items=True)
        for field, (heading, *_) in enumerate(phrases.FIELDS):
            self._item(1, f"iii.{field + 1}", f"{field + 1}.", title=heading, items=True)
            for index in range(1, 5):
                self._task(f"iii.{field + 1}-{index}", field)
        self._item(
            0,
            "iv",
            "IV.",
            title="KINH PHÍ THỰC HIỆN",
            text="Từ nguồn ngân sách nhà nước theo phân cấp, lồng ghép các chương trình, dự án "
            "và các nguồn huy động hợp pháp khác.",
        )
        self._item(0, "v", "V.", title="TỔ CHỨC THỰC HIỆN", more=("kind: duty",), items=True)
        for field in range(6):
            self._duties(field)
        self._item(
            1,
            "v.7",
            "7.",
            title="Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam và các đoàn thể",
            text=self._sentence(0),
            more=("requested: [ubmttq, doan-the]",),
        )

    def _target(self, name: str, measure: str, population: str, rest: str) -> None:
        value = self.random.randrange(75, 100)
        more = (
            "targets:",
            f"  - measure: {measure}",
            f'    printed: "trên {value}%"',
            f'    population: "{population}"',
            '    comparator: ">"',
            f"    value: {value}",
            '    unit: "%"',
            '    modal: "Phấn đấu"',
        )
        self._item(
            2,
            name,
            "-",
            text=f"Phấn đấu trên {value}% {population} của {self.place.name} {rest}.",
            more=more,
        )

    def _task(self, name: str, field: int) -> None:
        lead, others = self._unit(field), [self._unit(self.random.randrange(6)) for _ in range(2)]
        others = [unit for unit in dict.fromkeys(others) if unit != lead]
        bodies = f"chủ trì: {UNIT_NAMES[lead]}"
        if others:
            bodies += f"; phối hợp: {', '.join(UNIT_NAMES[unit] for unit in others)}"
        text = f"{self._sentence(field)[:-1]} ({bodies})."
        more = [f"lead: [{lead}]"]
        more += [f"coordinating: [{', '.join(others)}]"] if others else []
        when = self.random.randrange(4)
        if when == 0:
            year, month = self.random.randrange(2026, 2031), self.random.choice((9, 11))
            if year == 2026:
                month = 12
            text += f" Hoàn thành trước ngày 15/{month}/{year}."
            more.append(
                f'due: {{printed: "trước ngày 15/{month}/{year}", before: "{year}-{month:02}-15"}}'
            )
        elif when == 1:
            year = self.random.randrange(2027, 2031)
            text += f" Hoàn thành trong năm {year}."
            more.append(f'due: {{printed: "trong năm {year}", by: "{year}"}}')
        self._item(2, name, "-", text=text, more=tuple(more))
        self.tasks.setdefault(lead, []).append(name)

    def _duties(self, field: int) -> None:
        unit = self._unit(field)
        self._item(
            1,
            f"v.{field + 1}",
            f"{field + 1}.",
            title=UNIT_NAMES[unit],
            more=(f"implementing: [{unit}]",),
            items=True,
        )
        for index in (1, 2):
            text = self._sentence(field)
            more = (f"coordinating: [{unit}]",) if text.startswith("Phối hợp") else ()
            if field == 0 and index == 2:
                to = "ubnd" if self.place.province else "bo-noi-vu"
                text = (
                    "Theo dõi, đôn đốc, tổng hợp kết quả thực hiện, "
                    f"báo cáo {UNIT_NAMES[to]} trước ngày 01/11 hằng năm."
                )
                more = (
                    'due: {printed: "trước ngày 01/11 hằng năm", before: "11-01", every: year}',
                    f"reporting: {{to: [{to}]}}",
                )
            self._item(2, f"v.{field + 1}-{index}", "-", text=text, more=more)
            self.tasks.setdefault(unit, []).append(f"v.{field + 1}-{index}")

    def _end(self) -> None:
        closing = (
            f"Trên đây là Kế hoạch thực hiện “{TITLE}” trên địa bàn {self.place.name}; "
            "yêu cầu các cơ quan, đơn vị nghiêm túc triển khai thực hiện."
        )
        person = " ".join(
            self.random.choice(part) for part in (phrases.FAMILIES, phrases.MIDDLE, phrases.GIVEN)
        )
        self.lines += [
            "closing:",
            f'  - "{closing}"',
            'recipients_heading: "Nơi nhận:"',
            "recipients:",
            '  - text: "Như trên (để b/c);"',
            '  - text: "Lãnh đạo UBND;"',
            "    units: [lanh-dao-ubnd]",
            '  - text: "Lưu: VT."',
            "signature:",
            '  - "CHỦ TỊCH"',
            f'  - "{person}"',
        ]
        self.printed += [
            closing,
            "Nơi nhận:",
            "- Như trên (để b/c);",
            "- Lãnh đạo UBND;",
            "- Lưu: VT.",
            "CHỦ TỊCH",
            person,
        ]

    # --------------------------------------------------------------- reports

    def _report_yearly(self, folder: Path, unit: str, years: int) -> None:
        done: set[str] = set()
        for year in range(FIRST_YEAR, FIRST_YEAR + years):
            self._report(folder, unit, year, done)

    def _report(self, folder: Path, unit: str, year: int, finished: set[str]) -> None:
        """Write what a unit reports of a year; what it has `finished` is in earlier reports."""
        rows = [
            f"unit: {unit}",
            f'period: "{year}"',
            f'date: "{year}-11-{self.random.randrange(1, 20):02}"',
            "entries:",
        ]
        for item in self.tasks[unit]:
            if item in finished:
                continue
            done = self.random.random() < 0.4
            rows += [
                f"  - item: {item}",
                f"    status: {'done' if done else 'in-progress'}",
                *([f'    done_on: "{year}-10-{self.random.randrange(1, 30):02}"'] if done else []),
            ]
            rows += [f'    text: "{self.random.choice(phrases.REPORTED)}"']
            if done:
                finished.add(item)
        if rows[-1] == "entries:":
            rows[-1] = "entries: []"
        (folder / f"{year}-{unit}.yml").write_text("\n".join(rows) + "\n", "utf-8")

    # --------------------------------------------------------------- choices

    def _unit(self, field: int) -> str:
        _, commune, province, _ = phrases.FIELDS[field]
        return commune if self.place.province else province

    def _sentence(self, field: int) -> str:
        choose = self.random.choice
        first, second = self.random.sample(phrases.ACTIONS, 2)
        one, two = self.random.sample(phrases.FIELDS[field][3], 2)
        return capital(
            f"{first} {one} trên địa bàn {self.place.name}, {choose(phrases.MEANS)}; "
            f"{second.lower()} {two}, {choose(phrases.PURPOSES)}."
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--province")
    parser.add_argument("--years", type=int, default=0)
    asked = parser.parse_args()
    generate(asked.count, asked.folder, asked.province, asked.years)
