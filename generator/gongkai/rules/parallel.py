"""Rules over the records of a catalogue, on several processes."""

from __future__ import annotations

import multiprocessing

from gongkai.collector import waiting_collector
from gongkai.finding import Finding
from gongkai.model.base import Record
from gongkai.progress import Progress, unseen
from gongkai.rules.engine import Context, check_records
from gongkai.rules.registry import RULES
from gongkai.workers import process_pool

_FEW = 2000
"""So few records are checked sooner than a catalogue crosses to other processes."""
_CHUNK = 100
_STAGE = "检查"


@waiting_collector()
def run_all(context: Context, jobs: int, *, production: bool = False, progress: Progress = unseen) -> list[Finding]:
    """Return what every rule finds in a catalogue, in order of place.

    Other processes help where they can take over the catalogue as it is in memory (not on Windows).
    """
    records = list(context.catalogue.records())
    if jobs <= 1 or len(records) < _FEW or "fork" not in multiprocessing.get_all_start_methods():
        return sorted(check_records(records, RULES.values(), context, production=production))
    # What is made only once is made before the others start, so that they need not make it again.
    first = {type(record): record for record in reversed(records)}
    list(check_records(first.values(), RULES.values(), context, production=production))
    stretches = [(start, start + _CHUNK) for start in range(0, len(records), _CHUNK)]
    findings: list[Finding] = []
    progress(_STAGE, 0, len(records))
    with process_pool(jobs, _start, records, context, production) as pool:
        for (_, end), found in zip(stretches, pool.map(_check, stretches), strict=True):
            findings += found
            progress(_STAGE, min(end, len(records)), len(records))
    return sorted(findings)


_task: list[tuple[list[Record], Context, bool]] = []
"""What a process works on; it comes with the process, not with every stretch of records."""


def _start(records: list[Record], context: Context, production: bool) -> None:
    _task[:] = [(records, context, production)]


def _check(stretch: tuple[int, int]) -> list[Finding]:
    ((records, context, production),) = _task
    return list(check_records(records[slice(*stretch)], RULES.values(), context, production=production))
