"""Faults of `mkdocs.yml` are told in Vietnamese, all at once, with their line and a form to paste.

Whatever MkDocs refuses is refused before: it says so in English, one fault at a time.
"""

from __future__ import annotations

import functools
import logging
import re
import socket
import subprocess
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import mkdocs.utils
import pytest
import yaml
from mkdocs.config.defaults import MkDocsConfig

from conftest import ROOT, HoldPort
from congkhai.build import settings_checks
from congkhai.build.cache import Cache, CacheIndex, build_with_fallback
from congkhai.build.office import Settings, write_office
from congkhai.build.settings_checks import _OF_MKDOCS, check_provinces, check_settings
from congkhai.cli import main
from congkhai.data.settings_file import read_settings
from congkhai.mkdocs_plugin import WrongUse
from tests.office import work_in


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the settings of a new office."""
    folder = tmp_path_factory.mktemp("office") / "kho"
    write_office(folder, Settings(operator="Sở Mẫu", contact="thư góp ý"))
    return (folder / "mkdocs.yml").read_text("utf-8")


@pytest.fixture
def office(template: str, tmp_path: Path) -> Path:
    for name in ("content", "plans"):
        (tmp_path / name).mkdir()
    (tmp_path / "mkdocs.yml").write_text(template, "utf-8")
    return tmp_path


def told(office: Path, text: str) -> list[str]:
    (office / "mkdocs.yml").write_text(text, "utf-8")
    return list(map(str, check_settings(read_settings(office))))


def spoil(template: str, pattern: str, line: str) -> tuple[str, int]:
    """Put a line in the place of the first that a pattern finds; its number."""
    match = re.search(rf"^{pattern}.*$", template, re.MULTILINE)
    assert match, pattern
    number = template.count("\n", 0, match.start()) + 1
    return template[: match.start()] + line + template[match.end() :], number


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "markdown_extensions: [tables, {toc: {permalinks: true}}]",
            "không có markdown_extensions: tùy chọn «permalinks» của «toc» → có phải «permalink»?",
        ),
        (
            "markdown_extensions: {tables: {use_align_attribute: co}}",
            "phần mềm ấy viết: Cannot parse bool value: 'co' → xem tài liệu của «tables»",
        ),
        (
            "plugins: [congkhai, {search: {lang: 5}}]",
            "plugins: tùy chọn «lang» của «search» không dùng được; phần mềm ấy viết: Expected a",
        ),
        (
            "plugins: {congkhai: {}, search: {seperator: x}}",
            "không có plugins: tùy chọn «seperator» của «search» → có phải «separator»?",
        ),
    ],
)
def test_options_of_other_software_are_refused_before_it_ends_with_a_trace(
    office: Path, line: str, words: str
):
    """Python-Markdown ends with a KeyError, MkDocs in English; every fault has its line here."""
    base = "site_name: A\ntheme: {name: material}\ndocs_dir: content\n"
    plugins = "" if line.startswith("plugins") else "plugins: [congkhai]\n"
    (fault,) = told(office, f"{base}{plugins}{line}\n")
    number = 4 + plugins.count("\n")
    assert fault.startswith(f"mkdocs.yml:{number}:") and words in fault


def test_options_that_are_right_are_taken(office: Path):
    right = (
        "site_name: A\ntheme: {name: material}\ndocs_dir: content\n"
        "plugins: [congkhai, {search: {lang: vi}}]\n"
        "markdown_extensions: [{toc: {permalink: true, toc_depth: 3}}, {extra: {toc: {}}},"
        " {attr_list: }]\n"
    )
    assert told(office, right) == []


def test_a_file_to_inherit_from_has_to_be_there(office: Path):
    """MkDocs says so in English; what is in the file, it checks alone."""
    (fault,) = told(office, "INHERIT: goc.yml\ndocs_dir: content\n")
    assert fault.startswith("mkdocs.yml:1:1: không có tệp cài đặt «goc.yml» để lấy thêm → ghi một")
    (office / "goc.yml").write_text("site_name: A\n", "utf-8")
    assert told(office, "INHERIT: goc.yml\ndocs_dir: content\n") == []


FAULTS = [
    ("  operator:", "  operator: Sở Nội vụ: tỉnh", "dấu hai chấm"),
    ("  operator:", "\toperator: Sở", "phím Tab"),
    ("  contact:", "  contact: [a, b]", "«extra.contact» phải là chữ"),
    ("  contact:", "  contact: 0213377650", "«extra.contact» phải là chữ"),
    ("  contact:", "  contact: 2026-01-01", "«extra.contact» phải là chữ"),
    ("  operator:", "  operator: yes", "«extra.operator» phải là chữ"),
    ("  operator:", '  operator: "Sở \\u202EMẫu"', "ký tự đảo chiều chữ U+202E"),
    ("  contact:", '  contact: "a\\u200Bb"', "ký tự vô hình U+200B"),
    ("site_name:", 'site_name: "Trang \\x07"', "có ký tự ẩn U+0007"),
    ("  operator:", "  opertor: Sở", "máy không dùng đến «opertor» dưới extra"),
    ("  operator:", "  province: [lai-chau]", "máy không dùng đến «province» dưới extra"),
    ("  contact:", "  operator: Sở khác", "«operator» ghi hai lần, lần trước ở dòng"),
    ("  # provinces:", "  provinces: lai-chau", "extra.provinces phải là danh sách"),
    ("  # provinces:", "  provinces: [1]", "mỗi mục là một tên tỉnh"),
    ("  # forge:", "  forge: laichau.gov.vn/kho", "không phải địa chỉ kho"),
    ("  # forge:", '  forge: "https://[a"', "không phải địa chỉ kho"),
    ("  # forge:", "  forge: https://git.a.vn/b", "chưa rõ kho ở git.a.vn thuộc loại nào"),
    ("  # forge:", "  forge: {kind: svn, url: 'https://a.vn/b'}", "không có loại kho «svn»"),
    ("  # forge:", "  forge: {url: 'https://github.com/a/b', brach: main}", "«brach» dưới extra"),
    ("  # forge:", "  forge: {url: 'https://github.com/a/b', branch: 1}", "«branch» phải là chữ"),
    ("  # provinces:", "  data_license: CC-BY", "không phải tên một giấy phép"),
    ("  # provinces:", "  data_license: cc-by-4.0", "không phải tên một giấy phép"),
    ("  # provinces:", "  plans_dir: [plans]", "«extra.plans_dir» phải là chữ"),
    ("site_name:", "site_name: [", "danh sách trong [ ] hoặc { } viết chưa đủ"),
    ("site_name:", "site_name: 2026", "«site_name» phải là chữ"),
    ("site_name:", "site_nam: Kế hoạch", "máy không dùng đến «site_nam»"),
    ("site_url:", "site_url: congkhai.laichau.gov.vn", "site_url: địa chỉ trang"),
    ("site_url:", "site_url: !ENV {a: b}", "máy không hiểu dòng này"),
    ("docs_dir:", "docs_dir: noi-dung", "không có thư mục «noi-dung»"),
    ("docs_dir:", "docs_dir: .", "không nằm ngay cạnh mkdocs.yml"),
    ("site_dir:", "site_dir: content/site", "nằm trong nhau"),
    ("dev_addr:", "dev_addr: 8000", "«dev_addr» phải là chữ"),
    ("dev_addr:", "dev_addr: may-chu:8000", "không phải địa chỉ máy và số cổng"),
    ("  name:", "  name: materiel", "không có giao diện «materiel»"),
    ("  # Muốn sửa", "  custom_dir: mau", "không có thư mục «mau»"),
    ("  - congkhai", "  - cong-khai", "máy chưa cài «cong-khai»"),
    ("  - congkhai", "  - search", "thiếu phần mềm của trang web"),
    ("  - congkhai", "  - congkhai: {a: 1}", "«congkhai» không có tùy chọn nào"),
    ("  - tables", "  - tablse", "máy chưa cài «tablse»"),
    ("  anchors:", "  anchors: loud", "«anchors» chỉ nhận warn"),
    ("  anchors:", "  ancors: warn", "máy không dùng đến «ancors»"),
    ("site_dir:", "strict: đúng", "«strict» chỉ nhận true hoặc false"),
    ("site_dir:", "hooks: [khong-co.py]", "không có «khong-co.py»"),
]


@pytest.mark.parametrize(("pattern", "line", "words"), FAULTS, ids=[line for _, line, _ in FAULTS])
def test_a_fault_is_told_at_its_line(
    pattern: str, line: str, words: str, template: str, office: Path
):
    """And where a form is given, pasting it into the line mends the fault."""
    text, number = spoil(template, pattern, line)
    lines = told(office, text)
    [found] = [one for one in lines if words in one]
    if words != "thiếu phần mềm của trang web":
        assert found.startswith(f"mkdocs.yml:{number}:"), found
    assert " → " in found and not re.search(r"[Ee]rror|expected|\bvalue\b", found)
    form = re.search(r"dạng đúng: (- )?([^[].*)$", found.partition(" → ")[2])
    start = "  " if "operator: Sở Nội vụ: tỉnh" in line else line[: int(found.split(":")[2]) - 1]
    if form and start.strip() in ("", "-"):
        mended, _ = spoil(template, pattern, start + form[2])
        assert told(office, mended) == [], (line, mended.splitlines()[number - 1])


def test_all_faults_are_told_at_once(template: str, office: Path):
    text = template
    for pattern, line in (
        ("  contact:", "  contact: [a]"),
        ("site_url:", "site_url: x"),
        ("  - tables", "  - tabels"),
    ):
        text, _ = spoil(text, pattern, line)
    assert len(told(office, text)) == 3


@pytest.mark.parametrize("text", ["", "# chỉ ghi chú\n", "- a\n", "chữ\n"])
def test_settings_without_lines_are_told(text: str, office: Path):
    [line] = told(office, text)
    assert line.startswith("mkdocs.yml:1:1: ") and "dạng đúng: site_name: " in line


@pytest.mark.parametrize("raw", ["\ufeffsite_name: Á".encode("utf-16"), b"site_name: \xc1\n"])
def test_another_encoding_is_told(raw: bytes, office: Path):
    (office / "mkdocs.yml").write_bytes(raw)
    [problem] = check_settings(read_settings(office))
    assert "UTF-8" in problem.message


def test_what_is_right_stays_unsaid(template: str, office: Path, monkeypatch: pytest.MonkeyPatch):
    """A new office, this repository, an anchor, a variable, an address of one's own."""
    assert told(office, template) == []
    assert check_settings(read_settings(ROOT)) == []
    monkeypatch.setenv("SITE_URL", "https://kehoach.tinh-mau.vn/")
    assert told(office, template) == []
    more = "extra_css: &a [x.css]\nextra_templates: *a\n"
    assert told(office, template + more) == []
    monkeypatch.setenv("SITE_URL", "kehoach")
    [line] = told(office, template)
    assert line.endswith("SITE_URL=https://kehoach.tinh.gov.vn/")


