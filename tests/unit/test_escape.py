"""Text is text wherever it lands, though each is escaped only once and templates are compiled our way."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import jinja2
import pytest
from markupsafe import Markup

from congkhai.pages.escape import safe, shown
from congkhai.pages.jinja_env import Environment
from congkhai.text import memo

PAYLOAD = "<b onclick='x'>\"&"
ESCAPED = "&lt;b onclick=&#39;x&#39;&gt;&#34;&amp;"


def test_markup_and_the_text_that_looks_like_it_are_told_apart_in_either_order():
    assert [
        shown(Markup(PAYLOAD)),
        shown(PAYLOAD),
        safe(PAYLOAD),
        shown(Markup(PAYLOAD)),
        shown(PAYLOAD),
    ] == [PAYLOAD, ESCAPED, ESCAPED, PAYLOAD, ESCAPED]


@pytest.mark.parametrize(
    ("value", "text"),
    [(7, "7"), (None, "None"), ([PAYLOAD], str([PAYLOAD])), (SimpleNamespace(__html__=None), None)],
)
def test_anything_else_is_escaped_as_its_text(value: object, text: str | None):
    if text is None:
        with pytest.raises(TypeError):
            shown(value)
    else:
        assert shown(value) == str(Markup.escape(text))


def test_what_is_kept_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(memo, "_MOST", 3)
    assert [safe(f"<{number}>") for number in range(10)] == [
        f"&lt;{number}&gt;" for number in range(10)
    ]
    assert len(safe.__self__) <= 3


@pytest.fixture
def render(tmp_path: Path):
    def render(template: str, **names: object) -> str:
        (tmp_path / "page.html").write_text(template, "utf-8")
        return Environment([tmp_path], None).get_template("page.html").render(**names)

    return render


@pytest.mark.parametrize(
    "template",
    [
        "{{ x.y }}",
        '<a title="{{ x.y }}">',
        "{{ x.y ~ '' }}",
        "{% for z in [x.y] %}{{ z }}{% endfor %}",
        "{% macro m(z) %}{{ z }}{% endmacro %}{{ m(x.y) }}",
        "{% set z %}{{ x.y }}{% endset %}{{ z }}",
    ],
)
def test_a_template_escapes_once_wherever_a_text_stands(render, template: str):
    said = render(template, x=SimpleNamespace(y=PAYLOAD))
    assert ESCAPED in said
    assert "&amp;lt;" not in said
    assert "<b" not in said


@pytest.mark.parametrize(
    ("template", "error"),
    [
        ("{{ y }}", jinja2.UndefinedError),
        ("{{ y.z }}", jinja2.UndefinedError),
        ("{{ x.z }}", AttributeError),
        ("{{ x.y.z }}", AttributeError),
    ],
)
def test_an_undefined_name_or_attribute_is_an_error(render, template: str, error: type[Exception]):
    with pytest.raises(error):
        render(template, x=SimpleNamespace(y=1))
