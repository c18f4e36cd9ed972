"""The text that a reader of HTML or XML sees, line for line where it stands in the source."""

from __future__ import annotations

import html
import re

from gongkai.invisible import INVISIBLE

SOURCE_LINE = "\x1c"
"""Stands for an end of line in the source: white space, but no end of a line of the text."""

_LONG_TAG = re.compile(rf"<[^<>{SOURCE_LINE}]*{SOURCE_LINE}[^<>]*>")
_TERM = re.compile(r"</(?:dt|label)\s*>", re.IGNORECASE)
_CELL = re.compile(r"</(?:t[dh]|w:tc)\s*>", re.IGNORECASE)
_ROW = re.compile(r"</(?:tr|w:tr)\s*>", re.IGNORECASE)
_SILENT = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|del|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u|var|wbr|dd|"
    r"table|thead|tbody|tfoot|tr|td|th|t|r|rPh|a:t|a:r|a:rPr|w:[A-Za-z]+)(?:[\s/][^<>]*)?>|<!--[^<>]*-->",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")
_PARAGRAPH_IN_CELL = re.compile(r"</w:p>(?=\s*</w:tc>)")
"""Word's paragraphs end lines, but not the last one of a cell, which would end its row."""


def visible_text(markup: str) -> str:
    """Return the text of HTML or XML: cells set apart by tabs, rows and blocks by line ends, terms followed by a colon.

    The source's own line ends become ``SOURCE_LINE``, one for each, so that a place in the text leads to its line
    (``Lines(text, SOURCE_LINE)``).
    """
    text = markup.replace("\n", SOURCE_LINE)
    text = _LONG_TAG.sub(lambda tag: tag[0].replace(SOURCE_LINE, " ") + SOURCE_LINE * tag[0].count(SOURCE_LINE), text)
    text = _PARAGRAPH_IN_CELL.sub("", text).replace("</w:p>", "\n")
    text = _ROW.sub("\n", _CELL.sub("\t", _TERM.sub("：", text)))
    text = _TAG.sub("\n", _SILENT.sub("", text))
    if "&" in text:
        text = html.unescape(text)
    return INVISIBLE.sub(_keep_lines, text)


def _keep_lines(character: re.Match[str]) -> str:
    return SOURCE_LINE if character[0] == SOURCE_LINE else ""
