"""Phrases that name bodies, one by one and in lists, known or unknown.

Comes in: the tokens of a text. Goes out: the token after a body's name, and lists of
names split at real borders only: «các bộ, ngành, địa phương» is two, «Sở Văn hóa, Thể
thao và Du lịch» is one. The grammar needs no register: a head («Sở», «Ủy ban», «các
đơn vị»), its complement up to a verb or a mark, and what modifies it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from congkhai.reading import lexicon
from congkhai.reading.facts import Span
from congkhai.reading.tokens import Token, match_adjacent, match_phrase, span_of, tokenize

LONGEST_COMPLEMENT = 8  # words in lower case after a head, before it is no name any more
_AND = frozenset({"và", "cùng", "với", "hoặc"})
_OPENS_LIST = frozenset({",", ";", "/"})


@dataclass(frozen=True, slots=True)
class BodyList:
    """Names of bodies in order, and the token after the last of them."""

    names: tuple[tuple[int, int], ...]
    end: int

    def spans(self, text: str, tokens: Sequence[Token]) -> tuple[Span, ...]:
        """Return the names as spans of the text."""
        return tuple(span_of(text, tokens, first, end) for first, end in self.names)


def read_bodies(tokens: Sequence[Token], at: int) -> BodyList | None:
    """Read the list of bodies that begins at a token; None when no body stands there."""
    if at >= len(tokens):
        return None
    end = _read_fields(tokens, at) or _read_name(tokens, at)
    if not end:
        return None
    names = [(at, _read_elided(tokens, at, end))]
    while following := _read_next(tokens, names[-1][1]) or _read_members(tokens, *names[-1]):
        names.append((following[0], _read_elided(tokens, *following)))
    first, end = names[-1]
    names[-1] = first, _read_places_after_colon(tokens, first, end)
    return BodyList(tuple(names), names[-1][1])


def member_names(printed: str) -> tuple[str, ...]:
    """Name each body that one noun holds together; a plain name is its own only member.

    >>> member_names("Các sở: Y tế, Văn hóa, Thể thao và Du lịch")
    ('Sở Y tế', 'Sở Văn hóa, Thể thao và Du lịch')
    >>> member_names("Sở Nội vụ")
    ('Sở Nội vụ',)
    """
    tokens = tokenize(printed)
    start = 1 if tokens and tokens[0].word == "các" else 0
    if not _read_fields(tokens, 0) and not (start < len(tokens) and _is_field_head(tokens[start])):
        return (printed,)
    fields = [span_of(printed, tokens, *pair).printed for pair in _fields(tokens, start + 1)]
    head = tokens[start].text.capitalize()
    return tuple(f"{head} {field}" for field in fields) if len(fields) > 1 else (printed,)


def split_names(text: str) -> tuple[tuple[Span, ...], str]:
    """Split words that list bodies, known or not; the second value is what names none.

    >>> spans, rest = split_names("Bộ Y tế; Ban Quản lý X, các địa phương")
    >>> [one.printed for one in spans], rest
    (['Bộ Y tế', 'Ban Quản lý X', 'các địa phương'], '')
    """
    return split_tokens(text, tokenize(text))


def split_tokens(text: str, tokens: Sequence[Token]) -> tuple[tuple[Span, ...], str]:
    """Split a part of a text, given by its tokens, like `split_names`."""
    spans: list[Span] = []
    unread: list[str] = []
    at = 0
    while at < len(tokens):
        bodies = read_bodies(tokens, at)
        if bodies:
            spans += bodies.spans(text, tokens)
            at = bodies.end
            continue
        if not tokens[at].is_word or tokens[at].word in ("và", "cùng", "với"):
            at += 1
            continue
        continues = bool(spans) and text[spans[-1].end : tokens[at].start].strip() == ""
        end = _end_of_phrase(tokens, at, restricts=continues)
        phrase = text[tokens[at].start : tokens[end - 1].end]
        if continues and match_adjacent(tokens, at, lexicon.WITHIN):
            # «… trong phạm vi chức năng, nhiệm vụ của mình» tells nothing of the name.
            at = end
            continue
        if continues:
            # «các bộ, ngành, địa phương là chủ quản cơ sở dữ liệu»: what restricts the name.
            last = spans.pop()
            spans.append(
                Span(last.start, tokens[end - 1].end, text[last.start : tokens[end - 1].end])
            )
        elif tokens[at].is_capital and not (end == at + 1 and _is_bare_head(tokens, at)):
            spans.append(Span(tokens[at].start, tokens[end - 1].end, phrase))
        else:
            unread.append(phrase)
        at = end
    return tuple(spans), ", ".join(unread)


def _is_bare_head(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word only begins a name, as in a cell cut off after «…, Bộ»."""
    return bool(_named_head(tokens, at) or match_adjacent(tokens, at, lexicon.COMMON_HEADS))


