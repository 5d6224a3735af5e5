"""Other search engines beside ours: the same queries, the same documents, in one run.

Comes in: a site of the five plans, and a folder in which npm has `minisearch` and `pagefind`. Goes
out: a table. A document is a provision of a plan, or the names of a page. Ours is asked in the
browser; SQLite FTS5 has words without marks: the phrase, then all words, then any. Everyday words,
places as filters, Telex and corrections are ours alone; that is part of what is compared.

    npm install --prefix FOLDER minisearch pagefind
    python tests/bench/search_engines.py SITE FOLDER CHROMIUM
"""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "hooks"), str(ROOT / "tests")]

from browser.test_search import ask, leads_to, read_list  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

from congkhai.text.vietnamese import fold  # noqa: E402
from tests.bench.search_browser import serve  # noqa: E402
from tests.search_names import read_names  # noqa: E402

LISTS = ("queries.tsv", "more-queries.tsv", *(f"queries-{number}.tsv" for number in range(2, 9)))
PAGEFIND = """async (query) => {
  const { search } = await import("/pagefind.js");
  const { results } = await search(query);
  const found = await Promise.all(results.slice(0, 20).map((result) => result.data()));
  return found.map(({ url }) => Number(url.replace(/\\D/g, "")));
}"""


class Document(TypedDict):
    """What engines are given."""

    id: int
    title: str
    text: str
    address: str
    provision: bool


Answer = tuple[list[str], str]
"""Addresses of the first pages, and the words of the first provision."""


def read_documents(site: Path) -> list[Document]:
    """List the provisions, then the pages by their names."""
    found: list[Document] = []

    def add(title: str, text: str, address: str, *, provision: bool) -> None:
        found.append(
            Document(id=len(found), title=title, text=text, address=address, provision=provision)
        )

    for page in read_names(site):
        text = " ".join([*page.names, page.note])
        add(page.title, text, page.address, provision=False)
    for file in sorted(site.glob("ke-hoach/**/muc.json")):
        address = f"{file.parent.relative_to(site).as_posix()}/"
        for row in _rows(json.loads(file.read_text("utf-8"))["provisions"]):
            add("", row["text"], address, provision=True)
    (places_file,) = site.glob("assets/tim/*/dia-phuong.json")
    for province in _rows(json.loads(places_file.read_text("utf-8"))["provinces"]):
        for commune in province["others"]:
            name = commune if isinstance(commune, str) else commune["name"]
            folder = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
            address = f"dia-phuong/{province['slug']}/{folder}/"
            add(name, province["name"], address, provision=False)
    return found


def _rows(table: dict[str, list[object]]) -> Iterator[dict[str, object]]:
    for row in table["rows"]:
        yield dict(zip(table["columns"], row, strict=True))


def sqlite_search(documents: list[Document]) -> Callable[[str], list[int]]:
    """Return a function that asks SQLite FTS5."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(title, text)")
    connection.executemany(
        "INSERT INTO words(rowid, title, text) VALUES (?, ?, ?)",
        [(one["id"] + 1, fold(one["title"]), fold(one["text"])) for one in documents],
    )

    def search(query: str) -> list[int]:
        words = re.findall(r"[a-z0-9]+", fold(query))
        found: dict[int, None] = {}
        if not words:
            return []
        for asked in (f'"{" ".join(words)}"', " AND ".join(words), " OR ".join(words)):
            quoted = asked if asked.startswith('"') else re.sub(r"\b([a-z0-9]+)\b", r'"\1"', asked)
            rows = connection.execute(
                "SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words, 2, 1) LIMIT 50",
                (quoted,),
            )
            found.update({number - 1: None for (number,) in rows})
        return list(found)

    return search


def answer_of(documents: list[Document], numbers: list[int]) -> Answer:
    """Join the documents found to pages, in their order."""
    pages = dict.fromkeys(documents[number]["address"] for number in numbers)
    provisions = [documents[number]["text"] for number in numbers if documents[number]["provision"]]
    return list(pages)[:3], provisions[0] if provisions else ""


def score(answers: Callable[[str], Answer]) -> str:
    """Count what is found of all lists: page first, within three, provision first."""
    first, within, provision = [], [], []
    for name in LISTS:
        for row in read_list(name):
            wanted = row.get("address", row.get("expected_address_part")) or "-"
            if wanted == "-":
                continue
            pages, text = answers(row["query"])
            if "address" in row:
                places = f"{wanted} {row['also_first']}".split()
                fits = [any(leads_to(page, place) for place in places) for page in pages]
            else:
                parts = [part for part in re.split(r"\|(?![^(]*\))", wanted) if part != "-"]
                fits = [
                    any(part == "any" or re.search(part, page) for part in parts) for page in pages
                ]
            first.append(any(fits[:1]))
            within.append(any(fits))
            if words := row.get("expected_words_in_excerpt"):
                provision.append(
                    any(word.casefold() in text.casefold() for word in words.split("|"))
                )
    return " | ".join(f"{sum(hits)} of {len(hits)}" for hits in (first, within, provision))


def ours(page: Page, server: str, query: str) -> Answer:
    """Ask our own search page."""
    results = ask(page, server, query)
    passage = page.locator(".passage .official").first
    text = passage.inner_text() if passage.count() else ""
    return [links[0] for links in results if links], text


def main() -> None:
    """Ask all engines and print."""
    site, folder, chromium = Path(sys.argv[1]).resolve(), Path(sys.argv[2]), sys.argv[3]
    documents = read_documents(site)
    queries = [row["query"] for name in LISTS for row in read_list(name)]
    print("| | page first | within three | provision first |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        files = [Path(work, name) for name in ("documents.json", "queries.json", "pagefind")]
        files[0].write_text(json.dumps(documents), "utf-8")
        files[1].write_text(json.dumps(queries), "utf-8")
        script = Path(__file__).with_suffix(".mjs")
        done = subprocess.run(
            ["node", script, *files], cwd=folder, stdout=subprocess.PIPE, text=True, check=True
        )
        found = json.loads(done.stdout)
        page = playwright.chromium.launch(executable_path=chromium).new_page()
        with serve(site) as server:
            print(f"| ours | {score(lambda query: ours(page, server, query))} |", flush=True)
        sqlite = sqlite_search(documents)
        line = score(lambda query: answer_of(documents, sqlite(query)))
        print(f"| SQLite FTS5, folded | {line} |", flush=True)
        for engine, lists in found.items():
            by_query = dict(zip(queries, lists, strict=True))
            line = score(lambda query, of=by_query: answer_of(documents, of[query]))
            print(f"| {engine} | {line} |", flush=True)
        with serve(files[2]) as server:
            page.goto(f"{server}/pagefind-entry.json")
            line = score(lambda query: answer_of(documents, page.evaluate(PAGEFIND, query)))
            print(f"| Pagefind | {line} |", flush=True)


if __name__ == "__main__":
    main()
