"""Deploying: of a built site, what changed is sent to where readers see it.

Comes in: the folder of a site, and a target. Goes out: the target with exactly the files of the
site's manifest, beside whatever else lies there. What to send is read off two manifests, ours
and the target's; nothing is listed. Broken off at any moment, the target is a site that works,
because every step needs only what the steps before it have put there:

    1. the list of what this deployment touches (`PENDING`)
    2. new files, then new pages: nothing leads to them yet
    3. changed files, then changed pages, the home page last
    4. removals: nothing leads there any more
    5. the manifest; then the list of step 1 goes

Until step 5 the old manifest stands, so the next deployment sends again what this one may or may
not have sent, and removes what it left, whichever site it deploys.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from congkhai.build.deploy_target import DeployError, FolderTarget, Target, open_target
from congkhai.build.manifest import MANIFEST
from congkhai.build.published_site import VerifyError, is_plain_name
from congkhai.build.release import is_public
from congkhai.build.verify import parse_manifest
from congkhai.data.files import explain_os_error, read_file

PENDING = "manifest.pending.json"
"""At a target, while a deployment is under way or after one that was broken off."""
_MOST_NAMED = 5
"""Files that one message names."""


@dataclass(frozen=True)
class Changes:
    """What has to be done to a target, in names of files."""

    added: Sequence[str]
    changed: Sequence[str]
    removed: Sequence[str]
    emptied: Sequence[str]
    """Folders in which no file of the site lies any more, the deepest first."""
    unchanged: int
    size: int
    """Bytes of the files that are added or changed."""
    address: str
    """The public address that the site states."""


@dataclass(frozen=True)
class _Pending:
    """What earlier deployments that were broken off may have done."""

    put: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()


def deploy(
    site: Path,
    place: str,
    *,
    is_trial: bool = False,
    sends_all: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> Changes:
    """Send what changed in `site` to `place`; a trial only says what it would do.

    `sends_all`: also files that both manifests have alike, for a target that others changed.
    Raises DeployError; the target is then a site that works, and the next deployment goes on.
    """
    # Not above: whoever only checks plans may have a system without locks.
    from congkhai.build.publish import PublishError, hold_site

    target = open_target(place)
    if isinstance(target, FolderTarget):
        _refuse_itself(site.resolve(), target.folder)
    try:
        with hold_site(site):
            return _deploy(site, target, is_trial, sends_all, tell)
    except PublishError as error:
        raise DeployError(str(error)) from error
    except OSError as error:
        raise DeployError(f"{error.filename or site}: {explain_os_error(error)}") from error


def _deploy(
    site: Path, target: Target, is_trial: bool, sends_all: bool, tell: Callable[[str], None]
) -> Changes:
    content = _read_own_manifest(site)
    manifest = _parse(content, str(site))
    if not is_public(manifest["url"]):
        tell(
            f"CHÚ Ý: trang này là bản xem thử, địa chỉ ghi trong trang ({manifest['url']}) chưa"
            " phải địa chỉ thật. Để công bố: congkhai build --release, rồi gửi lại."
        )
    there = target.list_top()
    old_content = target.read(MANIFEST) if MANIFEST in there else None
    pending = _parse_pending(target.read(PENDING)) if PENDING in there else None
    if old_content is None and pending is None:
        _refuse_strangers(there)
    old = _parse(old_content, "nơi đăng")["files"] if old_content else {}
    changes = _compare(site, old, manifest, pending or _Pending(), sends_all)
    _check_files(site, manifest["files"], (*changes.added, *changes.changed))
    if is_trial:
        return changes
    target.sweep()
    if old_content != content or pending is not None or sends_all:
        _send(site, target, changes, pending or _Pending(), tell)
    return changes


def _compare(
    site: Path,
    old: Mapping[str, str],
    manifest: Mapping[str, Any],
    pending: _Pending,
    sends_all: bool,
) -> Changes:
    new: Mapping[str, str] = manifest["files"]
    standing = {name for name in old if is_plain_name(name)} - pending.removed
    added = sorted(new.keys() - standing)
    changed = sorted(
        name
        for name in new.keys() & standing
        if sends_all or old[name] != new[name] or name in pending.put
    )
    touched = standing | pending.put | pending.removed
    removed = sorted(touched - new.keys() - {MANIFEST, PENDING})
    emptied = set(_folders_of(removed)) - set(_folders_of(new))
    return Changes(
        added=added,
        changed=changed,
        removed=removed,
        emptied=sorted(emptied, key=lambda name: (-name.count("/"), name)),
        unchanged=len(new) - len(added) - len(changed),
        size=sum((site / name).stat().st_size for name in (*added, *changed)),
        address=manifest["url"],
    )


def _send(
    site: Path,
    target: Target,
    changes: Changes,
    pending: _Pending,
    tell: Callable[[str], None],
) -> None:
    if changes.added or changes.changed or changes.removed:
        put = sorted({*changes.added, *changes.changed, *pending.put})
        removed = sorted({*changes.removed, *pending.removed})
        with tempfile.TemporaryDirectory(prefix="deploy.") as folder:
            Path(folder, PENDING).write_text(
                json.dumps({"put": put, "removed": removed}, ensure_ascii=False), "utf-8"
            )
            target.put(Path(folder), [PENDING])
    for words, names in _steps(changes):
        if names:
            tell(f"Đang gửi {len(names)} {words}…")
            target.put(site, names)
    if changes.removed:
        tell(f"Đang bỏ {len(changes.removed)} tệp cũ…")
        target.remove(changes.removed, changes.emptied)
    target.flush()
    target.put(site, [MANIFEST])
    target.remove([PENDING], [])


def _steps(changes: Changes) -> Iterator[tuple[str, list[str]]]:
    """Yield the files in the order in which they are put, with words for each step."""
    for names, age in ((changes.added, "mới"), (changes.changed, "đã đổi")):
        yield f"tệp {age}", [name for name in names if not name.endswith(".html")]
        pages = [name for name in names if name.endswith(".html")]
        # The home page leads to all others.
        yield f"trang {age}", sorted(pages, key=lambda name: (name == "index.html", name))


def _folders_of(names: Iterable[str]) -> Iterator[str]:
    """Yield all folders, at every depth, in which files lie."""
    for name in names:
        while "/" in name:
            name = name.rpartition("/")[0]
            yield name


def _refuse_itself(site: Path, target: Path) -> None:
    if target == site or target.is_relative_to(site) or site.is_relative_to(target):
        raise DeployError(
            f"nơi đăng {target} và trang vừa dựng {site} nằm trong nhau; chọn một thư mục khác"
        )


def _refuse_strangers(there: Iterable[str]) -> None:
    """Raise where something lies that no deployment put there: it would be written over."""
    # Names with a dot in front are the host's own: .well-known, .htaccess.
    strangers = sorted(name for name in there if not name.startswith("."))
    if strangers:
        shown = ", ".join(strangers[:_MOST_NAMED]) + ("…" if len(strangers) > _MOST_NAMED else "")
        raise DeployError(
            f"nơi đăng đã có tệp ({shown}) mà không có {MANIFEST}: không phải trang do phần mềm"
            " này gửi lên; chọn một nơi trống"
        )


def _read_own_manifest(site: Path) -> bytes:
    try:
        return read_file(site / MANIFEST)
    except FileNotFoundError as error:
        raise DeployError(
            f"{site} không có {MANIFEST}; dựng trang trước: congkhai build --release"
        ) from error


def _parse(content: bytes, place: str) -> dict[str, Any]:
    try:
        return parse_manifest(content, place)
    except VerifyError as error:
        raise DeployError(str(error)) from error


def _parse_pending(content: bytes) -> _Pending:
    try:
        lists = json.loads(content)
        return _Pending(
            frozenset(filter(is_plain_name, lists["put"])),
            frozenset(filter(is_plain_name, lists["removed"])),
        )
    except (ValueError, LookupError, TypeError) as error:
        raise DeployError(
            f"{PENDING} ở nơi đăng không đọc được; xóa tệp ấy rồi chạy lại với --all"
        ) from error


def _check_files(site: Path, files: Mapping[str, str], names: Iterable[str]) -> None:
    """Raise unless what is to be sent is what the manifest says."""
    wrong = [
        name
        for name in names
        if not is_plain_name(name)
        or hashlib.sha256(read_file(site / name)).hexdigest() != files[name]
    ]
    if wrong:
        shown = ", ".join(wrong[:_MOST_NAMED]) + ("…" if len(wrong) > _MOST_NAMED else "")
        raise DeployError(
            f"trong {site} có tệp khác {MANIFEST}: {shown}; dựng lại: congkhai build --release"
        )
