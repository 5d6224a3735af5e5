"""How the reader is measured: what the flags of the gold files and equal rows count."""

from __future__ import annotations

from collections.abc import Iterator

from congkhai.reading.document import COLUMNS, Entry
from congkhai.reading.provision import Context, read_words
from congkhai.reading.roles import read_heading
from congkhai.sources.document import Provision
from tests.reading.score import MANY_EQUAL_ROWS, Result, Score, score_document, show

NOWHERE = Context()


def gold(words: str, line: int = 1, **cells: str) -> dict[str, str]:
    return dict.fromkeys(COLUMNS, "") | {"line": str(line), "words": words} | cells


def entry(words: str, line: int = 1, context: Context = NOWHERE) -> Entry:
    provision = Provision(number="-", words=words, line=line, is_heading=False)
    return Entry(provision, (), read_words(words, context))


def counts(score: Score) -> tuple[float, float, float]:
    return score.hits, score.wrong, score.missed


def test_what_is_read_as_the_gold_file_has_it_is_a_hit() -> None:
    words = "Công an xã chủ trì, phối hợp với Trạm Y tế xã, xong trước ngày 30/6/2026."
    row = gold(words, lead="Công an xã", partners="Trạm Y tế xã", due_norm="<2026-06-30")
    result = score_document([row], [entry(words)])
    assert counts(result.scores["roles"]) == (2, 0, 0)
    assert counts(result.scores["deadlines"]) == (1, 0, 0)
    assert counts(result.scores["outline"]) == (1, 0, 0)
    assert result.silent == []


def test_a_role_read_otherwise_is_wrong_and_missed() -> None:
    words = "Công an xã tuần tra."
    result = score_document([gold(words, lead="Công an xã")], [entry(words)])
    assert counts(result.scores["roles"]) == (0, 1, 1)


def test_a_flagged_column_read_otherwise_counts_neither_way() -> None:
    words = "Công an xã tuần tra 02 tuyến đường."
    row = gold(words, lead="Công an xã", target_norm="=3 tuyến", note="?lead ?target")
    result = score_document([row], [entry(words)])
    assert counts(result.scores["roles"]) == counts(result.scores["figures"]) == (0, 0, 0)


def test_a_borderline_line_counts_neither_way() -> None:
    words = "Công an xã tuần tra."
    row = gold(words, lead="Sở Y tế", note="?line mở đầu")
    result = score_document([row], [entry(words)])
    assert result.provisions == 0
    assert all(counts(score) == (0, 0, 0) for score in result.scores.values())


def test_a_provision_without_a_row_is_wrong_where_a_fact_was_read() -> None:
    result = score_document([], [entry("Công an xã tuần tra."), entry("Nâng cao nhận thức.", 2)])
    assert counts(result.scores["roles"]) == (0, 1, 0)
    assert counts(result.scores["outline"]) == (0, 1, 0)


def test_a_provision_missed_without_a_question_is_silent() -> None:
    words = "Nâng cao nhận thức."
    asked = entry("Báo cáo theo quy định.", 2, Context(part="duties"))
    rows = [gold(words, lead="Sở Y tế"), gold(asked.provision.words, 2, lead="Sở Y tế")]
    result = score_document(rows, [entry(words), asked])
    assert result.silent == [f"1 {words}"]


def test_many_rows_with_one_inherited_set_count_once() -> None:
    heading = read_heading("Sở Y tế")
    assert heading is not None
    context = Context(heading.bodies)
    texts = [f"Giám sát khu vực {number}." for number in range(MANY_EQUAL_ROWS)]
    rows = [gold(words, line, implementing="^Sở Y tế") for line, words in enumerate(texts)]
    entries = [entry(words, line, context) for line, words in enumerate(texts)]
    score = score_document(rows, entries).scores["roles"]
    assert (round(score.hits, 6), score.wrong, score.missed) == (1, 0, 0)


def lines_of(results: dict[str, Result]) -> Iterator[str]:
    yield from show(results)


def test_the_table_has_a_line_for_each_document_and_one_over_all() -> None:
    words = "Công an xã tuần tra."
    result = score_document([gold(words, implementing="Công an xã")], [entry(words)])
    header, document, total = lines_of({"kế hoạch": result})
    assert "roles P/R" in header
    assert document.startswith("kế hoạch") and "100.0% /100.0%" in document
    assert total.startswith("ALL")
