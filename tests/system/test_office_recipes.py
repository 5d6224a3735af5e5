"""The recipes of an office's repository: valid, pinned, and without secrets for strangers."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml

from conftest import ROOT
from congkhai.build.office import Settings, write_office
from congkhai.cli import main
from congkhai.data.load import json_schemas
from congkhai.pages.security_headers import common_headers, for_nginx
from tests.cases import CASES, lay_out

SCHEMAS = {
    ".github/workflows/kiem-tra.yml": "vendor.github-workflows",
    ".github/workflows/nhap.yml": "vendor.github-workflows",
    ".github/workflows/cong-bo.yml": "vendor.github-workflows",
    ".gitlab-ci.yml": "vendor.gitlab-ci",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office") / "kho"
    write_office(folder, Settings())
    return folder


def read_workflows(office: Path) -> dict[str, dict]:
    files = sorted((office / ".github/workflows").glob("*.yml"))
    assert files
    return {file.name: yaml.safe_load(file.read_text("utf-8")) for file in files}


def test_every_recipe_follows_the_published_schema(office: Path) -> None:
    """The schemas that GitHub and GitLab publish, as check-jsonschema carries them."""
    assert {file.name for file in (office / ".github/workflows").iterdir()} == {
        Path(name).name for name in SCHEMAS if "workflows" in name
    }
    for schema in sorted(set(SCHEMAS.values())):
        files = [str(office / name) for name, named in SCHEMAS.items() if named == schema]
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
        more = ["--data-transform", "gitlab-ci"] if "gitlab" in schema else []
        done = subprocess.run(
            [*command, *more, *files], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_action_is_pinned_by_its_commit(office: Path) -> None:
    used = [
        step["uses"]
        for workflow in read_workflows(office).values()
        for job in workflow["jobs"].values()
        for step in job["steps"]
        if "uses" in step
    ]
    assert used
    assert [one for one in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", one)] == []


def test_a_merge_request_from_outside_gets_no_secret_and_no_right_to_write(office: Path) -> None:
    """What runs the words of a stranger may read, and has no token in its files."""
    workflow = read_workflows(office)["kiem-tra.yml"]
    assert set(workflow[True]) == {"pull_request"}  # YAML 1.1 reads `on` so
    assert workflow["permissions"] == {"contents": "read"}
    text = (office / ".github/workflows/kiem-tra.yml").read_text("utf-8")
    assert "secrets." not in text and "pull_request_target" not in text
    writing = {
        name: job
        for name, job in workflow["jobs"].items()
        if "write" in str(job.get("permissions"))
    }
    assert list(writing) == ["nhan-xet"]
    job = writing["nhan-xet"]
    assert "head.repo.full_name == github.repository" in job["if"]
    # It runs nothing of the merge request, and what it posts comes by the environment.
    assert not any("uses" in step for step in job["steps"])
    assert not any("${{" in step["run"] for step in job["steps"])
    checkout = workflow["jobs"]["kiem-tra"]["steps"][0]
    assert checkout["with"] == {"fetch-depth": 0, "persist-credentials": False}


def test_gitlab_renews_its_one_comment(office: Path, tmp_path: Path) -> None:
    """The job as it stands, before a forge of three comments, of which one quotes ours."""
    recipe = yaml.safe_load((office / ".gitlab-ci.yml").read_text("utf-8"))
    (script,) = recipe["nhan-xet"]["script"]
    notes = [
        {"id": number, "author": {"id": 9}, "body": "> <!-- congkhai: kiem-tra -->"}
        for number in range(1, 4)
    ]

    class Forge(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            at = re.search(r"page=(\d+)$", self.path)
            page = int(at[1]) if at else 0  # one note a page
            self.answer(notes[page - 1 : page] if at else {"id": 42}, page)

        def do_POST(self) -> None:
            notes.append({"id": len(notes) + 1, "author": {"id": 42}, "body": self.sent()})
            self.answer(notes[-1])

        def do_PUT(self) -> None:
            note = notes[int(self.path.rpartition("/")[2]) - 1]
            assert note["author"] == {"id": 42}
            note["body"] = self.sent()
            self.answer(note)

        def sent(self) -> str:
            return json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]

        def answer(self, value: object, page: int = 0) -> None:
            assert self.headers["PRIVATE-TOKEN"] == "token"
            self.send_response(200)
            self.send_header("X-Next-Page", str(page + 1) if page < len(notes) else "")
            self.end_headers()
            self.wfile.write(json.dumps(value).encode())

        def log_message(self, format: str, *args: object) -> None:
            """Stay silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Forge) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        given = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "CI_API_V4_URL": f"http://127.0.0.1:{http.server_port}/api/v4",
            "CI_PROJECT_ID": "1",
            "CI_MERGE_REQUEST_IID": "5",
            "CONGKHAI_TOKEN": "token",
        }
        for words in ("", "Còn 2 chỗ phải sửa", "Dữ liệu tốt"):
            if words:
                (tmp_path / "nhan-xet.md").write_text(words, "utf-8")
            subprocess.run(
                ["bash", "-e", "-c", script], cwd=tmp_path, env=os.environ | given, check=True
            )
            assert len(notes) == 4
            assert notes[-1]["body"].startswith(words or "Máy chưa kiểm tra được")
        http.shutdown()


