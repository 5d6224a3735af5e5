"""Identifiers of entries in feeds and calendars, by which readers' programs know them.

Comes in: a key. Goes out: a URN that never changes.
"""

from __future__ import annotations

import uuid

NAMESPACE = uuid.UUID("3d0f4f0e-6a3c-5f43-9d0f-6f6b1f0a7c51")
"""Identifiers are made in it; never to be changed."""


def identifier(key: str) -> str:
    """Make the permanent identifier of an entry (RFC 4122 version 5)."""
    return uuid.uuid5(NAMESPACE, key).urn
