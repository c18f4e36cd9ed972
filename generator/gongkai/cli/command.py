"""Click in Chinese: headings, usage line, and what dates and numbers have to look like."""

from __future__ import annotations

import datetime
import gc
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from gongkai.cli.output import told_output
from gongkai.cli.usage_errors import in_chinese
from gongkai.collector import waiting_collector
from gongkai.invisible import visible_lines


def _section(formatter: click.HelpFormatter, heading: str, rows: list[tuple[str, str]]) -> None:
    """Write a list of terms and texts below a heading with a full-width colon."""
    formatter.write(f"\n{heading}：\n")
    with formatter.indentation():
        formatter.write_dl(rows)


class _ChineseHelp(click.Command):
    """Help with Chinese headings, whose epilog keeps its line breaks."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the help option with a Chinese text."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这份说明。"
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = ["[选项]" if p == "[OPTIONS]" else p for p in self.collect_usage_pieces(ctx)]
        pieces = ["命令 [参数]..." if p.startswith("COMMAND") else p for p in pieces]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        # Arguments are in the usage line, and explained in the text.
        options = [p for p in self.get_params(ctx) if not isinstance(p, click.Argument)]
        rows = [row for option in options if (row := option.get_help_record(ctx)) is not None]
        _section(formatter, "选项", [(option, text.replace("  [required]", "必填。")) for option, text in rows])

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the epilog as it stands."""
        if self.epilog:
            formatter.write("\n" + self.epilog + "\n")

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run, turning usage errors into Chinese; exit status 2 for those, 130 for Ctrl-C, for output see ``told_output``.

        Without a command there is the help, on standard error and with status 2, as click does it.
        """
        kwargs["standalone_mode"] = False
        with told_output():
            try:
                result = super().main(*args, **kwargs)
            except click.exceptions.NoArgsIsHelpError as error:
                click.echo(error.message, err=True)
                raise SystemExit(2) from None
            except click.UsageError as error:
                command = error.ctx.command_path if error.ctx else "gongkai"
                click.echo(visible_lines(f"{in_chinese(error)}\n用法说明：{command} --help"), err=True)
                raise SystemExit(2) from None
            except click.Abort:
                click.echo("已中断。", err=True)
                raise SystemExit(130) from None
        raise SystemExit(result if isinstance(result, int) else 0)


class Command(_ChineseHelp):
    """A command."""


class Group(_ChineseHelp, click.Group):
    """A group of commands, each imported when it is called: a check needs nothing of what makes a site.

    ``modules`` maps each command to ``module:name`` below ``package``, and to what is said of it in a line.
    """

    def __init__(self, *args: Any, package: str, modules: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._package = package
        self._modules = modules

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and the commands with what is said of each."""
        super().format_options(ctx, formatter)
        _section(formatter, "命令", [(name, text) for name, (_, text) in self._modules.items()])

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(self._modules)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is called; raises NoSuchCommand, which knows the names of all."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            raise click.NoSuchCommand(error.command_name, possibilities=self._modules, ctx=ctx) from None

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None for an unknown one."""
        if cmd_name not in self._modules:
            return None
        module, _, name = self._modules[cmd_name][0].partition(":")
        path = f"{self._package}.{module}"
        with waiting_collector():
            is_new = path not in sys.modules
            command: click.Command = getattr(import_module(path), name)
            if is_new:
                # What was imported stays, so it need never be looked through.
                gc.freeze()
        return command


class Date(click.ParamType[datetime.date]):
    """A date on the command line, written 2026-01-31."""

    name = "日期"

    def convert(self, value: Any, _param: Any, _ctx: Any) -> datetime.date:
        """Return the date; raises a usage error in Chinese for anything else."""
        if isinstance(value, datetime.date):
            return value
        try:
            # What parses any format takes longer to import than a date to read.
            if not value.isascii() or not value.replace("-", "").isdigit():
                raise ValueError
            year, month, day = map(int, value.split("-"))
            return datetime.date(year, month, day)
        except (ValueError, OverflowError):
            self.fail(f"“{value}”不是日期，请写成 2026-01-31 的样子")
