"""Data that differs from the words of the document, and the notes that give the reason.

Comes in: a `PlanContext`. Goes out: a problem for each `Difference` that no note explains,
and for each note that explains none. What differs is found by the modules of the subjects:
`printed_dates`, `printed_figures`, `printed_roles`, `printed_kinds`, `numbering`, `citations`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from congkhai.checks import (
    citations,
    numbering,
    printed_dates,
    printed_figures,
    printed_kinds,
    printed_roles,
)
from congkhai.checks.context import Difference, PlanContext
from congkhai.data import schema
from congkhai.data.problem import Problem
from congkhai.text.vietnamese import words

COMPARISONS: tuple[Callable[[PlanContext], Iterator[Difference]], ...] = (
    printed_dates.compare_deadlines,
    printed_dates.compare_missing_deadlines,
    printed_dates.compare_dates_of_targets,
    printed_dates.compare_cutoffs,
    printed_dates.compare_date_with_letterhead,
    printed_dates.compare_period_with_title,
    printed_dates.compare_period_with_words,
    printed_dates.compare_period_with_parents,
    printed_figures.compare_figures,
    printed_figures.compare_subjects_of_figures,
    printed_figures.warn_of_percentages_above_hundred,
    printed_roles.compare_units,
    printed_roles.compare_missing_units,
    printed_roles.compare_inherited_roles,
    printed_roles.compare_places_of_assignments,
    printed_roles.compare_reporting,
    printed_roles.compare_recipients,
    printed_kinds.compare_kinds,
    numbering.compare_ids_with_numbers,
    citations.compare_citations,
    citations.compare_quoted_citations,
    citations.compare_relations,
)
"""What compares the data of a plan with its words; each states its rule."""


def require_words_of_document(context: PlanContext) -> Iterator[Problem]:
    """Require that data says what the words say, unless a note at the item gives the reason.

    Such a note has `differs: due`, and the page then shows both, what the words say and what the
    data says. A note that explains no difference is refused: the data it excused was mended.
    """
    reasons = {
        index: note for index, note in enumerate(context.plan.notes) if note.differs is not None
    }
    used: set[int] = set()
    for compare in COMPARISONS:
        for difference in compare(context):
            explaining = [index for index, note in reasons.items() if _explains(note, difference)]
            used.update(explaining)
            if not explaining:
                yield context.loaded.problem(
                    difference.loc, difference.message, difference.hint, difference.severity
                )
    for index, note in reasons.items():
        loc = ("notes", index, "differs")
        if note.text is None:
            yield context.loaded.problem(
                loc, "ghi chú về chỗ khác chữ in nhưng không nói lý do", "thêm text: lý do"
            )
        elif index not in used:
            yield context.loaded.problem(
                loc,
                f"dữ liệu «{note.differs}» ở mục {note.at} không khác chữ in",
                "bỏ differs của ghi chú này, hoặc bỏ cả ghi chú",
            )


def _explains(note: schema.Note, difference: Difference) -> bool:
    """Tell whether a note gives the reason of a difference: same place, same field, same words.

    A note that quotes words is about data read from these words only; one about an assignment
    names the unit.
    """
    if note.differs != difference.field or note.at not in difference.places:
        return False
    said = _flat(f"{note.printed or ''} {note.text or ''}")
    if difference.names:
        return any(_flat(name) in said for name in difference.names)
    if note.printed is None or difference.printed is None:
        return True
    quoted, printed = _flat(note.printed), _flat(difference.printed)
    return quoted in printed or printed in quoted


def _flat(text: str) -> str:
    return " ".join(words(text)).lower()
