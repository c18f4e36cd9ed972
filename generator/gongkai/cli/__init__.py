"""The command line: one module a command."""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys

import click

from gongkai import __version__
from gongkai.cli.command import Group

COMMANDS = {
    "check": "check:check",
    "rule": "rule:explain_rule",
    "schema": "schema:schema",
    "build": "build:build",
    "merge": "merge:merge",
    "serve": "serve:serve",
    "audit": "audit:audit",
    "rename": "rename:rename",
    "diff": "diff:diff",
    "adjust": "adjust:adjust",
}
"""Each command's module in this folder, and its name there: a command is imported when it is called."""

# Pydantic would look for plugins in everything that is installed, which takes as long as to read some files.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

# At the end nothing has to be looked through for cycles: it goes as a whole.
atexit.register(gc.freeze)


@click.group(
    cls=Group,
    package=__name__,
    modules=COMMANDS,
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
