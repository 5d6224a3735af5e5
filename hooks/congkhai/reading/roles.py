"""Who is to act in a provision, in which role, and with whom.

Comes in: the words of a provision or of a heading. Goes out: `Clause`s: bodies that are
the subject of a duty with the role that the verb gives them, and partners named after
«phối hợp với». The word by the duty-bearer decides; the first verb counts; who demands
(«Thủ tướng yêu cầu Bộ …») is not who carries out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import attrgetter

from congkhai.reading import lexicon
from congkhai.reading.bodies import BodyList, read_bodies, split_tokens, starts_body
from congkhai.reading.facts import Role, Span
from congkhai.reading.tokens import Token, match_adjacent, tokenize

_SENTENCE_MARKS = frozenset(".;:")
# Words with which a sentence may open before its subject.
_OPENERS = frozenset(
    [
        "trên",
        "căn",
        "trong",
        "khi",
        "nhằm",
        "để",
        "theo",
        "định",
        "hằng",
        "hàng",
        "trước",
        "năm",
        "tháng",
        "quý",
        "cuối",
        "đầu",
        "giữa",
        "thực",
        "đối",
        "nếu",
        "sau",
        "thông",
        "bên",
        "cùng",
        "ngoài",
        "đồng",
        "tuỳ",
        "tùy",
        "riêng",
        "giai",
        "từ",
        "đến",
        "chậm",
        "hoàn",
        "với",
        "kể",
        "ngay",
        "căn",
        "vì",
        "do",
        "tiếp",
        "khẩn",
        "kịp",
        "tại",
        "qua",
        "xuất",
        "bảo",
        "đảm",
        "vào",
    ]
)
_INSERTIONS = frozenset(
    [
        "theo",
        "căn",
        "trên",
        "trong",
        "được",
        "có",
        "tùy",
        "tuỳ",
        "với",
        "đồng",
        "ngoài",
        "là",
        "thuộc",
        "đối",
        "nơi",
        "khi",
        "cùng",
        "ở",
        "tại",
        "đóng",
        "căn",
        "liên",
    ]
)
_TIMES = lexicon.phrases(
    "hằng năm, hàng năm, hằng quý, hàng quý, hằng tháng, hàng tháng, định kỳ, định kỳ hằng năm"
)
_INSERTION_ENDS = frozenset(
    [
        "giao",
        "mình",
        "phương",
        "vị",
        "lý",
        "quan",
        "vụ",
        "năng",
        "hạn",
        "công",
        "này",
        "đó",
        "tế",
        "định",
        "quyền",
    ]
)
_MODALS = lexicon.phrases("""
có trách nhiệm, chịu trách nhiệm, chịu trách nhiệm chính, có nhiệm vụ, cần, phải, sẽ, tiếp tục
chủ động, tích cực, thường xuyên, kịp thời, khẩn trương, nghiêm túc, trực tiếp, tập trung
nhanh chóng, định kỳ, hằng năm, hàng năm, hằng tháng, hằng quý, hàng tháng, hàng quý, đồng thời
còn có trách nhiệm, còn phải, làm đầu mối, tổ chức, thống nhất, cũng, cùng, tăng cường
ngoài ra, có kế hoạch, nêu cao, tự
""")
_NARRATIVE = frozenset(["đã", "là", "được", "bị", "vẫn", "đang", "gồm", "bao", "đều", "nói"])
_LEADS = lexicon.phrases(
    "chủ trì, chủ trì phối hợp, là cơ quan chủ trì, làm cơ quan chủ trì, giữ vai trò chủ trì"
)
_CONTACT = lexicon.phrases("""
là cơ quan đầu mối, là đầu mối, làm đầu mối, là cơ quan thường trực, là đơn vị đầu mối
là cơ quan tham mưu, là đơn vị thường trực, là thường trực
""")
_LEADERSHIP = lexicon.phrases("lãnh đạo")
_IN_CHARGE = lexicon.phrases("chủ trì, chịu trách nhiệm, làm chủ đầu tư, làm đầu mối, phụ trách")
_WITH = lexicon.phrases("phối hợp, chủ trì cùng, chủ trì cùng với")
_ALL_DEMANDS = lexicon.DEMANDS | lexicon.REQUESTS
_STRONG = (
    _LEADS
    | _ALL_DEMANDS
    | lexicon.phrases("""
