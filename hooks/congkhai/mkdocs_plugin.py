"""MkDocs' events, each handed to the module that does the work.

Comes in: the events of one `mkdocs build`, or of each rebuild in `mkdocs serve`. Goes out: a
site in `site_dir`, whole or not at all. No other module knows MkDocs.

MkDocs renders the hand-written pages of `content/`, and they are put into the site's own
layout here. All other pages are written before it begins with them.
"""

from __future__ import annotations

import gc
import hashlib
import html
import logging
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from types import FrameType

import rcssmin
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from congkhai.build.builder import BuildResult, SiteBuilder
from congkhai.build.cache import (
    Cache,
    CacheIndex,
    StandingSite,
    build_with_fallback,
    cache_folder,
)
from congkhai.build.cluster import WORKER_SECONDS, ClusterExecutor
from congkhai.build.engine import CONTENT, PACKAGE, THEME
from congkhai.build.inputs import read_inputs
from congkhai.build.join import read_list
from congkhai.build.joined_history import read_joined
from congkhai.build.kept_manifest import ONLINE, read_previous
from congkhai.build.manifest import MANIFEST
from congkhai.build.next_day import NotedSite, look, note
from congkhai.build.parallel import Executor, ExecutorError, default_executor
from congkhai.build.provenance import (
    basis_of,
    commit_of,
    engine_version,
    origin_of,
    sources_are_current,
)
from congkhai.build.publish import Build, PublishError
from congkhai.build.published_site import VerifyError
from congkhai.build.release import is_plain_address, missing_settings, refuse_site_url
from congkhai.build.settings_checks import check_provinces, check_settings
from congkhai.data.folder import DataFolderError, find_data_folder
from congkhai.data.forge import Forge, ForgeError, read_forge
from congkhai.data.git_history import History, explain_missing_history, read_history
from congkhai.data.problem import Problem, shorten
from congkhai.data.settings_file import SettingsFile, read_settings
from congkhai.mkdocs_messages import VietnameseFormatter, is_worth_saying
from congkhai.model.today import Interval
from congkhai.model.views import Place
from congkhai.pages.render import Renderer
from congkhai.pages.site import JoinedSite, Site
from congkhai.text.dates import today
from congkhai.text.printable import begin_sentence, make_printable

_LOADED_AT = time.time_ns()
"""When the code was loaded, or shortly after."""

ENGINE_PAGES = "congkhai"
"""The plugin whose name in `mkdocs.yml` lets a site do without hooks/, theme/ and these pages."""

_log = logging.getLogger("mkdocs.hooks")
_warnings = CountHandler(level=logging.WARNING)
_said: list[str] = []
"""What this build has told staff."""


class WrongUse(Abort):
    """Not the data is at fault but how the command was called."""

    code = exit_code = 2


@dataclass
class _Preview:
    """What `mkdocs serve` keeps from one rebuild to the next."""

    has_published: bool = False
    """Whether the folder that is served holds a site of this process."""
    standing: StandingSite | None = None
    """That site, and the index that lists its files; None after a build that failed late."""


@dataclass
class _Work:
    """What one build hands from event to event."""

    settings: SettingsFile
    data: Path
    sources: Sequence[Path]
    """Folders of code and templates."""
    template_folders: list[Path]
    site: Site
    as_of: date
    build: Build
    cache: Cache
    previous: str | None
    """SHA-256 of the manifest that was published before, when it was given."""
    covered: frozenset[str] | None
    """Provinces that the site is about, by their parts of addresses; None for all."""
    begun_at: int
    """When templates were first looked at, in nanoseconds since 1970."""
    basis: bytes
    """A hash of what every page depends on, beside the data."""
    read: tuple[str, ...]
    """Folders that the build reads."""
    made_from: str | None
    """What was seen in them, for the next day; None where another build has to look again."""
    kept: Path | None
    """Where work is kept for the next build."""
    warned: int = 0
    """How many warnings of the data were shown."""
    renderer: Renderer | None = None
    builder: SiteBuilder | None = None
    index: CacheIndex | None = None


_preview: _Preview | None = None
"""None in `mkdocs build`."""
_work: _Work | None = None
_docs_folder: Path | None = None
"""Hand-written pages of the site that is built."""


# ---------------------------------------------------------- start and finish


