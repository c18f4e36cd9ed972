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
    "check": ("check:check", "检查数据，报告每一处问题在哪个文件第几行、应当怎么改。"),
    "rule": ("rule:explain_rule", "解释一条规则：为什么有它、依据什么、怎样算对、怎样算错。"),
    "schema": ("schema:schema", "由数据模型重新生成 schema/ 里的 JSON Schema。"),
    "build": ("build:build", "检查数据，没有错误就生成网站；有错误则不发布，原来的网站保持不变。"),
    "merge": ("merge:merge", "把 gongkai build --shard 分开生成的各部分合成一个网站。"),
    "serve": ("serve:serve", "在本机预览网站；改了数据、文字或样式，自动重新生成并刷新浏览器。"),
    "audit": ("audit:audit", "把别处公布的事项清单（CSV、XLSX、JSON、存下来的网页）与目录逐行核对。"),
    "rename": (
        "rename:rename",
        "给事项、部门或乡镇（街道）改名：目录、各单位清单、网页和其他指南里提到它的地方一次改完。",
    ),
    "diff": ("diff:diff", "比较两个版本的数据：哪个事项、机构、法律文件的哪个要素，由什么改成什么，是不是实质变化。"),
    "adjust": ("adjust:adjust", "把改动写成动态调整记录。"),
}
"""Each command's module in this folder and its name there, and what the list of commands says of it, the beginning of its
own help: a command is imported when it is called, and not to be listed.
"""

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
