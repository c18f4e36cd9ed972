"""gongkai rule: explain the rules."""

from __future__ import annotations

import click

from gongkai.cli.command import Command
from gongkai.cli.common import stop
from gongkai.rules.engine import Rule
from gongkai.rules.registry import FAMILIES, RULES


@click.command(
    cls=Command,
    name="rule",
    help="解释一条规则：为什么有它、依据什么、怎样算对、怎样算错。不写编号则列出全部规则。",
    epilog="例如：\n  gongkai rule\n  gongkai rule T001",
)
@click.argument("code", required=False, metavar="[编号]")
def explain_rule(code: str | None) -> None:
    """Explain one rule, or list them all."""
    if code is None:
        for letter, title in FAMILIES.items():
            click.secho(f"{letter} {title}", bold=True)
            for rule in RULES.values():
                if rule.code.startswith(letter):
                    click.echo(f"  {rule.code}  {rule.title}")
        return
    if code.upper() not in RULES:
        stop(f"没有编号是“{code}”的规则。运行 gongkai rule 可以看到全部规则。")
    _print_rule(RULES[code.upper()])


def _print_rule(rule: Rule) -> None:
    click.secho(f"{rule.code} {rule.title}", bold=True)
    click.echo(f"\n为什么：{rule.reason}\n依据：{rule.source}")
    for heading, example in (("正确的写法", rule.example.good), ("错误的写法", rule.example.bad)):
        click.secho(f"\n{heading}：", bold=True)
        click.echo("".join(f"  {line}\n" for line in example.rstrip("\n").split("\n")), nl=False)
