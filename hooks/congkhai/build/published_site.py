"""A site where it is published: its files by name, asked for as readers' browsers ask.

Comes in: a folder, or an address. Goes out: what is there under a name: the content, and over the
network the type and the headers. Never asks another host than the one that was named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from email.message import Message
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from socket import gaierror
from ssl import SSLError
from typing import IO, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from congkhai.build.manifest import list_files
from congkhai.data.files import explain_os_error, read_file

TIMEOUT_SECONDS = 60
MAX_FILE_BYTES = 256 * 1024 * 1024
"""Most bytes read of one file: a host that sends without end is stopped."""
AGENTS = {
    "trình duyệt máy tính": (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
        " Chrome/140.0.0.0 Safari/537.36"
    ),
    "trình duyệt điện thoại": (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15"
        " (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
    ),
    "máy tìm kiếm": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "phần mềm": "congkhai-verify",
}
"""Who asks, and how each introduces itself. The first is the one that files are compared as."""
READER = next(iter(AGENTS))

_NO_ANSWER: tuple[tuple[type[Exception], str], ...] = (
    (gaierror, "không tìm thấy máy chủ; kiểm tra mạng và địa chỉ"),
    (TimeoutError, "máy chủ không trả lời; kiểm tra mạng, thử lại sau"),
    (ConnectionError, "máy chủ không nhận kết nối; kiểm tra địa chỉ, thử lại sau"),
    (SSLError, "không tin được chứng chỉ của máy chủ; kiểm tra địa chỉ, báo nơi quản lý trang ấy"),
)
_PLAIN_NAME = re.compile(r"[^\x00-\x20\x7f\\/:?#%*\"<>|][^\x00-\x1f\x7f\\/:?#%*\"<>|]{0,254}")


class VerifyError(Exception):
    """Nothing to compare, or nothing to compare it with (Vietnamese)."""


class ForeignRedirectError(Exception):
    """The host leads to another host; its words are the address there."""


class PublishedSite(Protocol):
    """What both kinds of published sites can do."""

    def read(self, name: str) -> bytes | None:
        """Return the content of a file; None when there is none of that name."""


def is_plain_name(name: str) -> bool:
    """Say whether a name in a manifest is that of a file below the site, and nothing else.

    >>> [is_plain_name(name) for name in ("a/b.html", "//evil.example/x", "../x", "/x", "a:b")]
    [True, False, False, False, False]
    """
    return all(
        _PLAIN_NAME.fullmatch(part) is not None and part not in (".", "..")
        for part in name.split("/")
    )


class FolderSite:
    """A site in a folder of this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str) -> bytes | None:
        """Return the content of a file; None when there is no regular file of that name."""
        try:
            return read_file(self.folder / name)
        except OSError:
            return None

    def names(self) -> Iterator[str]:
        """Yield the names of all files of the folder."""
        return list_files(self.folder)


class OnlineSite:
    """A site at an address of the network."""

    def __init__(self, address: str) -> None:
        self.home = address if address.endswith("/") else f"{address}/"
        self._opener = _open_without_leaving(self.home)

    def address_of(self, name: str) -> str:
        """Return the address of a file; of a folder's page, that of the folder.

        Some hosts answer for a folder's page at the folder's address only.
        """
        is_page = name.rpartition("/")[2] == "index.html"
        address = urljoin(self.home, quote(name.removesuffix("index.html") if is_page else name))
        if not address.startswith(self.home):
            raise ValueError(f"«{name}» is no name of a file of {self.home}")
        return address

    def read(self, name: str) -> bytes | None:
        """Return the content of a file as a reader gets it; None when there is none."""
        answer = self.ask(name)
        return answer and answer[0]

    def ask(self, name: str, agent: str = READER) -> tuple[bytes, Mapping[str, str]] | None:
        """Return content and headers of a file, as asked for by one of `AGENTS`.

        None when the host has none of that name. Raises VerifyError when it does not answer at
        all, ForeignRedirectError when it leads away.
        """
        request = Request(self.address_of(name), headers={"User-Agent": AGENTS[agent]})
        try:
            with self._opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                content: bytes = answer.read(MAX_FILE_BYTES)
                headers: Message = answer.headers
                return content, {key.lower(): value for key, value in headers.items()}
        except HTTPError as error:
            with error:
                return None
        except (OSError, ValueError, HTTPException) as error:
            # No such host, no address at all, or a connection that was cut.
            raise VerifyError(f"không mở được {self.home}: {explain_no_answer(error)}") from error


def explain_no_answer(error: Exception) -> str:
    """Say in Vietnamese why a host gave no answer, and what to do.

    >>> explain_no_answer(URLError(gaierror(-2, "Name or service not known")))
    'không tìm thấy máy chủ; kiểm tra mạng và địa chỉ'
    """
    reason = error.reason if isinstance(error, URLError) else error
    for kind, meaning in _NO_ANSWER:
        if isinstance(reason, kind):
            return meaning
    if isinstance(reason, OSError):
        return explain_os_error(reason)
    return "địa chỉ sai dạng" if isinstance(reason, ValueError) else "máy chủ trả lời không đủ"


def _open_without_leaving(home: str) -> OpenerDirector:
    try:
        parts = urlsplit(home)
        origin = (parts.hostname, parts.port)
    except ValueError as error:
        raise VerifyError(f"không mở được {home}: địa chỉ sai dạng") from error

    class Redirects(HTTPRedirectHandler):
        """Follows to other pages of the same host, and from http to https."""

        def redirect_request(
            self,
            req: Request,
            fp: IO[bytes],
            code: int,
            msg: str,
            headers: HTTPMessage,
            newurl: str,
        ) -> Request | None:
            there = urlsplit(newurl)
            is_upgrade = parts.scheme == "http" and (there.hostname, there.port) == (
                origin[0],
                None,
            )
            is_same = (there.scheme, there.hostname, there.port) == (parts.scheme, *origin)
            if not is_same and not (is_upgrade and there.scheme == "https"):
                fp.close()
                raise ForeignRedirectError(newurl)
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    return build_opener(Redirects)
