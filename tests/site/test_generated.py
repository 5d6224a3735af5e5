"""Proof by generation: a plan's words are on its page in place; no edit is silent.

`make test` tries a few hundred edits, `make prove` thousands.
"""

from __future__ import annotations

import json
import random
import shutil
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from typing import Any

import material
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from test_fidelity import OfficialWords

from conftest import DATA, PROVE, ROOT
from congkhai.checks.runner import check
from congkhai.data.load import load_dataset
from congkhai.exports.files import (
    feed_files,
    national_jobs,
    plan_files,
    province_files,
)
from congkhai.exports.open_data.plan_tables import PlanTables
from congkhai.exports.shared_pictures import picture_job
from congkhai.model.assignments import walk
from congkhai.model.changelog import local_subjects, wide_subjects
from congkhai.model.derive import derive
from congkhai.model.transcript import transcript
from congkhai.pages import labels
from congkhai.pages.render import Renderer
from congkhai.pages.shared_pictures import plan_picture
from congkhai.pages.site import Site
from congkhai.text.vietnamese import capital, words
from tests.few_communes import keep_few_communes
from tests.kinds import site_pages

MINIMAL = ROOT / "tests" / "cases" / "valid" / "minimal"
PLAN = "hai-phong/xa-nam-sach/ascc-2026-2030"
AS_OF = date(2028, 6, 30)
TEMPLATES = [ROOT / "theme", Path(material.__file__).parent / "templates"]
AS_RECEIVED = (".yml", "source.txt", ".pdf", ".csv")
"""Endings of files that are published byte for byte; `.csv` is for evidence, not tables."""


@dataclass(frozen=True)
class Built:
    """A site without MkDocs, in memory; or what is wrong with its data."""

    problems: tuple[str, ...] = ()
    pages: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()


@pytest.fixture(autouse=True)
def with_few_communes(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_few_communes(monkeypatch)


def build(plans: Path, as_of: date = AS_OF) -> Built:
    dataset, problems = load_dataset(plans)
    problems = [*problems, *check(dataset, as_of)]
    if problems:
        return Built(tuple(map(str, problems)))
    site_model = derive(dataset, as_of)
    site = Site("Công khai kế hoạch", "https://congkhai.example/", None)
    renderer = Renderer(TEMPLATES, site)
    subjects = local_subjects(site_model) | wide_subjects(site_model)
    renderer.show(site_model, subjects)
    pages = tuple((page.address, renderer.page(page)) for page in site_pages(site_model))
    tables = PlanTables(site_model, site.url)
    made = chain(
        *(
            plan_files(site_model, plan, site.url, plans, tables)
            for plan in site_model.plans.values()
        ),
        *(
            picture_job(plan_picture(plan, site_model), site).make()
            for plan in site_model.plans.values()
        ),
        feed_files(site_model, local_subjects(site_model), site.url),
        province_files(site_model, site.url, tables, large=False),
        *(job.make() for job in national_jobs(site_model, site, [address for address, _ in pages])),
    )
    return Built(
        (),
        pages,
        tuple(
            (address, content)
            for address, content in made
            if not address.endswith(AS_RECEIVED)
            or address.endswith(("cam-ket.csv", "chi-tieu.csv"))
        ),
    )


# --------------------------------------------------------- one random edit


FILES = sorted(path.relative_to(MINIMAL).as_posix() for path in MINIMAL.rglob("*.yml"))
LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạ0123456789 -–.,:;#'\"[]{}|>&*!?%@\\\t"


def edit(text: str, dice: random.Random) -> str:
    """One slip of an editor's: of a letter, a word or a line."""
    at = dice.randrange(len(text))
    lines = text.splitlines(keepends=True)
    line = dice.randrange(len(lines))
    slips: tuple[Callable[[], str], ...] = (
        lambda: text[:at] + text[at + 1 :],
        lambda: text[:at] + dice.choice(LETTERS) + text[at:],
        lambda: text[:at] + dice.choice(LETTERS) + text[at + 1 :],
        lambda: text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :],
        lambda: text[:at] + text[at + dice.randrange(2, 30) :],
        lambda: "".join(lines[:line] + lines[line + 1 :]),
        lambda: "".join(lines[: line + 1] + lines[line:]),
        lambda: "".join(
            lines[:line] + lines[line + 1 : line + 2] + lines[line : line + 1] + lines[line + 2 :]
        ),
        lambda: "".join([*lines[:line], "  " + lines[line], *lines[line + 1 :]]),
        lambda: "".join([*lines[:line], lines[line].removeprefix("  "), *lines[line + 1 :]]),
    )
    return dice.choice(slips)()


