"""The kinds of files that a site has, by which the benchmark counts bytes and CPU.

Comes in: a file's name below the site. Goes out: the name of its kind. Hugo's site has the same
addresses for what both make.
"""

from __future__ import annotations

import re

_PATTERNS = {
    "frames": r"nhung/.*",
    "pages of commitments": r"ke-hoach/.*/ascc-[^/]*/(?!toan-van/)[^/]+/index\.html",
    "pages of plans": r"ke-hoach/.*/ascc-[^/]*/index\.html",
    "full texts, reports": r"ke-hoach/.*/index\.html",
    "pages of units": r"don-vi/.*\.html",
    "pages of places": r"dia-phuong/.*\.html",
    "other pages": r".*\.html",
    "workbooks of plans": r"ke-hoach/.*\.xlsx",
    "workbooks of provinces, units": r".*\.xlsx",
    "StratML": r"ke-hoach/.*/stratml\.xml",
    "Markdown": r".*\.md",
    "DCAT, CKAN, Data Package": r"du-lieu/(catalog\.(jsonld|ttl)|ckan\.json|datapackage\.json)",
    "JSON v1": r"du-lieu/v1/.*",
    "tables of open data (CSV)": r"du-lieu/.*\.csv",
    "tables beside pages (CSV)": r".*\.csv",
    "feeds": r".*/atom[^/]*\.xml",
    "calendars": r".*\.ics",
    "pictures (SVG)": r".*\.svg",
    "JSON for scripts": r".*\.json",
    "copies of the data": r"ke-hoach/.*\.(yml|txt)",
}
"""A file is of the first kind whose pattern is its whole name."""
_WHOLE_NAMES = [(re.compile(pattern), kind) for kind, pattern in _PATTERNS.items()]
OTHER = "other files"
KINDS = (*_PATTERNS, OTHER)


def kind_of(name: str) -> str:
    """Name the kind of a file of a site.

    >>> kind_of("ke-hoach/an-giang/ascc-2026-2030/ii.1/index.html")
    'pages of commitments'
    """
    return next((kind for pattern, kind in _WHOLE_NAMES if pattern.fullmatch(name)), OTHER)
