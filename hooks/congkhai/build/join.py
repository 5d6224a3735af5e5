"""Joining: of sites that offices published by themselves, the data of all in one folder.

Comes in: folders or addresses of sites. Goes out: a data folder with the plans, reports, evidence
and registers of them all, byte by byte as they were published; a build of it is the joined site.
Every file of every site is held against the hashes of its own manifest first. Nothing is written
when a site is not whole, was built by another version, or when two of them contradict each other.

What git knew of changes stays with each office, where also stands what must not be shown once more.
What a site tells of them in its own file (`joined_history`) is told again, word for word.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from congkhai.build.joined_history import (
    NOTHING_KNOWN,
    PublishedHistory,
    may_be_needed,
    read_published,
    write_joined,
)
from congkhai.build.published_site import VerifyError, is_plain_name
from congkhai.build.release import is_plain_address
from congkhai.build.verify import check_files, fetch_manifest, open_site, parse_manifest
from congkhai.data.encoding import decode
from congkhai.data.folder import REGISTERS
from congkhai.data.national import merge
from congkhai.data.strict_yaml import parse
from congkhai.model.routes import LEDGERS
from congkhai.pages.site import JoinedSite

_MOST_NAMED = 5
_KINDS_OF_COUNTRY = ("standalone", "fictional")
"""Settings of the register of localities that hold for all plans of a site."""


class JoinError(Exception):
    """Sites that cannot be joined; its words are Vietnamese."""


@dataclass(frozen=True)
class OfficeSite:
    """The data of one published site."""

    place: str
    described: JoinedSite
    """What the joined site says of it."""
    files: Mapping[str, bytes]
    """By path in its data folder."""
    history: PublishedHistory = NOTHING_KNOWN
    """What it tells of its changes."""

    @property
    def plan_ids(self) -> list[str]:
        """Return the folders of its plans."""
        return [path.rpartition("/")[0] for path in self.files if path.endswith("/plan.yml")]


def read_sites(places: Sequence[str], engine: str) -> list[OfficeSite]:
    """Read the data of each site, and prove it. `engine`: the version that all must have.

    Raises JoinError, with all that is wrong with the first site that is not in order.
    """
    sites = [_read_site(place, engine) for place in places]
    _refuse_duplicates(sites)
    return sites


def write_data(sites: Sequence[OfficeSite], folder: Path) -> None:
    """Write the data of all sites into `folder`, which is replaced. Raises JoinError."""
    files = {path: content for site in sites for path, content in site.files.items()}
    files |= _join_registers(sites)
    new = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    for path, content in files.items():
        file = new / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    shutil.rmtree(folder, ignore_errors=True)
    os.replace(new, folder)


def write_list(sites: Sequence[OfficeSite], file: Path) -> None:
    """Write down what the joined site has to say of its parts; beside it, what they changed."""
    rows = [
        {
            "url": site.described.url,
            "as_of": site.described.as_of.isoformat(),
            "engine": site.described.engine,
            "manifest": site.described.manifest,
            "dates_known": site.described.dates_known,
        }
        for site in sites
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(rows), "utf-8")
    write_joined((site.history for site in sites), file.parent)


def read_list(file: Path) -> tuple[JoinedSite, ...]:
    """Read it again, for the build."""
    rows: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    return tuple(JoinedSite(**row | {"as_of": date.fromisoformat(row["as_of"])}) for row in rows)


def _read_site(place: str, engine: str) -> OfficeSite:
    try:
        site = open_site(place)
        content = fetch_manifest(site, place)
        manifest = parse_manifest(content, place)
        sources = _read_sources(manifest, place, engine)
        wanted = {name: path for path, name in sources.items()}
        contents: dict[str, bytes] = {}
        of_changes: dict[str, bytes] = {}

        def look_at(answer: tuple[str, bytes]) -> None:
            name, content = answer
            if may_be_needed(name):
                of_changes[name] = content
            if name in wanted:
                contents[wanted[name]] = content

        faults = list(check_files(site, manifest, look_at))
    except VerifyError as error:
        raise JoinError(str(error)) from error
    if faults:
        shown = "\n  ".join(faults[:_MOST_NAMED])
        raise JoinError(
            f"trang {place} không đúng bản kê của nó, {len(faults)} tệp;"
            f" tải lại cho đủ hoặc báo cơ quan đăng trang:\n  {shown}"
        )
    described = _describe(manifest, content, place, engine)
    office = OfficeSite(place, described, contents)
    try:
        history = read_published(of_changes, office.plan_ids)
    except ValueError as error:
        raise JoinError(f"trang {place} ghi sai lịch sử ở {LEDGERS}; dựng lại trang ấy") from error
    described = replace(described, dates_known=history.file.dates_known)
    return replace(office, described=described, history=history)


def _describe(manifest: Mapping[str, Any], content: bytes, place: str, engine: str) -> JoinedSite:
    url, checksum = manifest["url"], hashlib.sha256(content).hexdigest()
    try:
        as_of = date.fromisoformat(manifest["as_of"])
    except ValueError as error:
        raise JoinError(f"bản kê của trang {place} ghi sai ngày: {manifest['as_of']}") from error
    if not is_plain_address(url):
        raise JoinError(f"bản kê của trang {place} ghi sai địa chỉ trang: {url}")
    return JoinedSite(url, as_of, engine, checksum)


def _read_sources(manifest: Mapping[str, Any], place: str, engine: str) -> Mapping[str, str]:
    built_by = manifest.get("engine")
    if built_by != engine:
        raise JoinError(
            f"trang {place} dựng bằng phần mềm phiên bản {built_by or 'cũ, không ghi số'}, ở đây là"
            f" {engine}; dựng lại trang ấy bằng phiên bản {engine} rồi ghép"
        )
    sources = manifest.get("sources")
    if (
        not isinstance(sources, dict)
        or not all(map(is_plain_name, sources))
        or not {*sources.values()} <= manifest["files"].keys()
    ):
        raise JoinError(f"bản kê của trang {place} không ghi đúng dữ liệu nằm ở tệp nào")
    return sources


def _refuse_duplicates(sites: Sequence[OfficeSite]) -> None:
    owners: dict[str, str] = {}
    for site in sites:
        for plan_id in site.plan_ids:
            other = owners.setdefault(plan_id, site.place)
            if other != site.place:
                raise JoinError(
                    f"kế hoạch {plan_id} có ở cả {other} và {site.place}; bỏ bớt một trang,"
                    " hoặc để một cơ quan giữ kế hoạch ấy"
                )
        if sum(other.place == site.place for other in sites) > 1:
            raise JoinError(f"trang {site.place} được ghi hai lần")


def _join_registers(sites: Sequence[OfficeSite]) -> dict[str, bytes]:
    """Return each register with the entries of all sites; as it is where there is one text."""
    joined = {}
    for file in REGISTERS:
        having = [site for site in sites if file in site.files]
        texts = {site.files[file] for site in having}
        if len(texts) > 1 or (texts and file == "localities.yml" and len(having) < len(sites)):
            joined[file] = _join_register(file, sites)
    return joined


def _join_register(file: str, sites: Sequence[OfficeSite]) -> bytes:
    joined: dict[str, Any] = {}
    kinds: set[tuple[object, ...]] = set()
    for site in sites:
        data = _parse(file, site)
        joined, conflicts = merge(joined, data)
        if conflicts:
            loc = " → ".join(map(str, conflicts[0].loc))
            raise JoinError(
                f"danh mục {file} của {site.place} ghi «{loc}» khác các trang trước;"
                " hai cơ quan thống nhất lại mục ấy"
            )
        kinds.add(tuple(data.get(kind) for kind in _KINDS_OF_COUNTRY))
    if file == "localities.yml" and len(kinds) > 1:
        raise JoinError("có trang dùng danh mục địa phương riêng, có trang không; không ghép được")
    return yaml.safe_dump(joined, allow_unicode=True, sort_keys=False, width=1000).encode()


def _parse(file: str, site: OfficeSite) -> dict[str, Any]:
    if file not in site.files:
        return {}
    text, _ = decode(site.files[file], file)
    data = parse(text, file)[0] if text is not None else None
    if not isinstance(data, dict):
        raise JoinError(f"danh mục {file} của {site.place} không đọc được")
    return data
