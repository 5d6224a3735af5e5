"""The shapes of plans and reports, frozen and typed; nothing is computed here.

Comes in: what `load` read (every scalar still a string, exactly as the editor wrote
it). Goes out: one class per kind of mapping; those of the registers are in `registers`.
`fields` decides what a string means; the JSON Schema for editors and the error messages
come from these classes. A field's `description` is Vietnamese because staff read it.
Words of staff are `Text`, words of the document are `PrintedText`: see `checks.privacy`.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar, cast, dataclass_transform

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic.dataclasses import dataclass

from congkhai.data.fields import (
    Date,
    DueDate,
    Flag,
    GoalId,
    ItemId,
    Number,
    PrintedText,
    Slug,
    Text,
    Year,
    allow_one,
    read_one_or_more,
)
from congkhai.data.migrations import FORMAT
from congkhai.text.vietnamese import fold

Kind = Literal["task", "duty", "target", "milestone", "objective", "none"]
Role = Literal["lead", "coordinating", "implementing", "requested"]
Compared = Literal["due", "targets", "roles", "kind", "number", "cites", "period", "date"]
"""Data that is compared with the words of the document."""
Cycle = Literal["month", "quarter", "half", "year"]
StatusCode = Literal["done", "in-progress", "not-started", "blocked", "not-applicable"]
STATUSES: dict[StatusCode, str] = {
    "done": "hoàn thành",
    "in-progress": "đang thực hiện",
    "not-started": "chưa bắt đầu",
    "blocked": "gặp vướng mắc",
    "not-applicable": "không áp dụng",
}
"""What a body can say of an item, and the same in Vietnamese, which a file may have instead."""
ROLES: tuple[Role, ...] = ("lead", "coordinating", "implementing", "requested")
NATION = "quoc-gia"
"""Code and folder of the nation, for what the Government and other central bodies issue."""
PEOPLES_COMMITTEE = "ubnd"
"""The unit that issues a place's own plans, and answers for what these assign to nobody."""
COMMITMENT_KINDS: tuple[Kind, ...] = ("task", "duty", "target", "milestone")

T = TypeVar("T")


def _read_status(value: object) -> object:
    """Return the code of a status that is written in Vietnamese; anything else as it is."""
    if not isinstance(value, str):
        return value
    words = fold(value)
    return next((code for code, name in STATUSES.items() if words == fold(name)), value)


Status = Annotated[
    StatusCode,
    BeforeValidator(_read_status),
    WithJsonSchema({"type": "string", "enum": [*STATUSES, *STATUSES.values()]}),
]


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(Field,))
def record(shape: type[T]) -> type[T]:
    """Make a class the shape of a mapping in a data file: no unknown keys, nothing changes.

    A dataclass and no model: a plan's fields are read nine thousand times, each in a third
    of the time that a field of a model takes.
    """
    config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, populate_by_name=True)
    decorate = dataclass(frozen=True, slots=True, kw_only=True, config=config)
    # pydantic's own type of the result hides the fields.
    return cast("type[T]", decorate(shape))


# ---------------------------------------------------------------- plan.yml


@record
class Deadline:
    """When something is due, in the words printed and as a rule for the calendar."""

    printed: PrintedText = Field(
        description="Chữ trong văn bản, chép nguyên văn: trước ngày 01/11 hằng năm"
    )
    by: DueDate | None = Field(
        default=None,
        description=(
            "Ngày cuối cùng còn đúng hạn: 2030 (hết năm), 2026-q3 (trong quý III),"
            " 2026-06 (trong tháng 6), 2026-06-30, 12-15 (hằng năm)"
        ),
    )
    before: DueDate | None = Field(
        default=None,
        description="Hạn «trước ngày»: ngày ấy là đã quá hạn: 2026-06-30, 11-01 (hằng năm)",
    )
    start: Date | None = Field(default=None, description="Ngày bắt đầu, khi văn bản có ghi")
    every: Cycle | None = Field(
        default=None,
        description="Đến hạn lại: month mỗi tháng, quarter mỗi quý, half sáu tháng, year mỗi năm",
    )
    ongoing: Flag = Field(default=False, description="true: thường xuyên, không có ngày cuối")


