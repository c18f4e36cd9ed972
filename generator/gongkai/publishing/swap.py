"""A finished build takes the place of the old site in one step."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def staging_folder(site: Path) -> Path:
    """Return an empty folder beside the site, on the same disk, to build in.

    What a killed build left behind is removed first.
    """
    folder = site.parent / f".{site.name}-building"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def publish(staging: Path, site: Path) -> None:
    """Move the finished build to where the site is.

    The old site is set aside before and removed after, so that at every moment one whole site can be
    found at its place or under its set-aside name; an interrupted swap is completed by the next.
    """
    aside = site.parent / f".{site.name}-old"
    shutil.rmtree(aside, ignore_errors=True)
    if site.exists():
        os.rename(site, aside)  # noqa: PTH104 - Path.rename promises less about directories
    try:
        os.rename(staging, site)  # noqa: PTH104
    except OSError:
        if aside.exists():
            os.rename(aside, site)  # noqa: PTH104
        raise
    shutil.rmtree(aside, ignore_errors=True)
