"""What is read from a folder: values as written, faults with their lines, never a traceback."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from congkhai.data import national, strict_yaml
from congkhai.data.encoding import MAX_BYTES, is_usual
from congkhai.data.load import Dataset, load_dataset
from congkhai.data.migrations import FormatError, migrate
from congkhai.text.vietnamese import nfc
from tests.cases import CASES, MINIMAL, lay_out, problems_of

PLAN = "hai-phong/xa-nam-sach/ascc-2026-2030"
ROOT = CASES.parent.parent
SOURCES = sorted((ROOT / "plans").rglob("source.txt"))
PLAN_TEXT = (MINIMAL / PLAN / "plan.yml").read_text(encoding="utf-8")


def _values(dataset: Dataset) -> object:
    return (
        {plan_id: loaded.value for plan_id, loaded in dataset.plans.items()},
        {
            plan_id: {file: loaded.value for file, loaded in filed.items()}
            for plan_id, filed in dataset.reports.items()
        },
        {name: loaded.value for name, loaded in dataset.registers.items()},
    )


# ------------------------------------------------------------- one YAML text


@pytest.mark.parametrize(
    "written",
    ["no", "on", "y", "010", "1_0", "1e3", "12:30", "0x1F", ".inf", "2026-02-30", "=", "Null"],
)
def test_a_scalar_stays_as_written(written: str) -> None:
    """What other YAML readers turn into false, 8, 10, 750 or a date stays a string."""
    assert strict_yaml.parse(f"a: {written}\n", "f") == ({"a": written}, [])


@pytest.mark.parametrize("written", ["", " ~", " null"])
def test_only_three_ways_to_say_nothing(written: str) -> None:
    """Empty, `~` and `null`; in quotes they are words."""
    assert strict_yaml.parse(f"a:{written}\n", "f") == ({"a": None}, [])
    assert strict_yaml.parse('a: ["~", "null", ""]\n', "f") == ({"a": ["~", "null", ""]}, [])


def test_every_value_knows_its_line(tmp_path: Path) -> None:
    """A value has its own place, a list its key's, what is missing that of what it would be in."""
    file = tmp_path / "plan.yml"
    file.write_text("a: x\nb:\n  - c: 1\n    d: [y, z]\n  - c: |\n      2\n", encoding="utf-8")
    source = strict_yaml.read(file, "plan.yml")
    assert source.line(("a",)) == (1, 4)
    assert source.line(("a",), key=True) == (1, 1)
    assert source.line(("b",)) == (2, 1)
    assert source.line(("b", 0, "d", 1)) == (4, 12)
    assert source.line(("b", 0, "d")) == (4, 5)
    assert source.line(("b", 1, "c")) == (5, 8)
    assert source.line(("b", 1, "missing")) == (5, 5)
    assert source.line(("missing",)) == (1, 1)


