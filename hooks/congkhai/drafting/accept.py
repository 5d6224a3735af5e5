"""Proposals that a person has confirmed, added to the registers of the data folder.

Comes in: a `de-xuat.yml` that was read and corrected, and the registers. Goes out: the lines to
append to each register, or problems at their lines. Nothing is written to disk here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, TypeAdapter, ValidationError

from congkhai.data import registers, schema_errors
from congkhai.data.load import Dataset
from congkhai.data.problem import Problem
from congkhai.data.schema import record
from congkhai.data.strict_yaml import Source, read
from congkhai.drafting.register_entries import write_value


@record
class Proposals:
    """`de-xuat.yml`: entries for the registers."""

    units: registers.Units = Field(default_factory=dict, description="Cơ quan, tổ chức")
    documents: registers.Documents = Field(default_factory=dict, description="Văn bản")
    measures: registers.Measures = Field(default_factory=dict, description="Cách đo")
    programmes: registers.Programmes = Field(default_factory=dict, description="Chương trình")


_READER = TypeAdapter(Proposals)


def read_proposals(path: Path, dataset: Dataset) -> tuple[dict[str, str], list[Problem]]:
    """Read the proposals; return the lines to append by register, or what is wrong with them.

    An entry whose id the register has already is left out; raises nothing for what is in the
    file.
    """
    source = read(path, path.as_posix())
    if source.problems or not isinstance(source.data, dict):
        return {}, source.problems
    try:
        _READER.validate_python(source.data)
    except ValidationError as error:
        return {}, list(schema_errors.explain(error, source, Proposals))
    problems = list(_find_unknown_documents(source.data, dataset, source))
    if problems:
        return {}, problems
    texts = {
        section: "".join(_write_entries(entries, getattr(dataset, section)))
        for section, entries in source.data.items()
        if isinstance(entries, dict)
    }
    return {section: text for section, text in texts.items() if text}, []


def _find_unknown_documents(
    data: Mapping[str, Any], dataset: Dataset, source: Source
) -> Iterator[Problem]:
    """Find programmes whose document is neither registered nor among the proposals."""
    documents = {*dataset.documents, *(data.get("documents") or {})}
    for name, programme in (data.get("programmes") or {}).items():
        if programme.get("document") not in documents:
            line, column = source.line(("programmes", name, "document"))
            yield Problem(
                source.path,
                line,
                column,
                f"không có văn bản «{programme.get('document')}»",
                "ghi mã văn bản gốc trong documents.yml, hoặc thêm văn bản ấy vào documents ở đây",
            )


def _write_entries(entries: Mapping[str, Any], existing: Mapping[str, object]) -> Iterator[str]:
    for name, entry in entries.items():
        if name in existing:
            continue
        yield f"\n{name}:\n"
        yield from (
            f"  {key}: {write_value(value)}\n" for key, value in entry.items() if value is not None
        )
