"""Precision and recall of the reader on a set of documents annotated by hand.

Comes in: a folder with `<document>.txt|.md|…` and `<document>.gold.tsv` (its README says
what the columns and flags mean). Goes out: a table by document and over all for roles,
deadlines, figures and outline, and the provisions missed without a question.

    GOLD=../shared/reading python tests/reading/score.py [-v] [document …]
"""

from __future__ import annotations

import csv
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from congkhai.reading.document import SHOWN_WORDS, Entry, read_entries, write_tsv
from congkhai.sources.reader import read_document

ROLES = ("lead", "coordinating", "implementing", "requested")
MEASURES = ("roles", "deadlines", "figures", "outline")
# From this many rows with one and the same inherited set, the set counts once in all.
MANY_EQUAL_ROWS = 20

Row = Mapping[str, str]


@dataclass(slots=True)
class Score:
    """Weights of what was found rightly, found wrongly, and missed."""

    hits: float = 0
    wrong: float = 0
    missed: float = 0

    def add(self, other: Score) -> None:
        """Add the counts of another score."""
        self.hits += other.hits
        self.wrong += other.wrong
        self.missed += other.missed

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None when nothing was found."""
        found = self.hits + self.wrong
        return self.hits / found if found else None

    @property
    def recall(self) -> float | None:
        """Share of what is there that was found; None when nothing is there."""
        there = self.hits + self.missed
        return self.hits / there if there else None


@dataclass(slots=True)
class Result:
    """The scores of one document."""

    scores: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in MEASURES})
    silent: list[str] = field(default_factory=list)
    provisions: int = 0
    differences: list[str] = field(default_factory=list)


def read_rows(lines: Iterable[str]) -> list[dict[str, str]]:
    """Rows of an unquoted TSV with a header."""
    reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [{key: value or "" for key, value in row.items() if key} for row in reader]


def score_document(gold: Sequence[Row], entries: Sequence[Entry]) -> Result:
    """Compare what was read in a document with its gold rows."""
    read = read_rows(write_tsv(entries))
    result = Result()
    provisions = Counter(_key(" ".join(entry.provision.words.split())) for entry in entries)
    rows_by_words: dict[str, list[Row]] = {}
    for row in read:
        rows_by_words.setdefault(_key(row["words"]), []).append(row)
    weights = _weights(gold)
    for gold_row in gold:
        row = _take(rows_by_words, gold_row)
        if _flags(gold_row) & {"line"}:
            continue
        weight = weights[id(gold_row)]
        result.provisions += 1
        is_there = bool(row) or provisions[_key(gold_row["words"])] > 0
        result.scores["outline"].add(Score(is_there, 0, not is_there))
        _compare(gold_row, row or {}, weight, result)
        has_facts = any(gold_row.get(name) for name in (*ROLES, "partners", "due", "target"))
        if has_facts and not row:
            result.silent.append(f"{gold_row['line']} {gold_row['words']}")
    for row in (row for rows in rows_by_words.values() for row in rows):
        if any(row[name] for name in (*ROLES, "due", "target")):
            result.scores["outline"].add(Score(0, 1, 0))
            _compare({}, row, 1, result)
    return result


def _key(words: str) -> str:
    return re.sub(r"\W+", " ", words[:SHOWN_WORDS]).strip().lower()[:50]


def _take(rows_by_words: dict[str, list[Row]], gold_row: Row) -> Row | None:
    rows = rows_by_words.get(_key(gold_row["words"]), [])
    if not rows:
        return None
    nearest = min(rows, key=lambda row: abs(int(row["line"]) - int(gold_row["line"])))
    rows.remove(nearest)
    return nearest


def _weights(gold: Sequence[Row]) -> dict[int, float]:
    inherited = {id(row): _roles(row) for row in gold if _is_inherited(row)}
    counts = Counter(inherited.values())
    return {
        id(row): 1 / counts[inherited[id(row)]]
        if id(row) in inherited and counts[inherited[id(row)]] >= MANY_EQUAL_ROWS
        else 1
        for row in gold
    }


def _is_inherited(row: Row) -> bool:
    names = [name for role in ROLES for name in row[role].split(" | ") if name]
    return bool(names) and all(name.startswith("^") for name in names)


def _flags(row: Row) -> set[str]:
    return set(re.findall(r"(?<!\w)\?(\w+)", row.get("note", "")))


def _name(printed: str) -> str:
    return " ".join(re.sub(r"\W+", " ", printed).lower().split())


def _roles(row: Row) -> frozenset[tuple[str, str]]:
    pairs = {(role, _name(name)) for role in ROLES for name in row.get(role, "").split(" | ")}
    pairs |= {("coordinating", _name(name)) for name in row.get("partners", "").split(" | ")}
    return frozenset(pair for pair in pairs if pair[1])


def _figures(row: Row) -> Iterator[str]:
    for norm in filter(None, row.get("target_norm", "").split(" | ")):
        value, _, unit = norm.partition(" ")
        yield f"{value} {re.split(r'[ /]', unit.lower())[0]}"


def _compare(gold_row: Row, row: Row, weight: float, result: Result) -> None:
    flags = _flags(gold_row)
    any_role = flags & {"roles", *ROLES}
    pairs = (
        ("roles", Counter(_roles(gold_row)), Counter(_roles(row)), bool(any_role)),
        ("deadlines", _norms(gold_row), _norms(row), bool(flags & {"due", "due_norm"})),
        ("figures", Counter(_figures(gold_row)), Counter(_figures(row)), "target" in flags),
    )
    for name, there, found, is_arguable in pairs:
        hits = sum((there & found).values())
        wrong, missed = sum((found - there).values()), sum((there - found).values())
        if is_arguable:
            wrong = missed = 0
        share = weight if name == "roles" else 1
        result.scores[name].add(Score(hits * share, wrong * share, missed * share))
        if wrong or missed:
            place = gold_row.get("line") or f"+{row['line']}"
            words = (gold_row.get("words") or row.get("words", ""))[:40]
            lost, extra = sorted(map(str, there - found)), sorted(map(str, found - there))
            result.differences.append(f"{place} {name} «{words}» thiếu {lost} thừa {extra}")


def _norms(row: Row) -> Counter[str]:
    return Counter(filter(None, row.get("due_norm", "").split(" | ")))


def show(results: Mapping[str, Result]) -> Iterator[str]:
    """Yield the table, one line a document and one over all."""
    yield f"{'document':<22}" + "".join(f"{name + ' P/R':>18}" for name in MEASURES) + "   silent"
    total = Result()
    for document, result in results.items():
        yield _line(document, result)
        for name in MEASURES:
            total.scores[name].add(result.scores[name])
        total.silent += result.silent
        total.provisions += result.provisions
    yield _line("ALL", total)


def _line(document: str, result: Result) -> str:
    cells = (
        f"{_percent(score.precision)} /{_percent(score.recall)}"
        for score in (result.scores[name] for name in MEASURES)
    )
    share = len(result.silent) / result.provisions if result.provisions else 0
    silent = f"   {len(result.silent)}/{result.provisions} ({share:.1%})"
    return f"{document:<22}" + "".join(f"{cell:>18}" for cell in cells) + silent


def _percent(share: float | None) -> str:
    return "    -" if share is None else f"{share:6.1%}"


def main(arguments: Sequence[str]) -> int:
    """Score every document of the folder `GOLD`, or those named; `-v` lists differences."""
    folder = Path(os.environ.get("GOLD", "../shared/reading"))
    golds = sorted(folder.glob("*.gold.tsv"))
    chosen = [name for name in arguments if not name.startswith("-")]
    results: dict[str, Result] = {}
    for path in golds:
        name = path.name.removesuffix(".gold.tsv")
        if chosen and name not in chosen:
            continue
        source = next(
            one for one in sorted(folder.glob(f"{name}.*")) if not one.name.endswith(".tsv")
        )
        with path.open(encoding="utf-8", newline="") as lines:
            gold = read_rows(lines)
        results[name] = score_document(gold, list(read_entries(read_document(source))))
    if not results:
        print(f"no gold files in {folder}: set GOLD to a folder with *.gold.tsv", file=sys.stderr)
        return 2
    for line in show(results):
        print(line)
    if "-v" in arguments:
        for name, result in results.items():
            print(f"\n{name}")
            print("\n".join(result.differences))
            print("\n".join(f"SILENT {one}" for one in result.silent))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
