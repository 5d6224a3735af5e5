"""What a search costs a reader, in a real browser: bytes, requests, CPU, time, what is found.

Comes in: a site, whole or of `search_site.py`. Goes out: tables. Names are drawn from the register
in the site: with the province's name, alone where several places have it, and with two letters
changed over. A cold browser asks one query, then others on the same page. The second table is at a
CPU four times slower, 1.6 Mbit/s and 150 ms. A reader types into the page, or comes to it with the
query in the address. The last one is of `further-queries.tsv` on the same poor phone: each is the
second search of a browser of its own, bad cases among them.

    python tests/bench/search_browser.py SITE
"""

from __future__ import annotations

import csv
import functools
import gzip
import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from statistics import median
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "hooks"), str(ROOT / "tests")]

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright  # noqa: E402

from congkhai.text.vietnamese import fold, slug  # noqa: E402

MATTERS = (
    "bảo vệ môi trường",
    "người cao tuổi",
    "phân loại rác thải",
    "hộ nghèo",
    "chuyển đổi số",
    "ai phụ trách y tế",
    "trước ngày 30/6/2026",
)
FURTHER = Path(__file__).with_name("further-queries.tsv")
SAMPLE = 60
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
SLOWER = 4
MOST_REQUESTS, MOST_BYTES, MOST_CPU = 6, 40_000, 0.3
"""What a further search is to take at the most."""
Place = tuple[str, str, str]
"""Address of its page, short name, its province's short name."""


class Server(SimpleHTTPRequestHandler):
    """A server that compresses, as nginx does by our sample, and keeps connections."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        if not file.is_file():
            self.send_error(404)
            return
        content = _compressed(file)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "public, max-age=600")
        self.end_headers()
        self.wfile.write(content)


@functools.cache
def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 6)


@dataclass(slots=True)
class Cost:
    """What one query cost."""

    query: str
    seconds: float
    cpu: float
    """Of the renderer's main thread, by its own clock: what others take of the CPU is not in it."""
    requests: int
    size: int
    first: str
    """Address of the first result."""


class Reader:
    """A page on which queries are asked, and a count of what it loads."""

    def __init__(self, page: Page, server: str) -> None:
        """Open the search page."""
        self._page = page
        self._server = server
        self._sizes: list[int] = []
        self._cdp: CDPSession = page.context.new_cdp_session(page)
        self._cdp.send("Network.enable")
        self._cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
        self._cdp.on(
            "Network.loadingFinished", lambda event: self._sizes.append(event["encodedDataLength"])
        )

    def slow_down(self) -> None:
        """Make the CPU and the network those of a poor phone."""
        self._cdp.send("Network.emulateNetworkConditions", SLOW)
        self._cdp.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def open(self, address: str) -> Cost:
        """Load a page."""
        return self._measure(
            address, lambda: self._page.goto(f"{self._server}/{address}", wait_until="networkidle")
        )

    def ask(self, query: str) -> Cost:
        """Ask and wait for the first result's words; from when the box is entered."""
        page = self._page
        page.evaluate("document.getElementById('search-status').textContent = ''")

        def answer() -> None:
            page.locator("#q").fill(query)
            page.locator("#q").press("Enter")
            self._wait_for_answer()

        return self._with_first(self._measure(query, answer))

    def open_with_query(self, query: str) -> Cost:
        """Load the search page with a query in its address, as from the home page or a link."""

        def load() -> None:
            self._page.goto(f"{self._server}/tim-kiem/?{urlencode({'q': query})}")
            self._wait_for_answer()

        return self._with_first(self._measure(query, load))

    def _wait_for_answer(self) -> None:
        status = self._page.locator("#search-status:not(:empty)")
        status.filter(has_not_text="Đang tìm…").wait_for()

    def _with_first(self, cost: Cost) -> Cost:
        page = self._page
        link = page.locator("#search-results a").first
        if link.count():
            cost.first = (link.get_attribute("href") or "").removeprefix(f"{self._server}/")
        return cost

    def _measure(self, name: str, act: functools.partial[None] | object) -> Cost:
        self._page.wait_for_load_state("networkidle")
        self._sizes.clear()
        before, begun = self._cpu(), time.perf_counter()
        act()  # type: ignore[operator]
        seconds = time.perf_counter() - begun
        self._page.wait_for_load_state("networkidle")
        self._page.wait_for_timeout(300)
        return Cost(
            name, seconds, self._cpu() - before, len(self._sizes), int(sum(self._sizes)), ""
        )

    def _cpu(self) -> float:
        metrics = self._cdp.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


