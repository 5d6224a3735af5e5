"""Who or what is called otherwise than it was is told, as every other change is."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path


def test_a_body_that_is_called_otherwise_is_told_on_the_page_of_changes(demo: Path):
    page = (demo / "cap-nhat" / "index.html").read_text("utf-8").partition('id="danh-muc"')[2]
    text = " ".join(html.unescape(re.sub("<[^>]+>", "", page)).split())
    assert (
        "20/02/2026: Cơ quan Trung tâm Phục vụ hành chính công: tên trước là “Trung tâm Hành chính"
        " công”, nay là “Trung tâm Phục vụ hành chính công”" in text
    )
    told = json.loads((demo / "cap-nhat" / "lich-su.json").read_bytes())["registers"]
    assert [(one["key"], one["day"]) for one in told] == [
        ("trung-tam-phuc-vu-hanh-chinh-cong", "2026-02-20")
    ]
