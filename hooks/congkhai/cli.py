"""The command line: `congkhai` and its commands, which `congkhai --help` lists.

Comes in: arguments. Goes out: text in Vietnamese, and an exit status, see `commands.parser`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from congkhai.commands.parser import run_command
from congkhai.commands.site import describe_build, describe_serve


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    # A Windows console or a CI without a locale would stop at the first Vietnamese letter.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    given = sys.argv[1:] if arguments is None else arguments
    if given and given[0] in ("build", "serve"):
        return run_command((describe_build, describe_serve), given)
    # Imported late: reading, drafts and checks take 0.8 s, of which a build would need nothing.
    from congkhai.commands import check, drafts, offices, publishing, reports

    describes = (
        check.describe_check,
        drafts.describe_draft,
        drafts.describe_intake,
        drafts.describe_read,
        reports.describe_report,
        reports.describe_workbook,
        reports.describe_import,
        check.describe_schema,
        describe_build,
        describe_serve,
        publishing.describe_deploy,
        publishing.describe_verify,
        offices.describe_join,
        offices.describe_new,
    )
    return run_command(describes, given)