có trách nhiệm, chịu trách nhiệm, cần, phải, khẩn trương, chủ động, căn cứ, có nhiệm vụ, tiếp tục
nghiêm túc, tập trung
""")
)
_MODALS_OR_VERBS = _MODALS | lexicon.phrases("""
có ý kiến, có văn bản, có kế hoạch, có giải pháp, có biện pháp, có báo cáo, có phương án
""")
_MODALS_OR_LEADS = _MODALS | _LEADS
_COORDINATES = lexicon.phrases("phối hợp")
_EAGERLY = lexicon.phrases("chủ động, tích cực, tiếp tục, thường xuyên, kịp thời, khẩn trương")
_HAS_DUTY = lexicon.phrases("có trách nhiệm, chịu trách nhiệm, có nhiệm vụ, thực hiện")
_DIRECTS = lexicon.phrases("chỉ đạo, hướng dẫn, đôn đốc, yêu cầu, giao, vận động")
_IS_TOLD = lexicon.phrases("được giao, được phân công, được chỉ định")
_IS_OBLIGED = lexicon.phrases("có trách nhiệm, chịu trách nhiệm, có nhiệm vụ")
_ROLE_VERBS = _LEADS | _COORDINATES | _HAS_DUTY
_MANNER = lexicon.phrases("""
chặt chẽ, đồng bộ, hiệu quả, có hiệu quả, thường xuyên, kịp thời, trực tiếp, tốt, cùng, với
cùng với, nhịp nhàng, thống nhất, tích cực, hoạt động, công tác, thực hiện, triển khai, tham gia
và hỗ trợ
""")
# «báo cáo cấp có thẩm quyền (Bộ A, Bộ B …)»: brackets after a class of bodies name its members.
_CLASS_ENDS = frozenset(["quyền", "quan", "vị", "ngành", "phương", "cấp", "bộ", "sở"])
_FAR = 30  # words of an insertion between a subject and its verb


# «Đơn vị chủ trì: …», «Phối hợp: …»: a label before a list of bodies.
_LABEL = re.compile(
    r"(?:^|[.;,(\n–-]\s{0,8})(?P<label>(?:(?:các\s+)?(?:cơ quan|đơn vị|bộ phận|tổ chức"
    r"|lực lượng|phân công)\s+(?:được giao\s+)?)?"
    r"(?P<role>chủ trì|phối hợp|thực hiện|chịu trách nhiệm|tham mưu|phụ trách|đầu mối)"
    r"(?:\s+(?:chính|thực hiện|triển khai|tham mưu|giải quyết"
    r"|và tổ chức thực hiện))*)\s*:\s*(?=\w)",
    re.I,
)
# A sentence ends, or another label begins; «các sở: Y tế, …» is none.
_END_OF_LABELLED = re.compile(r"[.)](?:\s|$)|[;,(]\s*(?!các sở|các bộ|sở|bộ)[^;,.:()]{2,40}:", re.I)
_LABEL_ROLES: dict[str, Role] = {
    "chủ trì": "lead",
    "chịu trách nhiệm": "lead",
    "phối hợp": "coordinating",
}


@dataclass(frozen=True, slots=True)
class Clause:
    """A subject of one duty. `role` is None where only a name is printed, as in a heading.

    `is_given`: named after «giao», «yêu cầu» or «đề nghị», whatever stands above.
    """

    bodies: tuple[Span, ...]
    role: Role | None
    is_given: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says on who acts.

    `clauses`: its subjects. `role`: that of a text without a subject of its own which
    begins «Chủ trì …» or «Phối hợp …». `partners`: named after «phối hợp với».
    """

    clauses: tuple[Clause, ...] = ()
    role: Role | None = None
    partners: tuple[Span, ...] = ()

    @property
    def bodies(self) -> tuple[Span, ...]:
        """All bodies with a role of their own, in order."""
        return tuple(span for clause in self.clauses for span in clause.bodies)


@dataclass(frozen=True)
class _Text:
    """A text, and what it says whatever stands above it: read once, when it is asked for."""

    words: str
    tokens: tuple[Token, ...]

    @cached_property
    def labelled(self) -> tuple[Clause, ...]:
        """Bodies after labels."""
        return tuple(_read_labels(self))

    @cached_property
    def bracketed(self) -> tuple[Clause, ...]:
        """Subjects in brackets."""
        return tuple(_read_brackets(self))

    @cached_property
    def partners(self) -> tuple[Span, ...]:
        """Bodies named after «phối hợp với»."""
        return tuple(_read_partners(self))

    def spans(self, bodies: BodyList) -> tuple[Span, ...]:
        return bodies.spans(self.words, self.tokens)


