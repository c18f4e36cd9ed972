"""Pages become HTML: templates, escaping, and the filling of the shell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import FileSystemLoader

from gongkai.publishing import addresses, wording
from gongkai.publishing.feeds.channels import FORMATS, announced_on, feed_address
from gongkai.publishing.site import Crumb, Page, Site
from gongkai.publishing.skin.shell import Shell, base_of
from gongkai.publishing.templates.compiled_templates import CompiledTemplates
from gongkai.publishing.templates.templating import COMPILER, PlainEnvironment, escaped
from gongkai.sources import hidden

TEMPLATES = "theme/pages"


def template_cache(kept: Path) -> Path:
    """Return where compiled templates are, inside the folder with all that is kept."""
    return kept / "templates"


def environment(root: Path, cache: Path | None = None) -> PlainEnvironment:
    """Return the Jinja2 environment of the page templates: everything is escaped, nothing undefined.

    Compiled templates are kept in the folder ``cache``, where one is given.
    """
    env = PlainEnvironment(
        loader=FileSystemLoader(root / TEMPLATES),
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=CompiledTemplates(cache, COMPILER) if cache is not None else None,
    )
    env.filters["date"] = wording.chinese_date
    env.globals.update(
        contact_lines=wording.contact_lines,
        within=wording.within,
        filter_choices=wording.filter_choices,
        spaced=wording.spaced,
    )
    env.globals.update({name: known for name, known in vars(addresses).items() if name.endswith("_address")})
    env.globals["ADJUSTMENTS"] = addresses.ADJUSTMENTS
    return env


def compile_templates(env: PlainEnvironment) -> None:
    """Compile all page templates, or load them where they are kept; raises TemplateError for a faulty one."""
    # Hidden files are what editors leave.
    for name in env.list_templates(filter_func=lambda name: not hidden(name)):
        env.get_template(name)


@dataclass(frozen=True)
class Renderer:
    """Turns pages into HTML inside the shell."""

    site: Site
    shell: Shell
    env: PlainEnvironment

    def html(self, page: Page) -> str:
        """Return the complete HTML of a page."""
        return self.shell.fill(self.slots(page))

    def slots(self, page: Page) -> dict[str, str]:
        """Return what goes into the shell's slots for one page."""
        base = base_of(page.address.count("/"))
        url = _url(base)
        context = {**page.context, "site": self.site, "catalogue": self.site.catalogue, "page": page, "url": url}
        slots = {
            "base": base,
            "title": escaped(f"{page.title} - {self.site.district.site.name}"),
            "meta": self._meta(page),
            "breadcrumb": _breadcrumb(page, url),
            "content": self.env.rendered(page.template, context),
        }
        if page.section:
            slots[f"current:{page.section}"] = (
                ' aria-current="page"' if page.section == page.address else ' aria-current="true"'
            )
        return slots

    def _meta(self, page: Page) -> str:
        """Return the tags that government pages must carry (国办发〔2017〕47号, 附件 2)."""
        tags = {"description": page.description}
        if page.article_date is not None:
            tags |= {
                "ArticleTitle": page.title,
                "PubDate": f"{page.article_date} 00:00",
                "ContentSource": page.source or self.site.district.government,
                "Keywords": ",".join(page.keywords),
                "Description": page.description,
                "Url": self.site.absolute(page.address),
            }
        else:
            tags |= {
                "ColumnName": page.title,
                "ColumnDescription": page.description,
                "ColumnKeywords": ",".join(page.keywords) or page.title,
                "ColumnType": page.column,
            }
        lines = [f'<meta name="{name}" content="{escaped(content)}">' for name, content in tags.items()]
        if not page.indexed:
            lines.append('<meta name="robots" content="noindex">')
        lines.append(f'<link rel="canonical" href="{escaped(self.site.absolute(page.address))}">')
        lines += [
            f'<link rel="alternate" type="{kind}" title="{escaped(title)}" href="{escaped(href)}">'
            for kind, title, href in (*page.alternates, *self._feeds(page))
        ]
        return "\n  ".join(lines)

    def _feeds(self, page: Page) -> Iterator[tuple[str, str, str]]:
        """Yield media type, title and relative address of the feeds that a page announces."""
        url = _url(base_of(page.address.count("/")))
        for name, title in announced_on(self.site, page.address):
            for kind in FORMATS:
                yield kind.media_type, f"{title}（{kind.title}）", url(feed_address(name, kind.ending))


def _url(base: str) -> Callable[[str], str]:
    return lambda address: f"{base}/{address}"


def _breadcrumb(page: Page, url: Callable[[str], str]) -> str:
    links = "".join(
        f'<li><a href="{escaped(url(crumb.address))}">{escaped(crumb.title)}</a></li>'
        for crumb in (Crumb("首页", ""), *page.crumbs)
    )
    return (
        f'<nav class="breadcrumb" aria-label="面包屑"><ol>{links}'
        f'<li aria-current="page">{escaped(page.title)}</li></ol></nav>'
    )
