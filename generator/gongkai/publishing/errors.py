"""Why a tree, though without errors, cannot become a site."""

from __future__ import annotations


class UnpublishableError(Exception):
    """Nothing was published, and the old site is as it was; the message says why, in Chinese."""
