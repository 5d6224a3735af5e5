"""Whoever kept a manifest can see what changed since, and whether the site admits it."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import RunMkDocs
from congkhai.build.kept_manifest import ONLINE, Finding, compare_with_kept, read_previous
from congkhai.build.manifest import MANIFEST
from congkhai.build.publish import Build
from congkhai.build.published_site import VerifyError
from congkhai.cli import main
from tests.site.test_ledger import ADDRESS, EDITED, Office

Publish = Callable[..., Path]


@pytest.fixture(scope="module")
def publish(run_mkdocs: RunMkDocs) -> Publish:
    """Build the site of an office over the one that stands; keep a copy of its manifest."""

    def publish(office: Office, site: Path, **variables: str) -> Path:
        plans = office.folder / "plans"
        done = run_mkdocs(
            "build", "--site-dir", site, PLANS_DIR=plans, AS_OF="2028-06-30", **variables
        )
        assert done.returncode == 0, done.stdout + done.stderr
        number = len(list(site.parent.glob("manifest-*.json")))
        return Path(shutil.copy(site / MANIFEST, site.parent / f"manifest-{number}.json"))

    return publish


class Story:
    """A site published, changed openly, then published from a history that was rewritten."""

    def __init__(self, folder: Path, publish: Publish) -> None:
        self.site = folder / "site"
        office = Office(folder / "repository")
        office.commit("2027-11-01")
        self.first = publish(office, self.site)
        office.edit("plan.yml", "locality:", "# chú thích\nlocality:")
        office.commit("2027-11-20")
        office.edit("plan.yml", "trên 90%", "trên 80%")
        office.edit("plan.yml", "value: 90", "value: 80")
        office.edit(f"reports/{EDITED}.yml", "value: 40", "value: 45")
        office.commit("2027-12-01")
        self.second = publish(office, self.site)
        self.honest = shutil.copytree(self.site, folder / "honest")
        shutil.rmtree(office.folder / ".git")
        office.edit("plan.yml", "trên 80%", "trên 70%")
        office.edit("plan.yml", "value: 80", "value: 70")
        office.start("2027-11-01")
        self.third = publish(office, self.site)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory, publish: Publish) -> Story:
    return Story(tmp_path_factory.mktemp("story"), publish)


def findings(place: Path, kept: Path) -> list[Finding]:
    return list(compare_with_kept(str(place), str(kept)))


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_each_manifest_names_the_one_before_it(story: Story):
    named = [json.loads(file.read_bytes())["previous"] for file in (story.first, story.second)]
    assert named == [None, sha256(story.first)]
    assert json.loads(story.third.read_bytes())["previous"] == sha256(story.second)


def test_a_site_that_did_not_change_keeps_its_manifest(tmp_path: Path):
    def publish(content: str) -> str:
        build = Build(tmp_path / "site", [])
        (build.staging / "index.html").write_text(content, "utf-8")
        build.publish({"commit": None}, {})
        previous: str = json.loads((tmp_path / "site" / MANIFEST).read_bytes())["previous"]
        return previous

    assert publish("một") is None
    first = sha256(tmp_path / "site" / MANIFEST)
    assert [publish("hai"), publish("hai")] == [first, first]
    assert publish("ba") != first


def test_a_change_that_is_told_is_admitted(story: Story):
    told = findings(story.honest, story.first)
    assert all(finding.is_told for finding in told)
    words = "\n".join(finding.words for finding in told)
    assert "bản kê đã giữ là bản liền trước" in words
    assert f"{ADDRESS}plan.yml: đã đổi, danh sách thay đổi có ghi (20/11/2027, 01/12/2027)" in words
    assert f"{ADDRESS}bao-cao/{EDITED}/bao-cao.yml: đã đổi" in words


def test_a_rewritten_history_does_not_hide_what_was_published(story: Story):
    for kept in (story.first, story.second):
        untold = [row.words for row in findings(story.site, kept) if not row.is_told]
        assert any(f"{ADDRESS}plan.yml: đã đổi, danh sách" in words for words in untold)


def test_the_command_lists_all_and_fails_for_what_is_not_told(
    story: Story, capsys: pytest.CaptureFixture[str]
):
    assert main(["verify", str(story.honest), "--against", str(story.first)]) == 0
    assert "Mọi thay đổi của tệp dữ liệu đều có ghi" in capsys.readouterr().out
    assert main(["verify", str(story.site), "--against", str(story.first)]) == 1
    assert f"! {ADDRESS}plan.yml" in capsys.readouterr().out
    assert main(["verify", str(story.site), "--against", "khong-co.json"]) == 2
    assert "không mở được bản kê" in capsys.readouterr().err.lower()


def test_a_list_of_changes_that_the_manifest_does_not_name_tells_nothing(
    story: Story, tmp_path: Path
):
    site = shutil.copytree(story.honest, tmp_path / "site")
    changes = site / "cap-nhat" / "thay-doi.json"
    changes.write_bytes(changes.read_bytes().replace(b"2027-12-01", b"2026-12-01"))
    assert not all(finding.is_told for finding in findings(site, story.first))


def test_the_manifest_before_can_be_given_where_the_old_site_is_not(
    tmp_path: Path, story: Story, publish: Publish
):
    office = Office(tmp_path / "repository")
    office.commit("2027-11-01")
    new = publish(office, tmp_path / "site", PREVIOUS_MANIFEST=str(story.third))
    assert json.loads(new.read_bytes())["previous"] == sha256(story.third)


def test_the_manifest_before_can_be_that_of_the_site_at_its_address(tmp_path: Path, story: Story):
    """None on the first day; a page for signing in is no manifest."""
    assert read_previous(ONLINE, str(tmp_path)) is None
    shutil.copyfile(story.third, tmp_path / MANIFEST)
    assert read_previous(ONLINE, str(tmp_path)) == sha256(story.third)
    (tmp_path / MANIFEST).write_text("<!doctype html>", "utf-8")
    with pytest.raises(VerifyError, match="không có manifest"):
        read_previous(ONLINE, str(tmp_path))


def test_a_manifest_that_is_none_stops_the_build(tmp_path: Path, run_mkdocs: RunMkDocs):
    office = Office(tmp_path / "repository")
    done = run_mkdocs(
        "build",
        "--site-dir",
        tmp_path / "site",
        PLANS_DIR=office.folder / "plans",
        PREVIOUS_MANIFEST=office.plan / "plan.yml",
    )
    assert done.returncode == 2 and "manifest.json" in done.stdout + done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"repository"}