def _end_of_phrase(tokens: Sequence[Token], at: int, *, restricts: bool) -> int:
    """Find the token after words that name no body; a restriction may hold commas."""
    end = at
    while end < len(tokens) and tokens[end].text != ";":
        is_next = end + 1 < len(tokens) and starts_body(tokens, end + 1)
        if tokens[end].text == "," and (not restricts or is_next):
            break
        if tokens[end].word == "và" and is_next and tokens[end + 1].word in lexicon.DETERMINERS:
            break
        end += 1
    return end


def starts_body(tokens: Sequence[Token], at: int) -> bool:
    """Whether a body's name begins at a token."""
    return at < len(tokens) and bool(_read_name(tokens, at))


def _read_places_after_colon(tokens: Sequence[Token], first: int, end: int) -> int:
    """«UBND các phường: Lê Chân, Ngô Quyền, Hải An»: the places that a plural names."""
    is_plural = any(token.word == "các" for token in tokens[first:end])
    if not is_plural or end + 1 >= len(tokens) or tokens[end].text != ":":
        return end
    here = end + 1
    while here < len(tokens) and tokens[here].is_capital:
        if _opens_next(tokens, here) or match_adjacent(tokens, here, lexicon.DUTY_VERBS):
            break
        while here < len(tokens) and tokens[here].is_capital:
            here += 1
        is_listed = here + 1 < len(tokens) and (
            tokens[here].text == "," or tokens[here].word == "và"
        )
        if not is_listed or not tokens[here + 1].is_capital:
            return here
        here += 1
    return end


def _read_next(tokens: Sequence[Token], here: int) -> tuple[int, int] | None:
    """Read the name that continues a list after `here`."""
    at = here
    while at < len(tokens) and (tokens[at].text in _OPENS_LIST or tokens[at].word in _AND):
        at += 1
    if at == here:
        # Two names printed side by side, as in a cell: «Bộ Tài chính Bộ Công an».
        if here < len(tokens) and tokens[here].is_capital and _named_head(tokens, here):
            end = _read_name(tokens, here)
            return (here, end) if end else None
        return None
    end = _read_fields(tokens, at) or _read_name(tokens, at, in_list=True)
    return (at, end) if end else None


def _read_members(tokens: Sequence[Token], first: int, end: int) -> tuple[int, int] | None:
    """«các tổ chức hội: Hội Nông dân, Hội Cựu chiến binh»: the members of a plural."""
    if end + 1 >= len(tokens) or tokens[end].text != ":" or tokens[first].word != "các":
        return None
    longer = _read_name(tokens, end + 1) if _named_head(tokens, end + 1) else 0
    # With one name after it the colon opens what that body does.
    is_list = longer and longer < len(tokens) and tokens[longer].text in _OPENS_LIST
    return (end + 1, longer) if is_list else None


def _read_elided(tokens: Sequence[Token], at: int, end: int) -> int:
    """Read on in «Sở Y tế, Giáo dục và Đào tạo», where the head is printed once."""
    if not _is_field_head(tokens[at]):
        return end
    while end + 1 < len(tokens) and (tokens[end].text == "," or tokens[end].word == "và"):
        is_field = tokens[end + 1].is_capital and not _named_head(tokens, end + 1)
        field = match_phrase(tokens, end + 1, lexicon.SECTORS) if is_field else 0
        if not field:
            break
        end = field
    return end


def _is_field_head(token: Token) -> bool:
    return token.word in lexicon.FIELD_HEADS


def _read_fields(tokens: Sequence[Token], at: int) -> int:
    """Read «Các sở: Y tế, Nội vụ, Văn hóa, Thể thao và Du lịch»; 0 for another name."""
    if at >= len(tokens):
        return 0
    start = at + 1 if tokens[at].word == "các" else at
    if start + 1 >= len(tokens) or tokens[start].word not in ("sở", "bộ", "phòng"):
        return 0
    is_open = tokens[start + 1].text == ":" or (start > at and tokens[start + 1].is_capital)
    fields = _fields(tokens, start + 1) if is_open else []
    return fields[-1][1] if len(fields) > 1 else 0


