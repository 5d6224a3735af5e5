"""Rules by which hosts lead on from former addresses, in the forms that they read.

Comes in: the rules. Goes out: the lines of `_redirects`, which Netlify and Cloudflare Pages read,
and those of a `map` of nginx. Where a host has no rules, the pages and copies at the former
addresses do the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from congkhai.model.redirects import ANY_UNIT, Rule


def for_hosts(rules: Iterable[Rule], path: str) -> bytes:
    """Write `_redirects` for a site at this path of its host, a slash at both ends."""
    lines = ["# Địa chỉ cũ dẫn tới địa chỉ mới; do phần mềm dựng trang viết ra."]
    for old, new, is_folder in rules:
        ends = ("*", ":splat") if is_folder else ("", "")  # `:unit` is a placeholder there, too
        lines.append(f"{path}{old}{ends[0]} {path}{new}{ends[1]} 301")
    return ("\n".join(lines) + "\n").encode()


def for_nginx(rules: Iterable[Rule], path: str) -> str:
    """Write the lines of a `map` from an old address to the new one."""
    lines = []
    for old, new, is_folder in rules:
        pattern = re.escape(f"{path}{old}").replace(ANY_UNIT, "(?<unit>[^/]+)")
        target = f"{path}{new}".replace(ANY_UNIT, "$unit")
        ends = ("(?<rest>.*)$", "$rest") if is_folder else ("$", "")
        lines.append(f'    "~^{pattern}{ends[0]}"  "{target}{ends[1]}";')
    return "\n".join(lines)
