"""An office has its data alone: a wheel of the engine, its own repository, its own plan."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from conftest import ROOT
from congkhai.cli import main

PLAN = "lai-chau/xa-bum-to/ascc-2026-2030"
LISTS_OF_LOCALITIES = {
    "dia-phuong/hai-phong/index.html",
    "assets/tim/dia-phuong.json",
    "du-lieu/dia-phuong.csv",
    "du-lieu/v1/dia-phuong/31.json",
    "nhung/dia-phuong/hai-phong/index.html",
}
"""Files of the site that name every commune of the national register, or its province's."""
PLAN_TEXT = """\
format: 1
locality: "03433"
programme: ascc-2026-2035
document:
  number: "7"
  symbol: KH-UBND
  date: "2026-05-06"
  issuer: UBND xã Bum Tở
  letterhead: ["Số: 7/KH-UBND"]
  type: KẾ HOẠCH
  title: Kế hoạch thử trên địa bàn xã Bum Tở
period: {from: 2026, to: 2030}
body:
  - id: i
    number: I.
    title: NHIỆM VỤ
    kind: task
    items:
      - id: i.1
        number: "1."
        text: Phòng Văn hóa - Xã hội chủ trì mở hai lớp phổ biến kiến thức.
        lead: [phong-van-hoa-xa-hoi]
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run([*command, "--directory", str(folder)], cwd=ROOT, check=True)
    return next(folder.glob("congkhai-*.whl"))


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an empty environment; where its programs are.

    The packages that it depends on are lent by the environment of the tests, which is
    looked into last, and without its own `.pth` files: this checkout is not importable.
    """
    home = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "install"]
    offline = ["--quiet", "--no-index", "--no-deps", "--disable-pip-version-check"]
    subprocess.run([*pip, *offline, str(wheel)], check=True)
    packages = next(home.rglob("site-packages"))
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return programs


