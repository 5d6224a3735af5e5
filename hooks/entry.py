"""The hook that mkdocs.yml names: MkDocs' events, handed to the package `congkhai`.

MkDocs loads this file under a path for a name and takes `sys.path` back afterwards, so the
package must be imported here, at the top level, by its full name.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from congkhai.mkdocs_plugin import (  # noqa: F401
    on_build_error,
    on_config,
    on_files,
    on_post_build,
    on_post_page,
    on_serve,
    on_shutdown,
    on_startup,
)