@pytest.mark.parametrize("parser", [yaml.SafeLoader, strict_yaml.Parser], ids=["python", "libyaml"])
@pytest.mark.parametrize(
    "case", sorted((CASES / "invalid" / "a-yaml").iterdir()), ids=lambda case: case.name
)
def test_both_parsers_of_pyyaml_give_the_same_lines(
    case: Path, parser: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine without libyaml refuses the same files, at the same lines."""
    monkeypatch.setattr(strict_yaml, "Parser", parser)
    said = [(problem.path, problem.line) for problem in problems_of(lay_out(case, tmp_path))]
    expected = (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert [f"{path}:{line}:" for path, line in said] == [
        ":".join(start.split(":")[:2]) + ":" for start in expected
    ]


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=200))
def test_no_bytes_give_a_traceback(raw: bytes) -> None:
    """Whatever is in a file, the answer is data or problems."""
    text, problems = strict_yaml.decode(raw, "f")
    if text is not None:
        data, more = strict_yaml.parse(text, "f")
        assert (data is None) == any(problem.severity == "error" for problem in more)
    else:
        assert problems


@settings(deadline=None, max_examples=300)
@given(
    st.integers(0, len(PLAN_TEXT)),
    st.integers(0, 40),
    st.text("\"'{}[]&*!|>%@`#:-,? \n\t\\0aế“\u200b", max_size=6),
)
def test_no_slip_gives_a_traceback(start: int, length: int, typed: str) -> None:
    """A sound file with a few characters gone and others typed is read, or refused with a line."""
    text = PLAN_TEXT[:start] + typed + PLAN_TEXT[start + length :]
    data, problems = strict_yaml.parse(nfc(text), "f")
    assert (data is None) == any(problem.severity == "error" for problem in problems)
    assert all(1 <= problem.line <= text.count("\n") + 2 for problem in problems)


def test_a_text_of_usual_letters_is_composed_however_they_follow_each_other() -> None:
    """Whoever reads it need not compose it."""
    usual = [letter for letter in map(chr, range(0x110000)) if is_usual(letter)]
    assert len(usual) > 200
    assert all(unicodedata.is_normalized("NFC", one + other) for one in usual for other in usual)


@pytest.mark.parametrize(
    "source", SOURCES, ids=lambda path: path.parent.name + " " + path.parent.parent.name
)
def test_official_texts_raise_no_false_alarm(source: Path) -> None:
    """The hunt for pasted fonts and look-alike letters leaves real Vietnamese alone."""
    text, problems = strict_yaml.decode(source.read_bytes(), "source.txt")
    assert text
    # Blanks at a line's start are a fault in YAML only, and one source has them.
    assert [problem for problem in problems if "đầu dòng" not in problem.message] == []


def test_official_texts_are_there() -> None:
    """The test above has all five to look at."""
    assert len(SOURCES) >= 5


# ------------------------------------------------------------- one folder


@pytest.mark.parametrize("case", ["01-bom-utf8", "03-crlf", "04-cr", "05-nfd"])
def test_what_editors_do_to_a_file_changes_no_value(case: str, tmp_path: Path) -> None:
    """Byte order mark, line ends and decomposed letters leave no trace."""
    dataset, problems = load_dataset(lay_out(CASES / "valid" / case, tmp_path))
    assert problems == []
    assert _values(dataset) == _values(load_dataset(MINIMAL)[0])
    assert not any(
        "\ufeff" in key or not unicodedata.is_normalized("NFC", key) for key in dataset.units
    )


def test_a_broken_file_hides_no_other_fault(tmp_path: Path) -> None:
    """One run says everything: a broken register, plan and report, and a name that is not read."""
    plans = lay_out(MINIMAL, tmp_path)
    (plans / "measures.yml").write_text("a: [\n", encoding="utf-8")
    (plans / PLAN / "reports" / "2026-phong-van-hoa-xa-hoi.yml").write_text(
        "unit: 1\n", encoding="utf-8"
    )
    (plans / PLAN / "reports" / "2027-phong-van-hoa-xa-hoi.yml").write_text(
        "a: &b c\n", encoding="utf-8"
    )
    (plans / "lai-chau").mkdir()
    (plans / "lai-chau" / "plan.yaml").write_text("", encoding="utf-8")
    dataset, problems = load_dataset(plans)
    assert {problem.path.rpartition("/")[2] for problem in problems} == {
        "measures.yml",
        "2026-phong-van-hoa-xa-hoi.yml",
        "2027-phong-van-hoa-xa-hoi.yml",
        "plan.yaml",
    }
    assert PLAN in dataset.plans
    assert dataset.broken == {
        "measures",
        f"{PLAN}/2026-phong-van-hoa-xa-hoi.yml",
        f"{PLAN}/2027-phong-van-hoa-xa-hoi.yml",
    }


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """A link could bring a file of the building machine onto the site."""
    plans = lay_out(MINIMAL, tmp_path)
    secret = tmp_path / "secret.yml"
    secret.write_text("unit: bi-mat\n", encoding="utf-8")
    (plans / PLAN / "reports" / "2028-so-noi-vu.yml").symlink_to(secret)
    (plans / "quang-nam").symlink_to(tmp_path)
    dataset, problems = load_dataset(plans)
    assert [(problem.path, problem.message) for problem in problems] == [
        (f"plans/{PLAN}/reports/2028-so-noi-vu.yml", "đây là lối tắt (symlink), không phải tệp"),
        ("plans/quang-nam", "đây là lối tắt (symlink), không phải tệp"),
    ]
    assert "bi-mat" not in str(problems)
    assert "2028-so-noi-vu.yml" not in dataset.reports[PLAN]


def test_names_that_differ_by_case_alone_are_refused(tmp_path: Path) -> None:
    """On Windows and macOS one of the two would be gone."""
    plans = lay_out(MINIMAL, tmp_path)
    for name in ("bao-cao.pdf", "Bao-cao.pdf"):
        (plans / PLAN / name).write_bytes(b"")
    said = [str(problem) for problem in load_dataset(plans)[1]]
    assert (
        len(said) == 1
        and "Bao-cao.pdf" in said[0]
        and "bao-cao.pdf" in said[0]
        and "chữ hoa" in said[0]
    )


def test_a_name_in_decomposed_letters_is_refused(tmp_path: Path) -> None:
    """MacOS writes such names; git and links then disagree about them."""
    plans = lay_out(MINIMAL, tmp_path)
    (plans / unicodedata.normalize("NFD", "tỉnh-lẻ")).mkdir()
    said = [str(problem) for problem in load_dataset(plans)[1]]
    assert len(said) == 1 and "có dấu tiếng Việt" in said[0] and "tinh-le" in said[0]


def test_a_file_too_long_is_refused_unread(tmp_path: Path) -> None:
    """10 MB of YAML is no plan."""
    plans = lay_out(MINIMAL, tmp_path)
    (plans / "measures.yml").write_bytes(b"a: b\n" * (10 * MAX_BYTES // 5))
    assert [problem.message for problem in load_dataset(plans)[1]] == ["tệp dài quá 1 MB"]


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    """Not a traceback, and not an empty site."""
    dataset, problems = load_dataset(tmp_path / "nowhere")
    assert [problem.message for problem in problems] == ["không có thư mục dữ liệu này"]
    assert not dataset.plans


def test_the_source_text_stands_beside_its_plan(tmp_path: Path) -> None:
    """`source.txt` is known by its path, and is not read."""
    plans = lay_out(MINIMAL, tmp_path)
    assert load_dataset(plans)[0].source_text(PLAN) is None
    (plans / PLAN / "source.txt").write_bytes(b"\xff")
    dataset, problems = load_dataset(plans)
    assert problems == []
    assert dataset.source_text(PLAN) == plans.resolve() / PLAN / "source.txt"


# ------------------------------------------------------- national registers


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Make the data folder of an office, still empty: the national registers are used."""
    folder = tmp_path / "plans"
    folder.mkdir()
    return folder


def _units_with(office: Path, text: str) -> tuple[Dataset, list[str]]:
    (office / "units.yml").write_text(text, encoding="utf-8")
    dataset, problems = load_dataset(office)
    return dataset, [str(problem) for problem in problems]


def test_an_empty_folder_has_the_national_registers(office: Path) -> None:
    """Every commune in force, every unit; no file has to be written for that."""
    dataset, problems = load_dataset(office)
    assert problems == []
    communes = [len(province.communes) for province in dataset.localities.provinces.values()]
    assert len(communes) == 34 and sum(communes) == 3321
    assert "so-noi-vu" in dataset.units and "155-qd-ttg-2026" in dataset.documents
    assert dataset.programmes and dataset.measures


def test_national_registers_name_no_plan_of_one_office() -> None:
    """A document that is held, or a province's own, belongs into the folder of its plans."""
    dataset, problems = load_dataset(Path(national.FOLDER))
    assert [problem for problem in problems if "không được đọc" not in problem.message] == []
    assert dataset.documents
    assert not any(
        document.held or document.obliges or document.issuer.startswith("Ủy ban nhân dân")
        for document in dataset.documents.values()
    )


def test_an_office_adds_units_spellings_and_notes(office: Path) -> None:
    """A new entry, other ways of writing a name, and what the national entry leaves open."""
    dataset, problems = _units_with(
        office,
        "ban-moi:\n  name: Ban Mới\n  level: [province]\n  nature: state\n"
        "phong-van-hoa-xa-hoi:\n  spellings: [Phòng VH và XH]\n  note: Ở đây có hai phòng.\n",
    )
    assert problems == []
    assert dataset.units["ban-moi"].name == "Ban Mới"
    unit = dataset.units["phong-van-hoa-xa-hoi"]
    assert unit.note == "Ở đây có hai phòng."
    assert unit.spellings[-1] == "Phòng VH và XH" and len(unit.spellings) > 1
    assert dataset.units["so-noi-vu"].name == "Sở Nội vụ"


def test_the_same_entry_may_be_written_again(office: Path) -> None:
    """A copy of the national register changes nothing."""
    own = (national.FOLDER / "units.yml").read_text(encoding="utf-8")
    dataset, problems = _units_with(office, own)
    assert problems == []
    (office / "units.yml").unlink()
    assert dataset.units == load_dataset(office)[0].units


def test_an_entry_is_not_redefined(office: Path) -> None:
    """Another value of the same field stops the build, with its line and the right form."""
    dataset, problems = _units_with(office, "so-noi-vu:\n  name: Sở Ngoại vụ\n")
    line = (national.FOLDER / "units.yml").read_text(encoding="utf-8").split("\n").index(
        "so-noi-vu:"
    ) + 2
    assert len(problems) == 1
    assert problems[0].startswith(
        "plans/units.yml:2:9: «name» của «so-noi-vu» khác danh mục quốc gia ("
    )
    assert f"congkhai/registers/units.yml:{line})" in problems[0]
    assert 'ghi đúng như ở đó: name: "Sở Nội vụ"; nếu là mục khác' in problems[0]
    assert dataset.units["so-noi-vu"].name == "Sở Nội vụ"
    assert _units_with(office, 'so-noi-vu:\n  name: "Sở Nội vụ"\n')[1] == []


def test_a_commune_may_be_added_but_not_renamed(office: Path) -> None:
    """The register of localities is merged down to the communes of a province."""
    (office / "localities.yml").write_text(
        'provinces:\n  "31":\n    communes:\n      "10606": xã Nam Sách Mới\n'
        '      "99999": xã Vừa Lập\n',
        encoding="utf-8",
    )
    dataset, problems = load_dataset(office)
    communes = dataset.localities.provinces["31"].communes
    assert communes["99999"] == "xã Vừa Lập" and communes["10606"] == "xã Nam Sách"
    assert [(problem.path, problem.line) for problem in problems] == [("plans/localities.yml", 4)]
    assert '"10606": "xã Nam Sách"' in problems[0].hint


def test_a_rule_finds_the_line_in_the_file_that_holds_it(office: Path) -> None:
    """Of a register in two files, a fault is shown in the office's one."""
    (office / "units.yml").write_text(
        "ban-moi:\n  name: Ban Mới\n  level: [province]\n  nature: state\n"
        "  spellings: [Sở nội vụ]\n  successors: [ban-moii]\n",
        encoding="utf-8",
    )
    said = [str(problem) for problem in problems_of(office)]
    assert [line.split(": ")[0] for line in said] == [
        "plans/units.yml:5:15",
        "plans/units.yml:6:16",
    ]
    loaded = load_dataset(office)[0].registers["units"]
    assert loaded.problem(("so-noi-vu", "name"), "").path.endswith("congkhai/registers/units.yml")


@pytest.mark.parametrize("key", ["standalone", "fictional"])
def test_a_folder_that_stands_alone_has_no_national_unit(key: str, tmp_path: Path) -> None:
    """One line at the root of `localities.yml` says so."""
    plans = lay_out(MINIMAL, tmp_path)
    file = plans / "localities.yml"
    text = file.read_text(encoding="utf-8")
    assert "standalone: true\n" in text
    file.write_text(text.replace("standalone: true", f"{key}: true"), encoding="utf-8")
    dataset, problems = load_dataset(plans)
    assert problems == []
    assert len(dataset.units) == 5 and len(dataset.localities.provinces) == 2
    file.write_text(text.replace("standalone: true", ""), encoding="utf-8")
    assert any("khác danh mục quốc gia" in problem.message for problem in load_dataset(plans)[1])


# ------------------------------------------------------------------ formats


@pytest.mark.parametrize("written", ["", "format: 1\n"])
def test_a_plan_may_say_its_format(written: str, tmp_path: Path) -> None:
    """Nothing said means the first one."""
    plans = lay_out(MINIMAL, tmp_path)
    (plans / PLAN / "plan.yml").write_text(written + PLAN_TEXT, encoding="utf-8")
    dataset, problems = load_dataset(plans)
    assert problems == []
    assert dataset.plans[PLAN].value.format == 1


@pytest.mark.parametrize("written", ["2", "0", "1.0", "một", "", "[1]"])
def test_an_unknown_format_is_refused_with_those_that_are_read(
    written: str, tmp_path: Path
) -> None:
    """One problem, at its line: the rest of the file may mean something else."""
    plans = lay_out(MINIMAL, tmp_path)
    (plans / PLAN / "plan.yml").write_text(
        f"format: {written}\nstrange: key\n{PLAN_TEXT}", encoding="utf-8"
    )
    dataset, problems = load_dataset(plans)
    assert [(problem.path, problem.line) for problem in problems] == [(f"plans/{PLAN}/plan.yml", 1)]
    assert "dạng tệp" in problems[0].message
    assert "bản congkhai này đọc format: 1;" in problems[0].hint
    assert PLAN in dataset.broken and PLAN not in dataset.plans


def test_an_older_format_goes_step_by_step_to_the_newest() -> None:
    """Each step reads one format and gives the next; the file's own data stays as it was."""
    steps = {
        1: lambda data: {"names": [data["name"]]},
        2: lambda data: {"people": data["names"]},
    }
    oldest = {"name": "A"}
    assert migrate(oldest, steps, newest=3) == {"people": ["A"], "format": "3"}
    assert migrate({"format": "2", "names": ["B"]}, steps, newest=3)["people"] == ["B"]
    assert oldest == {"name": "A"}
    with pytest.raises(FormatError) as refused:
        migrate({"format": "4"}, steps, newest=3)
    assert "format: 1, format: 2, format: 3" in refused.value.hint


def test_every_plan_here_says_its_format() -> None:
    """The plans of this repository and of the demo are the examples that others copy."""
    files = [
        file
        for folder in ("plans", "tests/demo/plans")
        for file in (ROOT / folder).rglob("plan.yml")
    ]
    assert len(files) > 5
    assert [file for file in files if "\nformat: 1\n" not in f"\n{file.read_text('utf-8')}"] == []
