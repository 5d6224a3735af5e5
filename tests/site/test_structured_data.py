"""What pages say to programs, read as search engines read it; and files that lead them there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import extruct
import pandas as pd
import pytest
from pyld import jsonld

from conftest import both_sites
from congkhai.exports import discovery
from tests.kinds import DEMO, REAL

HOME = "https://congkhai.example/"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
TYPES = {
    "home": {"WebSite"},
    "province": {"AdministrativeArea", "BreadcrumbList"},
    "place": {"AdministrativeArea", "BreadcrumbList"},
    "commune": {"AdministrativeArea", "BreadcrumbList"},
    "plan": {"Legislation", "BreadcrumbList"},
    "full_text": {"Legislation", "BreadcrumbList"},
    "commitment": {"Legislation", "BreadcrumbList"},
    "report": {"Report", "BreadcrumbList"},
    "unit": {"GovernmentOrganization", "Organization", "BreadcrumbList"},
    "body": {"GovernmentOrganization", "Organization", "BreadcrumbList"},
    "document": {"Legislation", "BreadcrumbList"},
    "programme": {"BreadcrumbList"},
    "data": {"Dataset", "BreadcrumbList"},
}


def nodes_of(site: Path, address: str) -> list[dict[str, Any]]:
    html = (site / address / "index.html").read_text("utf-8")
    found = extruct.extract(html, base_url=HOME + address, syntaxes=["json-ld"])["json-ld"]
    return [node for document in found for node in document["@graph"]]


def values(node: object) -> Iterator[tuple[str, str]]:
    """Yield every string within a node, with its key."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from ((key, value),) if isinstance(value, str) else values(value)
    elif isinstance(node, list):
        for value in node:
            yield from values(value)


def is_there(site: Path, url: str) -> bool:
    path, _, anchor = url.removeprefix(HOME).partition("#")
    file = site / path / "index.html" if not path or path.endswith("/") else site / path
    return file.is_file() and (not anchor or f'id="{anchor}"' in file.read_text("utf-8"))


@both_sites
def test_a_page_says_what_it_is(site: Path, data: Path):
    kinds = DEMO if "demo" in str(data) else REAL
    for kind, types in TYPES.items():
        if kind not in kinds:
            continue
        found = nodes_of(site, kinds[kind])
        named = {node["@type"] for node in found}
        assert named <= types, kind
        assert named, kind
        for node in found:
            for key, value in values(node):
                if value.startswith(HOME) and key != "target":
                    assert is_there(site, value), (kind, value)


@both_sites
def test_it_is_linked_data(site: Path, data: Path):
    """The context of schema.org is on the net; its essence stands in for it."""

    def load(url: str, options: object) -> dict[str, object]:
        assert url == "https://schema.org"
        document = {"@context": {"@vocab": "https://schema.org/"}}
        return {"documentUrl": url, "document": document, "contextUrl": None}

    kinds = DEMO if "demo" in str(data) else REAL
    html = (site / kinds["plan"] / "index.html").read_text("utf-8")
    (document,) = extruct.extract(html, syntaxes=["json-ld"])["json-ld"]
    plan, trail = jsonld.expand(document, {"documentLoader": load})
    if "https://schema.org/itemListElement" in plan:
        plan, trail = trail, plan
    assert plan["@id"] == HOME + kinds["plan"]
    parts = [part["@id"] for part in plan["https://schema.org/hasPart"]]
    assert parts and all(part.startswith(plan["@id"]) for part in parts)
    steps = trail["https://schema.org/itemListElement"]
    assert len(steps) >= 4


@both_sites
def test_a_plan_leads_to_its_other_formats(site: Path, data: Path):
    kinds = DEMO if "demo" in str(data) else REAL
    address = kinds["plan"]
    html = (site / address / "index.html").read_text("utf-8")
    links = dict(re.findall(r'rel="alternate" type="([^"]+)"[^>]*?href="([^"]+)"', html))
    assert {"application/json", "application/yaml", "text/markdown"} <= links.keys()
    for link in links.values():
        assert (site / address / link).resolve().is_file(), link
    assert f'<meta name="dcterms.identifier" content="{HOME}{address}">' in html


@both_sites
def test_the_sitemap_says_when_a_plan_changed(site: Path):
    root = ElementTree.parse(site / "sitemap.xml").getroot()
    days = {
        (row.findtext(f"{SITEMAP}loc") or "").removeprefix(HOME): row.findtext(f"{SITEMAP}lastmod")
        for row in root
    }
    changes = pd.read_csv(site / "du-lieu" / "thay-doi.csv")
    latest = changes.dropna(subset=["day"]).groupby("plan").day.max()
    assert len(latest)
    for plan, day in latest.items():
        told = days[f"ke-hoach/{plan}/"]
        # Changes that are no news are days of the file all the same.
        assert told is not None and told >= day
        assert days[f"ke-hoach/{plan}/toan-van/"] == told
    assert days["chu-de/"] is None


def test_a_long_sitemap_is_cut(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(discovery, "MAX_ADDRESSES", 2)
    days = {"ke-hoach/a/": date(2026, 11, 1)}
    files = dict(discovery.sitemap_files(HOME, ["", "ke-hoach/a/", "ke-hoach/a/ii.1/"], days))
    assert files.keys() == {"sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"}
    index = ElementTree.fromstring(files["sitemap.xml"])
    assert [row.findtext(f"{SITEMAP}loc") for row in index] == [
        f"{HOME}sitemap-1.xml",
        f"{HOME}sitemap-2.xml",
    ]
    assert (
        b"<loc>https://congkhai.example/ke-hoach/a/ii.1/</loc><lastmod>2026-11-01"
        in (files["sitemap-2.xml"])
    )


@both_sites
def test_every_link_of_llms_txt_leads_somewhere(site: Path):
    text = (site / "llms.txt").read_text("utf-8")
    links = re.findall(r"^- \[.+\]\((.+?)\): ", text, re.MULTILINE)
    assert len(links) > 5
    assert all(is_there(site, link) for link in links)


@both_sites
def test_a_plan_as_markdown_has_every_word(site: Path):
    index = json.loads((site / "du-lieu/v1/index.json").read_bytes())
    assert index["plans"]
    for url in index["files"]["plans"]:
        plan = json.loads((site / url.removeprefix(HOME)).read_bytes())
        address = plan["plan"]["url"].removeprefix(HOME)
        text = (site / address / "ke-hoach.md").read_text("utf-8")
        shown = re.sub(r"\\(.)", r"\1", text)
        for item in plan["items"]:
            for words in (item.get("title"), item.get("text")):
                assert not words or " ".join(words.split()) in shown, (url, item["item"])
            if "commitment" in item:
                assert f"Trang: <{item['commitment']['url']}>" in text
        assert not re.search(r"(?<!\\)<(?!https:)", text)