@lru_cache(maxsize=64)
def _split(words: str) -> _Text:
    return _Text(words, tokenize(words))


@lru_cache(maxsize=1024)
def read_roles(words: str, *, is_under_body: bool = False) -> Reading:
    """Read the subjects of a provision's sentences, their roles and their partners.

    `is_under_body`: a body stands in the heading above, so that «Lãnh đạo Ủy ban …» is
    what it does, not who leads the committee.

    >>> reading = read_roles("Sở Y tế chủ trì, phối hợp với Sở Nội vụ kiểm tra.")
    >>> reading.clauses[0].role, [one.printed for one in reading.partners]
    ('lead', ['Sở Nội vụ'])
    """
    text = _split(words)
    clauses: tuple[Clause, ...] = ()
    if not (is_under_body and match_adjacent(text.tokens, 0, _LEADERSHIP)):
        clauses = (
            text.labelled
            or tuple(_read_clauses(text, is_under_body=is_under_body))
            or text.bracketed
            or tuple(_read_passive(text, is_under_body=is_under_body))
        )
    partners = text.partners
    # «phối hợp Ban A; các đơn vị B rà soát»: who is named after «phối hợp» is no new subject.
    clauses = tuple(one for one in clauses if not _are_among(one.bodies, partners))
    role = None if clauses else _first_role(text) or _role_after_opening(text)
    return Reading(clauses, role, partners)


def _are_among(bodies: Sequence[Span], others: Sequence[Span]) -> bool:
    return all(any(body.overlaps(other) for other in others) for body in bodies)


_ROLE_LABEL = re.compile(
    r"(?:các\s+)?(?:cơ quan|đơn vị|bộ phận)\s+(?:được giao\s+)?"
    r"(?P<role>chủ trì|phối hợp|thực hiện|chịu trách nhiệm|tham mưu|đầu mối)"
    r"(?:\s+(?:chính|thực hiện|triển khai))?\s*:?\s*",
    re.I,
)


def read_label(words: str) -> Role | None:
    """Read a heading that only says which role those listed below have.

    >>> read_label("Cơ quan phối hợp:"), read_label("Cơ quan chủ trì: Sở Y tế")
    ('coordinating', None)
    """
    match = _ROLE_LABEL.fullmatch(words.strip())
    return _LABEL_ROLES.get(match["role"].lower(), "implementing") if match else None


@lru_cache(maxsize=1024)
def read_heading(words: str) -> Reading | None:
    """Read a heading that is the name of bodies; None for a heading on a subject.

    >>> read_heading("h) Đề nghị Hội Nông dân Việt Nam".partition(" ")[2]).clauses[0].role
    'requested'
    >>> read_heading("Về tổ chức thực hiện") is None
    True

    `words` is known to be a heading; any other sentence belongs to `read_roles`.
    """
    text = _split(words)
    if not text.tokens or read_label(words):
        return None
    at = _after_lead_in(text.tokens, 0)
    is_request = _is_request(text.tokens, at)
    bodies = read_bodies(text.tokens, at)
    if bodies is None:
        return None
    bodies = _read_restriction(text.tokens, at, bodies)
    end = _skip_brackets(text.tokens, bodies.end)
    rest = text.tokens[end:]
    named = Clause(text.spans(bodies), "requested" if is_request else None)
    if not any(token.is_word for token in rest):
        return Reading((named,))
    most = 15
    is_open = rest[-1].text == ":" or rest[0].text == ":"
    is_plural = text.tokens[at].word in lexicon.DETERMINERS
    if is_plural and not any(token.text in ".;:" for token in rest):
        # «Các sở, ngành chủ trì, quản lý, tham gia thực hiện dự án»: which ones, no duty.
        return Reading((named,))
    if not is_open and (rest[-1].text in (".", ";") or len(rest) > most):
        return None
    if match_adjacent(text.tokens, end, _HAS_DUTY) >= len(text.tokens) - is_open:
        return Reading((named,))
    spoken = _read_clause(text, 0)
    if spoken is None or (not is_open and spoken.role == "implementing"):
        spoken = named
    return Reading((spoken,), None, text.partners)


