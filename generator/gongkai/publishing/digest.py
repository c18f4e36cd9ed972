"""Short names for contents."""

from __future__ import annotations

import hashlib


def digest(content: bytes) -> str:
    """Return a name for a content that no other content has, in 32 hexadecimal digits."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()
