"""The sample of a configuration, loaded by a real nginx, sends what `_headers` says.

And readable files. Only what the sample tells its readers to change is changed: the port, the
certificate and the folder.
"""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import HoldPort, headers_for, read_headers
from congkhai.pages import security_headers

HOST = "congkhai.example"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".yml": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "application/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".jsonld": "application/ld+json; charset=utf-8",
    ".ttl": "text/turtle; charset=utf-8",
    ".xml": "text/xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
"""What each kind of file is sent as; any other, such as the search index, as bytes."""


class Answer(NamedTuple):
    status: int
    sent: Message
    body: bytes


Ask = Callable[..., Answer]


def run(*command: object) -> str:
    """Run a program to its good end; what it said."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module", params=["/", "/ke-hoach-cong-khai/"], ids=["root", "below"])
def path(request: pytest.FixtureRequest) -> str:
    """Where the site lies on its host."""
    return request.param


@pytest.fixture(scope="module")
def ask(
    demo: Path, path: str, hold_port: HoldPort, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ask]:
    """Ask a running nginx for an address of the demo site; keywords are headers."""
    found = next(
        filter(
            None, map(shutil.which, (os.environ.get("WEB_SERVER", ""), "nginx", "/usr/sbin/nginx"))
        ),
        None,
    )
    assert found, "no nginx on PATH; `make test` installs or names one"
    home = tmp_path_factory.mktemp("nginx")
    certificate, key = home / "certificate.pem", home / "private.pem"
    run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        f"/CN={HOST}",
        "-addext",
        f"subjectAltName=DNS:{HOST}",
        "-out",
        certificate,
        "-keyout",
        key,
    )
    root = home / "root"
    folder = root / path.strip("/")
    folder.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(demo, folder, copy_function=os.link)
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("[core]", "utf-8")
    (folder / ".env").write_text("SECRET=1", "utf-8")
    (folder / "ngoai.txt").symlink_to("/etc/hostname")
    port, plain_port = hold_port(), hold_port()
    sample = security_headers.for_nginx(path).decode()
    for printed, ours in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("listen 80;", f"listen 127.0.0.1:{plain_port};"),
        (f"/etc/ssl/{HOST}.pem;", f"{certificate};"),
        (f"/etc/ssl/{HOST}.key;", f"{key};"),
        ("root /srv/congkhai/site;", f"root {root};"),
    ):
        assert sample.count(printed) == 1, printed
        sample = sample.replace(printed, ours)
    (home / "congkhai.conf").write_text(sample, "utf-8")
    built = run(found, "-V")
    shutil.copy(Path(re.findall(r"--conf-path=(\S+)", built)[0]).with_name("mime.types"), home)
    # A folder of its own for each kind of passing file; without them it would need root.
    passing = "".join(
        f"{name.replace('-', '_')}_temp_path {home / name};\n"
        for name in re.findall(r"--http-([a-z-]+)-temp-path=", built)
    )
    configuration = home / "nginx.conf"
    # One process, of the caller: workers of another user cannot read the tests' folders.
    configuration.write_text(
        f"master_process off;\npid {home}/pid;\nerror_log {home}/errors;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{passing}include congkhai.conf;\n}}\n",
        "utf-8",
    )
    command = (found, "-e", home / "errors", "-p", home, "-c", configuration)
    assert "[warn]" not in run(*command, "-t")
    run(*command)  # ends when another process listens
    trust = ssl.create_default_context(cafile=str(certificate))

    def ask(address: str, **wanted: str) -> Answer:
        connection = http.client.HTTPSConnection(HOST, port, context=trust)
        connection.sock = trust.wrap_socket(
            socket.create_connection(("127.0.0.1", port)), server_hostname=HOST
        )
        connection.request(
            "GET",
            path + address,
            headers={name.replace("_", "-"): value for name, value in wanted.items()},
        )
        with connection.getresponse() as answer:
            body = answer.read()
        connection.close()
        return Answer(answer.status, answer.headers, body)

    def ask_in_clear(address: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", plain_port)
        connection.request("GET", path + address, headers={"Host": HOST})
        with connection.getresponse() as answer:
            body = answer.read()
        connection.close()
        return Answer(answer.status, answer.headers, body)

    ask.in_clear = ask_in_clear  # type: ignore[attr-defined]
    yield ask
    run(*command, "-s", "stop")


def one_of_each_kind(site: Path) -> list[str]:
    """List a file of every suffix in every folder of the first level."""
    files = sorted(file.relative_to(site) for file in site.rglob("*") if file.is_file())
    return list({(file.parts[:-1][:2], file.suffix): file.as_posix() for file in files}.values())


def test_every_kind_of_file_arrives_whole_and_as_what_it_is(ask: Ask, demo: Path):
    files = one_of_each_kind(demo)
    assert set(TYPES) <= {Path(file).suffix for file in files}
    for file in files:
        answer = ask(file)
        assert (answer.status, answer.body) == (200, (demo / file).read_bytes()), file
        assert answer.sent["Content-Type"] == TYPES.get(
            Path(file).suffix, "application/octet-stream"
        ), file


def test_every_answer_has_the_headers_of_other_hosts_once(ask: Ask, demo: Path):
    rules = read_headers(demo)
    kept = 0
    for file in one_of_each_kind(demo):
        sent = ask(file).sent
        expected = {"Cache-Control": "public, max-age=0, must-revalidate"} | headers_for(
            rules, f"/{file}"
        )
        # Rules for hosts have no pattern for the files at the root and those of no page.
        expected |= security_headers.common_headers(framed=file.startswith("nhung/"))
        kept += "immutable" in expected["Cache-Control"]
        assert {name: sent.get_all(name) for name in expected} == {
            name: [value] for name, value in expected.items()
        }, file
    assert kept == 2  # a script and a file of the search index, in folders named by their content


@pytest.mark.parametrize(
    "address",
    [
        "khong-co/",
        "khong-co.html",
        "assets/tim/0123456789ab/0.json",
        "assets/",
        "ke-hoach/%3Cscript%3E/",
    ],
)
def test_what_is_not_there_is_told_by_our_own_page(ask: Ask, demo: Path, address: str):
    """With all headers; and asked for again next time, wherever it would have been."""
    answer = ask(address)
    assert (answer.status, answer.body) == (404, (demo / "404.html").read_bytes())
    assert answer.sent["Content-Type"] == TYPES[".html"]
    assert answer.sent.get_all("Cache-Control") == ["public, max-age=0, must-revalidate"]
    assert {name: answer.sent.get_all(name) for name in security_headers.common_headers()} == {
        name: [value] for name, value in security_headers.common_headers().items()
    }


@pytest.mark.parametrize("suffix", [suffix for suffix in TYPES if suffix not in (".png", ".xlsx")])
def test_text_is_compressed_for_those_who_can_read_it(ask: Ask, demo: Path, suffix: str):
    file = max((path for path in demo.rglob(f"*{suffix}")), key=lambda path: path.stat().st_size)
    answer = ask(file.relative_to(demo).as_posix(), Accept_Encoding="gzip")
    assert answer.sent["Content-Encoding"] == "gzip"
    assert answer.sent["Vary"] == "Accept-Encoding"
    assert gzip.decompress(answer.body) == file.read_bytes()
    assert len(answer.body) < file.stat().st_size


def test_what_is_compressed_already_is_sent_as_it_is(ask: Ask, demo: Path):
    for suffix in (".png", ".xlsx"):
        file = next(demo.rglob(f"*{suffix}"))
        answer = ask(file.relative_to(demo).as_posix(), Accept_Encoding="gzip")
        assert "Content-Encoding" not in answer.sent
        assert answer.body == file.read_bytes()


def test_what_has_not_changed_is_not_sent_again(ask: Ask):
    first = ask("")
    assert ask("", If_None_Match=first.sent["ETag"]).status == 304


def test_an_address_without_its_slash_leads_to_the_page(ask: Ask, path: str):
    answer = ask("ke-hoach")
    assert answer.status == 301
    assert answer.sent["Location"].endswith(f"{path}ke-hoach/")


@pytest.mark.parametrize("address", [".git/config", ".env", "ngoai.txt", "ke-hoach/.ssh/id"])
def test_hidden_files_and_links_out_of_the_site_are_not_there(ask: Ask, address: str):
    answer = ask(address)
    assert answer.status == 404
    assert b"SECRET" not in answer.body and b"[core]" not in answer.body


def test_the_server_does_not_say_its_version(ask: Ask):
    for address in ("", "nowhere/", "assets/"):
        answer = ask(address)
        assert answer.sent["Server"] == "nginx"
        assert b"nginx/" not in answer.body


def test_what_is_asked_in_clear_is_led_to_https(ask: Ask, path: str):
    answer = ask.in_clear("ke-hoach/?a=1")  # type: ignore[attr-defined]
    assert answer.status == 301
    assert answer.sent["Location"] == f"https://{HOST}{path}ke-hoach/?a=1"
    assert answer.sent["Server"] == "nginx"