def _read_restriction(tokens: Sequence[Token], at: int, bodies: BodyList) -> BodyList:
    """«Các đơn vị cấp nước trên địa bàn có trách nhiệm»: what restricts a plural is its name."""
    longest = 14
    first, end = bodies.names[-1]
    stop = next(
        (
            here
            for here in range(end, len(tokens))
            if match_adjacent(tokens, here, _HAS_DUTY) or tokens[here].text in ",;:.("
        ),
        len(tokens),
    )
    is_plural = tokens[at].word in lexicon.DETERMINERS
    is_whole = stop == len(tokens) or match_adjacent(tokens, stop, _HAS_DUTY)
    is_short = 0 < stop - end <= longest
    if not (is_plural and is_whole and is_short) or match_adjacent(tokens, end, _ROLE_VERBS):
        return bodies
    return BodyList((*bodies.names[:-1], (first, stop)), stop)


def _read_qualified(tokens: Sequence[Token], at: int, bodies: BodyList) -> BodyList:
    """«Cơ quan đăng ký đầu tư có trách nhiệm …»: which agency it is stands before its duty."""
    longest = 12
    first, end = bodies.names[-1]
    is_class = match_adjacent(tokens, _without_determiner(tokens, first), lexicon.COMMON_HEADS)
    if is_class != end or match_adjacent(tokens, end, _ROLE_VERBS):
        return bodies
    if match_adjacent(tokens, end, _IS_TOLD):
        return bodies
    for here in range(end + 1, min(len(tokens), end + longest)):
        if not tokens[here].is_word:
            return bodies
        if match_adjacent(tokens, here, _IS_OBLIGED):
            return BodyList((*bodies.names[:-1], (first, here)), here)
    return bodies


def _without_determiner(tokens: Sequence[Token], at: int) -> int:
    return at + 1 if tokens[at].word in lexicon.DETERMINERS else at


def _read_labels(text: _Text) -> Iterator[Clause]:
    """«Đơn vị chủ trì: Sở A; đơn vị phối hợp: Sở B, Sở C»."""
    labels = list(_LABEL.finditer(text.words)) if ":" in text.words else []
    ends = [*(match.start("label") for match in labels[1:]), len(text.words)]
    for match, stop in zip(labels, ends, strict=False):
        after = _part_of(text, match.end(), stop)
        spoken = tuple(_clauses_after_label(after))
        if spoken:
            yield from spoken
            continue
        spans = _names_after_label(after, match.end(), stop)
        if spans:
            yield Clause(spans, _LABEL_ROLES.get(match["role"].lower(), "implementing"))


def _part_of(text: _Text, start: int, stop: int) -> _Text:
    """Return a part of a text; its tokens keep their places in the whole."""
    first = bisect_left(text.tokens, start, key=_start_of)
    return _Text(text.words, text.tokens[first : bisect_left(text.tokens, stop, key=_start_of)])


_start_of = attrgetter("start")


def _names_after_label(text: _Text, start: int, stop: int) -> tuple[Span, ...]:
    """Read the names between a label and the end of the sentence or another label.

    `text`: the part of a provision from the label's end `start` to the next label at `stop`.
    """
    if not text.tokens:
        return ()
    is_name = starts_body(text.tokens, 0) or text.tokens[0].is_capital
    if not is_name or match_adjacent(text.tokens, 0, lexicon.DUTY_VERBS):
        return ()
    end = _END_OF_LABELLED.search(text.words[start:stop])
    named = _part_of(text, start, start + end.start()) if end else text
    spans, _ = split_tokens(text.words, named.tokens)
    return spans


def _clauses_after_label(text: _Text) -> Iterator[Clause]:
    """«Cơ quan thực hiện: Sở A chủ trì, phối hợp với Sở B …; Sở C tuyên truyền»."""
    bodies = read_bodies(text.tokens, 0)
    if bodies is None or not _is_predicate(text.tokens, _skip_brackets(text.tokens, bodies.end)):
        return
    yield from _read_clauses(text, is_list=True)


