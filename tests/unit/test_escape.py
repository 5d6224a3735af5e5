"""Text is text wherever it lands, and a name that a template gets wrong is an error."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import jinja2
import material
import pytest
from markupsafe import Markup

from conftest import ROOT
from congkhai.pages.jinja_env import create_environment
from congkhai.pages.page_context import PageContext, once

PAGES = ROOT / "hooks" / "congkhai" / "pages"
PAYLOAD = "<b onclick='x'>\"&"
ESCAPED = "&lt;b onclick=&#39;x&#39;&gt;&#34;&amp;"

Render = Callable[..., str]


@pytest.fixture
def render(tmp_path: Path) -> Render:
    def render(template: str, **names: object) -> str:
        (tmp_path / "page.html").write_text(template, "utf-8")
        return create_environment([tmp_path], None).get_template("page.html").render(**names)

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
        "{{ x.y }}{{ x.y }}",
    ],
)
def test_a_template_escapes_once_wherever_a_text_stands(render: Render, template: str):
    html = render(template, x=SimpleNamespace(y=PAYLOAD))
    assert ESCAPED in html
    assert "&amp;lt;" not in html
    assert "<b" not in html


@pytest.mark.parametrize("template", ["{{ y }}", "{{ y.z }}", "{{ y[0] }}", "{{ items['z'] }}"])
def test_an_undefined_name_or_item_is_an_error(render: Render, template: str):
    with pytest.raises(jinja2.UndefinedError):
        render(template, items={"y": 1})


@pytest.mark.parametrize("template", ["{{ x.z }}", "{{ x.y.z }}", "{% if x.z %}{% endif %}"])
def test_an_undefined_attribute_is_an_error_wherever_it_stands(render: Render, template: str):
    with pytest.raises(AttributeError, match="'z'"):
        render(template, x=SimpleNamespace(y=1))


def test_an_item_is_no_attribute(render: Render):
    with pytest.raises(AttributeError):
        render("{{ items.z }}", items={"z": 1})


def macro(source: str) -> jinja2.runtime.Macro:
    environment = jinja2.Environment(autoescape=True)
    return environment.from_string(source).module.card  # type: ignore[attr-defined, no-any-return]


def test_a_fragment_is_made_once_for_a_page_and_escaped_once(render: Render):
    page = PageContext("ke-hoach/a/", None)
    subject = SimpleNamespace(address="ke-hoach/a/#i", words=PAYLOAD)
    card = macro("{% macro card(page, item) %}<li>{{ item.words }}</li>{% endmacro %}")
    first = once(subject, card, page)
    subject.words = "made again"
    assert once(subject, card, page) is first
    assert render("{{ html }}", html=first) == f"<li>{ESCAPED}</li>"


def test_a_fragment_is_that_of_its_own_macro_subject_and_page():
    page, other_page = PageContext("a/", None), PageContext("b/c/", None)
    card = macro("{% macro card(page, item) %}{{ page.links[item.address] }}{% endmacro %}")
    one, other = SimpleNamespace(address="a/#1"), SimpleNamespace(address="a/#2")
    assert [once(one, card, page), once(other, card, page), once(one, card, other_page)] == [
        Markup("#1"),
        Markup("#2"),
        Markup("../../a/#1"),
    ]


def texts_of(file: Path) -> list[str]:
    """Return the strings of a module, docstrings apart."""
    nodes = list(ast.walk(ast.parse(file.read_text("utf-8"))))
    docstrings = [node.value for node in nodes if isinstance(node, ast.Expr)]
    return [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings
    ]


def test_templates_are_the_one_home_of_markup():
    texts = {file.name: texts_of(file) for file in sorted(PAGES.glob("*.py"))}
    assert sum(map(len, texts.values())) > 300
    # «(?<name>…)» is a group of a regular expression; «<kế hoạch>», which stands for a part of an
    # address, has letters that no element's name has.
    tag = re.compile(r"(?<!\?)</?[a-z][a-z0-9-]*+(?![^\x00-\x7f])")
    assert tag.search("<b>") and tag.search("</p>") and tag.search('<a href="') and tag.search("<a")
    assert [(name, text) for name, all in texts.items() for text in all if tag.search(text)] == []


def test_every_icon_that_templates_name_is_there():
    icons = Path(material.__file__).parent / "templates" / ".icons" / "material"
    texts = [path.read_text("utf-8") for path in (ROOT / "theme").rglob("*.html")]
    names = {
        name for text in texts for name in re.findall(r'(?:icon\(|page\.symbols\[)"([^"]+)"', text)
    }
    assert {"magnify", "link-variant"} <= names
    assert [name for name in names if not (icons / f"{name}.svg").is_file()] == []