def test_a_province_that_is_none_is_told(template: str, office: Path):
    text, number = spoil(template, "  # provinces:", "  provinces: [lai chau, cao-bang, xyz]")
    (office / "mkdocs.yml").write_text(text, "utf-8")
    first, second = map(str, check_provinces(read_settings(office), ["cao-bang", "lai-chau"]))
    assert first.startswith(f"mkdocs.yml:{number}:15: ") and "có phải «lai-chau»?" in first
    assert second.startswith(f"mkdocs.yml:{number}:35: ") and "không có tỉnh «xyz»" in second


# ------------------------------------------------------------- beside MkDocs

VALUES = [
    *(None, 5, 1.5, True, "x", "", [], {}, [1], ["x"], [None], [{"a": None}], [{"a": 1, "b": 2}]),
    *({"a": 1}, {"name": "material"}, {"name": "x"}, {"custom_dir": 1}, {"nav": None}, {"nav": {}}),
    *({"nav": {"anchors": 1}}, {"links": "x"}, {"anchors": "loud"}, ["congkhai"], ["toc"]),
    *([{"toc": 1}], "a/b", "https://a.vn/", "127.0.0.1:x", ".", "content/site"),
]


def refused_by_mkdocs(office: Path, settings: dict[str, object]) -> bool:
    config = MkDocsConfig(config_file_path=str(office / "mkdocs.yml"))
    try:
        config.load_dict(settings)
        errors, warnings = config.validate()
    except Exception:  # its own code fails on some values
        return True
    return bool(errors or warnings)


