"""What templates say themselves breaks between words only, and markup and code stay as they are."""

from __future__ import annotations

import pytest

from congkhai.text.line_breaks import mark_whole_words_of_template


@pytest.mark.parametrize(
    ("source", "marked"),
    [
        ("<p>Các kế\n  hoạch của {{ place }}</p>", "<p>Các [kế\n  hoạch] của {{ place }}</p>"),
        (
            '<a href="{{ x }}"{% if y %} title="y tế"{% endif %}>y tế</a>',
            '<a href="{{ x }}"{% if y %} title="y tế"{% endif %}>[y tế]</a>',
        ),
        (
            "<svg><text>Y tế</text></svg> y tế, (xã hội)",
            "<svg><text>Y tế</text></svg> [y tế,] [(xã hội)]",
        ),
        *(
            (source, source)
            for source in (
                "{# y tế #}{% set x = 'y tế' %}{{ 'y tế'|capital }}",
                "<option>Y tế</option><title>Y tế</title>",
                "<script>const x = 'y tế';</script>",
            )
        ),
    ],
)
def test_words_of_a_template_are_marked_where_they_are_set_in_lines(source: str, marked: str):
    assert mark_whole_words_of_template(source, "[{}]".format) == marked