@record
class Target:
    """A figure that the document promises."""

    key: Slug | None = Field(
        default=None, description="Mã ngắn, chỉ cần khi một mục có từ hai chỉ tiêu trở lên"
    )
    measure: Slug = Field(description="Cái được đo, mã trong measures.yml")
    printed: PrintedText = Field(description="Chữ trong văn bản, chép nguyên văn: trên 90%")
    population: PrintedText | None = Field(default=None, description="Đối tượng, chép nguyên văn")
    comparator: Literal["=", ">", ">=", "<", "<=", "~"] = Field(
        description="= đúng bằng, > trên, >= từ, < dưới, <= không quá, ~ khoảng"
    )
    value: Number = Field(description="Con số: 90 hoặc 2.87; của một khoảng là số dưới")
    maximum: Number | None = Field(
        default=None,
        description="Số trên, khi văn bản ghi một khoảng: «1% - 3%» là comparator >=, value 1,"
        " maximum 3",
    )
    baseline: Number | None = Field(
        default=None,
        description="Mức ban đầu, khi văn bản ghi từ mức nào đến mức nào: «từ 40% lên 60%» là"
        " baseline 40, value 60",
    )
    unit: PrintedText = Field(description="Đơn vị tính: %")
    modal: PrintedText | None = Field(
        default=None, description="Chữ «phấn đấu», «bảo đảm» đứng trước con số, chép nguyên văn"
    )
    by: Date | None = Field(
        default=None, description="Hạn của chỉ tiêu, chỉ khi văn bản ghi cạnh chỉ tiêu"
    )
    condition: PrintedText | None = Field(
        default=None,
        description="Điều kiện tính, chép nguyên văn: theo chuẩn nghèo giai đoạn 2016-2020",
    )


@record
class Cutoff:
    """Up to which day a report counts, in the words printed and as a day of the calendar."""

    printed: PrintedText = Field(
        description="Chữ trong văn bản, chép nguyên văn: số liệu tính đến hết ngày 14/12"
    )
    day: Date | None = Field(
        default=None,
        description=(
            "Ngày chốt: 12-14 (hằng năm) hoặc 2026-12-14; bỏ trống khi văn bản không ghi một ngày"
        ),
    )


@record
class ReportingRule:
    """How units report by a provision; the item's `due` has the day of sending."""

    to: tuple[Slug, ...] = Field(default=(), description="Nơi nhận báo cáo, mã trong units.yml")
    via: Slug | None = Field(default=None, description="Qua cơ quan nào")
    cutoff: Cutoff | None = Field(
        default=None, description="Ngày chốt số liệu, khi văn bản có ghi; khác với hạn gửi"
    )
    form: PrintedText | None = Field(
        default=None,
        description="Mẫu biểu của báo cáo, chép nguyên văn: Mẫu số 01 ban hành kèm theo Kế hoạch",
    )


@record
class Rewording:
    """That published words of an item were replaced by others, and why."""

    was: PrintedText = Field(
        description="Câu chữ đã công bố trước đó của mục này, chép nguyên văn (đề mục – nội dung)"
    )
    reason: Text = Field(
        description="Vì sao sửa: chép sai chỗ nào, hoặc văn bản nào đã sửa câu chữ này"
    )


@record
class Withdrawal:
    """That something published was taken away, and why."""

    item: ItemId | None = Field(
        default=None, description="Mã của mục đã công bố mà nay không còn trong kế hoạch"
    )
    report: Text | None = Field(
        default=None, description="Tên tệp báo cáo đã gỡ, ví dụ 2026-so-noi-vu.yml"
    )
    response: Text | None = Field(
        default=None, description="Tên tệp trả lời đã gỡ, ví dụ 2027-11-02-ubnd-xa.yml"
    )
    reason: Text = Field(
        description="Vì sao bỏ mục này, hoặc vì sao gỡ báo cáo, gỡ câu trả lời này"
    )
    private: Flag = Field(
        default=False,
        description=(
            "true: nội dung cũ có thông tin riêng của người dân;"
            " trang web chỉ ghi là đã gỡ, không hiện lại nội dung"
        ),
    )