@pytest.fixture
def run(programs: Path, tmp_path: Path, mkdocs_environment: dict[str, str]):
    """Run the installed `congkhai …` in a folder below `tmp_path`."""
    environment = {
        name: value for name, value in mkdocs_environment.items() if name != "PYTHONPATH"
    }

    def run(*arguments: object, folder: str = ".", **variables: str):
        return subprocess.run(
            [str(programs / "congkhai"), *map(str, arguments)],
            cwd=tmp_path / folder,
            env=environment | variables,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def write_plan(plans: Path) -> None:
    (plans / PLAN).mkdir(parents=True)
    (plans / PLAN / "plan.yml").write_text(PLAN_TEXT, "utf-8")


def test_the_wheel_carries_engine_and_no_data(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "congkhai/cli.py",
        "congkhai/registers/localities.yml",
        "congkhai/theme/layout.html",
        "congkhai/theme/assets/site.css",
        "congkhai/content/phuong-phap.md",
        "congkhai/office/mkdocs.yml",
    ):
        assert needed in names
    assert not [name for name in names if "plan.yml" in name or "source.txt" in name]
    assert {name.split("/")[0].split("-")[0] for name in names} == {"congkhai"}


def test_an_office_builds_its_own_plan_and_nobody_else_s(run, tmp_path: Path):
    made = run("new", "so-mau", "--name", "Sở Mẫu công khai", "--operator", "Sở Mẫu")
    assert made.returncode == 0, made.stderr
    office = tmp_path / "so-mau"
    assert {path.name for path in office.iterdir()} == {
        *("content", "plans", "mkdocs.yml", "README.md"),
        *("requirements.txt", "Makefile", ".gitignore", ".gitattributes"),
        *(".github", ".gitlab-ci.yml", ".pre-commit-config.yaml"),
        *("Containerfile", ".devcontainer", ".vscode", ".schemas", "wheels"),
    }
    write_plan(office / "plans")
    checked = run("check", folder="so-mau")
    assert checked.returncode == 0 and "1 kế hoạch" in checked.stdout, checked.stdout
    built = run("build", folder="so-mau")
    assert built.returncode == 0, built.stdout + built.stderr
    site = office / "site"
    home = (site / "index.html").read_text("utf-8")
    assert "Sở Mẫu công khai" in home and "1 kế hoạch" in home
    place = site / "dia-phuong" / "lai-chau" / "xa-bum-to" / "index.html"
    assert f'/{PLAN}/"' in place.read_text("utf-8")
    plans = sorted(file.parent.relative_to(site / "ke-hoach") for file in site.rglob("plan.yml"))
    assert plans == [Path(PLAN)]
    assert (site / "assets" / "site.css").is_file() and (site / "assets" / "tim.json").is_file()
    assert "quá hạn" in (site / "phuong-phap" / "index.html").read_text("utf-8")
    # Nam Sách is a commune of the national register; only lists of localities may name it,
    # and the guide, whose example it is.
    naming = {
        re.sub("^assets/tim/[0-9a-f]{12}/", "assets/tim/", file.relative_to(site).as_posix())
        for file in site.rglob("*")
        if file.suffix in (".html", ".csv", ".json", ".xml", ".ics")
        and "xã nam sách" in file.read_text("utf-8").lower()
    }
    # Every commune has a page, a feed and its place in the grid of its province.
    elsewhere = {name for name in naming if not name.startswith("dia-phuong/")}
    lists = {name for name in LISTS_OF_LOCALITIES if not name.startswith("dia-phuong/")}
    assert elsewhere == lists | {"huong-dan/index.html"}
    assert naming >= LISTS_OF_LOCALITIES


def test_an_office_installs_the_software_that_made_it(run, wheel: Path, tmp_path: Path):
    """From its own file, out of an installed package or a checkout; no index is asked for it."""
    assert run("new", "installed").returncode == 0
    assert main(["new", str(tmp_path / "checkout")]) == 0
    expected = contents(wheel)
    for name in ("installed", "checkout"):
        kept = tmp_path / name / "wheels" / wheel.name
        assert contents(kept) == expected, name
        done = subprocess.run(
            [
                *(sys.executable, "-m", "pip", "install", "--dry-run", "--no-index", "--no-deps"),
                *("--ignore-installed", "--requirement", "requirements.txt"),
            ],
            cwd=tmp_path / name,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0 and "Would install congkhai-" in done.stdout, done.stderr


def contents(wheel: Path) -> dict[str, object]:
    """Return the files of a wheel; its list of them in any order."""
    with zipfile.ZipFile(wheel) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    [record] = [name for name in files if name.endswith(".dist-info/RECORD")]
    return files | {record: sorted(files[record].splitlines())}


def test_an_office_without_plans_is_told_so(run, tmp_path: Path):
    """Never somebody else's plans under its name."""
    run("new", "so-mau")
    (tmp_path / "so-mau" / "plans" / ".gitkeep").unlink()
    (tmp_path / "so-mau" / "plans").rmdir()
    for command in ("check", "build"):
        done = run(command, folder="so-mau")
        assert done.returncode == 2
        assert "hông có thư mục dữ liệu" in done.stdout + done.stderr
        assert "plans/ cạnh mkdocs.yml" in done.stdout + done.stderr
    assert not (tmp_path / "so-mau" / "site").exists()


def test_a_setting_names_another_data_folder(run, tmp_path: Path):
    """`extra.plans_dir`, relative to mkdocs.yml; PLANS_DIR is stronger."""
    run("new", "so-mau")
    settings = tmp_path / "so-mau" / "mkdocs.yml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("extra:\n", "extra:\n  plans_dir: ../du-lieu\n"), "utf-8")
    write_plan(tmp_path / "du-lieu")
    assert "1 kế hoạch" in run("check", folder="so-mau").stdout
    assert "0 kế hoạch" in run("check", folder="so-mau", PLANS_DIR="plans").stdout
    assert run("build", folder="so-mau").returncode == 0
    assert (tmp_path / "so-mau" / "site" / "ke-hoach" / PLAN / "index.html").is_file()


def test_an_office_s_own_page_and_template_win(run, tmp_path: Path):
    """`content/` and `theme/` override by name; the rest stays the engine's."""
    run("new", "so-mau")
    office = tmp_path / "so-mau"
    write_plan(office / "plans")
    (office / "content" / "gioi-thieu.md").write_text("# Về Sở Mẫu\n", "utf-8")
    (office / "theme" / "pages").mkdir(parents=True)
    (office / "theme" / "pages" / "missing.html").write_text("<p>Lạc đường ở Sở Mẫu</p>", "utf-8")
    settings = office / "mkdocs.yml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("theme:\n", "theme:\n  custom_dir: theme\n"), "utf-8")
    built = run("build", folder="so-mau")
    assert built.returncode == 0, built.stdout + built.stderr
    assert "Về Sở Mẫu" in (office / "site" / "gioi-thieu" / "index.html").read_text("utf-8")
    assert "Lạc đường ở Sở Mẫu" in (office / "site" / "404.html").read_text("utf-8")
    assert (office / "site" / "tro-nang" / "index.html").is_file()


def test_what_an_office_says_of_itself_stays_as_typed(tmp_path: Path):
    """Quotes, colons and marks of the template are words like others."""
    office = tmp_path / "so-mau"
    name = 'Sở "Mẫu": @version@ # {{ x }} \\ !ENV'
    assert main(["new", str(office), "--name", name, "--site-url", "https://mau.example"]) == 0
    settings = (office / "mkdocs.yml").read_text("utf-8")
    assert 'site_name: "Sở \\"Mẫu\\": @version@ # {{ x }} \\\\ !ENV"\n' in settings
    assert '!ENV [SITE_URL, "https://mau.example/"]' in settings
    assert (office / "README.md").read_text("utf-8").startswith(f"# {name}\n")


def test_a_new_office_is_told_what_it_has_to_fill_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """The same lines as before a release, with the place of each in the new file."""
    office = tmp_path / "so-mau"
    assert main(["new", str(office), "--operator", "Sở Mẫu", "--contact", " "]) == 0
    told = capsys.readouterr().out
    lines = (office / "mkdocs.yml").read_text("utf-8").splitlines()
    for key in ("site_url", "contact"):
        [number] = [n for n, line in enumerate(lines, 1) if line.strip().startswith(f"{key}:")]
        assert f"\n  mkdocs.yml:{number}: " in told
    assert "extra.operator" not in told


@pytest.mark.parametrize("taken", ["folder", "file"])
def test_nobody_s_folder_is_written_over(
    taken: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    office = tmp_path / "so-mau"
    if taken == "folder":
        office.mkdir()
        (office / "a").write_text("b", "utf-8")
    else:
        office.write_text("b", "utf-8")
    before = sorted(tmp_path.rglob("*"))
    assert main(["new", str(office)]) == 2
    told = capsys.readouterr().err
    assert "Đã có tệp" in told if taken == "file" else "đã có và không trống" in told
    assert str(office) in told  # as typed: another letter would be another path
    assert sorted(tmp_path.rglob("*")) == before


def test_an_address_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["new", str(tmp_path / "a"), "--site-url", "mau.example"]) == 2
    assert "dạng đúng: https://" in capsys.readouterr().err
    assert not (tmp_path / "a").exists()