def test_no_single_edit_changes_data_in_silence(
    tmp_path: Path, record_property: Callable[[str, object], None]
):
    """An error or a warning; or a change that readers can see; or the very same site."""
    plans = Path(shutil.copytree(MINIMAL, tmp_path / "plans"))
    good = build(plans)
    assert good.problems == ()
    outcomes: Counter[str] = Counter()
    for seed in range(5000 if PROVE else 300):
        dice = random.Random(seed)
        file = plans / dice.choice(FILES)
        text = file.read_text("utf-8")
        edited = edit(text, dice)
        file.write_text(edited, "utf-8", newline="")
        after = build(plans)
        file.write_text(text, "utf-8", newline="")
        if after.problems:
            outcomes["refused"] += 1
        elif after.pages != good.pages:
            outcomes["visible"] += 1
        else:
            assert after.files == good.files, f"seed {seed}: a silent change of {file.name}"
            outcomes["identical"] += 1
    record_property("outcomes", dict(outcomes))
    print(dict(outcomes))
    assert min(outcomes[kind] for kind in ("refused", "visible", "identical")) > 0


# ------------------------------------------- the same data in other clothes


DAY = date(2026, 11, 22)


@cache
def build_as_saved(name: str) -> Built:
    """Build a data folder as it is; once for all the ways of saving it."""
    return build(DATA[name], DAY)


def _crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def _nfd(text: str) -> bytes:
    return unicodedata.normalize("NFD", text).encode()


def _bom(text: str) -> bytes:
    return b"\xef\xbb\xbf" + text.encode()


@pytest.mark.parametrize(
    "dress", [_crlf, _nfd, _bom, str.encode], ids=["crlf", "nfd", "bom", "shuffled"]
)
@pytest.mark.parametrize("name", DATA)
def test_how_files_are_saved_and_in_which_order_makes_no_difference(
    name: str, dress: Callable[[str], bytes], tmp_path: Path
):
    other = tmp_path / "plans"
    originals = sorted(path for path in DATA[name].rglob("*") if path.is_file())
    random.Random(1).shuffle(originals)
    for path in originals:
        copy = other / path.relative_to(DATA[name])
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(
            dress(path.read_text("utf-8")) if path.suffix == ".yml" else path.read_bytes()
        )
    assert build(other, DAY) == build_as_saved(name)


# ------------------------------------------------- from a plan to its page


WORDS = [
    "nâng",
    "cao",
    "nhận",
    "thức",
    "về",
    "Cộng",
    "đồng",
    "ASEAN",
    "hằng",
    "năm",
    "xã,",
    "phường;",
    "đặc",
    "khu",
    "(UBND)",
    "90%",
    "«trích»",
    "“nháy”",
    "a<b",
    "&",
    "c>d",
    "'x'",
    '"y"',
    "-",
    "+",
    "#",
    ":",
    "{{x}}",
    "<b>",
]
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
UNITS = {"phong-van-hoa-xa-hoi": "Phòng Văn hóa - Xã hội", "phong-kinh-te": "Phòng Kinh tế"}
FRONT = "Ủy ban Mặt trận Tổ quốc Việt Nam"
ITEM = st.fixed_dictionaries(
    {
        # A yearly deadline that the data leaves out would be told.
        "text": SENTENCE.filter(lambda text: "hằng năm" not in text),
        "kind": st.sampled_from(["task", "duty", "milestone"]),
        "lead": st.sampled_from(sorted(UNITS)).map(lambda unit: [unit]),
        "requested": st.sampled_from([[], ["uy-ban-mttq"]]),
        "due": st.sampled_from(["", "trước ngày 30/6/2028", "trong năm 2029"]),
    }
)
DUE = {"trước ngày 30/6/2028": {"before": "2028-06-30"}, "trong năm 2029": {"by": "2029"}}
DUE["Năm 2029"] = DUE["trong năm 2029"]
ENTRY = st.fixed_dictionaries(
    {"status": st.sampled_from(["done", "in-progress", "not-started", "blocked"]), "text": SENTENCE}
)