def on_startup(command: str, dirty: bool) -> None:
    """Let the end of a terminal or of a service end the build in order."""
    global _preview
    _preview = _Preview() if command == "serve" else None
    # Most of what a build makes lives until its province is written. Python's default, a search
    # for waste after every 700 new objects, took a tenth of the CPU: 4.3 to 3.8 s at 200 plans.
    gc.set_threshold(50_000, 20, 100)
    # Windows has no SIGHUP.
    for number in filter(None, (signal.SIGTERM, getattr(signal, "SIGHUP", None))):
        signal.signal(number, _exit_by_signal)
    mkdocs = logging.getLogger("mkdocs")
    # --quiet raises the logger's level, and a warning that is never made is never counted:
    # `--strict --quiet` would pass. Quiet is for the screen, so it moves to the screen's handler.
    for handler in mkdocs.handlers:
        handler.setLevel(max(handler.level, mkdocs.level))
        handler.setFormatter(VietnameseFormatter(lambda: _docs_folder))
        handler.addFilter(is_worth_saying)
    mkdocs.setLevel(min(mkdocs.level, logging.WARNING))
    mkdocs.addHandler(_warnings)


def _exit_by_signal(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check the settings; point MkDocs at a folder beside the site."""
    global _work, _docs_folder
    _docs_folder = Path(config.docs_dir)
    _warnings.counts.clear()
    _said.clear()
    _work = None
    settings = _read_settings(config)
    _stop_on_settings(check_settings(settings))
    root, data, theme = _root(config), _data_folder(config), _theme_folders(config)
    sources = [PACKAGE, root / "hooks", *theme]
    try:
        as_of = today()
    except ValueError as error:
        raise WrongUse(str(error)) from error
    _check_settings(config)
    previous = _previous_manifest(config.site_url or "")
    site = Site(
        config.site_name,
        config.site_url or "/",
        commit_of(data),
        config.repo_url,
        preview=_preview is not None,
        operator=_read_text(config, "operator"),
        contact=_read_text(config, "contact"),
        data_license=_read_text(config, "data_license"),
        forge=_read_forge(config),
        joined=_read_joined(),
    )
    folders = [data, *sources, Path(config.docs_dir), CONTENT]
    made_from = look(root, str(data), map(str, folders)) if _reads_nothing_else(config) else None
    build = _start_build(config, [data, *sources])
    kept = cache_folder(root, data, preview=_preview is not None)
    _work = _Work(
        settings=settings,
        data=data,
        sources=sources,
        template_folders=[*theme, *map(Path, config.theme.dirs)],
        site=site,
        as_of=as_of,
        build=build,
        cache=Cache(
            kept,
            build.staging,
            _preview.standing if _preview is not None else None,
        ),
        previous=previous,
        covered=_read_provinces(config),
        begun_at=time.time_ns(),
        read=tuple(map(str, folders)),
        made_from=made_from,
        kept=kept,
        basis=basis_of(sources, site),
    )
    config.site_dir = str(build.staging)
    # The sitemap and the page for unknown addresses are among our own pages, and MkDocs need
    # not look through Material's twelve thousand icons for files to publish.
    config.theme.static_templates.clear()
    config.theme.dirs[:] = list(map(str, theme))
    return config


def _read_settings(config: MkDocsConfig) -> SettingsFile:
    return read_settings(_root(config), Path(config.config_file_path or "mkdocs.yml").name)


def _stop_on_settings(problems: Sequence[Problem]) -> None:
    """Stop a build whose settings have faults, and tell all of them."""
    faults = [problem for problem in problems if problem.severity == "error"]
    if faults:
        lines = "".join(f"\n  {fault}" for fault in faults)
        raise WrongUse(f"Chưa tạo trang web, vì cài đặt còn chỗ phải sửa:{lines}")


def _read_text(config: MkDocsConfig, name: str) -> str:
    """Read a text below extra; the settings may come from another file, which was not checked."""
    value = config.extra.get(name) or ""
    if not isinstance(value, str):
        raise WrongUse(f'extra.{name} trong mkdocs.yml phải là chữ; dạng đúng: {name}: "…"')
    return value


def _read_forge(config: MkDocsConfig) -> Forge | None:
    try:
        return read_forge(config.extra.get("forge"))
    except ForgeError as error:
        raise WrongUse(f"Trong mkdocs.yml, {error}; {error.hint}.") from error


def _read_joined() -> tuple[JoinedSite, ...]:
    """Read JOINED_SITES: what `congkhai join` says of the sites that are put together."""
    file = _joined_file()
    return read_list(file) if file.name else ()


def _joined_file() -> Path:
    return Path(os.environ.get("JOINED_SITES", "").strip())


def _read_provinces(config: MkDocsConfig) -> frozenset[str] | None:
    """Read extra.provinces: the provinces whose communes have pages even without a plan."""
    given = config.extra.get("provinces")
    if given is None:
        return None
    if not isinstance(given, list) or not all(isinstance(name, str) for name in given):
        raise WrongUse("extra.provinces trong mkdocs.yml phải là danh sách, ví dụ [lai-chau].")
    return frozenset(given)


def _check_provinces(settings: SettingsFile, provinces: Sequence[Place]) -> None:
    _stop_on_settings(list(check_provinces(settings, {place.slug for place in provinces})))


def _reads_nothing_else(config: MkDocsConfig) -> bool:
    """Say whether no plugin, hook or extension of an office takes part that could read anything."""
    plugins = {Path(name).name for name in config.plugins}
    return plugins <= {ENGINE_PAGES, "entry.py"} and (
        "pymdownx.snippets" not in config.markdown_extensions
    )


def _start_build(config: MkDocsConfig, inputs: Sequence[Path]) -> Build:
    root = _root(config)
    own = [root / "plans", root / "tests", root / ".git"]
    precious = [Path(config.docs_dir), *inputs, *own]
    has_published = _preview is not None and _preview.has_published
    try:
        return Build(Path(config.site_dir), keep=precious, ours=has_published)
    except PublishError as error:
        raise WrongUse(f"{begin_sentence(str(error))}.") from error


def _check_settings(config: MkDocsConfig) -> None:
    """Say what must be filled in before the site is published; refuse to build a release.

    A preview says nothing. A build that is no release goes on.
    """
    if _preview is None and config.site_url and not is_plain_address(config.site_url):
        fault = make_printable(refuse_site_url(config.site_url))
        raise WrongUse(f"{begin_sentence(fault)}.")
    is_release = os.environ.get("RELEASE", "").strip() not in ("", "0")
    file = Path(config.config_file_path) if config.config_file_path else None
    missing = list(
        missing_settings(
            file,
            config.site_url or "",
            _read_text(config, "operator"),
            _read_text(config, "contact"),
        )
    )
    if not missing or _preview is not None:
        return
    lines = "".join(f"\n  {line}" for line in missing)
    if is_release:
        raise WrongUse(f"Không dựng bản để công bố (RELEASE=1), vì còn thiếu:{lines}")
    _say(f"CHÚ Ý: trang dựng ra chỉ để xem thử, chưa công bố được, vì còn thiếu:{lines}")


def _say(words: str) -> None:
    """Tell staff; a day on which nothing changes tells it again."""
    _said.append(words)
    print(words, file=sys.stderr)


def _previous_manifest(site_url: str) -> str | None:
    """Read PREVIOUS_MANIFEST: the manifest that was published before, or its SHA-256.

    Where it was to be fetched and the host does not answer, the site is built without.
    """
    given = os.environ.get("PREVIOUS_MANIFEST", "").strip()
    if not given or _preview is not None:
        return None
    try:
        return read_previous(given, site_url)
    except VerifyError as error:
        if given == ONLINE:
            _say(f"CHÚ Ý: bản kê lần này không nêu bản liền trước: {error}")
            return None
        raise WrongUse(f"{begin_sentence(str(error))}.") from error


@event_priority(-100)  # last: whatever it would publish is finished, every warning counted
def on_post_build(config: MkDocsConfig) -> None:
    """Publish the site, and keep what was made for the next build."""
    assert _work is not None and _work.index is not None and _work.builder is not None
    if config.strict and _warnings.counts:
        count = sum(_warnings.counts.values())
        raise Abort(
            f"{count} cảnh báo, mà --strict không cho phép cảnh báo nào. "
            "Trang web giữ nguyên bản cũ."
        )
    if _preview is not None:
        # A disk that fills up leaves half of this build laid over the last one.
        _preview.standing = None
    origin: dict[str, object] = {
        **origin_of(_root(config), _work.site, _work.as_of),
        "engine": engine_version(),
        "sources": _work.builder.list_sources(_work.index),
    }
    if _work.site.joined:
        origin["joined"] = [
            asdict(site) | {"as_of": site.as_of.isoformat()} for site in _work.site.joined
        ]
    _work.build.publish(origin, _work.index.hashes(), _work.previous, _work.index.redirects)
    if sources_are_current(_work.sources, _LOADED_AT, _work.begun_at):
        _work.builder.save(_work.index)
        _note_site(_work.index, _work.builder.valid)
    _work.cache.close()
    if _preview is not None:
        _preview.has_published = True
        _preview.standing = StandingSite(_work.build.target, _work.index)
    config.site_dir = str(_work.build.target)
    if _preview is None:
        _log.info("Đã tạo trang vào %s.", config.site_dir)


def _note_site(index: CacheIndex, valid: Interval) -> None:
    """Note what the site was made from, so that a day on which nothing changes costs little.

    Warnings of MkDocs itself could not be told again.
    """
    assert _work is not None
    told = sum(_warnings.counts.values()) == _work.warned
    if _preview is not None or _work.kept is None or _work.made_from is None or not told:
        return
    days = valid.meet(index.valid)
    manifest = (_work.build.target / MANIFEST).read_bytes()
    noted = NotedSite(
        site=str(_work.build.target),
        manifest=hashlib.sha256(manifest).hexdigest(),
        data=str(_work.data),
        read=_work.read,
        made_from=_work.made_from,
        since=days.since.isoformat() if days.since else "",
        until=days.until.isoformat() if days.until else "",
        said=tuple(_said),
    )
    with suppress(OSError):  # the site is whole; only the next build takes longer
        note(_work.kept, noted)


def on_build_error(error: Exception) -> None:
    """Leave no half-built folder behind."""
    on_shutdown()


def on_shutdown() -> None:
    """Do the same when the build ends by Ctrl-C or a signal, which MkDocs tells no other way."""
    if _work is not None:
        _work.build.discard()
        _work.cache.close()


# ------------------------------------------------------------ generated pages


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Write every generated file, or stop on any error; from here on nobody empties the folder.

    Of MkDocs' files keep what is the site's own: Material would add 44 that no page asks for.
    """
    assert _work is not None
    if ENGINE_PAGES in config.plugins:
        _add_engine_pages(files, config)
    theme = set(map(str, _theme_folders(config)))
    for file in list(files):
        is_asset = file.src_dir in theme and file.src_uri.startswith("assets/")
        if file.src_dir not in (config.docs_dir, str(CONTENT)) and not is_asset:
            files.remove(file)
        elif file.src_uri.endswith(".css"):
            file.content_string = rcssmin.cssmin(file.content_string)
    addresses = [
        "" if file.url in (".", "./") else file.url for file in files.documentation_pages()
    ]
    try:
        result = build_with_fallback(_work.cache, lambda: _build_pages(addresses))
    except ExecutorError as error:
        raise Abort(
            f"{begin_sentence(make_printable(str(error)))}. Trang web giữ nguyên bản cũ."
        ) from error
    _stop_on_errors(result.problems)
    _work.index = result.index
    _work.build.standing = _work.cache.index.files() if _work.cache.standing is not None else None
    generated = result.index.files()
    assert _work.renderer is not None
    for file in files:
        if file.src_uri in _work.renderer.scripts.addresses:
            file.dest_uri = _work.renderer.scripts.addresses[file.src_uri]
        if file.dest_uri in generated:
            raise Abort(
                f"{file.dest_uri}: địa chỉ này đã có một trang làm từ dữ liệu; "
                "đổi tên tệp tương ứng trong content/. Trang web giữ nguyên bản cũ."
            )
    return files


def _add_engine_pages(files: Files, config: MkDocsConfig) -> None:
    """Add the engine's hand-written pages and their pictures that the site does not have."""
    for page in sorted([*CONTENT.glob("*.md"), *CONTENT.glob("anh/*.png")]):
        name = page.relative_to(CONTENT).as_posix()
        if files.get_file_from_path(name) is None:
            directory_urls = config.use_directory_urls
            files.append(File(name, str(CONTENT), config.site_dir, directory_urls))


def _build_pages(addresses: Sequence[str]) -> BuildResult:
    """Read the data and write every generated file. `addresses`: of hand-written pages."""
    assert _work is not None
    executor = _choose_executor(_work.template_folders)
    inputs, problems = read_inputs(
        _work.data,
        _work.as_of,
        read_joined(_joined_file().parent) if _work.site.joined else _read_history(_work.data),
        _work.basis,
        executor,
        _work.cache.index.folder_states,
        _work.covered,
    )
    _check_provinces(_work.settings, inputs.gazetteer.provinces)
    _work.site = replace(_work.site, demo=inputs.registers.localities.fictional)
    _work.renderer = Renderer(
        _work.template_folders, _work.site, _work.cache.library_folder("templates", _work.basis)
    )
    _work.builder = SiteBuilder(inputs, _work.renderer, _work.cache, executor, problems)
    return _work.builder.build(addresses)


def _choose_executor(template_folders: Sequence[Path]) -> Executor:
    """Return the processes of this machine, or the cluster that CLUSTER names."""
    address = os.environ.get("CLUSTER", "").strip()
    local = default_executor()
    if not address or _preview is not None:
        return local
    try:
        seconds = float(os.environ.get("CLUSTER_WAIT", "").strip() or WORKER_SECONDS)
    except ValueError as error:
        raise WrongUse("CLUSTER_WAIT phải là số giây, ví dụ CLUSTER_WAIT=60.") from error
    return ClusterExecutor(address, template_folders, local, seconds)


def _read_history(data: Path) -> History | None:
    """Read what was committed; say it when that is not known, as pages then say «không rõ»."""
    history = read_history(data)
    if history is None:
        _say(
            "CHÚ Ý: không biết dữ liệu đã thay đổi những gì sau khi công bố, nên trang web"
            f" ghi «không rõ»: {explain_missing_history(data) or 'git không trả lời'}"
        )
    return history


def _stop_on_errors(problems: Sequence[Problem]) -> None:
    assert _work is not None
    error_count = sum(problem.severity == "error" for problem in problems)
    for problem in shorten(problems):
        if problem.severity == "error":
            print(problem, file=sys.stderr)
        else:
            _log.warning("%s", problem)
            _work.warned += 1
            _said.append(str(problem))
    if error_count:
        raise Abort(f"Dữ liệu còn {error_count} lỗi, ghi ở trên. Trang web giữ nguyên bản cũ.")


# -------------------------------------------------------- hand-written pages


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Put a hand-written page into the layout of all others."""
    assert _work is not None and _work.renderer is not None
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
            _log.info("Phần mềm trong hooks/ vừa đổi; chạy lại từ đầu.")
            shutil.rmtree(server.root)
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
        try:
            # MkDocs reads its settings before any event, and speaks English of their faults.
            _stop_on_settings(check_settings(_read_settings(config)))
            builder()
            print("Đã tạo lại trang.", file=sys.stderr)
        except Abort as stop:
            _log.error("%s", stop)
        except Exception:
            # Raised on, it would leave MkDocs' server answering no request at all.
            _log.exception(
                "Không tạo được trang, do lỗi của phần mềm. Trang web giữ nguyên bản cũ."
            )

    server.builder = rebuild
    return server


def _code_state(root: Path) -> dict[Path, int]:
    files = {path for folder in (PACKAGE, root / "hooks") for path in folder.rglob("*.py")}
    return {path: path.stat().st_mtime_ns for path in files}


# ------------------------------------------------------------------- places


def _root(config: MkDocsConfig) -> Path:
    """Return the folder of the site's repository, which `mkdocs.yml` lies in."""
    return Path(config.config_file_path or "mkdocs.yml").resolve().parent


def _data_folder(config: MkDocsConfig) -> Path:
    try:
        return find_data_folder(_root(config), config.extra.get("plans_dir"))
    except DataFolderError as error:
        raise WrongUse(f"{begin_sentence(str(error))}.") from error


def _theme_folders(config: MkDocsConfig) -> list[Path]:
    """List the folders of templates and assets: the site's own first, then the engine's."""
    own = [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
    return [*own, *(folder for folder in [THEME] if folder not in own)]