def test_the_site_is_published_every_night_just_after_midnight(office: Path) -> None:
    """17:07 in UTC is 00:07 in Viet Nam; also GitHub Pages is told that this is no Jekyll."""
    workflow = read_workflows(office)["cong-bo.yml"]
    minute, hour, *rest = workflow[True]["schedule"][0]["cron"].split()
    assert (int(hour) + 7) % 24 == 0 and 0 < int(minute) < 30 and rest == ["*"] * 3
    steps = workflow["jobs"]["cong-bo"]["steps"]
    assert any(step.get("run") == "touch site/.nojekyll" for step in steps)


def test_the_container_has_the_user_and_the_port_that_are_asked_of_it(office: Path) -> None:
    """A preview on 127.0.0.1 cannot be reached from outside the container."""
    image = (office / "Containerfile").read_text("utf-8")
    asked = json.loads((office / ".devcontainer/devcontainer.json").read_text("utf-8"))
    assert re.search(rf"useradd .* {asked['remoteUser']}$", image, re.MULTILINE)
    (port,) = asked["forwardPorts"]
    assert f"ENV DEV_ADDR=0.0.0.0:{port}\n" in image and f"EXPOSE {port}\n" in image
    settings = (office / "mkdocs.yml").read_text("utf-8")
    assert f'dev_addr: !ENV [DEV_ADDR, "127.0.0.1:{port}"]\n' in settings


def test_the_container_installs_from_where_the_wheel_is_named_from(office: Path) -> None:
    """Pip takes `./wheels/…` from its working folder: the one whose `wheels/` gets the wheel."""
    image = (office / "Containerfile").read_text("utf-8")
    before, _, after = image.partition("COPY requirements.txt wheel[s] ")
    assert re.search(r"^\./wheels/", (office / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    assert re.findall(r"^WORKDIR (.*)$", before, re.MULTILINE) == ["/phan-mem"]
    assert after.startswith("wheels/\nRUN pip install ")


def test_the_editor_has_the_schema_of_every_kind_of_file(office: Path) -> None:
    wired = json.loads((office / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    for name, schema in json_schemas().items():
        place = f"./.schemas/{name}.schema.json"
        assert place in wired
        assert json.loads((office / place).read_text("utf-8")) == schema


@pytest.mark.parametrize(
    ("lacks", "words"),
    [
        ("wheel", "Chưa có tệp wheels/congkhai-"),
        ("python", "Cần Python 3.11 trở lên, có cả pip và venv."),
        ("packages", "Chưa cài được phần mềm; lý do ghi ở trên."),
    ],
)
def test_the_first_make_says_what_it_lacks(lacks: str, words: str, tmp_path: Path) -> None:
    """In Vietnamese, and where to get it; with all of it nothing else has to be installed."""
    folder = tmp_path / "kho"
    write_office(folder, Settings())
    if lacks == "wheel":
        next((folder / "wheels").iterdir()).unlink()
    # Stands for Python, whose pip reaches no network; to make a real environment takes long.
    python = tmp_path / "python"
    python.write_text(
        "#!/bin/sh\ncase $1$2 in -mvenv) mkdir -p .venv/bin && cp $0 .venv/bin/python ;;"
        " -mpip) exit 1 ;; esac\n"
    )
    python.chmod(0o755)
    done = subprocess.run(
        ["make", "check", f"PYTHON={'no-such-python' if lacks == 'python' else python}"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2 and not (folder / ".venv/bin/congkhai").exists()
    assert words in done.stderr
    assert done.stderr.splitlines()[-2] == "Dòng «make: … Error» bên dưới là bình thường."


def test_check_writes_what_forges_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A comment in Vietnamese, and the faults beside their lines; text of the data stays text."""
    case = CASES / "invalid" / "c-kieu" / "20-gia-tri-ngoai-danh-sach"
    lay_out(case, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AS_OF", "2028-06-30")
    monkeypatch.delenv("PLANS_DIR", raising=False)
    assert main(["check", "--markdown", "lời.md", "--code-quality", "lỗi.json"]) == 1
    comment = Path("lời.md").read_text("utf-8")
    assert comment.startswith("### Còn 1 chỗ phải sửa\n")
    assert "`plans/hai-phong/xa-nam-sach/ascc-2026-2030/reports/2027-phong" in comment
    (row,) = json.loads(Path("lỗi.json").read_text("utf-8"))
    assert row["location"]["lines"]["begin"] == 7 and "hoàn thành" in row["description"]


def test_apache_sends_the_headers_of_every_other_host(office: Path) -> None:
    """The sample in the office's README has the policy of `_headers`."""
    readme = (office / "README.md").read_text("utf-8")
    pages, _, framed = readme.partition('<LocationMatch "^/nhung/">')
    for part, expected in ((pages, common_headers()), (framed, common_headers(framed=True))):
        sent = dict(re.findall(r'Header always set (\S+) "(.*)"', part))
        assert "Content-Security-Policy" in sent
        assert sent.items() <= expected.items()


def test_apache_packs_what_nginx_packs(office: Path) -> None:
    """Both samples name the same types; nginx packs HTML without being told."""
    packed = re.search(r"gzip_types (.*);", for_nginx().decode())
    readme = (office / "README.md").read_text("utf-8")
    named = re.search(r"AddOutputFilterByType DEFLATE (.*)", readme)
    assert packed and named and named[1].split() == ["text/html", *packed[1].split()]


@pytest.mark.parametrize("kind", json_schemas())
def test_this_repository_has_the_schemas_of_today(kind: str) -> None:
    """`congkhai schema .schemas` writes them; editors find them by the first line of a file."""
    kept = json.loads((ROOT / ".schemas" / f"{kind}.schema.json").read_text("utf-8"))
    assert kept == json_schemas()[kind], "run: congkhai schema .schemas"
