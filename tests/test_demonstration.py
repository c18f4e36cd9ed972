"""The demonstration data show everything that the site can tell, and say that they are invented."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest

from gongkai.casework.register import CaseRegister
from gongkai.catalogue import Catalogue
from gongkai.loading import load
from gongkai.model.disclosure_vocabulary import CaseEventKind, CaseResult
from gongkai.model.supervision import SupervisionRecord
from support import AS_OF, ROOT


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(ROOT)[0]


def test_cases(catalogue: Catalogue) -> None:
    days = list(catalogue.approvals.values())
    cases = [case for day in days for case in day.cases]
    assert len(cases) >= 300
    assert len({case.code for case in cases}) >= 20 and len({case.organization for case in cases}) >= 15
    assert all(day.demonstration for day in days)
    assert all(AS_OF - datetime.timedelta(days=366) <= day.date <= AS_OF for day in days)
    assert len({(day.date.year, day.date.month) for day in days}) >= 12
    events = Counter(event.kind for case in cases for event in case.events)
    assert set(events) == set(CaseEventKind)
    results = {case.decision.result for case in cases if case.decision is not None}
    assert results == set(CaseResult)
    overdue = [fact for fact in CaseRegister(catalogue, AS_OF).newest_first() if fact.overdue]
    assert len(overdue) >= 10


def test_adjustments_and_supervision_records(catalogue: Catalogue) -> None:
    supervision = [record for record in catalogue.records() if isinstance(record, SupervisionRecord)]
    assert len(catalogue.adjustments) >= 8 and len(supervision) >= 12
    assert all(record.demonstration for record in (*catalogue.adjustments.values(), *supervision))