@record
class Item:
    """One numbered or bulleted provision, in official words, with a thin layer of data."""

    id: ItemId = Field(description="Mã của mục, theo số trong văn bản: iii.2-4; không bao giờ đổi")
    number: PrintedText | None = Field(
        default=None, description="Số hoặc dấu đầu mục như in: «III.», «1.1.», «a)», «-»"
    )
    title: PrintedText | None = Field(default=None, description="Đề mục, nguyên văn")
    text: PrintedText | None = Field(
        default=None, description="Nội dung, nguyên văn, kể cả chữ in sai"
    )
    columns: tuple[PrintedText, ...] = Field(
        default=(), description="Tên các cột, khi mục là một bảng; các dòng của bảng là mục con"
    )
    cells: tuple[str, ...] = Field(
        default=(),
        description=(
            "Các ô còn lại của một dòng trong bảng, đúng thứ tự cột, nguyên văn;"
            ' ô trống hoặc gộp với dòng trên ghi ""'
        ),
    )
    kind: Kind | None = Field(
        default=None,
        description=(
            "Loại: task nhiệm vụ, duty việc của từng cơ quan, target chỉ tiêu, milestone việc"
            " theo giai đoạn, objective mục tiêu, none; các mục con theo mục cha"
        ),
    )
    lead: tuple[Slug, ...] = Field(default=(), description="Đơn vị chủ trì")
    coordinating: tuple[Slug, ...] = Field(default=(), description="Đơn vị phối hợp")
    implementing: tuple[Slug, ...] = Field(default=(), description="Đơn vị thực hiện")
    requested: tuple[Slug, ...] = Field(
        default=(),
        description="Cơ quan, tổ chức được đề nghị (không thuộc quyền giao việc của UBND)",
    )
    applies_to: ItemId | None = Field(
        default=None,
        description="Phân công ghi ở mục này áp dụng cho mục nào (và các mục con của nó)",
    )
    due: Annotated[tuple[Deadline, ...], BeforeValidator(read_one_or_more)] = Field(
        default=(),
        description=(
            "Thời hạn, khi văn bản có ghi; nhiều thời hạn thì mỗi thời hạn một dòng bắt đầu bằng"
            " «- »"
        ),
        json_schema_extra=allow_one,
    )
    deliverable: PrintedText | None = Field(
        default=None, description="Sản phẩm, kết quả của nhiệm vụ, chép nguyên văn"
    )
    targets: tuple[Target, ...] = Field(default=(), description="Chỉ tiêu có con số")
    reporting: ReportingRule | None = Field(
        default=None, description="Mục này quy định chế độ báo cáo"
    )
    implements: tuple[GoalId, ...] = Field(
        default=(),
        description=(
            "Mục của văn bản cấp trên mà mục này thực hiện: mt-1; hai văn bản có mục cùng mã thì"
            " ghi cả mã văn bản: 155-qd-ttg-2026#mt-1"
        ),
    )
    topics: tuple[Slug, ...] = Field(
        default=(),
        description=(
            "Chủ đề của mục này và các mục con mà máy không nhận ra từ chữ, mã trong topics.yml:"
            " moi-truong"
        ),
    )
    not_topics: tuple[Slug, ...] = Field(
        default=(),
        description="Chủ đề mà máy xếp nhầm cho mục này hoặc các mục con, mã trong topics.yml",
    )
    moved_from: ItemId | None = Field(
        default=None, description="Mã mà mục này đã được công bố trước đó, khi buộc phải đổi mã"
    )
    reworded: Annotated[tuple[Rewording, ...], BeforeValidator(read_one_or_more)] = Field(
        default=(),
        description=(
            "Câu chữ đã công bố của mục này được sửa nhiều: chữ cũ và lý do;"
            " sửa nhiều lần thì mỗi lần một dòng bắt đầu bằng «- »"
        ),
        json_schema_extra=allow_one,
    )
    items: tuple[Item, ...] = Field(default=(), description="Các mục con, đúng thứ tự")

    @property
    def printed(self) -> str:
        """All words of the item itself as printed, those of its table cells included."""
        parts = (self.number, self.title, self.text, *self.columns, *self.cells)
        return " ".join([part for part in parts if part])


