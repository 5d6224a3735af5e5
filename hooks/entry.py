"""The way in from MkDocs: its events, each handed to the room that does the work.

Comes in: the events of one `mkdocs build`, or of each rebuild in `mkdocs serve`. Goes
out: a site in `site_dir`, whole or not at all. No other module knows MkDocs.

MkDocs renders the hand-written pages of `content/`; what it makes of their Markdown is
put into the site's own layout here, and all other pages are written here beside them.
"""

from __future__ import annotations

import gc
import html
import logging
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

# MkDocs loads this file under a path for a name and takes sys.path back afterwards: what
# comes from the package must be imported here, by its full name.
_ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(_ROOT))

from hooks import search  # noqa: E402
from hooks.atlas import Atlas  # noqa: E402
from hooks.check import check  # noqa: E402
from hooks.corpus import documents_to_index  # noqa: E402
from hooks.dates import today  # noqa: E402
from hooks.derive import derive  # noqa: E402
from hooks.export import exports  # noqa: E402
from hooks.history import read_history  # noqa: E402
from hooks.load import load_dataset  # noqa: E402
from hooks.pages import site_pages  # noqa: E402
from hooks.press import Job, press  # noqa: E402
from hooks.publish import Build, PublishError  # noqa: E402
from hooks.render import Renderer, Site  # noqa: E402

_log = logging.getLogger("mkdocs.hooks")
_warnings = CountHandler(level=logging.WARNING)
_preview = False
"""Whether `mkdocs serve` runs."""


class WrongUse(Abort):
    """Not the data is at fault but how the command was called."""

    code = exit_code = 2


@dataclass(frozen=True, slots=True)
class _Work:
    """What one build hands from event to event."""

    data: Path
    atlas: Atlas
    site: Site
    renderer: Renderer
    build: Build
    addresses: list[str] = field(default_factory=list)
    """Of the pages written so far that the sitemap lists."""


_work: _Work | None = None


# ---------------------------------------------------------- start and finish


