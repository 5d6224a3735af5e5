"""What several tests share: whole sites, each built once by a real `mkdocs build`, and a browser.

A missing tool is a failure, never a skip: a promise that nobody checked is not kept.
"""

from __future__ import annotations

import fcntl
import functools
import gc
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from congkhai.data import load
from congkhai.data.national import read_national
from congkhai.data.strict_yaml import Source
from congkhai.exports import shared_pictures
from congkhai.pages import jinja_env
from tests import cases
from tests.demo.history.history import make_repository

ROOT = Path(__file__).resolve().parent.parent
AS_OF = "2026-11-22"
"""The day on which the tests' sites judge deadlines, so that no test depends on its own day."""

DATA = {"real": ROOT / "plans", "demo": ROOT / "tests" / "demo" / "plans"}
"""The data folders of the two sites that every page is looked at in."""
SMALL = {"PLANS_DIR": cases.MINIMAL, "AS_OF": cases.AS_OF}
"""Variables of a build for which any data will do: one plan among three communes."""
collect_ignore = ["demo"]
"""Data, and the script that gives it a past: pytest would import that under another name."""
PROVE = os.environ.get("PROVE") == "1"
"""Set by `make prove`: try every case of what `make test` tries samples of."""

FONTS = os.environ | {"FONTCONFIG_FILE": str(ROOT / "tests" / "browser" / "fonts.conf")}
"""The environment of a browser that has a phone's fonts: Roboto and Noto Serif."""
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
"""The accessibility checker, a script that is run in a page."""

both_sites = pytest.mark.parametrize("data", DATA, indirect=True)

Rules = list[tuple[str, dict[str, str]]]
RunMkDocs = Callable[..., subprocess.CompletedProcess[str]]
Serve = Callable[[Path], str]
HoldPort = Callable[[], int]
Visit = Callable[[str, int], Page]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Let the garbage collector pass over all that is imported and collected, which stays."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def hold_port() -> Iterator[HoldPort]:
    """Give a port of this machine at which nothing answers, and keep it from all others.

    A port that is only looked up may be another process's before it is used. A socket that is
    bound but does not listen keeps Linux from choosing it, while a server that asks for
    SO_REUSEADDR, as those of MkDocs, nginx and Python do, may still listen there.
    """
    with ExitStack() as held:

        def hold() -> int:
            holder = held.enter_context(socket.socket())
            holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            holder.bind(("127.0.0.1", 0))
            return holder.getsockname()[1]

        yield hold


@pytest.fixture(scope="session", autouse=True)
def read_national_registers_once() -> Iterator[None]:
    """Let a process read each national register once: hundreds of tests load them, none edits."""

    @functools.cache
    def read(file: str, _working_folder: Path) -> Source:
        return read_national(file)

    def read_here(file: str) -> Source:
        return read(file, Path.cwd())  # a problem names the file as it is seen from there

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "read_national", read_here)
        yield