@record
class SignedFile:
    """The office's signed file beside the one whose words are read: a scan, or signed digitally."""

    file: Text = Field(description="Tên tệp PDF đã ký, trong cùng thư mục: ke-hoach.pdf")
    sha256: Slug = Field(description="Mã SHA-256 của tệp, do lệnh draft ghi")


@record
class Original:
    """The file that the office gave, kept beside `plan.yml`."""

    file: Text = Field(description="Tên tệp trong cùng thư mục: ke-hoach.docx")
    sha256: Slug = Field(description="Mã SHA-256 của tệp, do lệnh draft ghi")
    received: Date | None = Field(default=None, description="Ngày nhận tệp: 2026-06-15")
    sender: Text | None = Field(
        default=None, alias="from", description="Nhận từ đâu: Văn phòng UBND xã Bình An"
    )
    url: Text | None = Field(
        default=None, description="Địa chỉ văn bản trên cổng thông tin chính thức, nếu có"
    )
    signed: SignedFile | None = Field(
        default=None, description="Bản PDF đã ký của chính văn bản này, để cạnh tệp trên"
    )

    @property
    def files(self) -> dict[str, str]:
        """SHA-256 by name of all that stands beside the plan."""
        signed = {self.signed.file: self.signed.sha256} if self.signed else {}
        return {self.file: self.sha256} | signed


@record
class PlanDocument:
    """The document's identity, as far as its source gives it."""

    number: PrintedText | None = Field(description="Số; null khi nguồn để trống")
    symbol: PrintedText | None = Field(description="Ký hiệu: KH-UBND; null khi nguồn không có")
    date: Date | None = Field(
        description=(
            "Ngày ban hành, chính xác như nguồn: 2026, 2026-05 hoặc 2026-05-06;"
            " null khi nguồn không có"
        )
    )
    issuer: PrintedText = Field(description="Cơ quan ban hành, nguyên văn")
    letterhead: tuple[PrintedText, ...] = Field(
        default=(), description="Các dòng phía trên tên loại, nguyên văn: «Số: /KH-UBND»"
    )
    type: PrintedText = Field(description="Tên loại như in: KẾ HOẠCH")
    title: PrintedText = Field(description="Trích yếu, nguyên văn")

    @property
    def type_name(self) -> str:
        """The type within a sentence, without its issuer: «kế hoạch», «chương trình hành động»."""
        return " ".join(self.type.split()).lower().partition(" của ")[0]


@record
class Period:
    """The years that the plan covers; `from` is null when the source contradicts itself."""

    start: Year | None = Field(alias="from", description="Năm đầu")
    end: Year = Field(alias="to", description="Năm cuối")


@record
class Citation:
    """Another document, in the words in which this one names it."""

    document: Slug = Field(description="Mã trong documents.yml")
    relation: Literal["parent", "basis", "funding", "mention"] = Field(
        description="parent văn bản cấp trên được thực hiện, basis căn cứ, funding kinh phí,"
        " mention nhắc đến"
    )
    printed: PrintedText = Field(description="Chữ trong văn bản, nguyên văn")
    at: ItemId = Field(
        description=(
            "Mục có chữ đó; «preamble» là phần mở đầu, «title» là trích yếu, «closing» là đoạn kết"
        )
    )


@record
class Comparison:
    """That an editor compared the whole plan with goals of a document above it.

    Only after that can the plan be said to leave out what none of its items `implements`.
    """

    document: Slug = Field(description="Mã văn bản cấp trên trong documents.yml")
    items: tuple[ItemId, ...] = Field(
        default=(),
        description=(
            "Những mục đã so, kể cả các mục con; bỏ dòng này nếu đã so với mọi mục đã biết"
        ),
    )
    note: Text | None = Field(
        default=None, description="Phần nào chưa so được, vì sao; chỗ nào gần giống mà không xếp"
    )


@record
class Recipient:
    """One line of «Nơi nhận»."""

    text: PrintedText = Field(description="Dòng trong «Nơi nhận», nguyên văn")
    units: tuple[Slug, ...] = Field(default=(), description="Đơn vị được nêu, mã trong units.yml")


