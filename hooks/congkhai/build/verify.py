"""Whether a published site is what this repository makes: built again, and compared.

Comes in: a folder or the address of a published site, with its `manifest.json`. Goes out: what
the site says of its age, and every difference, in Vietnamese. `PLANS_DIR` names another data
folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from congkhai.build.manifest import MANIFEST
from congkhai.build.published_site import (
    AGENTS,
    READER,
    FolderSite,
    ForeignRedirectError,
    OnlineSite,
    PublishedSite,
    VerifyError,
    is_plain_name,
)
from congkhai.data.folder import DataFolderError, find_data_folder, read_plans_setting
from congkhai.model import routes
from congkhai.pages.security_headers import common_headers
from congkhai.text.dates import format_day, today
from congkhai.text.printable import make_printable

_POLICY = "content-security-policy"
_NOT_SERVED = {"_headers", "_redirects"}
"""Read by the host, shown to nobody."""
_SAMPLE = 20
"""Most files that are asked for once more, for their headers and as other software."""
_OLD_AFTER_DAYS = 7
_MOST_SHOWN = 5
"""Most files that one sentence names."""
_TYPES = {
    ".html": ("text/html",),
    ".css": ("text/css",),
    ".js": ("text/javascript", "application/javascript"),
    ".json": ("application/json",),
    ".xml": ("text/xml", "application/xml"),
    ".svg": ("image/svg+xml",),
    ".png": ("image/png",),
    ".pdf": ("application/pdf",),
    ".csv": ("text/csv",),
    ".txt": ("text/plain",),
}
"""Types by which a browser may take a file; with another one it may run it, or not show it."""
_LIKELY_EXTRAS = (
    *("sw.js", "service-worker.js", "index.php", "index.htm", "home.html", "admin/", "login/"),
    *("tin-tuc/", "thong-bao/", "dang-nhap/", "upload/", "uploads/", "files/", ".git/HEAD", ".env"),
    *("site.zip", "backup.zip", "manifest.json.bak", "index.html.bak", "test.html", "them.html"),
)
"""What is often put beside a site, or left there."""
_LINK = re.compile(rb"""(?:href|src|action)=["']?([^"'\s>]{1,2000})|<loc>([^<]{1,2000})</loc>""")


@dataclass(frozen=True)
class Verification:
    """What came out."""

    statements: list[str]
    """What the site says of itself: its day and its age."""
    differences: list[str]


def verify(place: str) -> Verification:
    """Compare the site at `place` with a new build of it.

    Raises VerifyError when there is no site, or when it cannot be built again.
    """
    site = open_site(place)
    published = read_manifest(site, place)
    with tempfile.TemporaryDirectory(prefix="verify.") as folder:
        again = Path(folder, "site")
        _build(again, published)
        rebuilt = read_manifest(FolderSite(again), str(again))
    differences = [
        *_compare_origins(published, rebuilt),
        *_compare(published["files"], rebuilt["files"]),
        *_compare_redirects(published, rebuilt),
        *_check_site(site, published),
    ]
    statements = [*_tell_age(published["as_of"]), *_tell_unsaved(published)]
    return Verification(
        list(map(make_printable, statements)), list(map(make_printable, differences))
    )


def _tell_age(as_of: str) -> Iterator[str]:
    """Say the day that the site was built for, and how long ago that is."""
    day = _read_day(as_of)
    days = (today() - day).days
    if days < 0:
        yield f"Trang xét đến ngày {format_day(day)}, {-days} ngày sau hôm nay: ngày ấy chưa đến."
        return
    age = "hôm nay" if days == 0 else f"{days} ngày trước"
    frozen = "; có thể trang đã ngừng cập nhật" if days > _OLD_AFTER_DAYS else ""
    yield f"Trang xét đến ngày {format_day(day)} ({age}{frozen})."


def _tell_unsaved(published: Mapping[str, Any]) -> Iterator[str]:
    """Say which data is compared where git has not all of it: the verdict is about that alone."""
    # Imported late: a module of builds, which lock files; `verify` names what other commands use.
    from congkhai.build.provenance import commit_of, list_unsaved

    try:
        data = find_data_folder(Path.cwd(), read_plans_setting(Path.cwd()))
    except DataFolderError:
        return
    unsaved = list_unsaved(data)
    if unsaved:
        shown = ", ".join(unsaved[:_MOST_SHOWN])
        rest = f" và {len(unsaved) - _MOST_SHOWN} tệp nữa" if len(unsaved) > _MOST_SHOWN else ""
        yield (
            f"Đang so với dữ liệu trên máy này, kể cả {len(unsaved)} tệp chưa lưu vào git: "
            f"{shown}{rest}."
        )
    if published.get("data", "") is None and (unsaved or commit_of(data)):
        yield (
            "Trang công bố được tạo khi dữ liệu có chỗ chưa lưu vào git: không bản lưu nào tạo lại"
            " được đúng như thế. Lưu vào git, tạo trang và công bố lại thì ai cũng so được."
        )


def _read_day(as_of: str) -> date:
    try:
        return date.fromisoformat(as_of)
    except ValueError as error:
        raise VerifyError(f"ngày «{as_of[:20]}» trong {MANIFEST} sai dạng") from error


def _compare_origins(published: Mapping[str, Any], rebuilt: Mapping[str, Any]) -> Iterator[str]:
    for part, name in (("commit", "mã nguồn"), ("data", "dữ liệu")):
        there, here = published.get(part), rebuilt[part]
        if there and there != here:
            now = f"bản {here}" if here else "bản có chỗ sửa chưa lưu vào git"
            stash = "" if here else "cất chỗ chưa lưu bằng git stash --include-untracked, "
            back = "" if here else "; so xong thì lấy lại bằng git switch - và git stash pop"
            yield (
                f"{name}: trang công bố tạo từ bản {there}, máy này đang có {now}; "
                f"{stash}chạy git checkout {there} rồi so lại{back}"
            )


def _compare(published: Mapping[str, str], rebuilt: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*published, *rebuilt}):
        if name not in published:
            yield f"{name}: dựng lại thì có, trang công bố không có"
        elif name not in rebuilt:
            yield f"{name}: chỉ có ở trang đã công bố"
        elif published[name] != rebuilt[name]:
            yield f"{name}: khác bản dựng lại"


