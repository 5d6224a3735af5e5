"""The forge that holds the office's repository, where a browser can put a new file.

Comes in: `extra.forge` of `mkdocs.yml`. Goes out: a `Forge`, whose page for a new file can be
opened with everything filled in; `theme/assets/forge.js` makes that address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import urlsplit

Kind = Literal["github", "gitlab", "gitea"]
"""Forgejo is opened like Gitea, from which it comes."""
KINDS: tuple[Kind, ...] = get_args(Kind)


class ForgeError(ValueError):
    """`extra.forge` cannot be understood; the words are Vietnamese."""


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
    values = setting if isinstance(setting, dict) else {"url": setting}
    url = str(values.get("url", "")).rstrip("/").removesuffix(".git")
    host = urlsplit(url).hostname or ""
    if urlsplit(url).scheme != "https" or not host:
        raise ForgeError(
            f"extra.forge «{url}» không phải địa chỉ kho; dạng đúng: https://github.com/cơ-quan/kho"
        )
    named = values.get("kind") or _guess_kind(host)
    kind = next((one for one in KINDS if one == named), None)
    if kind is None:
        raise ForgeError(
            f"extra.forge: chưa rõ kho ở {host} thuộc loại nào; thêm kind: github, gitlab"
            " hoặc gitea (Forgejo cũng ghi gitea)"
        )
    return Forge(
        kind, url, str(values.get("branch") or "main"), str(values.get("folder") or "plans")
    )


def _guess_kind(host: str) -> str:
    if host == "github.com":
        return "github"
    if "gitlab" in host:
        return "gitlab"
    return "gitea" if "gitea" in host or "forgejo" in host or host == "codeberg.org" else ""
