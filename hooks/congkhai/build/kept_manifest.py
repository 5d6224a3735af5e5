"""What vanished or changed on a site since somebody kept its manifest, and whether it says so.

Comes in: the folder or the address of a site, and a manifest of it that was kept. Goes out:
every published file of data that is gone or another, with what the site's own list of changes
tells of it. Nothing is built, so whoever kept a manifest needs no repository. A history that was
rewritten cannot hide: the hashes in the kept manifest do not change with it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from congkhai.build.manifest import MANIFEST
from congkhai.build.published_site import ForeignRedirectError, VerifyError
from congkhai.build.verify import open_site, parse_manifest, read_manifest
from congkhai.model import routes
from congkhai.text.dates import format_day

_DATA = re.compile(rf"{routes.PLANS}.+/(?:plan\.yml|source\.txt|bao-cao\.yml|tep/[^/]+)")
"""Files that are published as they are in the data folder; all others are made from them."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


ONLINE = "online"
"""Given for the manifest of the site that stands at its address."""


class Finding(NamedTuple):
    """One thing that is not as it was."""

    is_told: bool
    """The site's list of changes says so."""
    words: str


@dataclass(frozen=True)
class _Change:
    """One row of the site's list of changes."""

    day: str
    file: str
    before: str | None
    after: str | None
    is_empty: bool
    """Nothing but comments and the like changed."""


def compare_with_kept(place: str, kept: str) -> Iterator[Finding]:
    """Yield what is gone or changed at `place` since the manifest `kept`, a file or an address.

    Raises VerifyError when one of them is not there.
    """
    old_bytes = _read_kept(kept)
    old = parse_manifest(old_bytes, kept)
    site = open_site(place)
    new = read_manifest(site, place)
    old_files: Mapping[str, str] = old["files"]
    new_files: Mapping[str, str] = new["files"]
    changes = _read_changes(site.read(routes.CHANGES), new_files)
    yield _compare_chain(old_bytes, site.read(MANIFEST) or b"", new)
    held = {checksum: name for name, checksum in new_files.items() if _DATA.fullmatch(name)}
    for name, checksum in old_files.items():
        if _DATA.fullmatch(name):
            if new_files.get(name) != checksum:
                yield _judge(name, checksum, new_files, held, changes)
        elif name.endswith(".html") and name not in new_files:
            yield Finding(False, f"{name}: trang này không còn ở địa chỉ cũ")


def _compare_chain(old: bytes, now: bytes, new: Mapping[str, Any]) -> Finding:
    checksum = hashlib.sha256(old).hexdigest()
    if old == now:
        return Finding(True, f"{MANIFEST}: chính là bản kê đang công bố")
    if new.get("previous") == checksum:
        return Finding(True, f"{MANIFEST}: bản kê đã giữ là bản liền trước bản đang công bố")
    before = new.get("previous")
    shown = f"nêu bản liền trước là {before[:12]}…" if before else "không nêu bản nào trước nó"
    return Finding(
        True,
        f"{MANIFEST}: bản đang công bố {shown}, bản đã giữ là {checksum[:12]}…;"
        " giữa hai bản còn bản khác, hoặc chuỗi đã đứt",
    )


def _judge(
    name: str,
    checksum: str,
    new_files: Mapping[str, str],
    held: Mapping[str, str],
    changes: Sequence[_Change],
) -> Finding:
    """Say of a file that is gone or changed whether the list of changes leads to what is there."""
    if checksum in held:
        return Finding(True, f"{name}: chuyển sang {held[checksum]}, nội dung giữ nguyên")
    steps = _follow(checksum, changes)
    what = "đã đổi" if name in new_files else "không còn"
    if not steps:
        return Finding(False, f"{name}: {what}, danh sách thay đổi của trang không ghi")
    days = ", ".join(dict.fromkeys(step.day for step in steps))
    last = steps[-1].after
    if last is not None and last not in held:
        return Finding(
            False,
            f"{name}: {what}; danh sách ghi thay đổi ({days}), nhưng không dẫn đến bản đang có",
        )
    if last is None and name in new_files:
        return Finding(False, f"{name}: {what}; danh sách ghi là đã gỡ ({days})")
    empty = "; chỉ đổi chú thích, cách trình bày" if all(step.is_empty for step in steps) else ""
    return Finding(True, f"{name}: {what}, danh sách thay đổi có ghi ({days}){empty}")


def _follow(checksum: str, changes: Sequence[_Change]) -> list[_Change]:
    """Return the changes that lead on from a content, in their order."""
    steps: list[_Change] = []
    for change in changes:
        if change.before == checksum:
            steps.append(change)
            if change.after is None:
                break
            checksum = change.after
    return steps


def _read_changes(content: bytes | None, files: Mapping[str, str]) -> list[_Change]:
    """Read the site's list of changes; one that is not what its manifest says tells nothing."""
    if content is None or hashlib.sha256(content).hexdigest() != files.get(routes.CHANGES):
        return []
    try:
        return [
            _Change(
                format_day(date.fromisoformat(row["day"])) if row["day"] else "không rõ ngày",
                row["file"],
                row["before"],
                row["after"],
                row["kind"].endswith("-edited")
                and not row["kind"].startswith("file-")
                and not row["amendments"],
            )
            for row in json.loads(content)["changes"]
        ]
    except (ValueError, LookupError, TypeError, AttributeError):
        return []


def read_previous(given: str, site_url: str) -> str | None:
    """Return the SHA-256 of the manifest that was published before: given, or of a file.

    `given` may be `ONLINE`: of the site that stands at `site_url`, None where there is none yet.
    Raises VerifyError (Vietnamese) when it is nothing of these.
    """
    if _SHA256.fullmatch(given):
        return given
    if given == ONLINE:
        try:
            content = open_site(site_url).read(MANIFEST)
        except ForeignRedirectError as redirect:  # to where readers sign in
            raise VerifyError(f"{site_url} dẫn sang nơi khác: {redirect}") from redirect
        if content is None:
            return None
        parse_manifest(content, site_url)
        return hashlib.sha256(content).hexdigest()
    content = _read_kept(given)
    parse_manifest(content, given)
    return hashlib.sha256(content).hexdigest()


def _read_kept(kept: str) -> bytes:
    if kept.startswith(("https://", "http://")):
        folder, _, name = kept.rpartition("/")
        content = open_site(folder).read(name or MANIFEST)
    else:
        path = Path(kept)
        file = path / MANIFEST if path.is_dir() else path
        content = file.read_bytes() if file.is_file() else None
    if content is None:
        raise VerifyError(f"không mở được bản kê {kept}; ví dụ: manifest.json đã tải về trước đây")
    return content