def _compare_redirects(published: Mapping[str, Any], rebuilt: Mapping[str, Any]) -> Iterator[str]:
    ours: Mapping[str, str] = rebuilt.get("redirects", {})
    theirs: Mapping[str, str] = published.get("redirects", {})
    for name in sorted({*ours, *theirs}):
        if ours.get(name) != theirs.get(name):
            there, here = theirs.get(name, "không nơi nào"), ours.get(name, "không nơi nào")
            yield f"{name}: địa chỉ cũ này dẫn tới {there}, dựng lại thì dẫn tới {here}"


def _check_site(site: OnlineSite | FolderSite, published: Mapping[str, Any]) -> Iterator[str]:
    """Yield where the place does not hold what the site's own manifest says."""
    files: dict[str, str] = published["files"]
    for name in files:
        if not is_plain_name(name):
            yield f"«{name[:80]}»: tên trong {MANIFEST} không phải tên một tệp của trang; không mở"
    names = [name for name in files if is_plain_name(name)]
    if isinstance(site, FolderSite):
        yield from _check_files(site, {name: files[name] for name in names}, lambda _: None)
        yield from (
            f"{name}: thừa, không có trong {MANIFEST}"
            for name in sorted({*site.names()} - {MANIFEST, *files})
        )
        return
    links: set[str] = set()
    names = [name for name in names if name not in _NOT_SERVED]
    yield from _compare_address(site, published["url"])
    yield from _check_files(
        site,
        {name: files[name] for name in names},
        lambda answer: links.update(_list_links(site, *answer)),
        _hashes_led_to(published),
    )
    yield from _check_sample(site, _choose_sample(names))
    yield from _find_extras(site, {MANIFEST, *filter(is_plain_name, files)}, links)


def _compare_address(site: OnlineSite, url: str) -> Iterator[str]:
    host = urlsplit(site.home).hostname or ""
    if url != site.home and not host.startswith("127.") and host != "localhost":
        yield f"{MANIFEST}: trang ghi địa chỉ của mình là {url}, nhưng đang mở ở {site.home}"


