"""Where the engine's own files are: in an installed package, or in a checkout.

Comes in: nothing. Goes out: folders. In a wheel, `theme/` and `content/` lie inside the
package; in a checkout they stay at the top of the repository.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

PACKAGE = Path(str(files("congkhai")))
"""The code, with the national registers and the template of an office's repository."""


def _folder(name: str) -> Path:
    packaged = PACKAGE / name
    return packaged if packaged.is_dir() else PACKAGE.parent.parent / name


THEME = _folder("theme")
"""Layout, templates of pages, and assets."""
CONTENT = _folder("content")
"""Hand-written pages, which a site may replace by its own of the same name."""
OFFICE = PACKAGE / "office"
"""The template of an office's repository."""
