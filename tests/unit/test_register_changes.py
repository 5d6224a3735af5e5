"""What registers said before is told: names, ends, successors of what pages show."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from pathlib import Path

from conftest import ROOT
from congkhai.data.git_history import History, Revision, content_id
from congkhai.data.load import load_dataset
from congkhai.model.derive import combine_plans, derive
from congkhai.model.places import build_gazetteer
from congkhai.model.register_changes import SHOWN_FIELDS, RegisterChange, list_register_changes
from congkhai.model.today import Today
from congkhai.pages.labels import REGISTER_FIELDS, REGISTERS, describe_register_change

SHA1 = "0" * 40
AS_OF = Today(date(2027, 1, 1))
UNIT = """
phong-a:
  name: {name}
  level: [commune]
  nature: state
"""


def history(register: str, *versions: tuple[str, str | None], first_plan: int = 0) -> History:
    """Return one in which each version of a register was committed on a day; and a plan."""
    contents: dict[str, bytes] = {}
    revisions = []
    before = None
    for order, (day, text) in enumerate(versions):
        after = None
        if text is not None:
            after = content_id(text.encode(), SHA1)
            contents[after] = text.encode()
        revisions.append(Revision(order, date.fromisoformat(day), before, after))
        before = after
    plan = Revision(first_plan, date(2026, 1, 1), None, SHA1)
    return History(
        {register: tuple(revisions), "hai-phong/a-2026-2030/plan.yml": (plan,)},
        lambda: nullcontext(contents.get),
    )


def changes_of(
    tmp_path: Path, register: str, *versions: tuple[str, str | None], first_plan: int = 0
) -> list[tuple[object, ...]]:
    past = history(register, *versions, first_plan=first_plan)
    found = list_register_changes(past, tmp_path, AS_OF)
    return [(one.day, one.key, one.field, one.before, one.after) for one in found]


def test_a_renamed_body_is_told_with_both_names_and_the_day(tmp_path: Path):
    versions = (
        ("2026-01-01", UNIT.format(name="Phòng A")),
        ("2026-02-01", "# Ghi chú\n" + UNIT.format(name='"Phòng A"')),
        ("2026-03-01", UNIT.format(name="Phòng B") + '  until: "2026-03-01"\n'),
        ("2026-04-01", "a: [\n"),
        ("2026-05-01", None),
    )
    assert changes_of(tmp_path, "units.yml", *versions) == [
        (date(2026, 5, 1), "phong-a", "", "Phòng B", None),
        (date(2026, 3, 1), "phong-a", "name", "Phòng A", "Phòng B"),
        (date(2026, 3, 1), "phong-a", "until", None, "2026-03-01"),
    ]


def test_what_nobody_could_read_yet_and_what_is_new_are_no_changes(tmp_path: Path):
    versions = (
        ("2026-01-01", UNIT.format(name="Nháp")),
        ("2026-02-01", UNIT.format(name="Phòng A")),
        ("2026-03-01", UNIT.format(name="Phòng A") + "phong-b: {name: Phòng B}\n"),
    )
    assert changes_of(tmp_path, "units.yml", *versions, first_plan=1) == []
    assert list_register_changes(None, tmp_path, AS_OF) == ()


def test_what_became_of_places_is_told(tmp_path: Path):
    before = 'provinces:\n  "31": {name: thành phố Hải Phòng, communes: {"10606": xã Nam Sách}}\n'
    after = (
        before.replace("xã Nam Sách", "phường Nam Sách")
        + 'dissolved:\n  "10999": {name: xã Cũ, level: commune, until: "2026-07-01",'
        + ' successors: ["10606"]}\n'
    )
    versions = (("2026-01-01", before), ("2026-07-02", after))
    day = date(2026, 7, 2)
    assert changes_of(tmp_path, "localities.yml", *versions) == [
        (day, "10606", "name", "xã Nam Sách", "phường Nam Sách"),
        (day, "10999", "until", None, "2026-07-01"),
        (day, "10999", "successors", None, "10606"),
    ]


def test_a_change_that_is_not_committed_and_a_future_day_have_no_day(tmp_path: Path):
    first, second = UNIT.format(name="Phòng A"), UNIT.format(name="Phòng B")
    (tmp_path / "units.yml").write_text(UNIT.format(name="Phòng C"), "utf-8")
    assert changes_of(tmp_path, "units.yml", ("2026-01-01", first), ("2099-01-01", second)) == [
        (None, "phong-a", "name", "Phòng A", "Phòng B"),
        (None, "phong-a", "name", "Phòng B", "Phòng C"),
    ]


def test_a_change_is_said_in_words():
    dataset, _ = load_dataset(ROOT / "tests" / "demo" / "plans")
    demo = derive(dataset, date(2026, 11, 22))
    code, place = next((code, one) for code, one in demo.places.items() if one.level == "commune")
    day = date(2026, 3, 1)

    def say(register: str, field: str, before: str | None, after: str | None) -> str:
        change = RegisterChange(day, register, "k", "Phòng A", field, before, after)
        return describe_register_change(change, demo)

    assert say("units.yml", "name", "Phòng A", "Phòng B") == (
        "Cơ quan Phòng A: tên trước là “Phòng A”, nay là “Phòng B”"
    )
    assert say("units.yml", "until", None, "2026-03-01") == (
        "Cơ quan Phòng A: thêm ngày không còn “01/3/2026”"
    )
    assert say("units.yml", "successors", code, None).endswith(f"bỏ nơi tiếp nhận “{place.name}”")
    assert say("units.yml", "", "Phòng A", None).endswith("không còn trong danh mục")


def test_every_field_that_is_told_has_a_name_for_readers():
    told = {field for fields in SHOWN_FIELDS.values() for field in fields}
    assert told == REGISTER_FIELDS.keys() and SHOWN_FIELDS.keys() == REGISTERS.keys()


def test_an_entry_that_the_countrys_register_took_over_lost_nothing():
    """Only what plans need is told; an office's register adds to that of the country."""
    dataset, _ = load_dataset(ROOT / "plans")
    places = build_gazetteer(dataset.localities, set(), AS_OF)
    day = date(2026, 3, 1)
    changes = [
        RegisterChange(day, "units.yml", "so-noi-vu", "Sở Nội vụ", "name", "Sở Nội vụ", None),
        RegisterChange(day, "units.yml", "so-noi-vu", "Sở Nội vụ", "", "Sở Nội vụ", None),
        RegisterChange(day, "localities.yml", "10606", "xã Nam Sách", "", "xã Nam Sách", None),
        RegisterChange(day, "measures.yml", "hieu-biet-co-ban-asean", "m", "meaning", "a", "b"),
        RegisterChange(day, "units.yml", "bo-cong-thuong", "Bộ A", "name", "Bộ", "Bộ A"),
    ]
    model = combine_plans(dataset, places, (), AS_OF, (), tuple(changes), dates_known=True)
    assert [one.key for one in model.register_changes] == ["hieu-biet-co-ban-asean"]
