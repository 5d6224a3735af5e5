"""Whether a published site is what this repository makes: built again, and compared.

Comes in: a folder or the address of a published site, with its `manifest.json`. Goes out:
every difference, in Vietnamese. `PLANS_DIR` names another data folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urljoin
from urllib.request import urlopen

from congkhai.build.manifest import MANIFEST, list_files

Read = Callable[[str], bytes | None]
"""The bytes of a file of the site by its name; None when it has none of that name."""

_NOT_SERVED = {"_headers"}
"""Read by the host, shown to nobody."""
_TIMEOUT_SECONDS = 60


class VerifyError(Exception):
    """Nothing to compare, or nothing to compare it with (Vietnamese)."""


def verify(place: str) -> Iterator[str]:
    """Yield every difference between the site at `place` and a new build of it.

    Raises VerifyError when there is no site, or when it cannot be built again.
    """
    online = place.startswith(("https://", "http://"))
    read = _reader_of_address(place) if online else _reader_of_folder(Path(place))
    published = _manifest(read, place)
    with tempfile.TemporaryDirectory(prefix="verify.") as folder:
        again = Path(folder, "site")
        _build(again, published)
        rebuilt = _manifest(_reader_of_folder(again), str(again))
    for part, name in (("commit", "mã nguồn"), ("data", "dữ liệu")):
        if published.get(part) and published[part] != rebuilt[part]:
            now = rebuilt[part] or "bản có sửa đổi chưa lưu"
            yield (
                f"{name}: trang dựng từ {published[part]}, ở đây là {now}; "
                f"chạy git checkout {published[part]} rồi so lại"
            )
    yield from _compare(published["files"], rebuilt["files"])
    yield from _check_files(read, published["files"], _NOT_SERVED if online else set())
    if not online:
        yield from (
            f"{name}: thừa, không có trong {MANIFEST}"
            for name in sorted({*list_files(Path(place))} - {MANIFEST, *published["files"]})
        )


def _compare(published: Mapping[str, str], rebuilt: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*published, *rebuilt}):
        if name not in published:
            yield f"{name}: dựng lại thì có, trang công bố không có"
        elif name not in rebuilt:
            yield f"{name}: trang công bố có, dựng lại thì không có"
        elif published[name] != rebuilt[name]:
            yield f"{name}: khác bản dựng lại"


def _check_files(read: Read, listed: Mapping[str, str], skipped: set[str]) -> Iterator[str]:
    """Yield where the site does not hold what its own manifest says."""
    names = [name for name in listed if name not in skipped]
    with ThreadPoolExecutor(8) as readers:
        for name, content in zip(names, readers.map(read, names), strict=True):
            if content is None:
                yield f"{name}: không đọc được ở nơi công bố"
            elif hashlib.sha256(content).hexdigest() != listed[name]:
                yield f"{name}: nội dung khác mã băm trong {MANIFEST}"


def _manifest(read: Read, place: str) -> dict[str, Any]:
    content = read(MANIFEST)
    try:
        manifest: dict[str, Any] = json.loads(content or b"")
        if (
            isinstance(manifest["files"], dict)
            and isinstance(manifest["as_of"], str)
            and isinstance(manifest["url"], str)
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


def _reader_of_folder(folder: Path) -> Read:
    def read(name: str) -> bytes | None:
        file = folder / name
        return file.read_bytes() if file.is_file() else None

    return read


def _reader_of_address(address: str) -> Read:
    home = address if address.endswith("/") else f"{address}/"

    def read(name: str) -> bytes | None:
        # Some hosts answer for a folder's page at the folder's address only.
        page = name.removesuffix("index.html") if name.rpartition("/")[2] == "index.html" else name
        try:
            with urlopen(urljoin(home, quote(page)), timeout=_TIMEOUT_SECONDS) as answer:
                content: bytes = answer.read()
                return content
        except HTTPError as error:
            with error:
                return None
        except (OSError, ValueError, HTTPException) as error:
            # No such host, no address at all, or a connection that was cut.
            raise VerifyError(f"không mở được {home}: {getattr(error, 'reason', error)}") from error

    return read
