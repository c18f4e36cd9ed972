"""The last gate: personal data in any file about to be published stops it, and the message does not repeat it."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai.cli import main
from gongkai.publishing.gates.privacy_gate import PersonalDataError, verify
from gongkai.publishing.tree import files_below
from gongkai.rules.registry import RULES
from gongkai.workers import LocalCrew
from support import ROOT

MOBILE, IDENTITY = "13800000000", "000000199001010026"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with a file of every kind that a build writes, none of them with personal data."""
    folder = tmp_path / "site"
    plain = {
        "index.html": '<!doctype html>\n<title>首页</title>\n<p>电话 <a href="tel:0818-0000000">0818-0000000</a></p>\n',
        "api/v1/items.json": json.dumps({"code": "510123001000", "handling": "511703-20260302-0001"}),
        "api/v1/items.csv": "\ufeff编码,名称\r\n510123001000,公共场所卫生许可\r\n",
        "feeds/all.atom": "<?xml version='1.0'?>\n<feed><title>全部</title></feed>\n",
        "assets/site.57a0d79d.min.css": "a{color:#138000}",
        "assets/app.js": "const longest=17976931348623157n,at=1772436600000;",
        "robots.txt": "User-agent: *\n",
        ".gongkai-site": "gongkai\n",
    }
    for address, text in plain.items():
        (folder / address).parent.mkdir(parents=True, exist_ok=True)
        (folder / address).write_text(text, encoding="utf-8")
    write_fragment(folder, "公共场所卫生许可")
    (folder / "assets/names.json.gz").write_bytes(
        gzip.compress('{"names":"公共场所卫生许可"}'.encode("utf-16-le"), mtime=0)
    )
    (folder / "assets/picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + MOBILE.encode())
    return folder


def write_fragment(folder: Path, content: str) -> None:
    path = folder / "pagefind/fragment/zh_1.pf_fragment"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"url": "/items/510123001000/", "content": content}, ensure_ascii=False)
    path.write_bytes(gzip.compress(b"pagefind_dcd" + text.encode(), mtime=0))


def look_through(site: Path, root: Path = ROOT) -> None:
    verify(site, root, files_below(site), LocalCrew(1), lambda _: None)


def leaks(site: Path, root: Path = ROOT) -> list[tuple[str, int, str, str]]:
    with pytest.raises(PersonalDataError) as caught:
        look_through(site, root)
    assert MOBILE not in str(caught.value) and IDENTITY not in str(caught.value)
    return [(leak.address, leak.line, leak.kind, leak.shown) for leak in caught.value.leaks]


def test_a_clean_site_passes(site: Path) -> None:
    look_through(site)
    look_through(site)


@pytest.mark.parametrize(
    ("address", "text", "line"),
    [
        ("index.html", f"<p>\n{MOBILE}</p>", 2),
        ("index.html", f"<!--\n\n{MOBILE} -->", 3),
        ("index.html", f'<a\n href="tel:{MOBILE}">电话</a>', 2),
        ("index.html", "<p>一</p>\n<p><b>138</b>0000<i>0000</i></p>", 2),
        ("index.html", "<p>&#49;3800000000</p>", 1),
        ("index.html", "<p>138\u200b0000<wbr>0000</p>", 1),
        ("a/b/index.htm", f"\n<p>{MOBILE}</p>", 2),
        ("api/v1/items.json", f'{{\n"phone": "{MOBILE}"}}', 2),
        ("api/v1/items.json", '{\n\n"phone": "\\u00313800000000"}', 3),
        ("api/v1/items.csv", f"a,b\r\n1,{MOBILE}\r\n", 2),
        ("feeds/all.rss", f"<rss>\n<description>{MOBILE}</description></rss>", 2),
        ("feeds/all.atom", "<feed>\n<content>&lt;b&gt;138&lt;/b&gt;00000000</content></feed>", 2),
        ("feeds/all.json", f'{{"items": ["{MOBILE}"]}}', 1),
        ("feeds/feeds.opml", f'<outline text="{MOBILE}"/>', 1),
        ("sitemap.xml", f"<loc>https://example.gov.cn/{MOBILE}/</loc>", 1),
        ("assets/app.js", f"call('{MOBILE}')", 1),
        ("assets/icon.svg", f"<svg><title>{MOBILE}</title></svg>", 1),
        ("assets/site.css", f"/* {MOBILE} */", 1),
        ("schema/item.json", f'{{"description": "{MOBILE}"}}', 1),
        (".well-known/notes", MOBILE, 1),
    ],
)
def test_every_kind_of_text_is_looked_into(address: str, text: str, line: int, site: Path) -> None:
    (site / address).parent.mkdir(parents=True, exist_ok=True)
    (site / address).write_text(text, encoding="utf-8")
    assert leaks(site) == [(address, line, "手机号", "138****0000")]


