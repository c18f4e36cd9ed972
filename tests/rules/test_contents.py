"""What is found without places is what a walk over a record finds."""

from __future__ import annotations

from pathlib import Path

from gongkai.loading import load
from gongkai.model.base import Citation
from gongkai.model.hand_written import HandWrittenPage
from gongkai.rules.contents import contents
from gongkai.rules.engine import Context, walked
from gongkai.rules.free_text import texts
from support import AS_OF


def test_nothing_that_stands_in_a_record_is_left_out(district: Path) -> None:
    catalogue, _ = load(district)
    context = Context(catalogue, AS_OF)
    for record in catalogue.records():
        found, places = contents(record, context), walked(record, context)
        written = [(loc[-1], value) for loc, value in places if type(value) is str]
        assert sorted((*found.prose, *found.names)) == sorted(value for _, value in written)
        assert found.phones == [value for name, value in written if name == "phone"]
        assert found.hours == [value for name, value in written if name == "hours"]
        assert found.citations == [part for _, part in places if isinstance(part, Citation)]
        if not isinstance(record, HandWrittenPage):
            assert found.prose == [text for _, text in texts(record)]