def _check_files(
    site: PublishedSite,
    listed: Mapping[str, str],
    look_at: Callable[[tuple[str, bytes]], None],
    led_to: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """Compare every file with its hash; `look_at` gets each name and content.

    `led_to`: for former names also the hash of the file that a host may lead on to.
    """

    def read(name: str) -> bytes | ForeignRedirectError | None:
        try:
            return site.read(name)
        except ForeignRedirectError as redirect:
            return redirect

    with ThreadPoolExecutor(8) as readers:
        for name, content in zip(listed, readers.map(read, listed), strict=True):
            if content is None:
                yield f"{name}: không đọc được ở nơi công bố"
            elif isinstance(content, ForeignRedirectError):
                yield f"{name}: nơi công bố dẫn sang nơi khác: {content}"
            else:
                look_at((name, content))
                checksum = hashlib.sha256(content).hexdigest()
                if checksum not in (listed[name], (led_to or {}).get(name)):
                    yield f"{name}: nội dung khác mã băm trong {MANIFEST}"


def check_files(
    site: OnlineSite | FolderSite,
    manifest: Mapping[str, Any],
    look_at: Callable[[tuple[str, bytes]], None],
) -> Iterator[str]:
    """Yield which files of a site are missing or not as its own manifest has them."""
    files: dict[str, str] = manifest["files"]
    hidden = _NOT_SERVED if isinstance(site, OnlineSite) else set()
    listed = {
        name: checksum
        for name, checksum in files.items()
        if is_plain_name(name) and name not in hidden
    }
    yield from _check_files(site, listed, look_at, _hashes_led_to(manifest))


def _hashes_led_to(published: Mapping[str, Any]) -> dict[str, str]:
    """Return the hash of the file that each former name leads to, by a rule of the host."""
    files: Mapping[str, str] = published["files"]
    redirects: Mapping[str, str] = published.get("redirects", {})
    return {old: files[new] for old, new in redirects.items() if new in files}


def _choose_sample(names: Iterable[str]) -> list[str]:
    """Choose files of every ending, a short name first; the same ones every time."""
    chosen = {"home": "index.html"}
    for name in sorted(names, key=lambda name: (name.count("/"), name)):
        suffix = Path(name).suffix
        if suffix in _TYPES:
            chosen.setdefault(suffix, name)
            if suffix == ".html":
                chosen.setdefault(f"{suffix} {name.count('/')}", name)
    return list(dict.fromkeys(chosen.values()))[:_SAMPLE]


def _policies(name: str) -> tuple[str, ...]:
    """Return the policies that a file may come with.

    Hosts that read `_headers` forbid frames where pages are: they have no pattern for all but some.
    """
    whole, framed = (common_headers(framed=may)["Content-Security-Policy"] for may in (False, True))
    if name.startswith(routes.EMBEDS):
        return (framed,)
    return (whole,) if name.endswith(".html") else (whole, framed)


def _check_sample(site: OnlineSite, names: Iterable[str]) -> Iterator[str]:
    """Compare types and headers of a few files, and what different software gets."""
    required = {name.lower(): value for name, value in common_headers().items()}
    if site.home.startswith("http://"):
        del required["strict-transport-security"]  # browsers take it over https only
    unlike: dict[str, list[str]] = {}
    for name in names:
        answers = {agent: _ask(site, name, agent) for agent in AGENTS}
        answer = answers[READER]
        if answer is None:
            continue  # told already
        content, headers = answer
        sent_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        types = _TYPES[Path(name).suffix]
        if sent_type not in types:
            yield f"{name}: máy chủ gửi kiểu «{sent_type}», dạng đúng: {types[0]}"
        for header, value in required.items():
            allowed = _policies(name) if header == _POLICY else (value,)
            if headers.get(header, "").replace(",f", ", f") not in allowed:
                unlike.setdefault(header, []).append(name)
        for agent, other in answers.items():
            if other is None or other[0] != content:
                yield f"{name}: {agent} nhận nội dung khác {READER}"
    for header, files in unlike.items():
        yield (
            f"{header}: máy chủ không gửi tiêu đề này như trong _headers và nginx.conf.example"
            f" ({len(files)} tệp xem thử, như {files[0]})"
        )


def _ask(site: OnlineSite, name: str, agent: str) -> tuple[bytes, Mapping[str, str]] | None:
    try:
        return site.ask(name, agent)
    except ForeignRedirectError:
        return None


def _list_links(site: OnlineSite, name: str, content: bytes) -> Iterator[str]:
    """Yield the names of files of this site that a page or a sitemap leads to."""
    if not name.endswith((".html", ".xml")):
        return
    base = site.address_of(name)
    for match in _LINK.finditer(content):
        link = (match[1] or match[2]).decode("utf-8", "replace").replace("&amp;", "&")
        try:
            address = urldefrag(urljoin(base, link)).url.partition("?")[0]
        except ValueError:
            continue
        if address.startswith(site.home):
            yield unquote(address.removeprefix(site.home))


def _find_extras(site: OnlineSite, named: set[str], links: Iterable[str]) -> Iterator[str]:
    """Yield what the place answers for and the manifest does not name.

    What nothing leads to and nobody can guess is not found from outside.
    """
    nothing = _ask(site, "khong-co-trang-nay-a7c31/", READER)
    if nothing is not None:
        yield "nơi công bố trả lời cả cho địa chỉ không có; dạng đúng: 404 và trang 404.html"
        return
    folders = {name.rpartition("/")[0] for name in named if "/" in name}
    listed = {f"{folder}/" for folder in folders if f"{folder}/index.html" not in named}
    wanted = {link for link in links if is_plain_name(link.rstrip("/") or "x")}
    for name in sorted({*wanted, *listed, *_LIKELY_EXTRAS}):
        file = f"{name}index.html" if name.endswith("/") or not name else name
        if file in named or f"{name}/index.html" in named:
            continue
        answer = _ask(site, name, READER)
        if answer is None:
            continue
        yield f"{name}: nơi công bố có, {MANIFEST} không có"
        if name in listed:
            for inside in sorted(set(_list_links(site, f"{name}index.html", answer[0])) - named):
                if inside.startswith(name) and inside != name and not inside.endswith("/"):
                    yield f"{inside}: nơi công bố có, {MANIFEST} không có"


def open_site(place: str) -> OnlineSite | FolderSite:
    """Return the site at an address or in a folder."""
    is_online = place.startswith(("https://", "http://"))
    return OnlineSite(place) if is_online else FolderSite(Path(place))


def read_manifest(site: PublishedSite, place: str) -> dict[str, Any]:
    """Read the manifest of a site. Raises VerifyError when there is none."""
    return parse_manifest(fetch_manifest(site, place), place)


def fetch_manifest(site: PublishedSite, place: str) -> bytes:
    """Return the manifest of a site as it is; nothing where there is none. Raises VerifyError."""
    try:
        return site.read(MANIFEST) or b""
    except ForeignRedirectError as redirect:
        raise VerifyError(
            f"{place} dẫn sang nơi khác: {redirect}; so thẳng với nơi ấy"
        ) from redirect


def parse_manifest(content: bytes, place: str) -> dict[str, Any]:
    """Read a manifest; `place` is where it was found. Raises VerifyError when it is none."""
    try:
        manifest: dict[str, Any] = json.loads(content)
        if (
            isinstance(manifest["files"], dict)
            and isinstance(manifest["as_of"], str)
            and isinstance(manifest["url"], str)
            and isinstance(manifest.get("redirects", {}), dict)
        ):
            return manifest
    except (ValueError, LookupError, TypeError):
        pass
    raise VerifyError(f"không có {MANIFEST} của trang này ở {place}")


def _build(target: Path, published: Mapping[str, Any]) -> None:
    """Build the site anew, for the day and the address of the published one."""
    # Without what earlier builds left: a comparison with itself would prove nothing.
    environment = os.environ | {
        "AS_OF": published["as_of"],
        "SITE_URL": published["url"],
        "BUILD_CACHE": "",
        "RELEASE": "",
        "CLUSTER": "",  # the proof is this machine's own
    }
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(target)]
    done = subprocess.run(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise VerifyError(f"không dựng lại được trang:\n{done.stdout.strip()}")
