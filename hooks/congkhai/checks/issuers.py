"""Rules about the body that issued a plan: a unit, at its level, in the plan's locality.

Comes in: a `PlanContext`. Goes out: problems. A plan without `issuer_unit` is the People's
Committee's, and alone counts as its place's own: so the words of `document.issuer` have to say
the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from congkhai.checks.context import PlanContext, describe_unknown
from congkhai.data import registers, schema
from congkhai.data.problem import Problem
from congkhai.text.vietnamese import fold

LEVEL_NAMES: dict[registers.Level, str] = {
    "central": "trung ương",
    "province": "tỉnh, thành phố",
    "district": "huyện",
    "commune": "xã, phường, đặc khu",
}
_PEOPLES_COMMITTEES = ("uy ban nhan dan", "ubnd")
"""How the name of a People's Committee begins, folded."""
_HEADS = ("chu tich ",)
"""Offices, folded, before the name of the body that they head: «Chủ tịch UBND tỉnh»."""


def require_known_issuer(context: PlanContext) -> Iterator[Problem]:
    """Require that the issuing unit is in the register, and that a central document names one."""
    plan, units = context.plan, context.dataset.units
    if "units" in context.dataset.broken:
        return
    if plan.issuer_unit is None:
        if plan.locality == schema.NATION:
            yield context.loaded.problem(
                ("locality",),
                "văn bản của trung ương chưa ghi cơ quan ban hành",
                "thêm issuer_unit: chinh-phu (mã trong units.yml)",
            )
    elif plan.issuer_unit not in units:
        yield describe_unknown(
            context.loaded, ("issuer_unit",), "đơn vị", plan.issuer_unit, units, "units.yml"
        )


def require_issuer_of_level(context: PlanContext) -> Iterator[Problem]:
    """Require that the issuing unit is one body, at the level of the plan's locality."""
    name = context.plan.issuer_unit
    unit = context.dataset.units.get(name or "")
    place = context.places.get(context.plan.locality)
    if unit is None or place is None:
        return
    if unit.nature in ("group", "residents"):
        yield context.loaded.problem(
            ("issuer_unit",),
            f"«{unit.name}» không phải một cơ quan, không ban hành văn bản",
            "ghi mã của đúng cơ quan ban hành, ví dụ so-noi-vu",
        )
    elif place.level not in unit.level:
        levels = "; ".join(LEVEL_NAMES[level] for level in unit.level)
        yield context.loaded.problem(
            ("issuer_unit",),
            f"«{unit.name}» không có ở cấp {LEVEL_NAMES[place.level]} ({place.name})",
            f"cơ quan này ở cấp {levels}: sửa locality hoặc issuer_unit",
        )


def has_sound_issuer(context: PlanContext) -> bool:
    """Tell whether a plan names a unit that may have issued it: only then it has a folder."""
    faults = (*require_known_issuer(context), *require_issuer_of_level(context))
    return not faults


def require_issuer_as_printed(context: PlanContext) -> Iterator[Problem]:
    """Require that the printed issuer names the unit: a department's plan is not its province's."""
    plan, units = context.plan, context.dataset.units
    words = plan.document.issuer[:80]
    printed = _without_head(fold(plan.document.issuer))
    unit = units.get(plan.issuer_unit or "")
    if unit is not None and not _names(unit, printed):
        yield context.loaded.problem(
            ("issuer_unit",),
            f"cơ quan ban hành «{words}» không phải «{unit.name}»",
            "sửa issuer_unit; nếu chỉ khác cách viết thì thêm cách viết ấy vào spellings của"
            f" {plan.issuer_unit} trong units.yml",
        )
    elif plan.issuer_unit is None and plan.locality != schema.NATION:
        if printed.startswith(_PEOPLES_COMMITTEES):
            return
        issuer = _find(printed, context)
        mend = f"thêm issuer_unit: {issuer}" if issuer else "thêm issuer_unit"
        also = "" if issuer else " là mã trong units.yml (chưa có thì thêm cơ quan ấy)"
        yield context.loaded.problem(
            ("document", "issuer"),
            f"«{words}» không phải Ủy ban nhân dân, nên đây không phải kế hoạch của địa phương",
            f"{mend} dưới dòng locality{also}, và chuyển vào thư mục có tên là mã ấy",
        )


def _without_head(printed: str) -> str:
    return next(
        (printed.removeprefix(head) for head in _HEADS if printed.startswith(head)), printed
    )


def _names(unit: registers.Unit, printed: str) -> bool:
    """Tell whether folded words begin with a name of the unit."""
    names = (unit.name, *unit.spellings, *unit.abbreviations)
    return any(f"{printed} ".startswith(f"{fold(name)} ") for name in names)


def _find(printed: str, context: PlanContext) -> str | None:
    """Return the unit with the longest name that folded words begin with."""
    units = [(name, unit) for name, unit in context.dataset.units.items() if _names(unit, printed)]
    return max(units, key=lambda pair: len(pair[1].name), default=(None, None))[0]