def write_plan(plans: Path, chapters: list[list[dict[str, Any]]], entry: dict[str, Any]) -> None:
    """Write a plan with these items in these chapters, the first one reported on."""
    body = []
    for number, items in enumerate(chapters, 1):
        inside = []
        for place, item in enumerate(items, 1):
            node = {"id": f"c{number}.{place}", "number": f"{place}.", **item}
            due = node.pop("due")
            text = f"{node['text']} {due}" if due else node["text"]
            if node["kind"] == "milestone":
                due, text = due or "Năm 2029", f"Năm 2029: {text}"
            if due:
                node["due"] = [{"printed": due, **DUE[due]}]
            # The words name who acts: else they would contradict the data.
            asked = f"; đề nghị {FRONT}" if node["requested"] else ""
            node["text"] = f"{text} (chủ trì: {UNITS[node['lead'][0]]}{asked})."
            inside.append(node)
        body.append(
            {
                "id": f"c{number}",
                "title": f"CHƯƠNG {number}",
                "items": inside,
            }
        )
    plan = {
        "locality": "10606",
        "programme": "ascc-2026-2035",
        "period": {"from": "2026", "to": "2030"},
        "body": body,
        "document": {
            "number": None,
            "symbol": "KH-UBND",
            "date": "2026-05",
            "issuer": "UBND xã Nam Sách",
            "type": "KẾ HOẠCH",
            "title": "Hành động giai đoạn 2026 - 2030",
        },
    }
    first = chapters[0][0]
    said = {"item": "c1.1", **entry} | (
        {"done_on": "2027-05-20"} if entry["status"] == "done" else {}
    )
    report = {"unit": first["lead"][0], "period": "2027", "date": "2027-10-28", "entries": [said]}
    folder = plans / PLAN
    shutil.rmtree(folder)
    (folder / "reports").mkdir(parents=True)
    (folder / "plan.yml").write_text(json.dumps(plan, ensure_ascii=False), "utf-8")
    (folder / "reports" / f"2027-{first['lead'][0]}.yml").write_text(
        json.dumps(report, ensure_ascii=False), "utf-8"
    )


class Places(HTMLParser):
    """The words inside each element that has an id."""

    VOID = frozenset(
        [
            "area",
            "base",
            "br",
            "col",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "path",
            "rect",
            "circle",
            "line",
            "polyline",
        ]
    )

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: dict[str, list[str]] = {}
        self._open: list[str | None] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self._open.append(dict(attrs).get("id"))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for name in filter(None, self._open):
            self.words.setdefault(name, []).append(data)

    def text(self, name: str) -> str:
        return " ".join(words(" ".join(self.words[name])))


def flat(text: str) -> str:
    return " ".join(words(text))


@settings(
    max_examples=500 if PROVE else 25,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    chapters=st.lists(st.lists(ITEM, min_size=1, max_size=4), min_size=1, max_size=3), entry=ENTRY
)
def test_every_datum_is_on_its_page_in_its_place_and_nothing_else_is(
    tmp_path: Path, chapters: list[list[dict[str, Any]]], entry: dict[str, Any]
):
    plans = tmp_path / "plans"
    shutil.rmtree(plans, ignore_errors=True)
    shutil.copytree(MINIMAL, plans)
    write_plan(plans, chapters, entry)
    built = build(plans)
    assert built.problems == ()
    pages = dict(built.pages)
    dataset, _ = load_dataset(plans)
    plan = dataset.plans[PLAN].value

    official = OfficialWords()
    official.feed(pages[f"ke-hoach/{PLAN}/toan-van/"])
    assert words(" ".join(official.parts)) == words(transcript(plan)), (
        "every word of the document, in order, and no other"
    )

    page = Places(pages[f"ke-hoach/{PLAN}/toan-van/"])
    for item, _ in walk(plan.provisions):
        in_text = page.text(item.id)
        assert flat(item.text or item.title or "") in in_text
        if not item.kind:
            continue
        assert f"Chủ trì: {dataset.units[item.lead[0]].name}" in in_text
        shown = Places(pages[f"ke-hoach/{PLAN}/{item.id}/"]).text("noi-dung")
        assert flat(item.text or "") in shown
        for unit in (*item.lead, *item.requested):
            assert dataset.units[unit].name in shown
        assert labels.KINDS["request" if item.requested else item.kind] in shown
        for unit in set(dataset.units) - set(item.lead) - set(item.requested):
            assert dataset.units[unit].name not in shown or item.id == "c1.1"
    reported = Places(pages[f"ke-hoach/{PLAN}/c1.1/"]).text("noi-dung")
    assert flat(entry["text"]) in reported and "28/10/2027" in reported

    [address] = [address for address in pages if "/bao-cao/" in address]
    line = Places(pages[address]).text("c1.1")
    assert flat(entry["text"]) in line and capital(labels.STATUSES[entry["status"]]) in line
    tables = {
        address: content.decode("utf-8-sig")
        for address, content in built.files
        if address == f"ke-hoach/{PLAN}/cam-ket.csv"
    }
    assert tables[f"ke-hoach/{PLAN}/cam-ket.csv"].count(
        f"https://congkhai.example/ke-hoach/{PLAN}/"
    ) == sum(map(len, chapters))