def read_places(site: Path) -> list[Place]:
    """List the communes of the register in the site."""
    (file,) = site.glob("assets/tim/*/dia-phuong.json")
    content = json.loads(file.read_text("utf-8"))
    columns = content["provinces"]["columns"]
    places = []
    for row in content["provinces"]["rows"]:
        province = dict(zip(columns, row, strict=True))
        for commune in province["with_plan"] + province["others"]:
            name = commune if isinstance(commune, str) else commune["name"]
            address = f"{province['slug']}/{slug(name)}/"
            if not isinstance(commune, str):
                address = commune["address"].removeprefix("dia-phuong/")
            short = next(
                name.removeprefix(kind)
                for kind in ("xã ", "phường ", "đặc khu ")
                if name.startswith(kind)
            )
            province_name = province["name"].removeprefix("tỉnh ").removeprefix("thành phố ")
            places.append((address, short, province_name))
    return places


def mistyped(name: str, random: Random) -> str:
    """Change over two neighbouring letters of a name, typed without marks."""
    letters = fold(name)
    pairs = [
        at
        for at in range(len(letters) - 1)
        if letters[at : at + 2].isalpha() and letters[at] != letters[at + 1]
    ]
    at = random.choice(pairs)
    return letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]


def name_queries(places: list[Place]) -> dict[str, list[tuple[str, set[str]]]]:
    """By kind: what is typed, and the places that are meant."""
    random = Random(19)
    counts = Counter(fold(short) for _, short, _ in places)
    alone = [place for place in places if counts[fold(place[1])] == 1 and len(place[1]) > 4]
    shared = [place for place in places if counts[fold(place[1])] > 1]

    def of_name(short: str) -> set[str]:
        return {address for address, other, _ in places if fold(other) == fold(short)}

    sample = random.sample(places, SAMPLE)
    return {
        "name and province": [(f"{s} {p}", {a}) for a, s, p in sample],
        "the same, no marks": [(fold(f"{s} {p}"), {a}) for a, s, p in sample],
        "ambiguous name": [(s, of_name(s)) for _, s, _ in random.sample(shared, SAMPLE // 2)],
        "ambiguous, province": [
            (f"{s} {p}", {a}) for a, s, p in random.sample(shared, SAMPLE // 2)
        ],
        "mistyped": [(mistyped(s, random), {a}) for a, s, _ in random.sample(alone, SAMPLE // 2)],
        "mistyped, province": [
            (f"{mistyped(s, random)} {fold(p)}", {a})
            for a, s, p in random.sample(alone, SAMPLE // 2)
        ],
    }


def is_of(address: str, places: set[str]) -> bool:
    """Say whether a page is of one of the places, or of a plan there."""
    return any(address.startswith((f"dia-phuong/{place}", f"ke-hoach/{place}")) for place in places)


@contextmanager
def serve(site: Path) -> Iterator[str]:
    """Serve a folder; the address without a slash."""
    handler = functools.partial(Server, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()


def row(name: str, costs: list[Cost]) -> str:
    """One line of a table: middle and greatest of each."""
    cells = [
        (f"{median(values):.{digits}f}", f"{max(values):.{digits}f}")
        for values, digits in (
            ([cost.size / 1000 for cost in costs], 0),
            ([float(cost.requests) for cost in costs], 0),
            ([cost.cpu for cost in costs], 2),
            ([cost.seconds for cost in costs], 1),
        )
    ]
    return f"| {name} | " + " | ".join(f"{mid} ({most})" for mid, most in cells) + " |"


HEAD = "| | KB | requests | CPU s | s |\n|---|---|---|---|---|"


def measure_costs(
    browser: Browser, server: str, named: list[str], *, slow: bool
) -> dict[str, list[Cost]]:
    """Ask each query in a cold browser, then the others on the page of one."""
    costs: dict[str, list[Cost]] = {}
    for kind, queries in {"name": named, "matter": list(MATTERS)}.items():
        for query in queries:
            context = browser.new_context()
            reader = Reader(context.new_page(), server)
            if slow:
                reader.slow_down()
            costs.setdefault("the page itself", []).append(reader.open("tim-kiem/"))
            costs.setdefault(f"first search, a {kind}", []).append(reader.ask(query))
            context.close()
            context = browser.new_context()
            reader = Reader(context.new_page(), server)
            if slow:
                reader.slow_down()
            costs.setdefault(f"page and answer, a {kind}", []).append(reader.open_with_query(query))
            context.close()
        context = browser.new_context()
        reader = Reader(context.new_page(), server)
        reader.open("tim-kiem/")
        reader.ask("nam sách")
        if slow:
            reader.slow_down()
        costs[f"further search, a {kind}"] = [reader.ask(query) for query in queries]
        context.close()
    return costs


def measure_further(browser: Browser, server: str) -> Iterator[tuple[str, Cost]]:
    """Ask each query of the list, by its kind, as the second one of a browser of its own."""
    with FURTHER.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for asked in rows:
        context = browser.new_context()
        reader = Reader(context.new_page(), server)
        reader.open("tim-kiem/")
        reader.ask("nam sách")
        reader.slow_down()
        yield asked["kind"], reader.ask(asked["query"])
        context.close()


def print_further(costs: list[tuple[str, Cost]]) -> None:
    """Print a table by kind, and which queries are above the bounds."""
    print(f"\na further search, slow; in brackets the greatest\n\n{HEAD}")
    for kind in dict.fromkeys(kind for kind, _ in costs):
        print(row(kind, [cost for other, cost in costs if other == kind]))
    print(row(f"all {len(costs)}", [cost for _, cost in costs]), flush=True)
    for _, cost in costs:
        if cost.requests > MOST_REQUESTS or cost.size > MOST_BYTES or cost.cpu > MOST_CPU:
            print(f"{cost.query}: {cost.requests} requests, {cost.size} B, {cost.cpu:.2f} CPU s")


def main() -> None:
    """Measure and print."""
    site = Path(sys.argv[1]).resolve()
    queries = name_queries(read_places(site))
    from conftest import FONTS

    with serve(site) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=sys.argv[2] if len(sys.argv) > 2 else None, env={**FONTS}
        )
        page = browser.new_context().new_page()
        reader = Reader(page, server)
        reader.open("tim-kiem/")
        print("| names | first | within three | of |\n|---|---|---|---|")
        for kind, asked in queries.items():
            first = within = 0
            for query, places in asked:
                cost = reader.ask(query)
                links = page.eval_on_selector_all(
                    "#search-results > li",
                    "items => items.map(item => (item.querySelector('a') || item).href || '')",
                )
                pages = [link.removeprefix(f"{server}/") for link in links[:3]]
                first += is_of(cost.first, places)
                found = any(is_of(address, places) for address in pages)
                within += found
                if not found:
                    print(f"  {kind}: {query}: {pages}", file=sys.stderr)
            print(f"| {kind} | {first} | {within} | {len(asked)} |", flush=True)
        page.context.close()
        named = [query for query, _ in queries["name and province"][:4]]
        named += [query for query, _ in queries["mistyped"][:3]]
        for slow in (False, True):
            print(f"\n{'slow' if slow else 'as it is'}; in brackets the greatest\n\n{HEAD}")
            for name, costs in measure_costs(browser, server, named, slow=slow).items():
                print(row(name, costs), flush=True)
        print_further(list(measure_further(browser, server)))
        browser.close()


if __name__ == "__main__":
    main()
