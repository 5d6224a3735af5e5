"""The forge that holds the office's repository, where a browser can put a new file.

Comes in: `extra.forge` of `mkdocs.yml`. Goes out: a `Forge`, whose page for a new file can be
opened with everything filled in; `theme/assets/reporting/forge.js` makes that address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

Kind = Literal["github", "gitlab", "gitea"]
"""Forgejo is opened like Gitea, from which it comes."""
KINDS: tuple[Kind, ...] = get_args(Kind)


KEYS = ("kind", "url", "branch", "folder")
"""Of the setting, where it is no single address."""


class ForgeError(ValueError):
    """`extra.forge` cannot be understood; the words are Vietnamese."""

    def __init__(self, message: str, hint: str, *loc: str) -> None:
        super().__init__(message)
        self.hint = hint
        """The right form."""
        self.loc = loc
        """The key below the setting that is wrong; empty for the whole."""


@dataclass(frozen=True, slots=True)
class Forge:
    """A repository on a forge."""

    kind: Kind
    url: str
    """Of the repository, without a slash at the end."""
    branch: str = "main"
    folder: str = "plans"
    """Where the data lies in the repository."""


def read_forge(setting: object) -> Forge | None:
    """Read the setting: the address of the repository, or a mapping with `url`.

    >>> read_forge("https://github.com/so-noi-vu/ke-hoach").kind
    'github'
    >>> read_forge({"url": "https://git.tinh.gov.vn/snv/ke-hoach/", "kind": "gitea"}).url
    'https://git.tinh.gov.vn/snv/ke-hoach'
    """
    if not setting:
        return None
    values: dict[str, Any] = setting if isinstance(setting, dict) else {"url": setting}
    for key in KEYS:
        value = values.get(key)
        if value is not None and not isinstance(value, str):
            hint = f"dạng đúng: {key}: {_EXAMPLES[key]}"
            raise ForgeError(f"extra.forge: «{key}» phải là chữ", hint, key)
    url = (values.get("url") or "").rstrip("/").removesuffix(".git")
    host = _read_host(url)
    loc = ("url",) if "url" in values and isinstance(setting, dict) else ()
    if not host:
        hint = f"dạng đúng: {loc[0] if loc else 'forge'}: {_EXAMPLES['url']}"
        raise ForgeError(f"extra.forge: «{url}» không phải địa chỉ kho", hint, *loc)
    named = values.get("kind")
    kind = next((one for one in KINDS if one == (named or _guess_kind(host))), None)
    if kind is None:
        if named:
            raise ForgeError(f"extra.forge: không có loại kho «{named}»", _NAME_KIND, "kind")
        hint = (
            "thêm loại: github, gitlab hoặc gitea (Forgejo cũng ghi gitea);"
            f' dạng đúng: forge: {{kind: gitea, url: "{url}"}}'
        )
        raise ForgeError(f"extra.forge: chưa rõ kho ở {host} thuộc loại nào", hint)
    return Forge(kind, url, values.get("branch") or "main", values.get("folder") or "plans")


_EXAMPLES = {
    "kind": "gitlab",
    "url": "https://github.com/co-quan/ke-hoach",
    "branch": "main",
    "folder": "plans",
}
_NAME_KIND = "ghi github, gitlab hoặc gitea (Forgejo cũng ghi gitea); dạng đúng: kind: gitea"


def _read_host(url: str) -> str:
    """Return the name of the machine in a repository's address; empty where it is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.hostname or "" if parts.scheme == "https" else ""


def _guess_kind(host: str) -> str:
    if host == "github.com":
        return "github"
    if "gitlab" in host:
        return "gitlab"
    return "gitea" if "gitea" in host or "forgejo" in host or host == "codeberg.org" else ""