@pytest.mark.parametrize(
    "html",
    [
        "<table>\n<thead><tr><th>序号</th><th>姓名</th></tr></thead>\n<tbody>\n<tr><td>1</td>\n<td>张三</td></tr></tbody></table>",
        "<dl>\n\n\n\n<dt>联系人</dt>\n<dd>张三</dd></dl>",
        "\n\n\n\n<p>申请人：<strong>张三</strong></p>",
    ],
)
def test_people_in_tables_and_terms(html: str, site: Path) -> None:
    (site / "index.html").write_text(html, encoding="utf-8")
    found = leaks(site)
    assert [(kind, shown) for _, _, kind, shown in found] == [("个人姓名", "张*")]
    assert found[0][1] in (5, 6)


def test_indexes_are_unpacked(site: Path) -> None:
    write_fragment(site, f"有问题打 {MOBILE}")
    names = '{"names":"申请人张三\\t公共场所卫生许可"}'
    (site / "assets/names.json.gz").write_bytes(gzip.compress(names.encode("utf-16-le"), mtime=0))
    assert leaks(site) == [
        ("assets/names.json.gz", 1, "个人姓名", "张*"),
        ("pagefind/fragment/zh_1.pf_fragment", 1, "手机号", "138****0000"),
    ]


def test_attachments_and_names_of_files(site: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("word/document.xml", f"<w:p><w:t>一</w:t></w:p><w:p><w:t>{IDENTITY}</w:t></w:p>")
    (site / "通知.docx").write_bytes(target.getvalue())
    (site / f"{MOBILE}.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(PersonalDataError) as caught:
        look_through(site)
    assert str(caught.value).split("\n") == [
        "要发布的文件里有个人信息：",
        "  138****0000.pdf 第 1 行：文件名里有手机号“138****0000”，源文件里没有一样的文字，请检查 theme/ 里的网页模板和程序",
        "  通知.docx 第 2 行：身份证号“000*************26”，源文件里没有一样的文字，请检查 theme/ 里的网页模板和程序",
    ]


@pytest.mark.parametrize(
    ("address", "content", "kind"),
    [
        ("data.bin", b"\xff\xfe\x00\xd8", "核对不了的内容（不是文字，也不是认识的格式）"),
        ("broken.gz", gzip.compress(b"x" * 100, mtime=0)[:-12], "核对不了的内容（压缩文件不完整，或者解压以后太大）"),
        ("damaged.gz", b"\x1f\x8b garbage", "核对不了的内容（压缩文件损坏）"),
        (
            "bomb.gz",
            gzip.compress(bytes(65 * 1024 * 1024), mtime=0),
            "核对不了的内容（压缩文件不完整，或者解压以后太大）",
        ),
        ("book.xlsx", b"PK\x03\x04 garbage", "核对不了的内容（文件损坏或者加了密码，打不开）"),
    ],
)
def test_what_cannot_be_looked_into_is_refused(address: str, content: bytes, kind: str, site: Path) -> None:
    (site / address).write_bytes(content)
    assert leaks(site) == [(address, 1, kind, "")]


def test_the_source_is_named(site: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    (root / "theme").mkdir(parents=True)
    (root / "theme/footer.html").write_text(f"<footer>\n<p>{MOBILE}</p></footer>\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    (site / "index.html").write_text(f"<p>{MOBILE}</p>", encoding="utf-8")
    with pytest.raises(PersonalDataError, match=r"多半来自 theme/footer\.html 第 2 行"):
        look_through(site, root)


def test_many_files(site: Path) -> None:
    for number in range(150):
        (site / f"{number}.html").write_text(
            f"<p>{MOBILE if number % 3 == 0 else '0818-0000000'}</p>", encoding="utf-8"
        )
    with pytest.raises(PersonalDataError, match="……共 50 处") as caught:
        look_through(site)
    assert [leak.address for leak in caught.value.leaks] == sorted(f"{number}.html" for number in range(0, 150, 3))


def test_so_many_files_that_other_processes_help(site: Path) -> None:
    for number in range(700):
        (site / f"{number:03}.html").write_text(f"<p>{MOBILE if number == 650 else '0818'}</p>", encoding="utf-8")
    (site / "000.txt").write_text("0818\n" * 300_000 + MOBILE, encoding="utf-8")
    done: list[int] = []
    with pytest.raises(PersonalDataError) as caught:
        verify(site, ROOT, files_below(site), LocalCrew(2), done.append)
    assert [(leak.address, leak.line) for leak in caught.value.leaks] == [("000.txt", 300_001), ("650.html", 1)]
    assert done == sorted(done) and done[-1] == len(files_below(site))


def test_not_too_much_is_in_memory_at_once(site: Path) -> None:
    for number in range(60):
        (site / f"{number:02}.txt").write_text("0818\n" * 190_000, encoding="utf-8")
    (site / "59.txt").write_text("0818\n" * 190_000 + MOBILE, encoding="utf-8")
    tracemalloc.start()
    try:
        assert [leak[:2] for leak in leaks(site)] == [("59.txt", 190_001)]
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()


def test_only_the_page_of_a_rule_may_show_its_example(site: Path) -> None:
    for code, rule in RULES.items():
        if code.startswith("X"):
            page = site / f"rules/{code}/index.html"
            page.parent.mkdir(parents=True)
            page.write_text(f"<h1>{code}</h1>\n<pre>{rule.example.bad}</pre>", encoding="utf-8")
    look_through(site)
    (site / "rules/X001/index.html").write_text(f"<pre>{RULES['X002'].example.bad}</pre>", encoding="utf-8")
    assert leaks(site) == [("rules/X001/index.html", 3, "手机号", "138****0000")]
    (site / "rules/X001/index.html").write_text("<pre>13900000000</pre>", encoding="utf-8")
    assert leaks(site) == [("rules/X001/index.html", 1, "手机号", "139****0000")]


def test_build_publishes_nothing(district: Path) -> None:
    """A template that lets out a number stops the build with status 1; the old site stays."""
    for name in ("mkdocs.yml", "theme", "schema"):
        source, target = ROOT / name, district / name
        if target.exists():
            target.unlink()
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    shutil.rmtree(district / "content")
    shutil.copytree(ROOT / "content", district / "content")
    for page in (district / "content").rglob("*.md"):
        front = "title: 首页\ntemplate: home.html" if page == district / "content/index.md" else f"title: {page.stem}"
        page.write_text(f"---\n{front}\n---\n\n# {page.stem}\n", encoding="utf-8")
    template = district / "theme/pages/law.html"
    template.write_text(f"{template.read_text(encoding='utf-8')}<p>{MOBILE}</p>\n", encoding="utf-8")
    command = ["build", "--no-search", "--jobs", "1", "--as-of", "2026-11-23", "--root", str(district)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1, result.output
    assert "没有发布，原来的网站保持不变。要发布的文件里有个人信息：" in result.output
    assert "手机号“138****0000”，多半来自 theme/pages/law.html 第" in result.output
    assert MOBILE not in result.output
    assert not (district / "site").exists()
