"""Words in lines: an SVG breaks none by itself.

Comes in: words and how many letters a line holds. Goes out: lines.
"""

from __future__ import annotations


def break_lines(words: str, letters: int, most: int = 3) -> tuple[str, ...]:
    """Break words into lines of about so many letters; the last one may end in «…».

    >>> break_lines("Phòng Văn hóa - Xã hội", 14)
    ('Phòng Văn hóa', '- Xã hội')
    >>> break_lines("Ủy ban nhân dân các xã, phường, đặc khu", 12, most=2)
    ('Ủy ban nhân', 'dân các xã,…')
    """
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        lines[most - 1 :] = [f"{lines[most - 1]}…"]
    return tuple(lines)


def break_address(address: str, letters: int) -> tuple[str, ...]:
    """Break an address into lines, after a slash.

    >>> break_address("https://congkhai.example/ke-hoach/lai-chau/", 26)
    ('https://congkhai.example/', 'ke-hoach/lai-chau/')
    """
    lines = [""]
    for part in address.split("/"):
        if lines[-1] and len(lines[-1]) + len(part) > letters:
            lines.append("")
        lines[-1] += f"{part}/"
    return tuple(lines[:-1]) + ((lines[-1][:-1],) if lines[-1] != "/" else ())
