"""Builds with three communes of each province in place of all 3,319 that have no plan.

Their pages and feeds are nine tenths of a site's files, made by 34 jobs all alike; a build of a
commune without a plan is the same for the fourth as for the third.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest

from congkhai.build import builder
from congkhai.model.changelog import Subjects, quiet_subjects
from congkhai.pages.page import Page
from congkhai.pages.province_pages import commune_pages
from tests import kinds


def keep_few_communes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let builds make the pages and feeds of three communes of each province."""

    def first_pages(*arguments: object) -> Iterator[Page]:
        return islice(commune_pages(*arguments), 3)

    def first_subjects(*arguments: object) -> Subjects:
        return dict(islice(quiet_subjects(*arguments).items(), 3))

    monkeypatch.setattr(builder, "commune_pages", first_pages)
    monkeypatch.setattr(builder, "quiet_subjects", first_subjects)
    monkeypatch.setattr(kinds, "commune_pages", first_pages)