@record
class Note:
    """What a reader has to know about the source, shown beside the words it is about."""

    at: ItemId = Field(
        description=(
            "Mục được ghi chú; hoặc letterhead, title, preamble, closing, recipients, signature,"
            " plan"
        )
    )
    kind: Literal["misprint", "blank", "conflict", "gap", "context"] = Field(
        description=(
            "misprint in sai, blank để trống, conflict mâu thuẫn, gap bản nhận được thiếu,"
            " context bối cảnh; văn bản không ghi thì dùng context"
        )
    )
    printed: PrintedText | None = Field(default=None, description="Chữ in trong văn bản")
    meant: Text | None = Field(default=None, description="Chữ đúng, chỉ khi chắc chắn")
    text: Text | None = Field(default=None, description="Ghi chú bằng lời")
    differs: Compared | None = Field(
        default=None,
        description=(
            "Dữ liệu ở mục này cố ý khác chữ in: due thời hạn, targets chỉ tiêu, roles phân công,"
            " kind loại, number mã và số, cites văn bản được nhắc đến, period giai đoạn, date ngày"
            " ban hành; text nêu lý do, trang hiện cả hai"
        ),
    )


@record
class Plan:
    """`plan.yml`: a document of one body in a place whose words are held as data."""

    format: int = Field(FORMAT, description=f"Dạng của tệp này; hiện nay là {FORMAT}")
    locality: Text = Field(
        description=(
            'Mã địa phương trong localities.yml, trong dấu ngoặc kép, ví dụ "10606";'
            ' văn bản của trung ương ghi "quoc-gia"'
        )
    )
    issuer_unit: Slug | None = Field(
        default=None,
        description=(
            "Cơ quan ban hành, mã trong units.yml, khi không phải Ủy ban nhân dân của địa phương:"
            " so-noi-vu, chinh-phu"
        ),
    )
    programme: Slug = Field(
        description="Mã chương trình trong programmes.yml, ví dụ ascc-2026-2035"
    )
    document: PlanDocument = Field(description="Văn bản")
    period: Period = Field(description="Giai đoạn")
    scope: PrintedText | None = Field(default=None, description="Phạm vi, nguyên văn")
    supersedes: Text | None = Field(
        default=None, description="Kế hoạch bị thay thế: đường dẫn thư mục dưới plans/"
    )
    former_paths: tuple[Text, ...] = Field(
        default=(), description="Đường dẫn cũ của thư mục này, để địa chỉ cũ vẫn mở được"
    )
    cites: tuple[Citation, ...] = Field(default=(), description="Văn bản được nhắc đến")
    compared: Annotated[tuple[Comparison, ...], BeforeValidator(read_one_or_more)] = Field(
        default=(),
        description=(
            "Văn bản cấp trên mà người nhập liệu đã so với cả kế hoạch; chưa ghi ở đây thì trang"
            " web không nói kế hoạch bỏ qua mục tiêu nào"
        ),
        json_schema_extra=allow_one,
    )
    preamble: tuple[PrintedText, ...] = Field(default=(), description="Các đoạn mở đầu, nguyên văn")
    body: tuple[Item, ...] = Field(description="Nội dung, cả văn bản, đúng thứ tự")
    closing: tuple[PrintedText, ...] = Field(default=(), description="Các đoạn kết, nguyên văn")
    recipients_heading: PrintedText | None = Field(
        default=None, description="Chữ «Nơi nhận:» như in"
    )
    recipients: tuple[Recipient, ...] = Field(default=(), description="Nơi nhận")
    signature: tuple[PrintedText, ...] = Field(
        default=(), description="Các dòng ký, nguyên văn; dòng cuối là họ tên"
    )
    attachments: tuple[Item, ...] = Field(
        default=(),
        description="Phụ lục và văn bản kèm theo, sau phần ký; mỗi phần là một mục có các mục con",
    )
    original: Original | None = Field(
        default=None, description="Tệp của cơ quan ban hành, để cạnh plan.yml"
    )
    notes: tuple[Note, ...] = Field(
        default=(), description="Ghi chú của người nhập, không phải chữ của văn bản"
    )
    withdrawn: tuple[Withdrawal, ...] = Field(
        default=(), description="Mục, báo cáo, trả lời đã công bố mà nay bỏ, gỡ: mã và lý do"
    )

    @property
    def issuer(self) -> str:
        """Id of the unit that issued it."""
        return self.issuer_unit or PEOPLES_COMMITTEE

    @property
    def provisions(self) -> tuple[Item, ...]:
        """The items of the body, then those of the attachments."""
        return (*self.body, *self.attachments)