def _is_predicate(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and bool(
        match_adjacent(tokens, at, _MODALS_OR_LEADS)
        or match_adjacent(tokens, at, lexicon.DUTY_VERBS)
    )


def _read_clauses(
    text: _Text, *, is_list: bool = False, is_under_body: bool = False
) -> Iterator[Clause]:
    """Read the subject of each sentence; of a later clause only with a verb of its own.

    `is_list`: subjects are listed, as after a label, so that each clause may name one.
    """
    seen: list[Span] = []
    # «Bộ A chủ trì …; các địa phương báo cáo …» after «yêu cầu» is a list of duties.
    has_given = False
    opens_with_phrase = text.tokens[:1] and text.tokens[0].word in _OPENERS
    for start in _starts(text.tokens):
        first = _read_clause(text, start)
        if first is None and not seen and text.tokens[start].word in _OPENERS:
            first = _read_fronted(text, start)
            # «Căn cứ chức năng, chỉ đạo trường A, các cơ sở B lồng ghép»: whom the body directs.
            if first and is_under_body and _is_directed(text, first):
                first = None
        if first is None:
            continue
        is_later = start > 0 and text.tokens[start - 1].text == ";"
        is_free = not is_later or (opens_with_phrase and not seen) or text.tokens[start].is_capital
        is_free = is_free or has_given or is_list
        if not is_free and not _is_plain_subject(text, first):
            continue
        has_given = has_given or first.is_given
        for clause in (first, *_read_second(text, first)):
            if not any(clause.bodies[0].overlaps(span) for span in seen):
                seen += clause.bodies
                yield clause


def _read_brackets(text: _Text) -> Iterator[Clause]:
    """«Xây dựng Đề án (Sở A chủ trì, phối hợp với Sở B)»."""
    for at, token in enumerate(text.tokens):
        is_apposition = at > 0 and text.tokens[at - 1].word in _CLASS_ENDS
        opens = token.text == "(" and not is_apposition
        clause = _read_clause(text, at + 1, is_told=True) if opens else None
        if clause:
            yield clause


def _read_passive(text: _Text, *, is_under_body: bool) -> Iterator[Clause]:
    """«Nhiệm vụ do Công an tỉnh chủ trì».

    Under a body «thuộc phạm vi do Bộ Quốc phòng quản lý» only tells which work it is.
    """
    for at, token in enumerate(text.tokens[:-1]):
        bodies = read_bodies(text.tokens, at + 1) if token.word == "do" else None
        if bodies is None:
            continue
        # «do doanh nghiệp sản xuất» is no duty; «do Sở Tài chính cân đối» is.
        is_any = text.tokens[at + 1].is_capital and not is_under_body
        verbs = lexicon.DUTY_VERBS if is_any else _IN_CHARGE
        if match_adjacent(text.tokens, bodies.end, verbs):
            yield Clause(text.spans(bodies), _role_after(text.tokens, bodies.end) or "implementing")


def _is_plain_subject(text: _Text, clause: Clause) -> bool:
    """After a semicolon a subject needs a name or a strong verb: «…; các tổ chức hoạt động …»."""
    if clause.role != "implementing" or clause.bodies[0].printed[:1].isupper():
        return True
    end = clause.bodies[-1].end
    after = next((i for i, token in enumerate(text.tokens) if token.start >= end), None)
    return after is not None and _is_strong(text.tokens, after)


def _starts(tokens: Sequence[Token]) -> Iterator[int]:
    """Tokens at which a sentence or a clause begins."""
    depth = 0
    for at, token in enumerate(tokens):
        if token.text == "(":
            depth += 1
        elif token.text == ")":
            depth = max(0, depth - 1)
        is_start = at == 0 or (not depth and tokens[at - 1].text in _SENTENCE_MARKS)
        if is_start and token.is_word:
            yield at


def _read_clause(text: _Text, start: int, *, is_told: bool = False) -> Clause | None:
    """Read a subject at `start` with a verb after it."""
    tokens = text.tokens
    # «…; giao trách nhiệm người đứng đầu …» is work of the one named before, no new duty.
    after = match_adjacent(tokens, start, _ALL_DEMANDS)
    is_told = is_told or (bool(after) and after < len(tokens) and tokens[after].is_capital)
    opens = is_told or start == 0 or tokens[start].is_capital or tokens[start - 1].text in ",:"
    at = _after_lead_in(tokens, start) if opens else start
    has_lead_in = at > start
    is_request = _is_request(tokens, at) if has_lead_in else False
    bodies = read_bodies(tokens, at) if at < len(tokens) else None
    if bodies is None:
        return None
    bodies = _read_qualified(tokens, at, bodies)
    end = _skip_brackets(tokens, bodies.end)
    demanded = _read_demanded(text, end)
    if demanded:
        return demanded
    role = _role_after(tokens, end, is_direct=has_lead_in)
    if role is None and start == 0 and _is_unknown_verb(tokens, end):
        role = "implementing"
    if role is None or (tokens[at].word in ("mỗi", "từng") and not _is_strong(tokens, end)):
        return None
    return Clause(text.spans(bodies), "requested" if is_request else role, has_lead_in)


def _is_directed(text: _Text, clause: Clause) -> bool:
    """Whether a subject in lower case stands among the objects of a verb before it."""
    if clause.is_given or clause.bodies[0].printed[:1].isupper():
        return False
    before = [token for token in text.tokens if token.end <= clause.bodies[0].start]
    opening = next((i for i, token in enumerate(before) if token.text == ","), None)
    return opening is not None and any(
        match_adjacent(before, at, _DIRECTS) for at in range(opening + 1, len(before))
    )


def _is_unknown_verb(tokens: Sequence[Token], at: int) -> bool:
    """Whether what follows a subject can only be its verb: «Bộ Y tế xuất cấp hóa chất»."""
    following = tokens[at : at + 2]
    if len(following) < 2 or not all(token.is_word and token.text.islower() for token in following):
        return False
    return not (
        following[0].word in _NARRATIVE
        or following[0].word in _INSERTIONS
        or match_adjacent(tokens, at, lexicon.STOPS)
        or match_adjacent(tokens, at, lexicon.COMMON_HEADS)
    )


def _read_fronted(text: _Text, start: int) -> Clause | None:
    """«Căn cứ hướng dẫn của Bộ A, Sở B nghiên cứu …»: the subject after an opening phrase."""
    tokens = text.tokens
    is_weak = _opens_with_task(tokens, start)
    after_time = match_adjacent(tokens, start, _TIMES)
    for at in range(start + 1, len(tokens)):
        mark = tokens[at - 1].text
        if mark in _SENTENCE_MARKS:
            return None
        is_told = bool(match_adjacent(tokens, at, _ALL_DEMANDS)) and not is_weak
        # «Chậm nhất là ngày 30 tháng 6 năm 2010 các cơ quan phải …» has no comma.
        is_after_year = mark.isdigit() and len(mark) == len("2010")
        is_opened = at == after_time or is_told or mark == "," or is_after_year
        if not is_opened or _continues_list(tokens, at):
            continue
        if is_weak and not match_adjacent(tokens, at, _ALL_DEMANDS) and not _demands(tokens, at):
            continue
        clause = _read_clause(text, at, is_told=is_told)
        if clause:
            return clause
    return None


def _opens_with_task(tokens: Sequence[Token], start: int) -> bool:
    """«Thực hiện tuyên truyền …» is a task; «Thực hiện Chỉ thị số …» only opens a sentence."""
    after = match_adjacent(tokens, start, lexicon.DUTY_VERBS)
    if (
        not after
        or after >= len(tokens)
        or tokens[start].word in ("căn", "định", "hằng", "hàng", "trên", "theo", "để", "nhằm")
    ):
        return False
    if tokens[start].word == "tiếp":
        return True
    return not tokens[after].is_capital and tokens[after].word not in ("chỉ", "ý", "kết")


def _is_strong(tokens: Sequence[Token], at: int) -> bool:
    return bool(match_adjacent(tokens, at, _STRONG))


def _demands(tokens: Sequence[Token], at: int) -> bool:
    bodies = read_bodies(tokens, at) if starts_body(tokens, at) else None
    if bodies is None or bodies.end >= len(tokens):
        return False
    return bool(match_adjacent(tokens, bodies.end, _STRONG))


def _continues_list(tokens: Sequence[Token], at: int) -> bool:
    """Whether the body at `at` is a member of a list that began before the comma.

    After «của Bộ A, Sở B xây dựng» the list «Bộ A, Sở B» is none: Sở B is the subject.
    """
    for first in range(max(0, at - 25), at - 1):
        if not starts_body(tokens, first):
            continue
        bodies = read_bodies(tokens, first)
        if bodies is None or bodies.end <= at:
            continue
        if at not in dict(bodies.names):
            return True
        if first and tokens[first - 1].text == ",":
            return True
        if first == 0 or tokens[first - 1].word in ("với", "cùng"):
            return True
        opening = (begin for begin, _ in bodies.names[1:] if _opens_subject(tokens, begin))
        return at != next(opening, None)
    return False


def _opens_subject(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name may open a sentence's subject: in «đơn vị, địa phương» no later noun does."""
    return tokens[at].is_capital or tokens[at].word in lexicon.DETERMINERS


def _read_second(text: _Text, clause: Clause) -> Iterator[Clause]:
    """«Sở A chủ trì, Sở B phối hợp …»; «…, Ban Chỉ đạo sẽ họp»: a second subject after a comma."""
    tokens = text.tokens
    begin = next(i for i, token in enumerate(tokens) if token.end == clause.bodies[-1].end)
    for at in range(begin + 1, len(tokens)):
        if tokens[at - 1].text in _SENTENCE_MARKS:
            return
        if tokens[at - 1].text != "," or not starts_body(tokens, at):
            continue
        bodies = read_bodies(tokens, at)
        if bodies is None or bodies.end >= len(tokens) or _continues_list(tokens, at):
            continue
        following = tokens[bodies.end].word
        if following in ("sẽ", "chủ") and match_adjacent(tokens, bodies.end, _MODALS_OR_LEADS):
            yield Clause(text.spans(bodies), _role_after(tokens, bodies.end) or "implementing")
        elif following == "phối" and clause.role == "lead" and at - begin <= 4:
            yield Clause(text.spans(bodies), "coordinating")


def _read_demanded(text: _Text, end: int) -> Clause | None:
    """«Thủ tướng Chính phủ yêu cầu Bộ A …»: the one who is told, not the one who demands."""
    tokens = text.tokens
    # «UBND tỉnh cũng giao UBND các huyện …»: an adverb before the verb changes nothing.
    while end < len(tokens) and tokens[end].word in ("cũng", "còn", "đã"):
        end += 1
    for table, is_request in ((lexicon.REQUESTS, True), (lexicon.DEMANDS, False)):
        after = match_adjacent(tokens, end, table)
        if not after:
            continue
        bodies = read_bodies(tokens, after) if after < len(tokens) else None
        if bodies is None:
            continue
        role = _role_after(tokens, _skip_brackets(tokens, bodies.end), is_direct=True)
        if role is None and is_request:
            continue
        role = role or "implementing"
        return Clause(text.spans(bodies), "requested" if is_request else role, True)
    return None


def _after_lead_in(tokens: Sequence[Token], at: int) -> int:
    """Find the token after «Giao», «Đề nghị», «Trách nhiệm của», «Đối với»."""
    while after := match_adjacent(tokens, at, lexicon.HEADING_PREFIXES):
        at = after
        if at < len(tokens) and tokens[at].text == ":":
            at += 1
    return at


def _is_request(tokens: Sequence[Token], at: int) -> bool:
    """Whether «Đề nghị» stands in front of `at`."""
    words = [token.word for token in tokens[max(0, at - 6) : at]]
    return "nghị" in words and "đề" in words


def _skip_brackets(tokens: Sequence[Token], at: int) -> int:
    if at >= len(tokens) or tokens[at].text != "(":
        return at
    while at < len(tokens) and tokens[at].text != ")":
        at += 1
    return min(at + 1, len(tokens))


def _role_after(tokens: Sequence[Token], at: int, *, is_direct: bool = False) -> Role | None:
    """Read the role that the words after a subject give it; None when no duty follows.

    `is_direct`: the subject follows «giao» or «đề nghị», so any verb is a duty.
    """
    here = at
    if here < len(tokens) and tokens[here].text in (":", ","):
        here += 1
    while here < len(tokens) and tokens[here].is_hyphen:
        here += 1
    contact = match_adjacent(tokens, here, _CONTACT)
    if contact:
        return _role_of_contact(tokens, contact)
    lead = match_adjacent(tokens, here, _LEADS)
    if lead:
        return "lead"
    is_verb = here < len(tokens) and match_adjacent(tokens, here, _MODALS_OR_VERBS)
    if here < len(tokens) and tokens[here].word in _INSERTIONS and not is_verb:
        return _role_after_insertion(tokens, here, is_direct=is_direct)
    if tokens[at : at + 1] and tokens[at].text == ",":
        # «Sở A, căn cứ …, xây dựng»: a comma alone does not make a predicate.
        return None
    return _role_of_predicate(tokens, here, is_direct=is_direct)


def _role_of_contact(tokens: Sequence[Token], at: int) -> Role:
    """«Là cơ quan đầu mối, chủ trì theo dõi …» leads; «đầu mối» alone carries out."""
    here = at + 1 if at < len(tokens) and tokens[at].text == "," else at
    return "lead" if match_adjacent(tokens, here, _LEADS) else "implementing"


def _role_after_insertion(tokens: Sequence[Token], at: int, *, is_direct: bool) -> Role | None:
    """Find the verb after an insertion: «Sở A theo chức năng, nhiệm vụ được giao xây dựng …»."""
    is_narrative = tokens[at].word in ("được", "là") and not is_direct
    words = tokens[at].word
    # «Cơ quan được giao chủ trì soạn thảo phải …»: which agency, not its role.
    is_told = bool(match_adjacent(tokens, at, _IS_TOLD))
    for here in range(at + 1, min(len(tokens), at + _FAR)):
        if tokens[here].text == ";" and starts_body(tokens, here + 1):
            # «Các sở được giao nhiệm vụ; UBND các xã xây dựng …»: two subjects of one verb.
            bodies = read_bodies(tokens, here + 1)
            return _role_after(tokens, bodies.end) if bodies else None
        if tokens[here].text in _SENTENCE_MARKS:
            return None
        if match_adjacent(tokens, here, _LEADS) and not is_told:
            return "lead"
        modal = match_adjacent(tokens, here, _MODALS)
        strong = tokens[here].word in ("có", "chịu", *(("phải",) if is_told else ()))
        if strong and modal:
            return _role_of_predicate(tokens, here, is_direct=True)
        opens = tokens[here - 1].text == "," or tokens[here - 1].word in _INSERTION_ENDS
        is_verb = match_adjacent(tokens, here, lexicon.DUTY_VERBS)
        if (
            opens
            and is_verb
            and not is_narrative
            and words
            in ("theo", "căn", "trên", "trong", "tùy", "tuỳ", "ngoài", "có", "được", "với")
        ):
            return _role_of_predicate(tokens, here, is_direct=True)
    return None


def _role_of_predicate(tokens: Sequence[Token], at: int, *, is_direct: bool) -> Role | None:
    here = at
    has_modal = False
    while here < len(tokens):
        if match_adjacent(tokens, here, _LEADS):
            return "lead"
        if match_adjacent(tokens, here, _COORDINATES):
            return "coordinating"
        modal = match_adjacent(tokens, here, _MODALS)
        if not modal:
            break
        has_modal = True
        here = modal
        while here < len(tokens) and tokens[here].text in (",", ":"):
            here += 1
    if here >= len(tokens):
        return "implementing" if has_modal else None
    if tokens[here].word in _NARRATIVE and not has_modal:
        return None
    if has_modal or is_direct or match_adjacent(tokens, here, lexicon.DUTY_VERBS):
        return "implementing"
    return None


def _first_role(text: _Text) -> Role | None:
    """Read the role of a text that begins with its verb: «Chủ trì …», «Chủ động phối hợp …»."""
    tokens = text.tokens
    here = 0
    while here < len(tokens):
        if match_adjacent(tokens, here, _LEADS):
            return "lead"
        contact = match_adjacent(tokens, here, _CONTACT)
        if contact:
            return _role_of_contact(tokens, contact)
        if match_adjacent(tokens, here, _COORDINATES):
            return "coordinating"
        modal = match_adjacent(tokens, here, _MODALS)
        if not modal:
            return None
        here = modal
        while here < len(tokens) and tokens[here].text == ",":
            here += 1
    return None


def _role_after_opening(text: _Text) -> Role | None:
    """«Trên cơ sở chức năng, nhiệm vụ, chủ trì, phối hợp …»: the role after an opening phrase."""
    tokens = text.tokens
    if not tokens or tokens[0].word not in ("trên", "căn", "theo", "trong"):
        return None
    for at in range(1, len(tokens)):
        if tokens[at].text in _SENTENCE_MARKS:
            return None
        if tokens[at - 1].text == ",":
            verb = match_adjacent(tokens, at, _EAGERLY) or at
            if match_adjacent(tokens, verb, _LEADS):
                return "lead"
            if match_adjacent(tokens, verb, _COORDINATES):
                return "coordinating"
            if match_adjacent(tokens, at, lexicon.DUTY_VERBS):
                return None
    return None


def _read_partners(text: _Text) -> Iterator[Span]:
    """Bodies named after «phối hợp với», «phối hợp cùng», «phối hợp»."""
    tokens = text.tokens
    at = 0
    seen: set[str] = set()
    for first in [at for at, token in enumerate(tokens) if token.word in _WITH.longest]:
        after = match_adjacent(tokens, first, _WITH) if first >= at else 0
        if not after:
            continue
        here = after
        while here < len(tokens):
            manner = match_adjacent(tokens, here, _MANNER)
            if not manner and tokens[here].text != ",":
                break
            here = manner or here + 1
        bodies = read_bodies(tokens, here) if here < len(tokens) else None
        at = after
        if bodies is None:
            continue
        at = bodies.end
        for span in text.spans(bodies):
            if span.printed.lower() not in seen:
                seen.add(span.printed.lower())
                yield span
