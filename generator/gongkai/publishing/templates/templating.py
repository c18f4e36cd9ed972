"""Templates compiled to the Python that one would write by hand: tens of thousands of pages are made of them.

What Jinja does for templates that nobody knows is left out: ``a.b`` is an attribute and never a key (write ``a["b"]``
for that), a macro is a function with as many arguments as it says, and what is escaped goes into the page as plain text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, MutableMapping
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Any

import markupsafe
from jinja2 import (
    Environment,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame, MacroRef

COMPILER = f"{version('jinja2')} {hashlib.sha256(Path(__file__).read_bytes()).hexdigest()}"
"""A name for the way in which templates are compiled: what another has compiled is of no use."""

_UNDEFINED = re.compile(r"'(\w+)' is undefined")

escaped_text = getattr(markupsafe, "_escape_inner", lambda text: str(markupsafe.escape(text)))
"""Escapes a text; MarkupSafe's public function makes a ``Markup`` of it, which costs more than escaping."""


def html_of(value: Any) -> str:
    """Return a value that is no plain text as HTML: escaped, unless it is what a macro made."""
    return value if type(value) is markupsafe.Markup else escaped_text(str(value))


def escaped(text: str) -> str:
    """Return what ``html.escape`` makes of a text, sooner where there is nothing to escape."""
    return text if len(escaped_text(text)) == len(text) else escape(text)


class _PlainCode(CodeGenerator):
    """Writes the Python of a template; the names of the methods are Jinja's."""

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        if not frame.rootlevel:
            super().blockvisit(nodes, frame)
            return
        # One text for the whole page: a generator that yields every piece of it takes longer.
        self.buffer(frame)
        super().blockvisit(nodes, frame)
        self.writeline(f"yield concat({frame.buffer})")

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("html_of = environment.html_of")
        self.writeline("escaped_text = environment.escaped_text")

    def macro_def(self, macro_ref: MacroRef, _frame: Frame) -> None:
        macro = macro_ref.node
        if macro.defaults or macro_ref.accesses_kwargs or macro_ref.accesses_varargs or macro_ref.accesses_caller:
            self.fail("a macro has only plain arguments", macro.lineno)
        self.write("macro")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        self.writeline(f"return Markup(concat({frame.buffer}))")

    def _output_child_pre(self, _node: nodes.Expr, _frame: Frame, _finalize: Any) -> None:
        # Most values are texts, and a function less for each of them counts.
        self.write("(escaped_text(value) if type(value := (")

    def _output_child_post(self, _node: nodes.Expr, _frame: Frame, _finalize: Any) -> None:
        self.write(")) is str else html_of(value))")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        self.visit(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("]")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            self.fail("a call has only plain arguments", node.lineno)
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")


class PlainEnvironment(Environment):
    """An environment whose templates are compiled in this way: everything is escaped, nothing undefined.

    A template is read once.
    """

    code_generator_class = _PlainCode
    html_of = staticmethod(html_of)
    escaped_text = staticmethod(escaped_text)

    def __init__(self, **options: Any) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, auto_reload=False, **options)
        self._known: dict[str, Template] = {}

    def get_template(
        self, name: str | Template, _parent: str | None = None, _globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """Return the template of a name; raises TemplateError for one that is faulty or not there."""
        known = self._known.get(str(name))
        if known is None:
            try:
                known = self._known[str(name)] = super().get_template(name)
            except UnicodeDecodeError as error:
                line = error.object.count(b"\n", 0, error.start) + 1
                raise TemplateSyntaxError("文件不是 UTF-8 编码，请另存为 UTF-8", line, str(name)) from error
        return known

    def rendered(self, name: str, context: Mapping[str, Any]) -> str:
        """Return what a template makes of a context; raises TemplateError for one that is faulty or does not fit."""
        template = self.get_template(name)
        known = self.context_class(self, {**self.globals, **context}, template.name, template.blocks)
        try:
            return "".join(template.root_render_func(known))
        except TemplateSyntaxError:
            raise
        except (TemplateError, AttributeError, LookupError, TypeError) as error:
            raise _fault(error, name) from error


def _fault(error: Exception, name: str) -> TemplateSyntaxError:
    """Return an error with the place in a template at which another was raised: the innermost of those that were rendered."""
    line = 1
    step = error.__traceback__
    while step is not None:
        inner = step.tb_frame.f_globals.get("__jinja_template__")
        if inner is not None:
            name, line = inner.name, inner.get_corresponding_lineno(step.tb_lineno)
        step = step.tb_next
    return TemplateSyntaxError(reason_of(error), line, name)


def reason_of(error: Exception) -> str:
    """Return what is wrong with a template, in Chinese where it is a common fault."""
    if isinstance(error, TemplateNotFound):
        return f"没有模板 {error.name}"
    undefined = _UNDEFINED.fullmatch(str(error))
    return f"没有“{undefined[1]}”" if undefined else str(error)