def _fields(tokens: Sequence[Token], at: int) -> list[tuple[int, int]]:
    """List the fields of government that stand after «sở» or «các sở:»."""
    head = tokens[at - 1].word
    here = at + 1 if at < len(tokens) and tokens[at].text == ":" else at
    fields: list[tuple[int, int]] = []
    while here < len(tokens):
        end = match_phrase(tokens, here, lexicon.SECTORS)
        if not end or (_named_head(tokens, here) and head != "bộ"):
            break
        fields.append((here, end))
        here = end
        while here < len(tokens) and (tokens[here].text in ",;" or tokens[here].word == "và"):
            here += 1
        if here == end:
            # «Các Sở Y tế xây dựng …»: a verb that is a field elsewhere.
            break
    return fields


def _named_head(tokens: Sequence[Token], at: int) -> int:
    token = tokens[at]
    if token.text in lexicon.ACRONYMS:
        return at + 1
    if token.word == "khoa" and at + 1 < len(tokens) and tokens[at + 1].word in ("học", "giáo"):
        # «Khoa Nội» of a hospital; «Khoa học» is a field, «Khoa giáo» a part of one.
        return 0
    return match_adjacent(tokens, at, lexicon.NAMED_HEADS) if token.is_capital else 0


_MOST_NESTED = 6
"""«Văn phòng Đảng ủy cơ quan Bộ …»: names within names; a text of nothing else has no end."""


def _read_name(tokens: Sequence[Token], at: int, *, in_list: bool = False, depth: int = 0) -> int:
    """Find the token after the one name that begins at `at`; 0 when none does.

    `depth`: in how many other names it stands; no body is named within more than a few.
    """
    if at >= len(tokens) or depth > _MOST_NESTED or match_adjacent(tokens, at, lexicon.NO_BODIES):
        return 0
    position = _read_position(tokens, at)
    if position:
        return position
    head_at = _after_determiner(tokens, at)
    has_determiner = head_at > at
    if head_at >= len(tokens):
        return 0
    common = max(
        match_adjacent(tokens, head_at, lexicon.COMMON_HEADS),
        match_phrase(tokens, head_at, lexicon.COMMON_COMPOUNDS),
    )
    fixed = match_phrase(tokens, head_at, lexicon.FIXED_NAMES) if tokens[head_at].is_capital else 0
    if fixed:
        return _read_complement(tokens, fixed, is_named=True, depth=depth)
    named = _named_head(tokens, head_at)
    if named and (board := _read_board(tokens, head_at)):
        return board
    if not has_determiner and _is_verb(
        tokens, head_at, max(common, named), is_named=named >= common
    ):
        return 0
    is_plural = has_determiner and common >= named
    if named and (not is_plural or _is_field(tokens, head_at, named)):
        end = _read_complement(tokens, named, is_named=True, depth=depth)
        if end > named or _stands_alone(tokens, head_at, named):
            return _read_class(tokens, head_at, end) if _joins(tokens, head_at, end) else end
    if common and (has_determiner or in_list or _is_class_noun(tokens, head_at, at)):
        end = _read_class(tokens, head_at, common)
        # «…, Bộ» at the end of a cell is a name that was cut off.
        is_cut = tokens[head_at].is_capital and end == head_at + 1 and not has_determiner
        return 0 if is_cut and tokens[head_at].word in lexicon.JOINED else end
    return 0


def _is_field(tokens: Sequence[Token], head_at: int, end: int) -> bool:
    """«các Sở Giáo dục và Đào tạo»: one field of government, of every province."""
    is_capital = end < len(tokens) and tokens[head_at].is_capital and tokens[end].is_capital
    return is_capital and bool(match_phrase(tokens, end, lexicon.SECTORS))


def _read_board(tokens: Sequence[Token], at: int) -> int:
    """Read a board's name up to its level: «Ban Chỉ đạo phòng, chống tội phạm xã»."""
    head = match_adjacent(tokens, at, lexicon.BOARD_HEADS)
    if not head or head >= len(tokens) or tokens[head].is_capital:
        return 0
    longest = 14
    for here in range(head, min(len(tokens), head + longest)):
        token = tokens[here]
        if token.text in ".;:(" or match_adjacent(tokens, here, lexicon.STRONG_VERBS):
            return 0
        if token.text == "," and here + 1 < len(tokens) and _opens_next(tokens, here + 1):
            return 0  # «Ban Quản lý dự án, các thôn»
        level = match_adjacent(tokens, here, lexicon.LEVELS)
        if level and here > head:
            end = _read_places(tokens, here)
            return (end < len(tokens) and match_adjacent(tokens, end, lexicon.MODIFIERS)) or end
    return 0


def _after_determiner(tokens: Sequence[Token], at: int) -> int:
    """Find the token after «các», «toàn thể», «một số»."""
    here = at
    while here < len(tokens) and tokens[here].word in lexicon.DETERMINERS:
        here += 1
        if tokens[here - 1].word == "toàn" and tokens[here : here + 1]:
            here += tokens[here].word == "thể"
    pair = tuple(token.word for token in tokens[at : at + 2])
    return at + 2 if here == at and pair == ("một", "số") else here


