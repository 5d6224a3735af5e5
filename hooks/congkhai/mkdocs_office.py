"""The MkDocs plugin `congkhai`: a site that needs no hooks/ and no theme/ of its own.

Comes in: `plugins: [congkhai]` in the `mkdocs.yml` of an office. Goes out: the events of
MkDocs, handed to `mkdocs_plugin` as the hook of this repository hands them. Templates,
assets and hand-written pages of the engine are used where the site has none of that name.
"""

from __future__ import annotations

from mkdocs.config.base import Config
from mkdocs.plugins import BasePlugin

from congkhai import mkdocs_plugin


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """The plugin's own options: none."""


class OfficePlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """The events that a build listens to; the settings are those of `mkdocs.yml` itself."""

    on_startup = staticmethod(mkdocs_plugin.on_startup)
    on_config = staticmethod(mkdocs_plugin.on_config)
    on_files = staticmethod(mkdocs_plugin.on_files)
    on_post_page = staticmethod(mkdocs_plugin.on_post_page)
    on_post_build = staticmethod(mkdocs_plugin.on_post_build)
    on_serve = staticmethod(mkdocs_plugin.on_serve)
    on_build_error = staticmethod(mkdocs_plugin.on_build_error)
    on_shutdown = staticmethod(mkdocs_plugin.on_shutdown)
