"""Drive Chromium 80 or 92, which npm carries, by its own protocol.

Comes in: the folder of the npm package, and where to unpack it. Goes out: a page that opens
addresses and evaluates expressions. Playwright speaks to 92, no longer to 80.
"""

from __future__ import annotations

import fcntl
import itertools
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

UNPACK = """
const fs = require("fs"), { brotliDecompressSync } = require("zlib");
for (const name of fs.readdirSync(process.argv[1])) {
  const bytes = brotliDecompressSync(fs.readFileSync(`${process.argv[1]}/${name}`));
  fs.writeFileSync(`${process.argv[2]}/${name.replace(/\\.br$/, "")}`, bytes);
}
"""
"""The package has the browser compressed with Brotli, which Python does not know."""
QUIET = (
    *("--headless", "--no-sandbox", "--no-zygote", "--disable-gpu", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--remote-debugging-pipe", "--lang=vi-VN"),
)
PATIENCE = 20.0
"""Seconds to wait for a page to do something."""


class PageError(AssertionError):
    """A page did not do in time what was waited for, or an expression failed in it."""


def unpack(package: Path, folder: Path) -> Path:
    """Unpack the browser of an npm package once; return its program."""
    program = folder / "chromium"
    if not program.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as name:
            staging = Path(name, "unpacked")
            staging.mkdir()
            subprocess.run(["node", "-e", UNPACK, package / "bin", staging], check=True)
            for archive in staging.glob("*.tar"):
                shutil.unpack_archive(archive, staging, filter="data")
                archive.unlink()
            (staging / "chromium").chmod(0o755)
            # Another process may have been faster.
            if not program.exists():
                staging.rename(folder)
    return program


class OldChromium:
    """One tab of an old Chromium; `faults` are errors of the scripts since the last `open`."""

    def __init__(self, program: Path, profile: Path, environment: dict[str, str]) -> None:
        """Start the browser with one tab."""
        from_us, to_browser = os.pipe()
        from_browser, to_us = os.pipe()
        # The browser reads file descriptor 3 and writes 4, whatever numbers the pipes have here.
        above = [fcntl.fcntl(pipe, fcntl.F_DUPFD, 10) for pipe in (from_us, to_us)]
        self._pid = os.posix_spawn(
            program,
            [program, *QUIET, f"--user-data-dir={profile}"],
            environment,
            file_actions=[
                (os.POSIX_SPAWN_DUP2, above[0], 3),
                (os.POSIX_SPAWN_DUP2, above[1], 4),
                *((os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in range(3)),
            ],
        )
        for pipe in (from_us, to_us, *above):
            os.close(pipe)
        self._to, self._from, self._rest = to_browser, from_browser, b""
        self._numbers = itertools.count(1)
        self._session: str | None = None
        self._events: list[dict[str, Any]] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Runtime"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command and return its result; keep the events that come before it."""
        number = next(self._numbers)
        command = {"id": number, "method": method, "params": parameters}
        if self._session is not None:
            command["sessionId"] = self._session
        os.write(self._to, json.dumps(command).encode() + b"\0")
        while True:
            message = self._read()
            if message.get("id") != number:
                self._events.append(message)
            elif "error" in message:
                raise PageError(f"{method}: {message['error']}")
            else:
                result: dict[str, Any] = message["result"]
                return result

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            if not select.select([self._from], [], [], PATIENCE)[0]:
                raise PageError("the browser does not answer")
            chunk = os.read(self._from, 1 << 16)
            if not chunk:
                raise PageError("the browser has ended")
            self._rest += chunk
        line, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        return message

    def open(self, address: str, width: int) -> None:
        """Open an address in a window of so many pixels, and wait until it is loaded."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=800,
            deviceScaleFactor=1,
            mobile=False,
        )
        # What the page before was still asking for fails when it is left.
        self.send("Page.navigate", url="about:blank")
        self.wait_for("document.readyState === 'complete' && location.href === 'about:blank'")
        self._events.clear()
        self.send("Page.navigate", url=address)
        self.wait_for("document.readyState === 'complete' && location.href !== 'about:blank'")

    def evaluate(self, expression: str) -> Any:
        """Evaluate an expression in the page; a promise is awaited."""
        answer = self.send(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in answer:
            raise PageError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait_for(self, expression: str) -> None:
        """Wait until an expression is true in the page."""
        end = time.monotonic() + PATIENCE
        while not self.evaluate(f"Boolean({expression})"):
            if time.monotonic() > end:
                shown = self.evaluate("document.body.innerText.slice(0, 600)")
                raise PageError(f"never true: {expression}\n{shown}\n{self.faults}")
            time.sleep(0.02)

    @property
    def faults(self) -> list[str]:
        """Return what scripts of the page threw and nobody caught."""
        details = (
            event["params"]["exceptionDetails"]
            for event in self._events
            if event["method"] == "Runtime.exceptionThrown"
        )
        return [
            detail.get("exception", {}).get("description", detail["text"]) for detail in details
        ]

    def close(self) -> None:
        """End the browser. One that hangs would not hear a polite signal."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._to)
        os.close(self._from)


@contextmanager
def old_chromium(package: Path, folder: Path, environment: dict[str, str]) -> Iterator[OldChromium]:
    """Run the browser of an npm package, unpacked below `folder`."""
    program = unpack(package, folder)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        chromium = OldChromium(program, Path(profile), environment)
        try:
            yield chromium
        finally:
            chromium.close()
