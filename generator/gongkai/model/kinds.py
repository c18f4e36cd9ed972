"""Which kinds of record there are, and where in the project each is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.model.adjustment import Adjustment
from gongkai.model.approval_case import ApprovalDay
from gongkai.model.base import Record
from gongkai.model.calendar import WorkingCalendar
from gongkai.model.item import Item
from gongkai.model.law import Law
from gongkai.model.listing import Listing
from gongkai.model.organization import AbolishedDivisions, Department, District, Town
from gongkai.model.supervision import Appraisal, Exposure, Inspection, Interview

DATA = "data"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.

    ``pattern`` is matched against the path below the project root; its group ``id``, where it has
    one, must equal the record's attribute ``key``. ``folder_key`` is the same for the folder's name.
    """

    name: str
    title: str
    model: type[Record]
    pattern: re.Pattern[str]
    key: str | None = None
    folder_key: str | None = None


def _kind(name: str, title: str, model: type[Record], path: str, **keys: str) -> Kind:
    expression = re.escape(path)
    expression = expression.replace("<folder>", "(?P<folder>[^/]+)").replace("<id>", "(?P<id>[^/]+)")
    return Kind(name, title, model, re.compile(expression + r"\Z"), **keys)


KINDS = (
    _kind("district", "区", District, "data/organizations/district.yml"),
    _kind("abolished-divisions", "撤销乡镇名录", AbolishedDivisions, "data/organizations/abolished.yml"),
    _kind("department", "部门", Department, "data/organizations/departments/<id>.yml", key="id"),
    _kind("town", "乡镇（街道）", Town, "data/organizations/towns/<id>.yml", key="id"),
    _kind("law", "法律文件", Law, "data/laws/<id>.yml", key="id"),
    _kind("item", "政务服务事项", Item, "data/items/<folder>/<id>.yml", key="code", folder_key="department"),
    _kind("listing", "实施清单", Listing, "data/listings/<folder>/<id>.yml", key="organization"),
    _kind("calendar", "工作日历", WorkingCalendar, "data/calendar/<id>.yml", key="year"),
    _kind("approvals", "办件日报", ApprovalDay, "data/approvals/<folder>/<id>.yml", key="date", folder_key="year"),
    _kind("adjustment", "动态调整", Adjustment, "data/adjustments/<folder>/<id>.yml", key="id", folder_key="year"),
    _kind("inspection", "监督检查", Inspection, "data/supervision/inspections/<id>.yml", key="id"),
    _kind("exposure", "曝光和整改", Exposure, "data/supervision/exposures/<id>.yml", key="id"),
    _kind("interview", "约谈和问责", Interview, "data/supervision/interviews/<id>.yml", key="id"),
    _kind("appraisal", "测评", Appraisal, "data/supervision/appraisals/<id>.yml", key="id"),
)


def kind_of(path: str) -> Kind | None:
    """Return the kind of record that a path (below the project root) holds, or None."""
    for kind in KINDS:
        if kind.pattern.match(path):
            return kind
    return None


def schema_path(kind: Kind) -> str:
    """Return where the kind's JSON Schema is kept, below the project root."""
    return f"schema/{kind.name}.json"


def schema_comment(kind: Kind, path: str) -> str:
    """Return the line that tells an editor which schema a data file follows."""
    up = "../" * path.count("/")
    return f"# yaml-language-server: $schema={up}{schema_path(kind)}"
