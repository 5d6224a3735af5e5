"""The shapes of the registers, which plans share; frozen and typed, as those of `schema`.

Comes in: what `load` read. Goes out: one class for each register.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from congkhai.data.fields import (
    AgencyCode,
    Date,
    Flag,
    ItemId,
    Number,
    Slug,
    Text,
    allow_one,
    read_one_or_more,
)
from congkhai.data.schema import Item, Period, record

Level = Literal["central", "province", "district", "commune"]
Nature = Literal[
    "government",
    "state",
    "front",
    "union",
    "party",
    "media",
    "school",
    "health",
    "police",
    "service",
    "residents",
    "group",
    "other",
]

Certainty = Literal["several", "one", "part"]
"""How far a goal is known whose document is not held: see `Provenance`."""


@record
class Source:
    """Where a fact of a register comes from."""

    title: Text = Field(description="Tên nguồn")
    url: Text | None = Field(default=None, description="Địa chỉ https://…")
    date: Date | None = Field(default=None, description="Ngày của nguồn")


@record
class Province:
    """A province in force and its communes by official code."""

    name: Text = Field(description="Tên có loại: tỉnh Lai Châu, thành phố Hải Phòng")
    note: Text | None = Field(default=None, description="Điều nên biết, ví dụ hợp nhất từ đâu")
    communes: dict[str, Text] = Field(description="Mã: tên có loại")


@record
class DissolvedLocality:
    """A locality that no longer exists, and what became of it."""

    name: Text = Field(description="Tên có loại: tỉnh Quảng Nam")
    level: Level = Field(description="province, district hoặc commune")
    province: Text | None = Field(
        default=None, description="Mã tỉnh của địa phương này trước khi sắp xếp"
    )
    until: Date = Field(description="Ngày không còn tồn tại")
    successors: tuple[Text, ...] = Field(description="Mã các địa phương kế tiếp")
    source: Source = Field(description="Văn bản sắp xếp")
    note: Text | None = Field(default=None, description="Bối cảnh")


@record
class District:
    """A district of the level that has ended."""

    name: Text = Field(description="Tên có loại: huyện Nam Sách")
    communes: tuple[Text, ...] = Field(
        description="Mã các xã, phường, đặc khu ngày nay có địa bàn từng thuộc nơi đó"
    )
    listed: Flag = Field(
        default=False,
        description="true: trang «Địa phương» từng có dòng về nơi này, địa chỉ dòng ấy còn mở được",
    )


@record
class Districts:
    """All districts of the level that has ended, by which readers still know places."""

    until: Date = Field(description="Ngày không còn cấp này")
    source: Annotated[tuple[Source, ...], BeforeValidator(read_one_or_more)] = Field(
        description="Văn bản, rồi nguồn của tên, mã và nơi kế tiếp; mỗi nguồn một dòng bắt đầu"
        " bằng «- »",
        json_schema_extra=allow_one,
    )
    note: Text | None = Field(default=None, description="Chắc đến mức nào, điều cần biết khi đọc")
    provinces: dict[str, dict[str, District]] = Field(
        description="Mã tỉnh mà chúng thuộc về: mã huyện: tên và nơi kế tiếp"
    )


@record
class LocalityChange:
    """A day on which localities got another name, type or province, by one document.

    The localities go on: their codes, plans and reports stay theirs.
    """

    day: Date = Field(description="Ngày có hiệu lực")
    source: Annotated[tuple[Source, ...], BeforeValidator(read_one_or_more)] = Field(
        description="Văn bản, rồi các nguồn khác đã đọc; nhiều nguồn thì mỗi nguồn một dòng bắt"
        " đầu bằng «- »",
        json_schema_extra=allow_one,
    )
    names: dict[str, Text] = Field(
        default_factory=dict, description="Mã: tên có loại trước ngày đó, ví dụ xã Lạng Giang"
    )
    provinces: dict[str, Text] = Field(
        default_factory=dict, description="Mã xã: mã tỉnh mà xã đó thuộc về trước ngày đó"
    )
    note: Text | None = Field(default=None, description="Chắc đến mức nào, điều cần biết khi đọc")


@record
class Localities:
    """`localities.yml`: provinces and communes in force, and dissolved ones that plans need."""

    source: Source = Field(description="Nguồn của danh mục")
    in_force: Date = Field(description="Ngày danh mục có hiệu lực, kể cả các thay đổi đã ghi")
    compared: Source | None = Field(
        default=None,
        description="Danh mục khác mà cả danh mục này đã được đối chiếu với, và ngày của nó",
    )
    provinces: dict[str, Province] = Field(description="Mã: tỉnh, thành phố")
    changes: dict[Slug, LocalityChange] = Field(
        default_factory=dict,
        description="Đổi tên, đổi loại, chuyển tỉnh; khóa là số ký hiệu văn bản: 388-nq-ubtvqh16",
    )
    dissolved: dict[str, DissolvedLocality] = Field(
        default_factory=dict, description="Mã: địa phương không còn tồn tại"
    )
    districts: Districts | None = Field(
        default=None, description="Quận, huyện, thị xã, thành phố của cấp huyện không còn"
    )
    fictional: Flag = Field(
        default=False,
        description="true: dữ liệu minh họa, hư cấu, không dùng danh mục quốc gia; "
        "mọi trang nói rõ điều đó. Bỏ dòng này ở dữ liệu thật",
    )
    standalone: Flag = Field(
        default=False,
        description="true: không dùng danh mục quốc gia, mọi danh mục đều nằm trong thư mục này",
    )


@record
class ElectronicCode:
    """The code by which systems of the State know one body; never made up here."""

    code: AgencyCode = Field(description="Mã như nguồn ghi: G09, H35.12.01")
    source: Annotated[tuple[Source, ...], BeforeValidator(read_one_or_more)] = Field(
        description="Nguồn đã đọc mã; nhiều nguồn thì mỗi nguồn một dòng bắt đầu bằng «- »",
        json_schema_extra=allow_one,
    )


@record
class Unit:
    """A type of body: the body itself is (locality, unit)."""

    name: Text = Field(description="Tên đầy đủ")
    en: Text | None = Field(
        default=None, description="Tên tiếng Anh, bản dịch của trang web, không phải tên chính thức"
    )
    level: tuple[Level, ...] = Field(description="Cấp có loại cơ quan này")
    nature: Nature = Field(
        description="Tính chất: state cơ quan nhà nước, front Mặt trận, union đoàn thể, "
        "party Đảng, media báo chí, group nhóm…"
    )
    abbreviations: tuple[Text, ...] = Field(default=(), description="Chữ viết tắt")
    spellings: tuple[Text, ...] = Field(
        default=(), description="Cách viết khác gặp trong văn bản hoặc người đọc hay gõ"
    )
    until: Date | None = Field(default=None, description="Ngày loại cơ quan này không còn")
    successors: tuple[Slug, ...] = Field(default=(), description="Cơ quan kế tiếp")
    electronic_codes: dict[str, ElectronicCode] = Field(
        default_factory=dict,
        description="Mã định danh điện tử của từng cơ quan, chỉ khi có nguồn: mã địa phương (trung"
        ' ương ghi quoc-gia): {code: G09, source: {title: …, url: "https://…"}}',
    )
    note: Text | None = Field(default=None, description="Bối cảnh")
    source: Annotated[tuple[Source, ...], BeforeValidator(read_one_or_more)] = Field(
        default=(),
        description=("Nguồn của bối cảnh; nhiều nguồn thì mỗi nguồn một dòng bắt đầu bằng «- »"),
        json_schema_extra=allow_one,
    )


@record
class CitedTarget:
    """A figure of a document that is not held here, known from somewhere else."""

    measure: Slug
    printed: Text
    comparator: Literal["=", ">", ">=", "<", "<=", "~"]
    value: Number
    maximum: Number | None = None
    baseline: Number | None = None
    unit: Text
    population: Text | None = None
    modal: Text | None = None
    by: Date | None = None
    condition: Text | None = None
    source: Source


@record
class Provenance:
    """Where the words of some goals of a document were read, when its text is not held here."""

    items: tuple[ItemId, ...] = Field(description="Mã các mục, kể cả các mục con")
    certainty: Certainty = Field(
        description="several: nhiều nguồn dẫn giống nhau; one: chỉ một nguồn dẫn;"
        " part: chỉ đọc được một phần câu"
    )
    sources: Annotated[tuple[Source, ...], BeforeValidator(read_one_or_more)] = Field(
        description="Nguồn đã đọc; nhiều nguồn thì mỗi nguồn một dòng bắt đầu bằng «- »",
        json_schema_extra=allow_one,
    )
    translated: Flag = Field(
        default=False,
        description="true: nguồn là bản dịch, nên không so lời văn; title của mục khi đó là tóm tắt"
        " của người nhập liệu",
    )
    note: Text | None = Field(default=None, description="Điều cần biết khi đọc")


@record
class Document:
    """`documents.yml`: a document that plans cite, or a plan known to exist; not held here."""

    type: Text = Field(description="Tên loại: Quyết định")
    number: Text | None = Field(default=None, description="Số")
    symbol: Text | None = Field(default=None, description="Ký hiệu: QĐ-TTg")
    date: Date | None = Field(default=None, description="Ngày ban hành")
    issuer: Text = Field(description="Cơ quan ban hành")
    title: Text = Field(description="Trích yếu, như các văn bản trên trang web ghi lại")
    names: tuple[Text, ...] = Field(default=(), description="Tên ngắn để tìm: Đề án 161")
    parent: Slug | None = Field(default=None, description="Văn bản cha")
    held: Text | None = Field(
        default=None,
        description="Kế hoạch là toàn văn của văn bản này: đường dẫn thư mục dưới plans/",
    )
    obliges: Text | None = Field(
        default=None,
        description="Mã tỉnh; trang web đếm xã, phường, đặc khu nào của tỉnh đã đăng kế hoạch"
        " thực hiện văn bản này",
    )
    locality: Text | None = Field(
        default=None,
        description="Mã địa phương ban hành, khi đây là kế hoạch của một chương trình mà chưa có"
        " toàn văn",
    )
    programme: Slug | None = Field(
        default=None, description="Mã chương trình mà kế hoạch đó thuộc về; đi cùng locality"
    )
    period: Period | None = Field(default=None, description="Giai đoạn của kế hoạch đó")
    known_from: tuple[Source, ...] = Field(
        default=(), description="Biết qua nguồn nào ngoài các kế hoạch trên trang web"
    )
    text_at: Annotated[tuple[Source, ...], BeforeValidator(read_one_or_more)] = Field(
        default=(),
        description="Trang công khai đăng văn bản này; title nói rõ toàn văn hay chỉ một phần",
        json_schema_extra=allow_one,
    )
    targets: tuple[CitedTarget, ...] = Field(default=(), description="Chỉ tiêu biết qua nguồn khác")
    items: tuple[Item, ...] = Field(
        default=(), description="Mục tiêu, nhiệm vụ đã biết, để so với kế hoạch cấp dưới"
    )
    provenance: Annotated[tuple[Provenance, ...], BeforeValidator(read_one_or_more)] = Field(
        default=(),
        description="Từng mục trong items đọc được ở đâu, chắc đến mức nào",
        json_schema_extra=allow_one,
    )
    note: Text | None = Field(default=None, description="Bối cảnh")


@record
class Statement:
    """What a body said of how many plans of a programme there are."""

    by: Text = Field(description="Ai nói: đại diện Bộ Lao động - Thương binh và Xã hội")
    printed: Text = Field(description="Lời của nguồn, chép nguyên văn")
    source: Source = Field(description="Nguồn")
    note: Text | None = Field(default=None, description="Điều cần biết khi đọc")


@record
class Absence:
    """That a source says of a locality that it has no plan of the programme."""

    locality: Text = Field(description="Mã địa phương")
    state: Literal["missing", "not-required"] = Field(
        description="missing: nguồn nói chưa ban hành; not-required: nguồn nói không phải ban hành"
    )
    printed: Text = Field(description="Lời của nguồn, chép nguyên văn")
    source: Source = Field(description="Nguồn")


@record
class Programme:
    """The plans that carry out one top document."""

    name: Text = Field(description="Tên ngắn trên trang, đủ để phân biệt: Cộng đồng … 2026 - 2035")
    en: Text | None = Field(
        default=None, description="Tên tiếng Anh, bản dịch của trang web, không phải tên chính thức"
    )
    subject: Text = Field(description="Về việc gì, không kèm năm: Cộng đồng Văn hóa - Xã hội ASEAN")
    document: Slug = Field(description="Văn bản gốc, mã trong documents.yml")
    summary: Text | None = Field(default=None, description="Một câu giới thiệu")
    statements: tuple[Statement, ...] = Field(
        default=(), description="Cơ quan có thẩm quyền đã nói có bao nhiêu nơi ban hành kế hoạch"
    )
    absences: tuple[Absence, ...] = Field(
        default=(), description="Nơi mà một nguồn nói chưa, hoặc không phải, ban hành kế hoạch"
    )


@record
class Measure:
    """What a target measures; targets are compared within one measure only."""

    name: Text = Field(description="Cái được đo: có hiểu biết cơ bản về …")
    en: Text | None = Field(
        default=None, description="Cái được đo, bằng tiếng Anh, bản dịch của trang web"
    )
    topic: Text = Field(description="Nhóm trên trang chỉ tiêu")
    meaning: Text = Field(description="Điều cần biết khi so với cách đo khác trong nhóm")


@record
class WordGroup:
    """Words that say the same of a topic, and why."""

    words: tuple[Text, ...] = Field(description="Chữ hoặc cụm chữ, viết như trong văn bản")
    reason: Text = Field(description="Vì sao những chữ này nói, hoặc không nói, về chủ đề")


@record
class Topic:
    """An everyday subject, recognised by the words of an item and by nothing else."""

    name: Text = Field(description="Tên trên trang: Môi trường")
    words: tuple[WordGroup, ...] = Field(
        description="Mục có một trong các chữ này thì thuộc chủ đề"
    )
    not_words: tuple[WordGroup, ...] = Field(
        default=(), description="Cụm có chữ ấy mà nói chuyện khác, nên không tính"
    )


Documents = dict[Slug, Document]
Units = dict[Slug, Unit]
Programmes = dict[Slug, Programme]
Measures = dict[Slug, Measure]
Topics = dict[Slug, Topic]
