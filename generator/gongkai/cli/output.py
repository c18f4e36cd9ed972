"""Standard output and standard error that say when nothing can be written to them."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout, suppress
from typing import Any, TextIO

import click

from gongkai.os_errors import reason

_UNUSABLE = 2
_READER_GONE = 141
"""What a shell reports of programs that end because nobody reads on, as ``head`` after its lines."""


class _OutputError(Exception):
    """Standard output or standard error cannot be written; no OSError, so that nobody takes it for one of a file."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(reason(cause))
        self.reader_gone = isinstance(cause, BrokenPipeError)


class _File(io.FileIO):
    """A descriptor that raises _OutputError once, and then swallows what is left in buffers."""

    _given_up = False

    def write(self, data: Any, /) -> int:
        if self._given_up:
            return memoryview(data).nbytes
        try:
            return super().write(data)
        except OSError as error:
            self._given_up = True
            raise _OutputError(error) from error


@contextmanager
def told_output() -> Iterator[None]:
    """End the program where it cannot say what it has to say.

    With status 2 and a message, where the disk is full, say; quietly with status 141 where the reader is gone: what the
    command would have ended with is not known before it has said everything.
    """
    with ExitStack() as streams:
        if (out := _watched(sys.stdout)) is not None:
            streams.enter_context(redirect_stdout(out))
        if (err := _watched(sys.stderr)) is not None:
            streams.enter_context(redirect_stderr(err))
        try:
            yield
        except _OutputError as error:
            if error.reader_gone:
                raise SystemExit(_READER_GONE) from None
            with suppress(_OutputError):
                click.echo(f"结果写不出去：{error}。", err=True)
            raise SystemExit(_UNUSABLE) from None


def _watched(stream: TextIO | None) -> TextIO | None:
    """Return a stream to where another goes; None for one that is no file, as in a test."""
    if not isinstance(stream, io.TextIOWrapper):
        return None
    try:
        file = _File(stream.fileno(), "w", closefd=False)
    except OSError:
        return None
    return io.TextIOWrapper(
        io.BufferedWriter(file), stream.encoding, stream.errors, line_buffering=stream.line_buffering
    )