# ------------------------------------------------ reports/<period>-<unit>.yml


@record
class Evidence:
    """Where a reader can check what a report says."""

    title: Text = Field(description="Tên tài liệu")
    url: Text = Field(description="Địa chỉ https://… hoặc tên tệp trong thư mục của kế hoạch")


@record
class Entry:
    """One line of a report, about one item."""

    item: ItemId = Field(description="Mã của mục trong plan.yml")
    status: Status | None = Field(
        default=None,
        description=(
            "done hoàn thành, in-progress đang thực hiện, not-started chưa bắt đầu,"
            " blocked gặp vướng mắc, not-applicable không áp dụng; ghi mã hoặc ghi tiếng Việt"
        ),
    )
    unchanged: Flag = Field(
        default=False, description="true: đã rà soát, không có gì mới so với báo cáo trước"
    )
    done_on: Date | None = Field(
        default=None, description="Ngày hoàn thành, bắt buộc khi status là done"
    )
    value: Number | None = Field(
        default=None, description="Giá trị đạt được của chỉ tiêu, theo đơn vị của chỉ tiêu"
    )
    target: Slug | None = Field(
        default=None, description="Mã chỉ tiêu (key), khi mục có nhiều chỉ tiêu"
    )
    text: Text | None = Field(default=None, description="Đã làm được gì, do cơ quan tự viết")
    reason: Text | None = Field(
        default=None,
        description=(
            "Lý do, bắt buộc khi kết quả kém hơn báo cáo trước hoặc status là not-applicable"
        ),
    )
    evidence: tuple[Evidence, ...] = Field(default=(), description="Tài liệu kiểm chứng")
    corrects: Text | None = Field(
        default=None, description="Tên tệp báo cáo có dòng bị đính chính, ví dụ 2026-so-noi-vu.yml"
    )


@record
class Report:
    """`reports/<period>-<unit>.yml`: what one unit reported for one period."""

    unit: Slug = Field(description="Mã đơn vị trong units.yml")
    period: Text = Field(description="Kỳ báo cáo: cả năm 2026, một quý 2026-q1, một tháng 2026-06")
    date: Date = Field(description="Ngày báo cáo, đủ năm-tháng-ngày, ví dụ 2026-01-30")
    source: Evidence | None = Field(default=None, description="Văn bản báo cáo gốc, khi có")
    entries: tuple[Entry, ...] = Field(description="Các dòng báo cáo")


# ------------------------------------------------ responses/<date>-<unit>.yml


@record
class Answer:
    """What the authority answers about one item."""

    item: ItemId = Field(description="Mã của mục trong plan.yml")
    asked: Text | None = Field(
        default=None, description="Điều được hỏi hoặc phản ánh, tóm tắt; không ghi tên người hỏi"
    )
    text: Text = Field(description="Câu trả lời, lời của cơ quan")
    evidence: tuple[Evidence, ...] = Field(default=(), description="Tài liệu kèm theo")


@record
class Response:
    """`responses/<date>-<unit>.yml`: what one body answered on one day."""

    unit: Slug = Field(description="Cơ quan trả lời, mã trong units.yml")
    date: Date = Field(description="Ngày trả lời, đủ năm-tháng-ngày, ví dụ 2027-11-02")
    source: Evidence | None = Field(default=None, description="Văn bản trả lời gốc, khi có")
    answers: tuple[Answer, ...] = Field(description="Các câu trả lời, mỗi mục một câu")

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All that it leads to: its source, then what comes with each answer."""
        parts = [evidence for answer in self.answers for evidence in answer.evidence]
        return (self.source, *parts) if self.source is not None else tuple(parts)