@pytest.fixture(scope="session", autouse=True)
def compile_templates_once() -> Iterator[None]:
    """Let a process compile each template once: hundreds of builds in memory have nothing kept."""
    compile_template = jinja_env._Environment.compile
    compiled: dict[tuple[object, ...], object] = {}

    def compile_once(environment: jinja_env._Environment, *template: object) -> object:
        if template not in compiled:
            compiled[template] = compile_template(environment, *template)
        return compiled[template]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja_env._Environment, "compile", compile_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def draw_pictures_once() -> Iterator[None]:
    """Let a process draw each picture to share once: builds in memory draw the same fifty again.

    That it has the same bytes each time, a unit test tries.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared_pictures, "draw_png", functools.cache(shared_pictures.draw_png))
        yield


@pytest.fixture(scope="session")
def mkdocs_environment() -> dict[str, str]:
    """Return the environment of a mkdocs in a test: no settings of the caller, no cache."""
    ours = {"PLANS_DIR", "RELEASE", "SITE_URL", "SOURCE_DATE_EPOCH"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {"AS_OF": AS_OF, "BUILD_CACHE": "", "NO_MKDOCS_2_WARNING": "1"}


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for what is made once for all workers."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def run_mkdocs(mkdocs_environment: dict[str, str], shared_folder: Path) -> RunMkDocs:
    """Run `mkdocs …` to its end; keyword arguments are environment variables."""
    compiled = shared_folder / "compiled-templates"
    compiled.mkdir(exist_ok=True)
    program = [sys.executable, "-m", "tests.compiled_mkdocs", str(compiled)]

    def run(*arguments: object, **variables: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*program, *map(str, arguments)],
            cwd=ROOT,
            env=mkdocs_environment | {name: str(value) for name, value in variables.items()},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def data(request: pytest.FixtureRequest) -> Path:
    """Return the data folder of `site`: the real one; for `both_sites` one after the other."""
    return DATA[getattr(request, "param", "real")]


@pytest.fixture(scope="session")
def build_site(shared_folder: Path, run_mkdocs: RunMkDocs) -> Callable[[Path], Path]:
    """Build the whole site of a data folder, once for all workers; the site's folder.

    That of the demo is built from a repository in which its plans have a past.
    """

    @functools.cache
    def build(data: Path) -> Path:
        folder = shared_folder / f"built-{hashlib.sha256(bytes(data)).hexdigest()[:12]}"
        folder.mkdir(exist_ok=True)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            # A site takes its place as a whole, or not at all.
            if not (folder / "site").exists():
                is_demo = data == DATA["demo"]
                plans = make_repository(folder / "repository") if is_demo else data
                done = run_mkdocs("build", "--site-dir", folder / "site", PLANS_DIR=plans)
                assert done.returncode == 0, done.stdout + done.stderr
        return folder / "site"

    return build


@pytest.fixture(scope="session")
def site(data: Path, build_site: Callable[[Path], Path]) -> Path:
    """Build a whole site; return its folder."""
    return build_site(data)


@pytest.fixture(scope="session")
def demo(build_site: Callable[[Path], Path]) -> Path:
    """Build the site of the fictional province, whatever `site` is; return its folder."""
    return build_site(DATA["demo"])


@functools.cache
def read_headers(site: Path) -> Rules:
    """Read the rules of `_headers`, as hosts do: a path pattern, then its headers."""
    rules: Rules = []
    for line in (site / "_headers").read_text("utf-8").splitlines():
        if line.startswith("/"):
            rules.append((line, {}))
        elif line:
            name, _, value = line.strip().partition(": ")
            rules[-1][1][name] = value
    return rules


def headers_for(rules: Rules, path: str) -> dict[str, str]:
    """Return what a host sends with a file: the headers of all rules that fit its path, joined."""
    fitting = [
        sent
        for pattern, sent in rules
        # As hosts read them: a star stands for anything, also within a pattern.
        if re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), path)
    ]
    joined: dict[str, str] = {}
    for sent in fitting:
        for name, value in sent.items():
            joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined


class QuietServer(SimpleHTTPRequestHandler):
    """A web server with the site's own headers, and its own page for unknown addresses."""

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""

    def end_headers(self) -> None:
        for name, value in headers_for(
            read_headers(Path(self.directory)), urlsplit(self.path).path
        ).items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        missing = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(missing)))
        self.end_headers()
        self.wfile.write(missing)


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Serve a site on this machine, once in a process; its address without the slash at the end.

    A server that went with the parameters of a test made each wait half a second for its end, and
    left the browser nothing that it had loaded before.
    """
    with ExitStack() as servers:

        @functools.cache
        def serve(site: Path) -> str:
            handler = functools.partial(QuietServer, directory=str(site))
            http = servers.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), handler))
            threading.Thread(target=http.serve_forever, daemon=True).start()
            servers.callback(http.shutdown)
            return f"http://127.0.0.1:{http.server_port}"

        yield serve


@pytest.fixture(scope="session")
def server(serve: Serve, site: Path) -> str:
    """Serve the site on this machine; return its address without the slash at the end."""
    return serve(site)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start a Chromium that asks no other host for anything of its own."""
    named = os.environ.get("CHROMIUM", "")
    found = next(
        filter(
            None,
            map(
                shutil.which,
                (named, "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
            ),
        ),
        None,
    )
    assert found, "no Chromium on PATH; `make test` installs or names one"
    quiet = (
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-gpu",
        "--no-sandbox",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found, args=list(quiet), env={**FONTS}
        )
        yield chromium
        chromium.close()


TELL_VIOLATIONS = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} `
    + `${event.sourceFile}:${event.lineNumber} ${event.sample}`))"""


def watch_other_hosts(context: BrowserContext, server: str) -> list[str]:
    """Return the list that grows by what pages ask of another host than the server.

    Each such request fails, because the browser finds no other host. Holding up every request to
    look at it would take longer than all pages, and Chromium would keep no style and no script.
    """
    foreign: list[str] = []

    def note(request: Request) -> None:
        if request.url.startswith("http") and not request.url.startswith(f"{server}/"):
            foreign.append(request.url)

    context.on("request", note)
    return foreign


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Visit]:
    """Open an address of the site at a width in pixels, in the one tab of a reader.

    Fails when a page asks another host, does what its security policy forbids, or when its
    scripts fail. A new tab would cost a browser twice what a page does.
    """
    faults: list[str] = []
    context = browser.new_context(
        locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce"
    )
    context.add_init_script(TELL_VIOLATIONS)
    foreign = watch_other_hosts(context, server)
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda message: (
            faults.append(f"{page.url}: {message.text}")
            if message.text.startswith("policy: ")
            else None
        ),
    )

    def visit(address: str, width: int) -> Page:
        page.set_viewport_size({"width": width, "height": 800})
        if "#" in address:
            page.goto("about:blank")  # else a page that is shown would move, and not be loaded
        # With a question in its address, a page is finished only when its scripts have answered.
        page.goto(f"{server}/{address}", wait_until="networkidle" if "?" in address else "load")
        return page

    yield visit
    context.close()
    assert not foreign, "asked another host"
    assert not faults, "a script failed, or did what is forbidden"
