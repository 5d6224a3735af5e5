"""What people type after `make` is handed on word for word, and run by no shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.make import OFFICE, ROOT, run_make, words_given

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
in_both = pytest.mark.parametrize("repository", [ROOT, OFFICE], ids=["here", "office"])


@pytest.fixture(autouse=True)
def nothing_was_run(tmp_path: Path) -> object:
    yield
    assert not (ROOT / "pwned").exists() and not (OFFICE / "pwned").exists()


@in_both
@pytest.mark.parametrize("words", HOSTILE)
def test_no_variable_reaches_a_shell(words: str, repository: Path, tmp_path: Path) -> None:
    def given(target: str, *names: str) -> list[str]:
        typed = [f"{name}={words}" for name in names]
        return words_given(tmp_path, target, *typed, repository=repository)

    assert given("report", "PLAN", "UNIT", "PERIOD") == ["report", "--", words, words, words]
    assert given("check", "SINCE") == ["check", f"--since={words}"]
    draft = given("draft", "FILE", "LOCALITY", "PROGRAMME")
    assert draft == ["draft", f"--locality={words}", f"--programme={words}", "--", words]
    issued = given("draft", "FILE", "LOCALITY", "PROGRAMME", "ISSUER")
    assert issued == [*draft[:3], f"--issuer={words}", "--", words]
    placed = given("draft", "PLAN")
    assert placed[3:] == [f"--output=plans/{words}/plan.yml", "--", f"plans/{words}/source.txt"]
    assert given("accept", "FILE") == ["draft", "--accept", "--", words]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_name_of_an_office_reaches_a_shell(words: str, tmp_path: Path) -> None:
    new = words_given(tmp_path, "new", f"OFFICE={words}", f"NAME={words}", f"SITE_URL={words}")
    assert [*new[:2], *new[-3:]] == ["new", f"--name={words}", f"--site-url={words}", "--", words]


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


@in_both
def test_a_plan_is_found_with_plans_before_it_and_a_slash_behind(
    repository: Path, tmp_path: Path
) -> None:
    for plan in ("lai-chau/ascc", "plans/lai-chau/ascc", "plans/lai-chau/ascc/", "lai-chau/ascc/"):
        words = ("report", f"PLAN={plan}", "UNIT=so-y-te", "PERIOD=2026")
        assert words_given(tmp_path, *words, repository=repository)[2] == "lai-chau/ascc"
    given = words_given(tmp_path, "draft", "PLAN=plans/a/b/", repository=repository)
    assert given == [
        *("draft", "--locality=", "--programme=", "--output=plans/a/b/plan.yml"),
        *("--", "plans/a/b/source.txt"),
    ]


@in_both
def test_what_is_not_given_is_asked_for(repository: Path, tmp_path: Path) -> None:
    done = run_make(tmp_path, "report", "PLAN=a", repository=repository)
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
