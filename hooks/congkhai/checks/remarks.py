"""Problems as forges show them: beside the lines of a merge request, and as one comment.

Comes in: problems. Goes out: a line that GitHub reads, a file that GitLab reads, and a comment
in Markdown. What is quoted from the data stands in them as text, whatever it says.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence

from congkhai.data.problem import Problem
from congkhai.text.printable import make_printable

MOST_IN_COMMENT = 100
"""Problems that a comment lists: forges cut long ones off."""


def write_annotation(problem: Problem) -> str:
    """Write a workflow command: docs.github.com, «Workflow commands for GitHub Actions».

    >>> write_annotation(Problem("plans/units.yml", 3, 1, "không nhận «k»", "bỏ dòng này"))
    '::error file=plans/units.yml,line=3,col=1::không nhận «k» → bỏ dòng này'
    """

    def escape(text: str) -> str:
        return make_printable(text).replace("%", "%25")

    place = f"file={escape(problem.path).replace(':', '%3A').replace(',', '%2C')}"
    if problem.line:
        place += f",line={problem.line}"
    if problem.column:
        place += f",col={problem.column}"
    return f"::{problem.severity} {place}::{escape(_words(problem))}"


def write_code_quality(problems: Iterable[Problem]) -> str:
    """Write GitLab's report of code quality: docs.gitlab.com, «Code Quality»."""
    rows = [
        {
            "description": make_printable(_words(problem)),
            "check_name": "congkhai check",
            "fingerprint": hashlib.sha256(str(problem).encode()).hexdigest(),
            "severity": "major" if problem.severity == "error" else "minor",
            "location": {"path": problem.path, "lines": {"begin": max(problem.line, 1)}},
        }
        for problem in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def write_comment(problems: Sequence[Problem], checked: str) -> str:
    """Write what a merge request is told, in Markdown; `checked`: what was looked at."""
    return "\n".join(_comment_lines(problems, checked)) + "\n"


def _comment_lines(problems: Sequence[Problem], checked: str) -> Iterator[str]:
    errors = [problem for problem in problems if problem.severity == "error"]
    warnings = [problem for problem in problems if problem.severity != "error"]
    if errors:
        yield f"### Còn {len(errors)} chỗ phải sửa"
        yield ""
        yield "Trang web giữ bản cũ cho đến khi sửa xong. Sửa trên tệp rồi lưu: máy kiểm tra lại."
    else:
        yield "### Dữ liệu tốt"
    for title, group in (("", errors), ("Nên xem lại", warnings)):
        if not group:
            continue
        yield ""
        if title:
            yield f"**{title}** ({len(group)})"
            yield ""
        for problem in group[:MOST_IN_COMMENT]:
            place = f"{problem.path}:{problem.line}" if problem.line else problem.path
            yield f"- `{place.replace('`', chr(39))}`: {_escape(_words(problem))}"
        if len(group) > MOST_IN_COMMENT:
            yield f"- … và {len(group) - MOST_IN_COMMENT} chỗ nữa"
    yield ""
    yield f"<sub>{checked}</sub>"


def _words(problem: Problem) -> str:
    return problem.message + (f" → {problem.hint}" if problem.hint else "")


def _escape(text: str) -> str:
    r"""Keep Markdown, HTML and mentions of people from meaning anything.

    >>> print(_escape("«<b>@ai*»"))
    «\<b\>\@ai\*»
    """
    return re.sub(r"([\\`*_{}\[\]<>#|@!~])", r"\\\1", make_printable(text))
