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
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

_LOADED = time.time_ns()

from congkhai.build.builder import SiteBuilder
from congkhai.build.cache import Cache, Index, digest
from congkhai.build.engine import CONTENT, PACKAGE, THEME
from congkhai.build.inputs import read_inputs
from congkhai.build.parallel import beside
from congkhai.build.provenance import basis_of, commit_of, is_as_read, origin_of
from congkhai.build.publish import Build, PublishError
from congkhai.data.folder import DataFolderError, find_data_folder
from congkhai.data.git_history import read_history
from congkhai.data.problem import Problem
from congkhai.pages.render import Renderer, Site
from congkhai.text.dates import today

FEW_FILES = 5_000
"""The index of fewer is written before another process is ready."""

ENGINE_PAGES = "congkhai"
"""The plugin whose name in `mkdocs.yml` lets a site do without hooks/, theme/ and these pages."""

_log = logging.getLogger("mkdocs.hooks")
_warnings = CountHandler(level=logging.WARNING)
_preview = False
"""Whether `mkdocs serve` runs."""
_standing: tuple[Path, Index] | None = None
"""The preview's site, and the index that tells its files."""


class WrongUse(Abort):
    """Not the data is at fault but how the command was called."""

    code = exit_code = 2


@dataclass(frozen=True, slots=True)
class _Work:
    """What one build hands from event to event."""

    country: SiteBuilder
    site: Site
    renderer: Renderer
    build: Build
    cache: Cache
    begun: int
    """When templates were first looked at, in nanoseconds."""
    sources: Sequence[Path]
    """Folders of code and templates."""
    addresses: list[str] = field(default_factory=list)
    """Of the hand-written pages."""


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
    """Look at the data folder; point MkDocs at a folder beside the site."""
    global _work
    _warnings.counts.clear()
    root, data, theme = _root(config), _data_folder(config), _theme_folders(config)
    code = [PACKAGE, root / "hooks", *theme]
    try:
        as_of = today()
    except ValueError as error:
        raise WrongUse(str(error)) from error
    _work = None
    # While much is made, Python need not look through it again and again for circles of waste: it took a
    # quarter of the time at 3,356 plans, and there are none; tests/site/test_scale.py holds that.
    gc.disable()
    sources = [
        config.docs_dir,
        *code,
        data,
        root / "plans",
        root / "tests",
        root / ".git",
    ]
    try:
        build = Build(
            Path(config.site_dir),
            keep=[Path(source) for source in sources],
            ours=_standing is not None,
        )
    except PublishError as error:
        raise WrongUse(f"{str(error)[0].upper()}{str(error)[1:]}.") from error
    site = Site(
        config.site_name,
        config.site_url or "/",
        as_of,
        commit_of(data),
        config.repo_url,
        preview=_preview,
        operator=config.extra.get("operator") or "",
        contact=config.extra.get("contact") or "",
    )
    begun, basis = time.time_ns(), basis_of(code, site)
    cache = Cache(_cache_folder(root, data), build.staging, _standing)
    inputs, problems = read_inputs(data, as_of, read_history(data), basis, cache.before.seen)
    site = replace(site, demo=inputs.registers.localities.fictional)
    renderer = Renderer(
        [*theme, *map(Path, config.theme.dirs)], site, cache.room("templates", basis)
    )
    build.spare = cache.spare
    build.standing = cache.before.files() if cache.standing is not None else None
    _work = _Work(
        SiteBuilder(inputs, renderer, cache, problems), site, renderer, build, cache, begun, code
    )
    config.site_dir = str(build.staging)
    # The sitemap and the page for unknown addresses are among our own pages, and MkDocs need not look
    # through Material's twelve thousand icons for files to publish.
    config.theme.static_templates.clear()
    config.theme.dirs[:] = list(map(str, theme))
    return config


@event_priority(-100)  # last: whatever it would publish is finished, every warning counted
def on_post_build(config: MkDocsConfig) -> None:
    """Write the pages that show the whole country, and the search index; then publish."""
    global _standing
    assert _work is not None
    try:
        index = _work.country.nation(_work.addresses)
    except FileExistsError as error:
        raise _taken(
            os.path.relpath(error.filename2 or error.filename, _work.build.staging)
        ) from error
    if config.strict and _warnings.counts:
        raise Abort(
            f"{sum(_warnings.counts.values())} cảnh báo, mà --strict không cho phép cảnh báo nào. Trang cũ được giữ nguyên."
        )
    # A disk that fills up leaves half of it laid over the preview's site, which the last index then tells no more.
    _standing = (_work.build.target, Index()) if _preview else None
    _work.build.carry()
    hashes = index.hashes()
    with beside(partial(_keep, _work, index), len(hashes), FEW_FILES):
        _work.build.publish(origin_of(_root(config), _work.site), hashes)
    _work.cache.close()
    _standing = (_work.build.target, index) if _preview else None
    config.site_dir = str(_work.build.target)
    _log.info("Published: %s", config.site_dir)


