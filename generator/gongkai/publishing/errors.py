"""Why a tree, though without errors, cannot become a site."""

from __future__ import annotations


class UnpublishableError(Exception):
    """Nothing was published, and the old site is as it was; the message says why, in Chinese."""


class ChangedError(UnpublishableError):
    """A file was changed while a site was made from it, which would hold some of its old and some of its new text."""
