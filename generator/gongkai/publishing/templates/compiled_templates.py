"""Compiled templates, kept from one build to the next."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

_DIGEST = 16


class CompiledTemplates(BytecodeCache):
    """A folder of compiled templates; what is not exactly as it was written is compiled again.

    ``compiler`` names what compiles them, besides this Python.
    """

    def __init__(self, folder: Path, compiler: str) -> None:
        self._folder = folder
        self._compiler = compiler

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the key of a template: by its name, as a folder holds those of one project."""
        return super().get_cache_key(name)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what was compiled before."""
        try:
            content = self._file(bucket).read_bytes()
        except OSError:
            return
        digest, code = content[:_DIGEST], content[_DIGEST:]
        if digest == self._digest(bucket, code):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled; whatever prevents that does no harm."""
        code = bucket.bytecode_to_string()
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file(bucket).write_bytes(self._digest(bucket, code) + code)

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}.jinja"

    def _digest(self, bucket: Bucket, code: bytes) -> bytes:
        made_from = f"{self._compiler} {bucket.checksum}".encode()
        return hashlib.blake2b(made_from + code, digest_size=_DIGEST).digest()