def _keep(work: _Work, index: Index) -> None:
    """Keep what was made; nothing that another code than ours may have made."""
    if is_as_read(work.sources, _LOADED, work.begun):
        work.country.keep(index)


def on_build_error(error: Exception) -> None:
    """Leave no half-built folder behind."""
    on_shutdown()


def on_shutdown() -> None:
    """The same when the build ends by Ctrl-C or a signal, which MkDocs tells no other way."""
    if _work is not None:
        _work.build.discard()
        _work.cache.close()
    # The process ends now, and Python would look through all of its memory once more.
    gc.freeze()


# -------------------------------------------------------- hand-written pages


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Write every province, or stop on any error: from here on nobody empties the folder.

    Of the files keep what is the site's own: Material would add 44 that no page asks for.
    """
    assert _work is not None
    _work.cache.begin()
    _stop_on_errors(_work.country.provinces())
    _work.build.carry()
    if ENGINE_PAGES in config.plugins:
        _add_engine_pages(files, config)
    theme = set(map(str, _theme_folders(config)))
    for file in list(files):
        own_asset = file.src_dir in theme and file.src_uri.startswith("assets/")
        if file.src_dir not in (config.docs_dir, str(CONTENT)) and not own_asset:
            files.remove(file)
        elif not _work.cache.vacate(file.dest_uri):
            raise _taken(file.dest_uri)
    return files


def _add_engine_pages(files: Files, config: MkDocsConfig) -> None:
    """Add the engine's hand-written pages that the site does not have itself."""
    for page in sorted(CONTENT.glob("*.md")):
        if files.get_file_from_path(page.name) is None:
            directory_urls = config.use_directory_urls
            files.append(File(page.name, str(CONTENT), config.site_dir, directory_urls))


def _taken(name: str) -> Abort:
    return Abort(
        f"{name}: địa chỉ này đã có một trang làm từ dữ liệu; đổi tên tệp tương ứng trong content/. Trang cũ được giữ nguyên."
    )


def _stop_on_errors(problems: Sequence[Problem]) -> None:
    errors = 0
    for problem in problems:
        if problem.severity == "error":
            errors += 1
            print(problem, file=sys.stderr)
        else:
            _log.warning("%s", problem)
    if errors:
        raise Abort(f"Dữ liệu có {errors} lỗi, liệt kê ở trên. Trang cũ được giữ nguyên.")


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Put a hand-written page into the layout of all others."""
    assert _work is not None
    _work.addresses.append(page.url)
    title = html.unescape(str(page.title))  # MkDocs takes it from the HTML of the heading
    return _work.renderer.wrap(page.url, title, page.meta.get("description", ""), output)


# ------------------------------------------------------------- mkdocs serve


def on_serve(
    server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]
) -> LiveReloadServer:
    """Rebuild when data changes, too; keep the last good site up when that fails."""
    server.watch(str(_data_folder(config)))
    root = _root(config)
    code = _code_state(root)

    def rebuild() -> None:
        if _code_state(root) != code:
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
        finally:
            gc.enable()

    gc.enable()
    server.builder = rebuild
    return server


def _code_state(root: Path) -> dict[Path, int]:
    files = {path for folder in (PACKAGE, root / "hooks") for path in folder.rglob("*.py")}
    return {path: path.stat().st_mtime_ns for path in files}


# ------------------------------------------------------------------- places


def _root(config: MkDocsConfig) -> Path:
    """Give the folder of the site's repository, which `mkdocs.yml` lies in."""
    return Path(config.config_file_path or "mkdocs.yml").resolve().parent


def _data_folder(config: MkDocsConfig) -> Path:
    try:
        return find_data_folder(_root(config), config.extra.get("plans_dir"))
    except DataFolderError as error:
        raise WrongUse(f"{str(error)[0].upper()}{str(error)[1:]}.") from error


def _theme_folders(config: MkDocsConfig) -> list[Path]:
    """List the folders of templates and assets: the site's own first, then the engine's."""
    own = [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
    return [*own, *(folder for folder in [THEME] if folder not in own)]


def _cache_folder(root: Path, data: Path) -> Path | None:
    """Where work is kept for the next build of this data; BUILD_CACHE names another place, or none at all."""
    named = os.environ.get("BUILD_CACHE")
    if named is not None and not named.strip():
        return None
    home = Path(named) if named else root / ".cache" / "build"
    return home / f"{data.name}-{digest(str(data), _preview).hex()[:12]}"
