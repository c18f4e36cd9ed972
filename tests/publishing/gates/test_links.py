"""Links that lead nowhere stop publication."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.publishing.gates.links import BrokenLinksError, verify


def site(tmp_path: Path, **pages: str) -> Path:
    for name, html in pages.items():
        path = tmp_path / name.replace("__", "/") / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8")
    (tmp_path / "index.html").write_text('<h1 id="a">首页</h1>', encoding="utf-8")
    (tmp_path / "file.json").write_text("{}", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "link",
    [
        "../",
        "../.",
        "..",
        "./",
        "#here",
        "../b/",
        "../b",
        "../b/#there",
        "../file.json",
        "https://example.com/x",
        "tel:12345",
        "mailto:a@b",
        "../#a",
        "../b/?q=1",
        "?q=1",
        "#%68ere",
        "//example.com/x",
    ],
)
def test_good_links(link: str, tmp_path: Path) -> None:
    verify(site(tmp_path, a=f'<p id="here"><a href="{link}">x</a></p>', b='<p id="there">x</p>'))


@pytest.mark.parametrize(
    "link", ["../c/", "../file.csv", "#nowhere", "#%6Eowhere", "http://[bad", "../b/#nowhere", "b/", "/b/x"]
)
def test_bad_links(link: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenLinksError) as caught:
        verify(site(tmp_path, a=f'<a href="{link}">x</a>', b="<p>x</p>"))
    assert caught.value.broken == [("a/index.html", link)]
    assert f"a/index.html → {link}" in str(caught.value)


def test_pictures_scripts_and_forms_are_links_too(tmp_path: Path) -> None:
    html = '<img src="x.png"><script src="y.js"></script><form action="z/"></form>'
    with pytest.raises(BrokenLinksError) as caught:
        verify(site(tmp_path, a=html))
    assert len(caught.value.broken) == 3


def test_what_a_browser_does_not_read_is_no_link(tmp_path: Path) -> None:
    html = """<!-- <a href="x/"> --><script>let a = '<a href="x/">'</script><style>a::after { content: '<a href="x/">' }</style>
    <code>href="x/"</code> <p>&lt;a href="x/"&gt;</p>"""
    verify(site(tmp_path, a=html))


def test_a_bracket_inside_a_value_hides_no_link(tmp_path: Path) -> None:
    with pytest.raises(BrokenLinksError) as caught:
        verify(site(tmp_path, a='<a title="a > b" href="x/">x</a>'))
    assert caught.value.broken == [("a/index.html", "x/")]


@pytest.mark.parametrize("blank", [" ", "\n", "\t", "\r\n", "\f", "  "])
def test_a_link_behind_any_blank_is_found(blank: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenLinksError) as caught:
        verify(site(tmp_path, a=f'<a title="x"{blank}href="x/">x</a>'))
    assert caught.value.broken == [("a/index.html", "x/")]


def test_many_pages(tmp_path: Path) -> None:
    pages = {f"p{number}": f'<a href="../p{number + 1}/#here">x</a><p id="here">x</p>' for number in range(450)}
    with pytest.raises(BrokenLinksError) as caught:
        verify(site(tmp_path, **pages))
    assert caught.value.broken == [("p449/index.html", "../p450/#here")]


def test_links_out_of_the_site_are_broken(tmp_path: Path) -> None:
    with pytest.raises(BrokenLinksError) as caught:
        verify(site(tmp_path, a='<a href="../../">x</a><a href="../../b/">x</a>', b="<p>x</p>"))
    assert len(caught.value.broken) == 2
