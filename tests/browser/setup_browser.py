"""Make sure a browser for the page tests is there: one that is installed, Debian's, or Playwright's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def installed_browser() -> str | None:
    """Return the path of a Chromium, from GONGKAI_BROWSER or the PATH, or None."""
    given = os.environ.get("GONGKAI_BROWSER")
    if given:
        return given
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def playwright_browser() -> str | None:
    """Return the path of the Chromium that Playwright installed, or None."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _run(*command: str) -> bool:
    print("+", " ".join(command), flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=environment, check=False).returncode == 0


def _install_from_debian() -> bool:
    if shutil.which("apt-get") is None:
        return False
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and shutil.which("sudo") is None:
        return False
    return _run(*prefix, "apt-get", "update", "-qq") and _run(
        *prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk"
    )


def main() -> int:
    """Install a browser where none is; returns the exit status."""
    if installed_browser() or playwright_browser():
        return 0
    if _install_from_debian() and installed_browser():
        return 0
    if _run(sys.executable, "-m", "playwright", "install", "--with-deps", "chromium") and playwright_browser():
        return 0
    print("No browser could be installed. Install Chromium, or set GONGKAI_BROWSER to its path.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
