"""gongkai schema: write the JSON Schemas, or see whether they are up to date."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gongkai.cli.command import Command
from gongkai.cli.common import FINDINGS, OK, ROOT, project_root, say, stop
from gongkai.editing.atomic_write import write_at_once
from gongkai.model.schema import json_schemas
from gongkai.os_errors import reason


@click.command(
    cls=Command,
    help="由数据模型重新生成 schema/ 里的 JSON Schema。",
    epilog="例如：\n  gongkai schema           写入 schema/\n  gongkai schema --check   只核对是否最新（供持续集成使用）",
)
@click.option("--check", "only_check", is_flag=True, help="不写文件；与模型不一致时退出码为 1。")
@ROOT
def schema(only_check: bool, root: Path | None) -> None:
    """Write the JSON Schemas, or compare them with what the models say."""
    folder = project_root(root)
    stale = [
        path
        for path, text in json_schemas().items()
        if not (folder / path).is_file() or (folder / path).read_bytes() != text.encode()
    ]
    if only_check:
        for path in stale:
            say(f"{path} 不是最新的，请运行 gongkai schema")
        sys.exit(FINDINGS if stale else OK)
    for path, text in json_schemas().items():
        try:
            (folder / path).parent.mkdir(exist_ok=True)
            write_at_once(folder / path, text.encode())
        except OSError as error:
            stop(f"写不了 {path}：{reason(error)}。")
    say(f"已写入 {len(json_schemas())} 个文件，其中 {len(stale)} 个有变化。")
