"""Which icon of the theme stands for what: topics, the natures of bodies, kinds of work.

Comes in: nothing. Goes out: names of Material icons. An icon only repeats the words beside it; a
topic that an office adds has the icon of no topic in particular.
"""

from __future__ import annotations

from collections.abc import Mapping

from congkhai.data import registers
from congkhai.model.views import ShownKind

TOPIC_ICONS: Mapping[str, str] = {
    "moi-truong": "leaf",
    "truong-hoc": "school-outline",
    "y-te": "hospital-box-outline",
    "nuoc-sach": "water-outline",
    "chuyen-doi-so": "laptop",
    "giam-ngheo": "hand-heart-outline",
    "tre-em": "baby-face-outline",
    "phu-nu-gia-dinh": "human-female-boy",
    "an-sinh": "account-group-outline",
    "van-hoa": "drama-masks",
    "the-thao": "run",
    "viec-lam": "briefcase-outline",
    "an-toan": "shield-outline",
    "thien-tai": "weather-hurricane",
    "nong-nghiep": "sprout-outline",
    "do-thi": "road-variant",
    "du-lich": "map-marker-outline",
    "thu-tuc": "file-document-outline",
    "khoa-hoc": "flask-outline",
    "dan-toc": "image-filter-hdr",
    "quoc-te": "earth",
    "tuyen-truyen": "bullhorn-outline",
    "kinh-phi": "cash",
}
ANY_TOPIC = "tag-outline"

NATURE_ICONS: Mapping[registers.Nature, str] = {
    "government": "bank-outline",
    "state": "domain",
    "front": "flag-outline",
    "union": "account-group-outline",
    "party": "star-outline",
    "media": "newspaper-variant-outline",
    "school": "school-outline",
    "health": "hospital-box-outline",
    "police": "shield-account-outline",
    "service": "briefcase-outline",
    "residents": "home-group",
    "group": "account-multiple-outline",
    "other": "dots-horizontal",
}

KIND_ICONS: Mapping[ShownKind, str] = {
    "task": "clipboard-list-outline",
    "duty": "account-tie-outline",
    "target": "bullseye-arrow",
    "milestone": "calendar-range-outline",
    "objective": "flag-outline",
    "request": "comment-question-outline",
}


def topic_icon(topic_id: str) -> str:
    """Return the icon of a topic.

    >>> topic_icon("moi-truong")
    'leaf'
    """
    return TOPIC_ICONS.get(topic_id, ANY_TOPIC)
