"""The collector waits while a catalogue is read, and works again afterwards."""

from __future__ import annotations

import gc

import pytest

from gongkai.collector import waiting_collector


def test_it_waits_and_works_again() -> None:
    with waiting_collector():
        assert not gc.isenabled()
        with waiting_collector():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_works_again_after_an_error() -> None:
    @waiting_collector()
    def fail() -> None:
        assert not gc.isenabled()
        raise OSError

    with pytest.raises(OSError):
        fail()
    assert gc.isenabled()
