"""The office's signed file: on the plan's page with its size, in the manifest, as it was given."""

from __future__ import annotations

import hashlib
import html
import json
import re
import shutil
from pathlib import Path

from test_publish import write_configuration

from conftest import RunMkDocs
from tests.cases import MINIMAL

PLAN = "hai-phong/xa-nam-sach/ascc-2026-2030"
SIGNED = b"%PDF-1.7\n" + b"0" * 2_040_000


def test_a_signed_file_is_offered_with_its_size(tmp_path: Path, run_mkdocs: RunMkDocs):
    plans = shutil.copytree(MINIMAL, tmp_path / "plans")
    hashes = [hashlib.sha256(raw).hexdigest() for raw in (b"%PDF-1.7\nwords", SIGNED)]
    (plans / PLAN / "loi.pdf").write_bytes(b"%PDF-1.7\nwords")
    (plans / PLAN / "ky.pdf").write_bytes(SIGNED)
    with (plans / PLAN / "plan.yml").open("a", encoding="utf-8") as plan:
        plan.write(f"original:\n  file: loi.pdf\n  sha256: {hashes[0]}\n")
        plan.write(f"  signed: {{file: ky.pdf, sha256: {hashes[1]}}}\n")
    done = run_mkdocs(
        *("build", "--config-file", write_configuration(tmp_path)),
        *("--site-dir", tmp_path / "site"),
        PLANS_DIR=plans,
        AS_OF="2028-06-30",
    )
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "site/ke-hoach" / PLAN
    for page, link in (("", "tep/ky.pdf"), ("toan-van", "../tep/ky.pdf")):
        text = (folder / page / "index.html").read_text("utf-8")
        words = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())
        assert "Tệp gốc đã ký (PDF, 2,1 MB)" in words
        assert re.search(rf'href="?{re.escape(link)}', text)
    manifest = json.loads((tmp_path / "site/manifest.json").read_text("utf-8"))
    assert manifest["files"][f"ke-hoach/{PLAN}/tep/ky.pdf"] == hashes[1]