def other_values() -> Iterator[tuple[str, object]]:
    for name, _ in MkDocsConfig._schema:
        if name in _OF_MKDOCS:
            yield from ((name, value) for value in VALUES)


def test_what_mkdocs_refuses_is_refused_before(
    office: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    """Each of its settings with each of some values; and its names are all known here."""
    caplog.set_level(logging.CRITICAL)
    # It looks for what is installed, 10 ms each time; nothing is installed meanwhile.
    for module in (mkdocs.utils, settings_checks):
        monkeypatch.setattr(module, "entry_points", functools.cache(metadata.entry_points))
    ended = {"config_file_path", "mdx_configs", "pages", "google_analytics"}
    assert {name for name, _ in MkDocsConfig._schema} - ended == _OF_MKDOCS - {"INHERIT"}
    sound = {
        "site_name": "A",
        "docs_dir": "content",
        "theme": {"name": "material"},
        "plugins": ["congkhai"],
    }
    refused, missed = 0, []
    for name, value in other_values():
        text = yaml.safe_dump({**sound, name: value}, allow_unicode=True)
        if refused_by_mkdocs(office, yaml.safe_load(text)):
            refused += 1
            if not told(office, text):
                missed.append((name, value))
    assert refused > 300 and missed == []


# ----------------------------------------------------------------- commands


@pytest.mark.parametrize("name", ["content/a.txt", "content/anh/a.png", "content/anh", "content"])
def test_a_link_among_the_hand_written_pages_is_told(name: str, template: str, office: Path):
    """MkDocs follows it, and what lies there would be published: a key, a folder of a home."""
    secret = office / "secret"
    secret.mkdir()
    (secret / "key.txt").write_text("key", "utf-8")
    assert told(office, template) == []
    if name == "content":
        (office / name).rmdir()
    link = office / name
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(secret / "key.txt" if link.suffix else secret)
    [line] = told(office, template)
    assert line.startswith(f"{name}: đây là lối tắt (symlink)") and " → chép hẳn" in line


def test_check_tells_the_faults_of_the_settings(
    template: str,
    office: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    """Beside those of the data; also where the settings say where the data is."""
    work_in(office, monkeypatch)
    assert main(["check"]) == 0
    text, number = spoil(template, "  # provinces:", "  provinces: [lai chau]")
    text, other = spoil(text, "  contact:", "  contact: [a]")
    (office / "mkdocs.yml").write_text(text, "utf-8")
    (office / "plans" / "units.yml").write_text("- a\n", "utf-8")
    capsys.readouterr()
    assert main(["check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    places = [line.partition(": ")[0].rpartition(":")[0] for line in lines[:2]]
    assert places == [f"mkdocs.yml:{other}", f"mkdocs.yml:{number}"]
    assert lines[2].startswith("plans/units.yml:1") and lines[-1].startswith("3 lỗi trong 2 tệp")
    (office / "mkdocs.yml").write_text(text.replace("contact: [", "plans_dir: ["), "utf-8")
    assert main(["check"]) == 2
    said = capsys.readouterr()
    assert "«extra.plans_dir» phải là chữ" in said.out and f"mkdocs.yml:{other}," in said.err


@pytest.mark.parametrize("command", ["build", "serve"])
def test_no_site_is_made_with_faults(
    command: str,
    template: str,
    office: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    """MkDocs is not even begun."""
    work_in(office, monkeypatch)
    monkeypatch.setattr("os.execve", lambda *_: pytest.fail("MkDocs was begun"))
    text, _ = spoil(template, "  contact:", "  contact: [a]")
    text, _ = spoil(text, "site_url:", "site_url: x")
    (office / "mkdocs.yml").write_text(text, "utf-8")
    assert main([command]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 3 and all(line.startswith("mkdocs.yml:") for line in said[:2])
    assert said[2] == "2 chỗ phải sửa trong mkdocs.yml; chưa tạo trang web."


def test_an_address_that_is_taken_is_told_before_the_site_is_made(
    template: str,
    office: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    hold_port: HoldPort,
):
    """MkDocs found out after the build, with a traceback; the line to change it is a form."""
    work_in(office, monkeypatch)
    begun: list[object] = []
    monkeypatch.setattr("os.execve", lambda *_: begun.append(1))
    monkeypatch.setattr("subprocess.run", lambda *_, **__: subprocess.CompletedProcess([], 0))
    port = hold_port()
    text, _ = spoil(template, "dev_addr:", f"dev_addr: 127.0.0.1:{port}")
    (office / "mkdocs.yml").write_text(text, "utf-8")
    with socket.create_server(("127.0.0.1", port)):
        assert main(["serve"]) == 2
        assert f"dev_addr: 127.0.0.1:{port + 1}" in capsys.readouterr().err and not begun
    main(["serve"])
    assert begun


def test_wrong_use_is_no_fault_of_what_was_kept(tmp_path: Path):
    """A build that stops on purpose is not begun anew."""
    cache = Cache(None, tmp_path, None)
    cache.index = CacheIndex(redirects={"a": "b"})
    assert cache.offers_kept_work
    begun = []

    def build() -> None:
        begun.append(1)
        raise WrongUse("không có tỉnh này")

    with pytest.raises(WrongUse):
        build_with_fallback(cache, build)
    assert len(begun) == 1
