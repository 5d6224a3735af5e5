"""What is true of the whole site in one build.

Comes in: settings of `mkdocs.yml`, what git tells of the data. Goes out: the `Site` that pages
and exports are given.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from congkhai.data.forge import Forge


@dataclass(frozen=True, slots=True)
class JoinedSite:
    """A site of an office that was put into this one."""

    url: str
    """Absolute, with a slash at the end."""
    as_of: date
    """The day that it was of."""
    engine: str
    """Version of the software that built it."""
    manifest: str
    """SHA-256 of its manifest, against which each of its files was held."""
    dates_known: bool = False
    """Whether it knew what had changed after publication."""


@dataclass(frozen=True, slots=True)
class Site:
    """The name, address and operator of the site, and what its data were built from."""

    name: str
    url: str
    """Absolute, with a slash at the end."""
    commit: str | None
    """Of the data, when git tells it."""
    repository: str | None = None
    """Address of the public repository, for links to the YAML."""
    demo: bool = False
    preview: bool = False
    """In `mkdocs serve`, which reloads pages by a script inside them."""
    operator: str = ""
    """Who runs the site, for readers and for whoever is written about; empty while nobody does."""
    contact: str = ""
    """How to reach the operator, in words."""
    data_license: str = ""
    """Licence of the open data by its SPDX name: CC-BY-4.0; empty where nobody has chosen."""
    forge: Forge | None = None
    """Where staff put new files by their browser; None where nobody has said."""
    joined: tuple[JoinedSite, ...] = ()
    """Sites of offices of which this one was made."""

    @property
    def has_contact(self) -> bool:
        """Whether readers are told who runs the site and how to reach them."""
        return bool(self.operator and self.contact)

    @property
    def takes_messages(self) -> bool:
        """Whether a mistake can be told, or a plan sent, to anybody."""
        return self.has_contact or self.forge is not None
