"""What is wrong with a command line, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click


def in_chinese(error: click.UsageError) -> str:
    """Return what is wrong and how to write it, as a sentence."""
    if isinstance(error, click.NoSuchOption):
        return f"没有“{error.option_name}”这个选项{_meant(error.possibilities)}。"
    if isinstance(error, click.NoSuchCommand):
        return f"没有“{error.command_name}”这个命令{_meant(error.possibilities)}。"
    if isinstance(error, click.MissingParameter):
        return f"缺少{_named(error.param)}。"
    if isinstance(error, click.BadParameter):
        return f"{_named(error.param)}不对：{_wanted(error)}。"
    if isinstance(error, click.BadOptionUsage):
        needs = "不能带值" if "does not take" in error.message else "后面要写一个值"
        return f"选项“{error.option_name}”{needs}。"
    return f"多写了参数{_extra(error.message)}。"


def _meant(possibilities: Sequence[str] | None) -> str:
    return f"，是不是{'、'.join(f'“{one}”' for one in possibilities)}" if possibilities else ""


def _named(parameter: click.Parameter | None) -> str:
    if isinstance(parameter, click.Option):
        return f"选项“{max(parameter.opts, key=len)}”"
    name = parameter.make_metavar(click.Context(click.Command(""))) if parameter is not None else ""
    return f"参数“{name.strip('[].')}”"


def _wanted(error: click.BadParameter) -> str:
    """Say what a value has to be like."""
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        return f"只能写{'、'.join(f'“{choice}”' for choice in kind.choices)}"
    if isinstance(kind, click.IntRange):
        return f"要写 {kind.min} 到 {kind.max} 的整数"
    if isinstance(kind, click.Path):
        return "没有这个文件夹" if "does not exist" in error.message else "要写读得到的文件夹，不是文件"
    # Types of our own say it themselves.
    return error.message


def _extra(message: str) -> str:
    """Return the arguments that click's message lists in brackets."""
    found = re.search(r"\((.*)\)", message, re.DOTALL)
    return f"“{found[1]}”" if found else ""
