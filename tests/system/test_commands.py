"""The command line: what it says, what it writes, how it ends."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from congkhai.cli import main
from congkhai.data.load import load_dataset
from tests.cases import CASES, MINIMAL, lay_out
from tests.make import OFFICE, words_given
from tests.office import work_in

PLAN = "hai-phong/xa-nam-sach/ascc-2026-2030"
ROOT = CASES.parent.parent


@pytest.fixture
def plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out a sound data folder, which the commands find, on a fixed day."""
    folder = lay_out(MINIMAL, tmp_path)
    work_in(tmp_path, monkeypatch)
    return folder


def test_check_of_sound_data_ends_well(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 0, and one sentence with what was looked at."""
    assert main(["check"]) == 0
    assert (
        capsys.readouterr().out == "Dữ liệu tốt, không có lỗi, không có cảnh báo "
        "(1 kế hoạch, 2 báo cáo, xét đến ngày 30/6/2028).\n"
    )


def test_check_lists_all_errors_and_ends_with_1(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every file's faults, sorted by place, with the right form."""
    plan = plans / PLAN / "plan.yml"
    plan.write_text(
        plan.read_text(encoding="utf-8")
        .replace("phong-kinh-te", "phong-kinh-tee")
        .replace("ascc-2026-2035", "ascc"),
        encoding="utf-8",
    )
    (plans / "measures.yml").write_text("- a\n", encoding="utf-8")
    assert main(["check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"plans/{PLAN}/plan.yml:2:12: không có chương trình «ascc»")
    assert (
        lines[1] == f"plans/{PLAN}/plan.yml:44:24: không có đơn vị «phong-kinh-tee» "
        "→ có phải «phong-kinh-te»?"
    )
    assert lines[2].startswith("plans/measures.yml:1: ")
    assert lines[-1].startswith("3 lỗi trong 2 tệp, không có cảnh báo")


def test_without_git_it_is_told_that_nothing_was_compared(
    plans: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The commit that was named is not to blame."""
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert main(["check"]) == 0
    said = capsys.readouterr()
    assert "máy này không có git" in said.err and said.out.startswith("Dữ liệu tốt")
    assert main(["check", "--since", "origin/main"]) == 2
    assert capsys.readouterr().err.startswith("Máy này không có git nên chưa so được")


def test_github_gets_a_remark_beside_the_line(
    plans: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workflow command with the path from the repository's root, escaped."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    plan = plans / PLAN / "plan.yml"
    plan.write_text(
        plan.read_text(encoding="utf-8").replace("value: 90", "value: 45%"), encoding="utf-8"
    )
    assert main(["check"]) == 1
    out = capsys.readouterr().out
    assert (
        f"::error file=plans/{PLAN}/plan.yml,line=32,col=20::«value»: «45%25» không đọc được là số"
        in out
    )


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["bogus"],
        ["report", "a"],
        ["draft", "nowhere.txt"],
        ["report", "hai-phong/ascc", "phong-kinh-te", "2028"],
        ["report", PLAN, "phong-kinh-tee", "2028"],
        ["report", PLAN, "so-noi-vu", "2028"],
        ["report", PLAN, "phong-kinh-te", "quý 9"],
        ["report", PLAN, "phong-kinh-te", "2041"],
        ["workbook", "phong-kinh-te", "2041", PLAN],
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_2_in_vietnamese(
    arguments: list[str], plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback, nothing written, a sentence on what to do."""
    before = sorted(plans.rglob("*"))
    try:
        status = main(arguments)
    except SystemExit as end:
        status = end.code
    said = capsys.readouterr()
    assert status == 2
    assert said.out == "" and said.err.strip()
    assert not any(word in said.err for word in ("usage:", "error:", "required", "Traceback"))
    assert sorted(plans.rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "value"), [("AS_OF", "2026-13-01"), ("AS_OF", "2026"), ("PLANS_DIR", "nowhere")]
)
def test_a_wrong_setting_ends_with_2(
    name: str, value: str, plans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not with a list of errors in the data."""
    monkeypatch.setenv(name, value)
    assert main(["check"]) == 2


def test_help_is_vietnamese(capsys: pytest.CaptureFixture[str]) -> None:
    """Down to the headings that argparse writes."""
    for arguments in (["--help"], ["report", "--help"]):
        with pytest.raises(SystemExit):
            main(arguments)
        said = capsys.readouterr().out
        assert "cách dùng:" in said
        assert not any(word in said for word in ("usage", "positional", "options:", "show this"))


def test_a_new_report_lists_what_the_unit_answers_for(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Own items and those of the unit it follows, each with its words; nobody else's."""
    assert main(["report", f"plans/{PLAN}/", "phong-van-hoa-xa-hoi", "2028"]) == 0
    text = (plans / PLAN / "reports" / "2028-phong-van-hoa-xa-hoi.yml").read_text(encoding="utf-8")
    assert "  - item: i.1\n" in text and "  - item: ii-1\n" in text and "ii-2" not in text
    assert "# Bảo đảm trên 90% cán bộ" in text
    assert "trước ngày 01/11 hằng năm" in text
    assert "# unchanged: true" in text


def test_a_new_report_does_not_count_until_it_is_filled_in(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Told with the line of every placeholder; in nobody else's way; filled in, it counts."""
    main(["report", PLAN, "phong-van-hoa-xa-hoi", "2028"])
    file = plans / PLAN / "reports" / "2028-phong-van-hoa-xa-hoi.yml"
    lines = file.read_text(encoding="utf-8").splitlines()
    waiting = [number for number, line in enumerate(lines, 1) if line.endswith(": ĐIỀN")]
    capsys.readouterr()
    assert main(["check"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [int(line.split(":")[1]) for line in said if ": cảnh báo: " in line] == waiting
    assert said[-1].endswith("(1 kế hoạch, 2 báo cáo, xét đến ngày 30/6/2028).")
    assert main(["report", PLAN, "phong-kinh-te", "2028"]) == 0
    (plans / PLAN / "reports" / "2028-phong-kinh-te.yml").unlink()
    filled = (
        "\n".join(lines)
        .replace("date: ĐIỀN", "date: 2028-06-30")
        .replace("status: ĐIỀN", "status: blocked")
        .replace("# unchanged: true", "")
    )
    file.write_text(filled + "\n", encoding="utf-8")
    assert main(["check"]) == 0
    assert "3 báo cáo" in capsys.readouterr().out.splitlines()[-1]


def test_a_report_waits_for_its_own_plan_and_for_nobody_else_s(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fault elsewhere is no reason to refuse; one in the plan or in a register is."""
    other = plans / "lai-chau" / "ascc-2026-2030"
    other.mkdir(parents=True)
    (other / "plan.yml").write_text("locality: [\n", encoding="utf-8")
    assert main(["check"]) == 1
    assert main(["report", PLAN, "phong-van-hoa-xa-hoi", "2028"]) == 0
    (plans / PLAN / "reports" / "2028-phong-van-hoa-xa-hoi.yml").unlink()
    for broken in (
        plans / PLAN / "reports" / "2026-phong-van-hoa-xa-hoi.yml",
        plans / PLAN / "plan.yml",
        plans / "units.yml",
    ):
        sound = broken.read_bytes()
        broken.write_bytes(sound + b"- x\n")
        capsys.readouterr()
        assert main(["report", PLAN, "phong-van-hoa-xa-hoi", "2028"]) == 1
        said = capsys.readouterr().out.splitlines()
        assert (
            said[0].startswith("Chưa tạo được tệp báo cáo")
            and broken.name in said[1]
            and "lai-chau" not in "".join(said)
        )
        broken.write_bytes(sound)


def test_what_is_given_to_nobody_is_in_the_report_of_the_issuer(
    plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And may be filed by it, or by a unit that leads something else; by no other."""
    plan = plans / PLAN / "plan.yml"
    plan.write_text(
        plan.read_text(encoding="utf-8").replace("        lead: [phong-van-hoa-xa-hoi]\n", ""),
        encoding="utf-8",
    )
    shutil.rmtree(plans / PLAN / "reports")
    with (plans / "units.yml").open("a", encoding="utf-8") as register:
        register.write(
            "ubnd:\n  name: Ủy ban nhân dân\n  level: [province, commune]\n  nature: government\n"
        )
    assert main(["report", PLAN, "ubnd", "2028"]) == 0
    file = plans / PLAN / "reports" / "2028-ubnd.yml"
    text = file.read_text(encoding="utf-8")
    assert (
        "  - item: i.1\n" in text
        and "mục không ghi cơ quan thực hiện" in text
        and "item: ii" not in text
    )
    filled = text.replace("date: ĐIỀN", "date: 2028-06-30").replace(
        "status: ĐIỀN", "status: in-progress"
    )
    capsys.readouterr()
    for unit, status in (
        ("ubnd", 0),
        ("phong-van-hoa-xa-hoi", 0),
        ("phong-kinh-te", 1),
        ("uy-ban-mttq", 1),
    ):
        file.unlink()
        file = file.with_name(f"2028-{unit}.yml")
        file.write_text(filled.replace("unit: ubnd", f"unit: {unit}"), encoding="utf-8")
        assert main(["check"]) == status, unit
    assert "mục này không ghi cơ quan thực hiện: ubnd báo cáo" in capsys.readouterr().out


def test_nobodys_report_is_overwritten(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is there stays as it is."""
    file = plans / PLAN / "reports" / "2027-phong-van-hoa-xa-hoi.yml"
    before = file.read_bytes()
    assert main(["report", PLAN, "phong-van-hoa-xa-hoi", "2027"]) == 2
    assert "Đã có tệp" in capsys.readouterr().err
    assert file.read_bytes() == before


def test_a_draft_is_written_beside_its_source(
    plans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Readable YAML with the text's own words."""
    source = next((ROOT / "plans").rglob("xa-nam-sach/*/source.txt"))
    assert (
        main(
            [
                "draft",
                str(source),
                "--locality",
                "10606",
                "--programme",
                "ascc-2026-2035",
                "--output",
                "plan.yml",
            ]
        )
        == 0
    )
    assert 'locality: "10606"' in (tmp_path / "plan.yml").read_text(encoding="utf-8")
    assert main(["draft", str(source), "--output", "plan.yml"]) == 2


def test_schemas_name_every_field_in_vietnamese(
    tmp_path: Path, plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One schema for each kind of file, for an editor that completes and explains."""
    assert main(["schema"]) == 0
    schemas = json.loads(capsys.readouterr().out)
    assert sorted(schemas) == [
        "documents",
        "localities",
        "measures",
        "plan",
        "programmes",
        "report",
        "response",
        "topics",
        "units",
    ]
    assert schemas["plan"]["properties"]["locality"]["description"].startswith("Mã địa phương")
    assert "from" in schemas["plan"]["$defs"]["Period"]["properties"]
    assert main(["schema", "lược-đồ"]) == 0
    written = json.loads((tmp_path / "lược-đồ" / "report.schema.json").read_text(encoding="utf-8"))
    assert written == schemas["report"]


def test_commands_run_where_there_are_no_locks_of_unix() -> None:
    """Staff check their files on Windows, whose Python has no `fcntl`."""
    code = (
        "import sys; sys.modules['fcntl'] = None; "
        "from congkhai.cli import main; sys.exit(main(['schema']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_real_data_is_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in `plans/` passes."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("AS_OF", "2026-11-22")
    monkeypatch.delenv("PLANS_DIR", raising=False)
    assert main(["check"]) == 0
    assert load_dataset(ROOT / "plans")[0].plans


@pytest.mark.parametrize(
    ("page", "repository"),
    [
        ("README.md", ROOT),
        ("CONTRIBUTING.md", ROOT),
        ("content/huong-dan.md", ROOT),
        ("content/huong-dan.md", OFFICE),  # every office publishes the guide
        ("hooks/congkhai/office/README.md", OFFICE),
    ],
)
def test_every_command_that_is_told_exists(page: str, repository: Path) -> None:
    """Whoever types what a page says is understood, with the variables that it names."""
    recipes = (repository / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", recipes, re.MULTILINE))
    text = (ROOT / page).read_text(encoding="utf-8")
    told = set(re.findall(r"(?:`|^ *)make ([a-z]+)", text, re.MULTILINE))
    assert told and told <= targets
    variables = {
        name
        for line in re.findall(r"(?:`|^ *)make [a-z]+ ([^`\n]*)", text, re.MULTILINE)
        for name in re.findall(r"\b([A-Z_]+)=", line)
    }
    assert variables <= set(re.findall(r"^TYPED := (.*)$", recipes, re.MULTILINE)[0].split())


@pytest.mark.parametrize("repository", [ROOT, OFFICE], ids=["here", "office"])
@pytest.mark.parametrize("page", ["content/huong-dan.md", "hooks/congkhai/office/README.md"])
def test_the_guide_s_own_examples_can_be_typed(
    page: str,
    repository: Path,
    plans: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """`make draft` and `make report` as printed there, down to the file that they write."""
    guide = (ROOT / page).read_text(encoding="utf-8")
    for line in re.findall(r"^ +make ((?:draft|report) .+)$", guide, re.MULTILINE):
        command = words_given(tmp_path / "venv", *line.split(), repository=repository)
        if command[0] == "report":
            continue
        folder = Path(command[-1]).parent
        (tmp := plans.parent / folder).joinpath("plan.yml").unlink()
        (tmp / "source.txt").write_bytes((ROOT / folder / "source.txt").read_bytes())
        assert main(command) == 0
        assert main(["check"]) == 1
        said = capsys.readouterr().out
        assert "còn dòng XEM LẠI" in said and "không có trong source.txt" not in said


# --------------------------------------------------- codes, folders, offices


@pytest.mark.parametrize(
    ("option", "typed", "suggested"),
    [
        ("--locality", "nam sac", "10606 (xã Nam Sách)"),
        ("--locality", "10605", "10606"),
        ("--programme", "ASEAN", "ascc-2026-2035 (Cộng đồng Văn hóa - Xã hội ASEAN 2026 - 2035)"),
        ("--programme", "ascc-2026-2036", "ascc-2026-2035"),
    ],
)
def test_a_draft_for_no_known_code_suggests_one(
    option: str, typed: str, suggested: str, plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody has to look into the register for a code: a part of the name is enough."""
    source = next((ROOT / "plans").rglob("xa-nam-sach/*/source.txt"))
    assert main(["draft", str(source), option, typed, "--output", "plan.yml"]) == 2
    assert suggested in capsys.readouterr().err
    assert not (plans.parent / "plan.yml").exists()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("10606", "10606"),
        ("xã Nam Sách", "10606"),
        ("nam sach", "10606"),
        ("Xã Nam Sách, thành phố Hải Phòng", "10606"),
        ("xã Nam Sách, Hải Phòng", "10606"),
        ("Hải Phòng", "31"),
    ],
)
def test_a_locality_may_be_named(
    typed: str, code: str, plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever knows the name need not know the code."""
    place = "xa-nam-sach" if len(code) > 2 else "hai-phong"
    source = next((ROOT / "plans").glob(f"**/{place}/*/source.txt"))
    name = "Cộng đồng Văn hóa - Xã hội ASEAN 2026 - 2035"
    assert main(["draft", str(source), "--locality", typed, "--programme", name]) == 0
    printed = capsys.readouterr().out
    assert f'\nlocality: "{code}"\n' in printed
    assert "\nprogramme: ascc-2026-2035\n" in printed


@pytest.mark.parametrize("typed", ["phong-kinh-te", "Phòng Kinh tế", "phòng kinh tế"])
def test_a_unit_of_a_report_may_be_named(typed: str, plans: Path) -> None:
    """The file has the id, whatever was typed."""
    assert main(["report", PLAN, typed, "2028"]) == 0
    assert (plans / PLAN / "reports" / "2028-phong-kinh-te.yml").is_file()


def test_a_drafted_plan_says_its_format(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """So that a later version knows how to read it."""
    source = next((ROOT / "plans").rglob("xa-nam-sach/*/source.txt"))
    assert main(["draft", str(source)]) == 0
    assert "\nformat: 1\n" in capsys.readouterr().out


def test_the_data_folder_is_what_mkdocs_yml_says(
    plans: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without PLANS_DIR; `!ENV` and the tags of Python are read as MkDocs reads them."""
    plans.rename(plans.with_name("du-lieu"))
    assert main(["check"]) == 2
    assert "plans/ cạnh mkdocs.yml" in capsys.readouterr().err
    settings = plans.with_name("mkdocs.yml")
    settings.write_text(
        "site_name: A\ndocs_dir: du-lieu\ntheme: material\nplugins: [congkhai]\n"
        "markdown_extensions:\n  - toc:\n      slugify: !!python/name:os.path.join\n"
        "extra:\n  plans_dir: !ENV [WHERE, du-lieu]\n",
        encoding="utf-8",
    )
    assert main(["check"]) == 0
    monkeypatch.setenv("WHERE", "nowhere")
    assert main(["check"]) == 2
    assert "extra.plans_dir: nowhere" in capsys.readouterr().err
    monkeypatch.setenv("PLANS_DIR", "du-lieu")
    assert main(["check"]) == 0


@pytest.mark.parametrize("command", ["build", "serve"])
def test_a_site_is_built_where_its_settings_are(
    command: str, plans: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Elsewhere nothing is built, and the way to a new repository is told."""
    assert main([command]) == 2
    assert "congkhai new ../so-noi-vu-mau" in capsys.readouterr().err


@pytest.mark.parametrize(("options", "release"), [([], None), (["--release"], "1")])
def test_build_is_mkdocs_with_its_status(
    options: list[str], release: str | None, plans: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """MkDocs takes the process over, so that signals reach it; `--release` is a variable of it."""
    plans.with_name("mkdocs.yml").write_text(
        "site_name: A\ndocs_dir: plans\nplugins: [congkhai]\n", encoding="utf-8"
    )
    monkeypatch.delenv("RELEASE", raising=False)
    calls: list[tuple[list[str], str | None]] = []
    monkeypatch.setattr(
        "os.execve",
        lambda program, arguments, environment: calls.append(
            (arguments[1:], environment.get("RELEASE"))
        ),
    )
    # Whatever follows a process that was taken over never runs.
    monkeypatch.setattr("subprocess.run", lambda *_, **__: subprocess.CompletedProcess([], 0))
    main(["build", *options])
    assert calls == [(["-m", "mkdocs", "build"], release)]
