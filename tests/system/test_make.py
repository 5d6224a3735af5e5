"""What people type after `make` is handed on word for word, and run by no shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.make import ROOT, run_make, words_given

HOSTILE = [
    "x$(touch pwned)",
    "x$$(touch pwned)",
    "x$(shell touch pwned)",
    "x`touch pwned`",
    'x"; touch pwned; "',
    "x'; touch pwned; '",
    "x;touch pwned",
    "x|touch pwned",
    "x&&touch pwned",
    "x\ntouch pwned",
]


@pytest.fixture(autouse=True)
def nothing_was_run(tmp_path: Path) -> object:
    yield
    assert not (ROOT / "pwned").exists()


@pytest.mark.parametrize("words", HOSTILE)
def test_no_variable_reaches_a_shell(words: str, tmp_path: Path) -> None:
    given = words_given(tmp_path, "report", f"PLAN={words}", f"UNIT={words}", f"PERIOD={words}")
    assert given == ["report", "--", words, words, words]
    assert words_given(tmp_path, "check", f"SINCE={words}") == ["check", f"--since={words}"]
    new = words_given(tmp_path, "new", f"OFFICE={words}", f"NAME={words}", f"SITE_URL={words}")
    assert [*new[:2], *new[-3:]] == ["new", f"--name={words}", f"--site-url={words}", "--", words]
    draft = words_given(
        tmp_path, "draft", f"FILE={words}", f"LOCALITY={words}", f"PROGRAMME={words}"
    )
    assert draft == ["draft", f"--locality={words}", f"--programme={words}", "--", words]
    names = ("FILE", "LOCALITY", "PROGRAMME", "ISSUER")
    issued = words_given(tmp_path, "draft", *(f"{name}={words}" for name in names))
    assert issued == [*draft[:3], f"--issuer={words}", "--", words]


@pytest.mark.parametrize(
    "words", [words for words in HOSTILE if " " not in words] + ["x$(id)", "x;id"]
)
def test_no_place_to_verify_reaches_a_shell(words: str, tmp_path: Path) -> None:
    assert words_given(tmp_path, "verify", words) == ["verify", "--", words]


@pytest.mark.parametrize("place", ["site", "https://congkhai.example/", "public", "tests"])
def test_the_word_after_verify_is_a_place(place: str, tmp_path: Path) -> None:
    given = run_make(tmp_path, "verify", place).stdout.split("\0")
    assert given[:3] == ["verify", "--", place]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_argument_of_a_test_run_reaches_a_shell(words: str, tmp_path: Path) -> None:
    """`ARGS` holds several words, quoted as for a shell; pytest does not know these."""
    done = run_make(tmp_path, "quick", f"ARGS=--no-such-option {words}")
    assert done.returncode != 0


def test_a_plan_is_found_with_plans_before_it_and_a_slash_behind(tmp_path: Path) -> None:
    for plan in ("lai-chau/ascc", "plans/lai-chau/ascc", "plans/lai-chau/ascc/", "lai-chau/ascc/"):
        given = words_given(tmp_path, "report", f"PLAN={plan}", "UNIT=so-y-te", "PERIOD=2026")
        assert given[2] == "lai-chau/ascc"
    given = words_given(tmp_path, "draft", "PLAN=plans/a/b/", "LOCALITY=1", "PROGRAMME=c")
    assert given[3:] == ["--output=plans/a/b/plan.yml", "--", "plans/a/b/source.txt"]


def test_what_is_not_given_is_asked_for(tmp_path: Path) -> None:
    done = run_make(tmp_path, "report", "PLAN=a")
    assert done.returncode == 2
    assert "Lệnh còn thiếu UNIT. Gõ đủ, ví dụ: make report PLAN=" in done.stderr


def test_a_check_is_since_the_commit_that_is_named(tmp_path: Path) -> None:
    assert words_given(tmp_path, "check") == ["check"]
    assert words_given(tmp_path, "check", "SINCE=origin/main") == ["check", "--since=origin/main"]


def test_make_new_passes_words_on_as_typed(tmp_path: Path) -> None:
    """Spaces and quotes in a name are no business of the shell."""
    name = "Sở 'Mẫu' \"A\" $1"
    given = words_given(tmp_path, "new", "OFFICE=../so mau", f"NAME={name}", "CONTACT=a & b")
    assert given == [
        *("new", f"--name={name}", "--operator=", "--contact=a & b", "--site-url="),
        *("--", "../so mau"),
    ]
