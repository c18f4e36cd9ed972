"""The command line: one module a command."""

from __future__ import annotations

import io
import sys

import click

from gongkai import __version__
from gongkai.cli.adjust import adjust
from gongkai.cli.audit import audit
from gongkai.cli.build import build
from gongkai.cli.check import check
from gongkai.cli.diff import diff
from gongkai.cli.rename import rename
from gongkai.cli.rule import explain_rule
from gongkai.cli.schema import schema
from gongkai.cli.serve import serve
from gongkai.command import Group


@click.group(
    cls=Group,
    help="公开：把区级政务服务事项目录（YAML 文件）检查、发布成网站。",
    epilog="例如：\n  gongkai check            检查全部数据\n  gongkai build            生成网站到 site/\n"
    "  gongkai rule T001        解释一条规则",
)
@click.version_option(__version__, "--version", message="gongkai %(version)s", help="显示版本号。")
def main() -> None:
    """Run one of the commands below."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


for command in (check, explain_rule, schema, build, serve, audit, rename, diff, adjust):
    main.add_command(command)