def on_startup(command: str, dirty: bool) -> None:
    """Let the end of a terminal or of a service end the build in order."""
    global _preview
    _preview = command == "serve"
    # Windows has no SIGHUP.
    for number in filter(None, (signal.SIGTERM, getattr(signal, "SIGHUP", None))):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    mkdocs = logging.getLogger("mkdocs")
    # --quiet raises the logger's level, and a warning that is never made is never counted:
    # `--strict --quiet` would pass. Quiet is for the screen, so it moves to the screen's handler.
    for handler in mkdocs.handlers:
        handler.setLevel(max(handler.level, mkdocs.level))
    mkdocs.setLevel(min(mkdocs.level, logging.WARNING))
    mkdocs.addHandler(_warnings)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the data; stop on any error. Point MkDocs at a folder beside the site."""
    global _work
    _warnings.counts.clear()
    data = _data_folder()
    try:
        as_of = today()
    except ValueError as error:
        raise WrongUse(str(error)) from error
    _work = None
    with _everything_is_kept():
        dataset, problems = load_dataset(data)
        problems = sorted([*problems, *check(dataset, as_of)])
    errors = 0
    for problem in problems:
        if problem.severity == "error":
            errors += 1
            print(problem, file=sys.stderr)
        else:
            _log.warning("%s", problem)
    if errors:
        raise Abort(f"Dữ liệu có {errors} lỗi, liệt kê ở trên. Trang cũ được giữ nguyên.")

    with _everything_is_kept():
        atlas = derive(dataset, as_of, read_history(data))
    site = Site(
        config.site_name, config.site_url or "/", as_of, _commit(data), config.repo_url, atlas.demo, _preview,
        config.extra.get("operator") or "", config.extra.get("contact") or "",
    )
    sources = [config.docs_dir, config.theme.custom_dir, data, _ROOT / "hooks", _ROOT / "plans", _ROOT / "tests", _ROOT / ".git"]
    try:
        build = Build(Path(config.site_dir), keep=[Path(source) for source in sources])
    except PublishError as error:
        raise WrongUse(f"{str(error)[0].upper()}{str(error)[1:]}.") from error
    _work = _Work(data, atlas, site, Renderer([Path(folder) for folder in config.theme.dirs], site, atlas), build)
    config.site_dir = str(build.staging)
    # The sitemap and the page for unknown addresses are among our own pages.
    config.theme.static_templates.clear()
    return config


@event_priority(-100)  # last: whatever it would publish is finished, every warning counted
def on_post_build(config: MkDocsConfig) -> None:
    """Write the pages made from data, the exports and the search index; then publish."""
    assert _work is not None
    staging = _work.build.staging
    pages = list(site_pages(_work.atlas))
    _work.addresses.extend(page.address for page in pages if page.listed)
    jobs: list[Job] = [_work.renderer.job(page) for page in pages]
    press([*jobs, *exports(_work.atlas, _work.site.url, _work.data, _work.addresses)], staging)
    search.index(documents_to_index(_work.atlas), staging)
    if config.strict and _warnings.counts:
        raise Abort(f"{sum(_warnings.counts.values())} cảnh báo, mà --strict không cho phép cảnh báo nào. Trang cũ được giữ nguyên.")
    _work.build.publish(_origin(_work))
    config.site_dir = str(_work.build.target)
    _log.info("Published: %s", config.site_dir)


def on_build_error(error: Exception) -> None:
    """Leave no half-built folder behind."""
    on_shutdown()


def on_shutdown() -> None:
    """The same when the build ends by Ctrl-C or a signal, which MkDocs tells no other way."""
    if _work is not None:
        _work.build.discard()


# -------------------------------------------------------- hand-written pages


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Keep what is the site's own: Material would add 44 files that no page asks for."""
    for file in list(files):
        own_asset = file.src_dir == config.theme.custom_dir and file.src_uri.startswith("assets/")
        if file.src_dir != config.docs_dir and not own_asset:
            files.remove(file)
    return files


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Put a hand-written page into the layout of all others."""
    assert _work is not None
    _work.addresses.append(page.url)
    title = html.unescape(str(page.title))  # MkDocs takes it from the HTML of the heading
    return _work.renderer.wrap(page.url, title, page.meta.get("description", ""), output)


# ------------------------------------------------------------- mkdocs serve


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> LiveReloadServer:
    """Rebuild when data changes, too; keep the last good site up when that fails."""
    server.watch(str(_data_folder()))
    code = _code_state()

    def rebuild() -> None:
        if _code_state() != code:
            # Loaded modules do not follow their files; a new process does.
            _log.info("hooks/ has changed: starting again")
            shutil.rmtree(server.root)
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
        try:
            builder()
        except Abort as stop:
            _log.error("%s", stop)
        except Exception:
            # Raised on, it would leave MkDocs' server answering no request at all.
            _log.exception("The build failed; still serving the last good site")

    server.builder = rebuild
    return server


def _code_state() -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in (_ROOT / "hooks").rglob("*.py")}


# ------------------------------------------------------------------- places


@contextmanager
def _everything_is_kept() -> Iterator[None]:
    """While what is made stays to the end: Python does not look through it again and again for waste.

    It took a quarter of the time at 3,356 plans. What the build before kept is let go.
    """
    gc.unfreeze()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _data_folder() -> Path:
    """`plans/`, or the folder that PLANS_DIR names."""
    named = os.environ.get("PLANS_DIR", "").strip()
    folder = Path(named).resolve() if named else _ROOT / "plans"
    if not folder.is_dir():
        raise WrongUse(f"PLANS_DIR={named}: không có thư mục {folder}.")
    return folder


_MAKERS = ("hooks", "theme", "content", "mkdocs.yml", "requirements.txt")
"""All that makes the site, the data apart."""


def _origin(work: _Work) -> dict[str, str | None]:
    """What the site is built from, for anybody who builds it again to compare."""
    return {"commit": _commit(_ROOT, *_MAKERS), "data": work.site.commit, "as_of": work.site.as_of.isoformat(), "url": work.site.url}


def _commit(folder: Path, *parts: str) -> str | None:
    """The commit that holds these parts of a folder, or all of it; None where files differ
    from it, or without git."""
    git = ["git", "-C", str(folder)]
    try:
        changed = subprocess.run([*git, "status", "--porcelain", "--", *(parts or ".")], capture_output=True, text=True, check=True)
        head = subprocess.run([*git, "rev-parse", "HEAD"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return None if changed.stdout else head.stdout.strip()