def _is_verb(tokens: Sequence[Token], at: int, head: int, *, is_named: bool) -> bool:
    """«Tổ chức đào tạo», «Ban hành …»: a verb that looks like the head of a name."""
    verb = match_adjacent(tokens, at, lexicon.DUTY_VERBS)
    if not verb or verb < head:
        return False
    if verb > head or head >= len(tokens):
        return verb > head
    following = tokens[head]
    if match_adjacent(tokens, head, lexicon.DUTY_VERBS):
        return True
    is_name = is_named and following.is_capital and following.is_word
    return not (is_name or _read_level(tokens, head))


def _is_class_noun(tokens: Sequence[Token], head_at: int, at: int) -> bool:
    """Tell whether a class noun without «các» names bodies: only at a sentence's start."""
    opens = at == 0 or not tokens[at - 1].is_word
    is_named = at > 0 and tokens[at - 1].word in ("của", "với", "cùng", "nghị")
    return (opens and tokens[head_at].is_capital) or is_named


def _stands_alone(tokens: Sequence[Token], first: int, end: int) -> bool:
    words = " ".join(token.word for token in tokens[first:end])
    if words in lexicon.ALONE or tokens[first].text in lexicon.ACRONYMS:
        return True
    return end - first >= 2 and words not in ("cơ quan", "ban chỉ", "nhà máy")


def _joins(tokens: Sequence[Token], head_at: int, end: int) -> bool:
    return _read_joined(tokens, head_at, end) > end


def _read_class(tokens: Sequence[Token], head_at: int, end: int) -> int:
    end = _read_joined(tokens, head_at, end)
    is_place = tokens[end - 1].word in lexicon.PLACE_LAST_WORDS
    end = _read_complement(tokens, end, is_named=False, only_modifiers=is_place)
    if tokens[end - 1].is_capital and tokens[head_at].word in ("địa", *lexicon.PLACES):
        return _read_proper_names(tokens, end)
    return end


def _read_proper_names(tokens: Sequence[Token], end: int) -> int:
    """«các địa phương Bắc Ninh, Bình Dương, An Giang»: the places of one plural noun."""
    while end + 1 < len(tokens) and (tokens[end].text == "," or tokens[end].word == "và"):
        following = end + 1
        while (
            following < len(tokens)
            and tokens[following].is_capital
            and not _opens_next(tokens, following)
        ):
            following += 1
        if following == end + 1:
            break
        end = following
    return end


def _read_joined(tokens: Sequence[Token], head_at: int, end: int) -> int:
    """«các sở, ban, ngành»: class nouns that one «các» holds together."""
    previous = " ".join(token.word for token in tokens[head_at:end])
    while end + 1 < len(tokens) and (tokens[end].text == "," or tokens[end].word == "và"):
        following = match_adjacent(tokens, end + 1, lexicon.COMMON_HEADS)
        if not following:
            break
        noun = " ".join(token.word for token in tokens[end + 1 : following])
        is_joined = any(
            previous in nouns and noun in nouns for nouns in (lexicon.JOINED, lexicon.PLACES)
        )
        if not is_joined and (previous, noun) not in lexicon.JOINED_PAIRS:
            break
        if _begins_named(tokens, end + 1, following):
            break
        if match_adjacent(tokens, end + 1, lexicon.POSITION_HEADS) > following:
            break
        previous, end = noun, following
    return end


