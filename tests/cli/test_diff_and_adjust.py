"""``gongkai diff``, ``gongkai adjust`` and ``gongkai check --since`` on a project in git."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commands import files
from gongkai.cli import main
from gongkai.loading import load
from gongkai.versions.elements import plain
from gongkai.versions.history import versions
from repository import commit
from support import AS_OF, BASE, change_record, check, data_of

CODE = "510123001000"
SAID = ["--basis", "达川府办函〔2026〕30号", "--note", "承诺时限压缩到五个工作日。", "--on", "2026-11-20"]


def gongkai(root: Path, *arguments: str) -> Result:
    day = [] if arguments[0] == "diff" else ["--as-of", str(AS_OF)]
    return CliRunner().invoke(main, [*arguments, *day, "--root", str(root)], env={"NO_COLOR": "1", "COLUMNS": "200"})


def adjust(root: Path, *arguments: str) -> Result:
    return gongkai(root, "adjust", "HEAD", *SAID, *arguments)


@pytest.fixture
def project(district: Path) -> Path:
    """The small district, committed."""
    commit(district)
    return district


def replace(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def amend(root: Path) -> None:
    """Shorten the promised limit, and the procedure with it."""
    replace(root, BASE["item"], "promised: {value: 8,", "promised: {value: 5,")
    replace(root, BASE["item"], "limit: {value: 3, unit: 工作日}", "limit: {value: 1, unit: 工作日}")
    replace(root, BASE["item"], "作出准予或者不予许可的决定，", "当日作出准予或者不予许可的决定，")
    replace(root, BASE["item"], "updated_on: 2026-03-12", "updated_on: 2026-11-20  # 压缩时限")


def test_diff_tells_the_meaning(project: Path) -> None:
    assert gongkai(project, "diff", "HEAD").output == "没有不同。\n"
    amend(project)
    change_record(project, BASE["law"], title="公共场所卫生管理规定")
    result = gongkai(project, "diff", "HEAD")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    name = load(project)[0].items[CODE].name
    assert lines[0] == f"政务服务事项 {CODE} {name}：第 2 版，版本没有变"
    assert "  实质  办结时限·承诺办结时限·数值（time_limits.promised.value）：8 → 5" in lines
    assert "  一般  更新日期（updated_on）：2026-03-12 → 2026-11-20" in lines
    procedure = next(line for line in lines if "（procedure）" in line)
    assert "“现场核查”的环节时限 数值 3 → 1" in procedure and "“决定”的做什么 【增“当日”】作出准予或者不" in procedure
    assert "  一般  全称（title）：公共场所卫生管理【删“条例”】【增“规定”】" in lines
    assert lines[-1] == "共 2 处不同，其中 1 处有实质变化。"


def test_diff_as_json_between_two_revisions(project: Path) -> None:
    amend(project)
    commit(project)
    (project / BASE["item"]).unlink()
    document = json.loads(gongkai(project, "diff", "HEAD~1", "HEAD", "--format", "json").output)
    (change,) = document["changes"]
    assert document["unreadable"] == []
    assert (change["kind"], change["identity"], change["change"], change["major"]) == ("item", CODE, "changed", True)
    assert change["version"] == {"old": 2, "new": 2}
    limit = next(e for e in change["elements"] if e["path"] == "time_limits.promised.value")
    assert (limit["old"], limit["new"], limit["major"], limit["reason"]) == (8, 5, True, "多久办好变了")


def test_diff_fails_for_a_file_that_is_gone(project: Path) -> None:
    (project / BASE["item"]).unlink()
    result = gongkai(project, "diff", "HEAD")
    assert result.exit_code == 1 and "公布过的编码不得消失" in result.output


def test_diff_names_what_it_could_not_read(project: Path) -> None:
    """To have compared only the rest is no success, and says nothing about the whole."""
    (project / BASE["item"]).write_bytes(b"code: [")
    result = gongkai(project, "diff", "HEAD")
    said = f"{BASE['item']} 有一个版本读不出来，没有比较；gongkai check 会说哪里不对。\n"
    assert (result.exit_code, result.output) == (2, said)
    result = gongkai(project, "diff", "HEAD", "--format", "json")
    assert (result.exit_code, json.loads(result.output)) == (2, {"changes": [], "unreadable": [BASE["item"]]})
    change_record(project, BASE["law"], title="公共场所卫生管理规定")
    result = gongkai(project, "diff", "HEAD")
    assert (result.exit_code, result.output.splitlines()[-1]) == (2, "共 1 处不同，其中 0 处有实质变化。")


@pytest.mark.parametrize(
    "command", [["diff", "nothing"], ["adjust", "nothing", *SAID], ["check", "--since", "nothing"]]
)
def test_a_revision_that_is_not_there(command: list[str], project: Path) -> None:
    before = (project / BASE["item"]).read_bytes()
    result = gongkai(project, *command)
    assert result.exit_code == 2 and "没有版本“nothing”" in result.output
    assert (project / BASE["item"]).read_bytes() == before


def test_adjust_writes_the_record_and_raises_the_version(project: Path) -> None:
    old = load(project)[0].items[CODE]
    amend(project)
    before = (project / BASE["item"]).read_text(encoding="utf-8")
    shown = adjust(project, "--dry-run")
    assert shown.exit_code == 0 and "+version: 3" in shown.output and "+++ b/data/adjustments/2026/" in shown.output
    assert (project / BASE["item"]).read_text(encoding="utf-8") == before
    result = adjust(project)
    assert result.exit_code == 0, result.output
    after = (project / BASE["item"]).read_text(encoding="utf-8")
    assert after == before.replace("version: 2", "version: 3").replace(
        "effective_on: 2025-07-01", "effective_on: 2026-11-20"
    )
    (path,) = (project / "data/adjustments/2026").iterdir()
    record = data_of(path.read_text(encoding="utf-8"))
    assert (record["basis"], record["effective_on"], record["published_on"]) == (SAID[1], "2026-11-20", "2026-11-23")
    (change,) = record["changes"]
    assert (change["kind"], change["version"], change["previous_effective_on"]) == ("要素变更", 3, "2025-07-01")
    assert [e["path"] for e in change["elements"]] == ["updated_on", "procedure", "time_limits.promised.value"]
    catalogue, _ = load(project)
    known = versions(catalogue.items[CODE], catalogue.adjustments_of(CODE))
    assert [v.number for v in known] == [3, 2, 1]
    assert plain(known[1].item) == plain(old)
    assert [f for f in gongkai(project, "check", "--since", "HEAD").output.splitlines() if " A0" in f] == []


def test_adjust_twice_writes_once(project: Path) -> None:
    amend(project)
    assert adjust(project).exit_code == 0
    files = {path: path.read_bytes() for path in (project / "data").rglob("*") if path.is_file()}
    again = adjust(project)
    assert again.exit_code == 0 and "没有还要记录的实质变化" in again.output
    assert {path: path.read_bytes() for path in (project / "data").rglob("*") if path.is_file()} == files


def test_adjust_leaves_corrections_alone(project: Path) -> None:
    replace(project, BASE["item"], "updated_on: 2026-03-12", "updated_on: 2026-11-20")
    assert "没有还要记录的实质变化" in adjust(project).output


def test_adjust_after_the_record_was_overtaken(project: Path) -> None:
    amend(project)
    adjust(project)
    replace(project, BASE["item"], "promised: {value: 5,", "promised: {value: 6,")
    result = adjust(project)
    assert result.exit_code == 2 and "与内容不符" in result.output


def test_adjust_tells_kinds_apart(project: Path) -> None:
    data = data_of((project / BASE["item"]).read_text(encoding="utf-8"))
    for code in ("510123002000", "510123003000"):
        text = json.dumps(data | {"code": code, "name": f"第{code}项许可", "version": 1}, ensure_ascii=False)
        (project / f"data/items/weijian/{code}.yml").write_text(f"#\n{text}\n", encoding="utf-8")
    commit(project)
    cancellation = {"on": "2026-11-20", "basis": "文件", "note": "合并办理", "replaced_by": [CODE]}
    for code in ("510123002000", "510123003000"):
        change_record(project, f"data/items/weijian/{code}.yml", status="取消", cancellation=cancellation)
    name = "公共场所卫生许可"
    change_record(project, BASE["item"], name=name)
    change_record(
        project,
        "data/items/minzheng/512011001000.yml",
        authority={"organization": "towns", "nature": "法定机关"},
    )
    fresh = json.dumps(data | {"code": "510123004000", "name": "新的许可", "version": 1}, ensure_ascii=False)
    (project / "data/items/weijian/510123004000.yml").write_text(f"#\n{fresh}\n", encoding="utf-8")
    change_record(project, BASE["department"], short_name="区卫健委")
    assert adjust(project).exit_code == 0
    record = load(project)[0].adjustments["2026-001"]
    kinds = {
        (c.item or c.organization): (c.kind.value, c.counterparts, c.counterpart_organization) for c in record.changes
    }
    assert kinds == {
        CODE: ("更名", [], None),
        "510123002000": ("合并", [CODE], None),
        "510123003000": ("合并", [CODE], None),
        "510123004000": ("新增", [], None),
        "512011001000": ("下放", [], "towns"),
        "weijian": ("更名", [], None),
    }
    result = json.loads(gongkai(project, "check", "--format", "json").output)
    assert [f for f in result["findings"] if f["code"].startswith("A")] == []
    assert "没有还要记录的实质变化" in adjust(project).output


def test_a_late_publication_has_to_be_named(project: Path) -> None:
    amend(project)
    before = files(project)
    result = adjust(project, "--on", "2026-09-01")
    assert (result.exit_code, result.stdout, files(project)) == (2, "", before)
    assert result.stderr == (
        "调整从 2026-09-01 起施行，最迟应当在 2026-09-29 公布（20 个工作日以内），2026-11-23 已经晚了。"
        "当时已经公布过的，用 --published 写明公布的日期；确实到今天才公布的，写 --published 2026-11-23，"
        "在 --note 里写明原因；日期写错了的，请改正 --on。\n"
    )
    assert adjust(project, "--on", "2026-09-01", "--published", "2026-11-23").exit_code == 0
    assert [f.code for f in check(project, as_of=AS_OF) if f.code.startswith("A")] == ["A004"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--on", "2025-07-01"], "要比它晚"),
        (["--note", " "], "说明是空的"),
        (["--basis", "文\u200b件"], "动态调整的文件（data/adjustments/2026/2026-001.yml）不合格式"),
    ],
)
def test_adjust_refuses(arguments: list[str], message: str, project: Path) -> None:
    amend(project)
    before = (project / BASE["item"]).read_bytes()
    result = adjust(project, *arguments)
    assert result.exit_code == 2 and message in result.output
    assert (project / BASE["item"]).read_bytes() == before
    assert not (project / "data/adjustments/2026").exists()


def test_adjust_of_a_new_item_begins_with_one(project: Path) -> None:
    data = data_of((project / BASE["item"]).read_text(encoding="utf-8"))
    fresh = json.dumps(data | {"code": "510123004000", "name": "新的许可"}, ensure_ascii=False)
    (project / "data/items/weijian/510123004000.yml").write_text(f"#\n{fresh}\n", encoding="utf-8")
    result = adjust(project)
    assert result.exit_code == 2 and "新增的从 1 开始" in result.output


def test_adjust_of_a_file_that_cannot_be_read(project: Path) -> None:
    (project / BASE["item"]).write_bytes(b"code: [")
    result = adjust(project)
    assert result.exit_code == 2 and f"事项 {CODE} 的文件读不出来" in result.output


def since(root: Path) -> list[tuple[str, str]]:
    result = gongkai(root, "check", "--since", "HEAD", "--format", "json")
    return [(f["code"], f["path"]) for f in json.loads(result.output)["findings"]]


def test_check_since_asks_for_version_and_record(project: Path) -> None:
    assert since(project) == []
    amend(project)
    result = gongkai(project, "check", "--since", "HEAD")
    assert result.exit_code == 1
    assert {code for code, _ in since(project)} >= {"A009", "A010"}
    adjust(project)
    assert [code for code, _ in since(project) if code.startswith("A")] == []


def test_check_since_reports_what_the_change_touches_and_what_depends_on_it(project: Path) -> None:
    # Faults that were there before: in the item that is changed later, and in another.
    other = "data/items/minzheng/512011001000.yml"
    change_record(project, other, summary="长" * 61)
    change_record(project, BASE["listing"], published_on="2026-03-01", note="详见附件")
    commit(project)
    assert since(project) == []
    old = load(project)[0].items[CODE].name
    replace(project, BASE["item"], f"name: {old}\nformer", f"name: {old}及换证\nformer")
    found = since(project)
    listings = {path for code, path in found if code == "N001"}
    assert listings == {BASE["listing"], "data/listings/towns/micheng.yml", "data/listings/towns/tingzi.yml"}
    assert other not in {path for _, path in found}


def test_check_since_reports_a_deleted_code_and_who_referred_to_it(project: Path) -> None:
    (project / BASE["law"]).unlink()
    (project / "data/items/minzheng/512011001000.yml").unlink()
    found = since(project)
    assert ("A011", "data/items/minzheng/512011001000.yml") in found
    assert ("R002", BASE["item"]) in found


def test_check_since_with_paths(project: Path) -> None:
    amend(project)
    assert gongkai(project, "check", "--since", "HEAD", str(project / "data/laws")).exit_code == 0
    assert gongkai(project, "check", "--since", "HEAD", str(project / "data/items")).exit_code == 1


def test_help_has_examples() -> None:
    for command in ("diff", "adjust"):
        text = CliRunner().invoke(main, [command, "--help"]).output
        assert "例如：" in text and "退出码：" in text and "Usage" not in text
