"""What a build needs that takes time and can be made before it: the compiled templates, and what MkDocs renders."""

from __future__ import annotations

from contextlib import suppress

from jinja2 import TemplateError

from gongkai.kept.project import Project
from gongkai.kept.store import DamagedError
from gongkai.publishing.building.setting import BuildOptions
from gongkai.publishing.errors import UnpublishableError
from gongkai.publishing.skin.skin import is_kept, settings_of, skin_of, sources_of
from gongkai.publishing.templates.render import compile_templates, environment, template_cache
from gongkai.publishing.withholding import SiteOptions, site_of


def prepare_templates(project: Project) -> None:
    """Make ready what a build needs of the page templates, where it is kept; they do not depend on what the files say.

    Whatever is wrong with them is left to the build to tell.
    """
    with suppress(TemplateError, OSError):
        compile_templates(environment(project.root, template_cache(project.store.folder)))


def prepare_skin(project: Project, options: BuildOptions) -> None:
    """Make ready what a build needs of MkDocs, where it is kept; whatever is wrong with it is left to the build to tell."""
    root, kept = project.root, project.store.folder
    with suppress(UnpublishableError, DamagedError, OSError):
        sources = sources_of(root)
        site_url, description = settings_of(root, kept, options.site_url, sources)
        site = site_of(project.catalogue, SiteOptions(options.as_of, site_url, description))
        if site.recorded is None:
            skin_of(root, kept, site, options.site_url, sources)


def is_prepared(project: Project) -> bool:
    """Tell whether templates and skin were made ready before; whether they still fit is not looked into."""
    kept = project.store.folder
    return template_cache(kept).exists() and is_kept(kept)