def _begins_named(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a class noun is in truth the head of one body: «…, Sở Y tế»."""
    is_followed = end < len(tokens) and tokens[end].is_capital and tokens[end].is_word
    return tokens[at].is_capital and is_followed and not _read_level(tokens, end)


def _read_level(tokens: Sequence[Token], at: int) -> int:
    """Find the token after a word for a level or a place: «tỉnh», «cấp xã»."""
    return match_adjacent(tokens, at, lexicon.LEVELS)


def _read_position(tokens: Sequence[Token], at: int) -> int:
    """Read «Giám đốc các sở», «Thủ trưởng các sở, ngành»; 0 when no position stands there."""
    head_at = _after_titles(tokens, at)
    head = match_adjacent(tokens, head_at, lexicon.POSITION_HEADS)
    if not head:
        return _read_person(tokens, at, head_at)
    words = " ".join(token.word for token in tokens[head_at:head])
    office = match_phrase(tokens, head_at + 1, lexicon.FIXED_NAMES)
    if office > head:
        # «Chánh Văn phòng HĐND và UBND phường»
        return _read_complement(tokens, office, is_named=True)
    end = _read_fields(tokens, head) or _read_name(tokens, head, in_list=True)
    if not end and head < len(tokens) and tokens[head].is_capital:
        # «Trưởng phòng Kinh tế»
        longer = _read_complement(tokens, head, is_named=True)
        end = longer if longer > head else 0
    if not end:
        is_listed = at > 0 and (tokens[at - 1].word in _AND or tokens[at - 1].text == ",")
        return head if words in lexicon.ALONE and (tokens[at].is_capital or is_listed) else 0
    while words in lexicon.OVER_SEVERAL and (longer := _read_shared(tokens, end)):
        end = longer
    return end


def _read_person(tokens: Sequence[Token], at: int, name_at: int) -> int:
    """Read «ông Nguyễn Văn A»; 0 when no person's name stands there."""
    if not match_adjacent(tokens, at, lexicon.TITLES):
        return 0
    end = name_at
    while end < len(tokens) and tokens[end].is_capital and not _named_head(tokens, end):
        end += 1
    return end if end - name_at > 1 else 0


def _after_titles(tokens: Sequence[Token], at: int) -> int:
    """Find the token after «các», «đồng chí», «các ông (bà)»."""
    head_at = at + 1 if tokens[at].word in lexicon.DETERMINERS else at
    titled = match_adjacent(tokens, head_at, lexicon.TITLES)
    if not titled:
        return head_at
    words = [token.text for token in tokens[titled : titled + 3]]
    return titled + 3 if words == ["(", "bà", ")"] else titled


def _read_shared(tokens: Sequence[Token], end: int) -> int:
    """Read the next name under one noun: «thủ trưởng các sở, ngành, các địa phương»."""
    following = end + 1
    if following >= len(tokens) or (tokens[end].text != "," and tokens[end].word != "và"):
        return 0
    head_of_next = _after_determiner(tokens, following)
    if head_of_next >= len(tokens) or tokens[head_of_next].is_capital:
        return 0
    position = match_adjacent(tokens, following, lexicon.POSITION_HEADS)
    if position and tokens[following].word not in ("chính", "cấp"):
        return 0
    return _read_name(tokens, following, in_list=True)


def _read_complement(
    tokens: Sequence[Token],
    at: int,
    *,
    is_named: bool,
    only_modifiers: bool = False,
    depth: int = 0,
) -> int:
    """Find the token after the words that complete a head."""
    return _Complement(tokens, at, is_named, only_modifiers, depth).read()


@dataclass(slots=True)
class _Complement:
    """The words after a head, read one step after the other up to a verb or a mark.

    `has_sector`: a known field of government was read, so the name is complete.
    `has_modifier`: «xã», «có liên quan» was read, so no word in lower case belongs to it.
    """

    tokens: Sequence[Token]
    start: int
    is_named: bool
    only_modifiers: bool
    depth: int = 0
    here: int = 0
    lower_words: int = 0
    has_sector: bool = False
    has_modifier: bool = False

    def read(self) -> int:
        """Find the token after the last word of the name."""
        self.here = self.start
        while self.here < len(self.tokens):
            following = self._after_known_words() or self._after_word_or_mark()
            if not following:
                break
            self.here = following
        return _trim(self.tokens, self.start, self.here)

    def _after_known_words(self) -> int:
        """Find the token after a modifier, a field of government or a place."""
        token = self.tokens[self.here]
        modifier = _read_modifier(self.tokens, self.here)
        if modifier and modifier >= _named_head(self.tokens, self.here):
            # «Ngân hàng Nhà nước Chi nhánh …»: with a capital it is a part of the name.
            self.has_modifier |= not token.is_capital or not self.is_named
            return modifier
        if self.is_named and not self.has_sector and token.is_capital:
            sector = match_phrase(self.tokens, self.here, lexicon.SECTORS)
            if sector and not _continues_sector(self.tokens, sector):
                self.has_sector = True
                return sector
        if self.is_named and self.here == self.start and token.word == "các":
            # «Đảng ủy các cơ quan Đảng tỉnh»
            name = _read_name(self.tokens, self.here, depth=self.depth + 1)
            return name or _read_objects(self.tokens, self.here)
        return match_adjacent(self.tokens, self.here, lexicon.PLACE_NAMES) * token.is_capital

    def _after_word_or_mark(self) -> int:
        token = self.tokens[self.here]
        if not token.is_word:
            return self._after_mark()
        if token.word == "và":
            if self._manages_more():
                return self.here + 2
            is_inside = self.is_named and not self.has_sector
            return self.here + 1 if is_inside and _continues_name(self.tokens, self.here + 1) else 0
        return self._after_capital() if token.is_capital else self._after_lower_case()

    def _manages_more(self) -> bool:
        """«Ban Quản lý Khu kinh tế Dung Quất và các Khu công nghiệp Quảng Ngãi»."""
        tokens, here = self.tokens, self.here
        is_board = self.start > 0 and tokens[self.start - 1].word == "lý"
        is_plural = here + 2 < len(tokens) and tokens[here + 1].word == "các"
        return bool(
            is_board and is_plural and match_adjacent(tokens, here + 2, lexicon.BOARD_OBJECTS)
        )

    def _after_mark(self) -> int:
        is_field = self.start > 0 and self.tokens[self.start - 1].word in lexicon.FIELD_HEADS
        following = _read_mark(
            self.tokens,
            self.here,
            is_named=self.is_named,
            has_sector=self.has_sector,
            is_field=is_field,
        )
        last = self.tokens[following - 1]
        if following and (last.text == "," or last.is_hyphen):
            self.has_sector = False
        return following

    def _after_capital(self) -> int:
        tokens, here = self.tokens, self.here
        # «Công chức Tài chính - Kế toán»: behind a hyphen a position is a part of the name.
        is_part = here > self.start and tokens[here - 1].is_hyphen and not _named_head(tokens, here)
        opens = _opens_next(tokens, here) and not is_part
        if opens and (here > self.start or self.is_named):
            if self.has_sector or self.has_modifier or not _named_head(tokens, here):
                return 0
            # «Đảng ủy cơ quan Văn phòng Quốc hội»: a body whose name completes another's.
            nested = _read_name(tokens, here, depth=self.depth + 1)
            if nested:
                self.has_sector = self.has_modifier = self.only_modifiers = True
                return nested
        if self.has_sector:
            # «Sở Lao động TB&XH»: a field of which a part is abbreviated.
            is_joined = tokens[here - 1].is_word or tokens[here - 1].text == "&"
            if not is_joined or _opens_next(tokens, here):
                return 0
            # «Vụ Giáo dục Phổ thông», «Sở Y tế Hà Nội»; «Sở Y tế Xây dựng …» is a verb.
            if tokens[here].text.isupper():
                return here + 1
            if _stops(tokens, here):
                return 0
            self.has_sector = False
        self.lower_words = 0
        return here + 1

    def _after_number(self) -> int:
        """«Ủy ban nhân dân 11 phường», «Đội Quản lý thị trường 12 B», «Ban Chỉ đạo 1237»."""
        tokens, here = self.tokens, self.here
        if not tokens[here].text.isdigit() or not (self.is_named and here > 0):
            return 0
        following = tokens[here + 1] if here + 1 < len(tokens) else None
        if following and (level := match_adjacent(tokens, here + 1, lexicon.LEVELS)):
            return level if following.text.islower() else 0
        if following and len(following.text) == 1 and following.is_capital:
            return here + 2
        ends = following is None or not following.is_word or _stops(tokens, here + 1)
        # «Thuế cơ sở 3», not «Sở 3»
        is_base = here > 1 and tokens[here - 2].word == "cơ"
        is_field = tokens[here - 1].word in lexicon.FIELD_HEADS and not is_base
        return here + 1 if ends and not is_field else 0

    def _completes_word(self) -> bool:
        """Whether a word goes on: «Văn phòng Đăng ký đất đai» has a verb inside its name."""
        before = self.here - 1
        is_inside = before >= self.start and self.tokens[before].is_capital
        return is_inside and any(
            match_adjacent(self.tokens, before, words) == self.here + 1
            for words in (lexicon.DUTY_VERBS, lexicon.NOUNS_WITH_VERBS)
        )

    def _after_lower_case(self) -> int:
        if number := self._after_number():
            return number
        is_complete = self.only_modifiers or self.has_sector or self.has_modifier
        noun = match_adjacent(self.tokens, self.here, lexicon.NOUNS_WITH_VERBS)
        if noun and not is_complete and self.is_named and self.here > self.start:
            return noun
        if is_complete or (_stops(self.tokens, self.here) and not self._completes_word()):
            return 0
        if self.lower_words >= LONGEST_COMPLEMENT or self.tokens[self.here].text[0].isdigit():
            return 0
        self.lower_words += 1
        return self.here + 1


def _read_objects(tokens: Sequence[Token], at: int) -> int:
    """«Ban Quản lý các khu công nghệ cao và khu công nghiệp»: what a board is there for."""
    if not match_adjacent(tokens, at + 1, lexicon.BOARD_OBJECTS):
        return 0
    here = at + 1
    while here < len(tokens):
        token = tokens[here]
        is_and = token.word == "và" or token.text == ","
        if is_and:
            following = here + 1 < len(tokens) and tokens[here + 1]
            if not following or not following.text.islower() or _stops(tokens, here + 1):
                break
            if match_adjacent(tokens, here + 1, lexicon.COMMON_HEADS):
                break
            if token.text == "," and not match_adjacent(tokens, here + 1, lexicon.BOARD_OBJECTS):
                break
        elif not token.text.islower() or _stops(tokens, here):
            break
        here += 1
    return here


def _continues_sector(tokens: Sequence[Token], at: int) -> bool:
    """«Nông nghiệp và Thủy lợi»: a known field that is only part of a longer name."""
    if at + 1 >= len(tokens) or tokens[at].word != "và":
        return False
    following = tokens[at + 1]
    return (
        following.is_capital
        and not _opens_next(tokens, at + 1)
        and not match_phrase(tokens, at + 1, lexicon.SECTORS)
    )


def _opens_next(tokens: Sequence[Token], at: int) -> bool:
    """Whether another body begins here, or somebody's position."""
    return bool(
        _named_head(tokens, at)
        or tokens[at].word in lexicon.DETERMINERS
        or match_adjacent(tokens, at, lexicon.POSITION_HEADS)
    )


def _continues_name(tokens: Sequence[Token], at: int) -> bool:
    if at >= len(tokens) or not tokens[at].is_capital:
        return False
    return not _opens_next(tokens, at)


def _stops(tokens: Sequence[Token], at: int) -> bool:
    return bool(
        match_adjacent(tokens, at, lexicon.DUTY_VERBS)
        or match_adjacent(tokens, at, lexicon.STOPS)
        or tokens[at].word in lexicon.DETERMINERS
    )


def _read_mark(
    tokens: Sequence[Token], at: int, *, is_named: bool, has_sector: bool, is_field: bool
) -> int:
    """Find the token after a mark inside a name; 0 when the name ends before it."""
    token = tokens[at]
    if at + 1 >= len(tokens):
        return 0
    following = tokens[at + 1]
    if token.text == "," and _is_inside_acronym(tokens, at):
        return at + 1
    if token.is_hyphen and following.is_word:
        if has_sector:
            return at + 1 if _is_next_field(tokens, at + 1) else 0
        return at + 1 if following.is_capital or not _stops(tokens, at + 1) else 0
    if token.text == "&" and following.is_word:
        return at + 1
    if token.text == "(":
        return _read_parenthesis(tokens, at)
    if token.text == "," and is_named and _continues_name(tokens, at + 1):
        # «Phòng Văn hóa, Khoa học và Thông tin», «Ủy ban Tài chính, Ngân sách».
        is_inside = (not has_sector and _has_last_member(tokens, at + 1)) or not is_field
        return at + 1 if is_inside and not _is_place_name(tokens, at) else 0
    return 0


def _is_next_field(tokens: Sequence[Token], at: int) -> bool:
    """Whether behind a dash another field follows: «Lao động - TBXH», «Tài chính - Kế toán».

    «Xây dựng» is a field and a verb: before words in lower case it is the verb.
    """
    token = tokens[at]
    if not token.is_capital or _named_head(tokens, at):
        return False
    if end := match_phrase(tokens, at, lexicon.SECTORS):
        is_last = end == len(tokens) or not tokens[end].is_word
        return is_last or _stops(tokens, end) or bool(_read_modifier(tokens, end))
    return token.text.isupper() or not _stops(tokens, at)


def _is_inside_acronym(tokens: Sequence[Token], at: int) -> bool:
    """«KH,CN&MT»: a comma without a space between capitals."""
    before, after = tokens[at - 1], tokens[at + 1]
    is_tight = before.end == tokens[at].start and tokens[at].end == after.start
    return is_tight and before.text.isupper() and after.text.isupper()


def _is_place_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether the words before a comma are a place, «UBND phường Hải Dương, …»."""
    here = at - 1
    while here > 0 and tokens[here].is_capital:
        here -= 1
    return tokens[here].word in ("tỉnh", "phố", "xã", "phường", "huyện", "quận", "trấn", "khu")


def _has_last_member(tokens: Sequence[Token], at: int) -> bool:
    here = at
    while here < len(tokens) and tokens[here].is_word and not _stops(tokens, here):
        here += 1
    if here < len(tokens) and tokens[here].text == ",":
        return _continues_name(tokens, here + 1) and _has_last_member(tokens, here + 1)
    is_and = here < len(tokens) and tokens[here].word == "và"
    return is_and and _continues_name(tokens, here + 1)


def _read_parenthesis(tokens: Sequence[Token], at: int) -> int:
    """«Bộ Tài chính (Kho bạc Nhà nước)»: another body in brackets belongs to the name."""
    if at + 1 >= len(tokens) or not (_named_head(tokens, at + 1)):
        return 0
    end = _read_name(tokens, at + 1)
    if " ".join(token.word for token in tokens[at + 1 : end]) == "thường trực":
        # «Phòng Kinh tế (Thường trực)» says what it does, not its name.
        return 0
    return end + 1 if end and end < len(tokens) and tokens[end].text == ")" else 0


def _read_modifier(tokens: Sequence[Token], at: int) -> int:
    """Find the token after what modifies a name: «xã», «có liên quan», «ở Trung ương»."""
    token = tokens[at]
    modifier = match_adjacent(tokens, at, lexicon.MODIFIERS)
    if modifier:
        return _read_more(tokens, at, modifier)
    if token.word in ("các", "từng", "mỗi") and at + 1 < len(tokens):
        end = _read_places(tokens, at + 1)
        return _read_proper_names(tokens, end) if end and tokens[end - 1].is_capital else end
    level = match_adjacent(tokens, at, lexicon.LEVELS)
    if level and not match_adjacent(tokens, at, lexicon.DUTY_VERBS):
        return _read_places(tokens, at)
    if token.word in lexicon.EXTENDERS:
        if at + 1 < len(tokens) and _named_head(tokens, at + 1):
            inner = _read_name(tokens, at + 1)
            return _read_plural_members(tokens, inner) if inner and token.word == "ở" else inner
        following = _read_modifier(tokens, at + 1) if at + 1 < len(tokens) else 0
        if following:
            return following
        return _read_name(tokens, at + 1)
    return 0


def _read_plural_members(tokens: Sequence[Token], end: int) -> int:
    """«Tổ đảng ở Thường trực Hội đồng Dân tộc, các Ủy ban của Quốc hội»: one noun over several."""
    while end + 2 < len(tokens) and tokens[end].text == "," and tokens[end + 1].word == "các":
        longer = _read_name(tokens, end + 1) if _named_head(tokens, end + 2) else 0
        if not longer:
            break
        end = longer
    return end


def _read_more(tokens: Sequence[Token], at: int, end: int) -> int:
    """«trên địa bàn tỉnh», «ở trung ương, địa phương», «trực thuộc sở»."""
    if tokens[end - 1].word in ("bàn", "thuộc") and end < len(tokens):
        is_body = tokens[end - 1].word == "thuộc" and _named_head(tokens, end)
        owner = (_read_name(tokens, end) or end + 1) if is_body else end
        return _read_places(tokens, end) or owner
    is_pair = tokens[at].word == "ở" and end + 1 < len(tokens) and tokens[end].text == ","
    return end + 3 if is_pair and tokens[end + 1].word == "địa" else end


def _read_places(tokens: Sequence[Token], at: int) -> int:
    """«xã Nam Sách», «huyện, thành phố Tân An», «xã, phường, đặc khu»."""
    end = match_adjacent(tokens, at, lexicon.LEVELS)
    if not end:
        return 0
    while True:
        end = match_adjacent(tokens, end, lexicon.PLACE_NAMES) or end
        if end < len(tokens) and tokens[end - 1].word == "vực" and tokens[end].text.isdigit():
            end += 1
        end = _read_name_of_place(tokens, end)
        separator = end < len(tokens) and (tokens[end].text in ",/;" or tokens[end].word == "và")
        if not separator:
            return end
        following = match_adjacent(tokens, end + 1, lexicon.LEVELS)
        if not following:
            return end
        end = following


def _read_name_of_place(tokens: Sequence[Token], at: int) -> int:
    """Read on over «Na Sơn»; «Trung Tâm», «Đoàn Kết» are places too: no word in lower case follows.

    «UBND xã Sở Nội vụ» is two bodies of a cell.
    """
    end = at
    while end < len(tokens) and tokens[end].text.istitle():
        end += 1
    is_whole = end == len(tokens) or not tokens[end].is_word or _stops(tokens, end)
    if end - at > 1 and is_whole and not match_phrase(tokens, at + 1, lexicon.SECTORS):
        return end
    end = at
    while end < len(tokens) and tokens[end].is_capital and not _opens_next(tokens, end):
        end += 1
    return end


def _dangles(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name cannot end with this word."""
    is_whole = tokens[at].word == "thuộc" and tokens[at - 1].word == "trực"
    return tokens[at].word in (*_AND, "thuộc", "của") and not is_whole


def _trim(tokens: Sequence[Token], at: int, end: int) -> int:
    while end > at and (
        _dangles(tokens, end - 1) or not (tokens[end - 1].is_word or tokens[end - 1].text == ")")
    ):
        end -= 1
    return end
