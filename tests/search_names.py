"""The names of a site's search, read from `ten.json` as `theme/assets/search/names.js` reads them.

Comes in: the folder of a site. Goes out: pages with their addresses, titles, notes and names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from congkhai.model.views import short_name
from congkhai.text.vietnamese import capital, slug


class NamedPage(NamedTuple):
    """A page that is found by its names."""

    kind: str
    address: str
    title: str
    note: str
    names: tuple[str, ...]


def read_names(site: Path) -> Iterator[NamedPage]:
    """Give all pages of `ten.json` but those of bodies."""
    (file,) = site.glob("assets/tim/*/ten.json")
    tables = json.loads(file.read_text("utf-8"))
    places = list(_places(tables))
    yield from places
    number = 0
    series = list(_rows(tables["series"]))
    for row in _rows(tables["plans"]):
        number += row["place"]
        place, one = places[number], series[row["series"]]
        folder = place.address.replace("dia-phuong/", "ke-hoach/")
        title = place.title + one["title"]
        yield NamedPage("plans", f"{folder}{one['folder']}/", title, row["note"], place.names)
    for kind in ("other_plans", "documents", "units", "programmes", "topics"):
        for row in _rows(tables[kind]):
            names = (*row["names"], *row["related"])
            yield NamedPage(kind, row["address"], row["title"], row["note"], names)
    for group in _rows(tables["former"]):
        for name, note, address in group["places"]:
            title = f"{capital(name)} (tên cũ)"
            names = (name, short_name(name), group["province"])
            yield NamedPage("former", address or group["folder"] + slug(name), title, note, names)


def _places(tables: dict[str, Any]) -> Iterator[NamedPage]:
    for province in _rows(tables["provinces"]):
        name, folder = province["name"], f"dia-phuong/{province['slug']}/"
        if name:
            yield NamedPage("places", folder, capital(name), "", (name, short_name(name)))
        for commune in province["with_plan"]:
            named = {"name": commune} if isinstance(commune, str) else commune
            own = named["name"]
            address = named.get("address", f"{folder}{slug(own)}/")
            yield NamedPage("places", address, capital(own), name, (own, short_name(own), name))


def _rows(table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for row in table["rows"]:
        yield dict(zip(table["columns"], row, strict=True))
