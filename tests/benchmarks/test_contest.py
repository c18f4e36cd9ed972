"""The comparison's own arithmetic, texts and templates; nothing is timed here."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from contest import hugo, plot, report, tools
from contest.contestants import Contestant, Step, chosen
from contest.edits import Edits
from contest.markdown import as_markdown
from contest.measuring import RunError, memory, seconds
from contest.numbers import cost_per_page, median, ratio
from contest.pages import numbers, weigh, words_of
from contest.rounds import order

PAGE = """\
<head>
  <meta name="description" content="x">
  <link rel="canonical" href="y">
  <link rel="icon" href="z">
<title>校车使用许可 - 站</title></head>
<nav class="breadcrumb" aria-label="面包屑"><ol><li>首页</li></ol></nav>
<article class="md-content__inner md-typeset"><h1>校车使用许可</h1></article><footer>页脚</footer>
"""
WEIGHT = {"raw": 20480, "gzip": 5120, "words": 6144}


def _results(date: str = "2026-11-23") -> report.Results:
    size = {
        "rounds": 3,
        "titles": {"cold": "gongkai, cold", "hugo-front-matter": "Hugo A", "hugo-data": "Hugo B", "check": "check"},
        "seconds": {
            "cold": [1.0, 2.0, 9.0],
            "hugo-front-matter": [4.0, 4.0, 5.0],
            "hugo-data": [8.0, 8.0, 8.0],
            "check": [0.5, 0.7, 0.6],
            "python": [0.1, 0.1, 0.1],
        },
        "memory": {"cold": {"together": 2**30, "largest": 2**29}},
        "contestants": {"cold": "gongkai", "check": "gongkai", "hugo-front-matter": "hugo-a", "hugo-data": "hugo-b"},
        "outputs": {
            "gongkai": {"pages": 1000, "files": 3000, "item_page": WEIGHT},
            "hugo-a": {"pages": 500, "files": 600, "item_page": WEIGHT},
            "hugo-b": {"pages": 500, "files": 600, "item_page": WEIGHT},
        },
        "same": {
            "hugo-a": {"item": {"files": 500, "sample": 20, "ours": 100, "theirs": 110, "different": 0}},
            "hugo-b": {"item": {"files": 500, "sample": 20, "ours": 100, "theirs": 100, "different": 2}},
        },
        "serve": [0.1, 0.3, 0.2],
    }
    machine = {"processor": "P", "cores": 2, "memory_gib": 4, "system": "S", "python": "3.11"}
    return {"date": date, "machine": machine, "versions": {"hugo": "1"}, "sizes": {"500": size}}


def test_medians_ratios_and_costs() -> None:
    assert median([9.0, 1.0, 2.0]) == 2.0
    assert ratio([1.0, 2.0, 9.0], [4.0, 4.0, 5.0]) == 0.5
    assert cost_per_page([1.0, 2.0, 9.0], 1000) == 2.0
    with pytest.raises(ValueError, match="nothing"):
        ratio([1.0], [0.0])
    with pytest.raises(ValueError, match="without pages"):
        cost_per_page([1.0], 0)


def test_everybody_runs_first_and_last_in_turn() -> None:
    everybody = [Contestant(key, (), Path(key)) for key in "abc"]
    orders = ["".join(each.key for each in order(everybody, number)) for number in range(6)]
    assert orders == ["abc", "cba", "bca", "acb", "cab", "bac"]


def test_the_table_compares_with_the_faster_hugo() -> None:
    lines = report.table(_results()["sizes"]["500"]).splitlines()
    assert lines[2] == (
        "| gongkai, cold | 2.00 (1.00 to 9.00) | 0.50 | 1,000 | 3,000 | 2.00 | 1024 MiB | 20.0 / 5.0 / 6.0 KiB |"
    )
    assert lines[3].startswith("| Hugo A | 4.00 (4.00 to 5.00) | 1.00 | 500 | 600 | 8.00 |")
    assert not any("python" in line for line in lines)
    assert {line.count("|") for line in lines} == {9}


def test_the_text_says_where_when_and_what_is_unfair() -> None:
    text = report.as_markdown(_results())
    assert text.startswith("Measured on 2026-11-23: P, 2 cores, 4 GiB, S, Python 3.11; hugo 1.")
    assert "takes 0.50 s more than Python's own start" in text
    assert "shows an edit 0.20 s after it was saved" in text
    assert "- Hugo A: 500 files of 1 kinds, as many as ours; 20 of them hold 1.100 times the content" in text
    assert "in other words: 2 of 20 (item)." in text
    assert "in other words: none." in text


@pytest.mark.parametrize(
    ("only", "measured"),
    [
        (None, ["cold", "check", "search-cold", "python", "hugo-front-matter", "hugo-pagefind", "hugo-data", "mkdocs"]),
        (["cold"], ["cold", "hugo-front-matter", "hugo-data"]),
        (["check"], ["cold", "check", "python", "hugo-front-matter", "hugo-data"]),
        (["search-cold"], ["cold", "search-cold", "hugo-front-matter", "hugo-pagefind", "hugo-data"]),
    ],
)
def test_what_is_measured_can_be_compared(only: list[str] | None, measured: list[str]) -> None:
    keys = {
        "gongkai": ["cold", "check", "search-cold", "python"],
        "hugo-front-matter": ["hugo-front-matter", "hugo-pagefind"],
        "hugo-data": ["hugo-data"],
        "mkdocs": ["mkdocs"],
    }
    everybody = [
        Contestant(name, tuple(Step(key, key, list) for key in steps), Path(name)) for name, steps in keys.items()
    ]
    assert [step.key for each in chosen(everybody, only) for step in each.steps] == measured


def test_only_the_block_of_the_readme_is_replaced() -> None:
    before = "a\n<!-- bench -->\nold\n<!-- /bench -->\nb\n"
    after = report.replace_block(before, "new")
    assert after == "a\n<!-- bench -->\nnew\n<!-- /bench -->\nb\n"
    assert report.replace_block(after, "new") == after


@pytest.mark.parametrize(
    "text", ["", "<!-- bench -->", "<!-- /bench --> <!-- bench -->", "<!-- bench --><!-- bench --><!-- /bench -->"]
)
def test_a_readme_without_the_marks_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="once each"):
        report.replace_block(text, "new")


def test_sizes_of_one_day_are_kept_together(tmp_path: Path) -> None:
    path = tmp_path / "day.json"
    path.write_text(report.as_json(_results()), encoding="utf-8")
    more = {**_results(), "sizes": {"50000": _results()["sizes"]["500"]}}
    assert list(report.merged(path, more)["sizes"]) == ["500", "50000"]
    other = {**more, "machine": {"processor": "another"}}
    assert list(report.merged(path, other)["sizes"]) == ["50000"]


def test_the_plot_is_well_formed_and_names_what_was_measured() -> None:
    sizes = {"500": _results()["sizes"]["500"], "2000": _results()["sizes"]["500"]}
    texts = [element.text for element in ET.fromstring(plot.draw(sizes)).iter() if element.text]
    assert {"gongkai, cold", "Hugo A", "Hugo B", "500", "2,000"} <= set(texts)
    with pytest.raises(ValueError, match="no measurement"):
        plot.draw({})


def _article(text: str, cases: str) -> str:
    return f"<article class='x'>{text}<section aria-labelledby=\"cases\"><p>{cases}</p></section></article>"


def test_words_are_what_a_reader_sees_except_what_is_said_of_cases(tmp_path: Path) -> None:
    assert words_of("<p>外</p><article class='x'>一 &amp; <b>二</b><script>x()</script></article>") == "一&二"
    page = tmp_path / "index.html"
    page.write_text(_article("一", "办件"), encoding="utf-8")
    weight = weigh([page])
    assert (weight.raw, weight.words) == (len(_article("一", "办件").encode()), len("一".encode()))
    with pytest.raises(ValueError, match="no page"):
        weigh([])


def test_pages_and_files_of_a_site_are_counted(tmp_path: Path) -> None:
    for name in ("index.html", "items/1/index.html", "items/1/item.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert numbers(tmp_path) == (2, 3)


@pytest.mark.parametrize("kind", ["item", "history", "version", "items", "department", "departments", "town", "towns"])
def test_the_shell_of_a_built_page_becomes_a_layout(kind: str) -> None:
    made = hugo.layout(PAGE, kind, 3)
    assert "校车使用许可" not in made
    assert ("data-pagefind-body" in made) == (kind == "item")
    assert '<ol><li><a href="../../../">首页</a></li>' in made
    assert "@up@" not in made
    assert "<footer>页脚</footer>" in made
    assert made.count("</article>") == 1
    with pytest.raises(hugo.ShellError, match="breadcrumb"):
        hugo.layout(PAGE.replace("breadcrumb", "crumbs"), kind, 3)


def test_an_article_becomes_markdown_of_the_same_words() -> None:
    page = (
        "<article class='x'><h1>校车</h1><p class='lead'><a href='../a/'>接</a> <a href='tel:12345'>学生</a>_用</p>"
        "<ol><li>一</li><li><b>二</b>点<p>三</p><p>四</p></li><li>五</li></ol>"
        "<div><table><tr><th>甲</th></tr><tr><td>乙</td></tr></table></div></article>"
    )
    assert as_markdown(page) == (
        "# 校车\n\n接 [学生](tel:12345)\\_用\n\n1. 一\n\n2. 二点\n\n    三\n\n    四\n\n3. 五\n\n| 甲 |\n| --- |\n| 乙 |\n"
    )
    with pytest.raises(ValueError, match="no article"):
        as_markdown("<p>没有</p>")


def test_edits_change_another_item_each_time(tmp_path: Path) -> None:
    folder = tmp_path / "data/items/jiaoyu"
    folder.mkdir(parents=True)
    for number in range(3):
        (folder / f"{number}.yml").write_text("name: 校车\nsummary: 用校车接送学生。\n", encoding="utf-8")
    edits = Edits(tmp_path)
    changed = [edits.make() for _ in range(4)]
    assert len({path for path, _ in changed[:3]}) == 3
    path, mark = changed[3]
    assert path.read_text("utf-8") == f"name: 校车\nsummary: 用校车接送学生。{mark}\n"


def test_a_new_name_stands_wherever_the_old_one_stood(tmp_path: Path) -> None:
    item, listing = tmp_path / "data/items/jiaoyu/1.yml", tmp_path / "data/listings/towns/anren.yml"
    for path, text in (
        (item, "name: 校车\n"),
        (listing, "entries:\n  - name: 校车\n    name: 校车\n    name: 校车站\n"),
    ):
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    edits = Edits(tmp_path)
    assert edits.rename() == "校车（重新办理）"
    assert item.read_text("utf-8") == "name: 校车（重新办理）\n"
    assert "    name: 校车（重新办理）\n    name: 校车站\n" in listing.read_text("utf-8")
    assert edits.rename() == "校车"
    assert item.read_text("utf-8") == "name: 校车\n"


@pytest.mark.parametrize("measure", [seconds, memory])
def test_a_program_that_fails_stops_the_measurement_with_what_it_said(measure, tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"status 3:\noh"):
        measure([[sys.executable, "-c", "print('oh'); raise SystemExit(3)"]], tmp_path)


def test_the_time_of_a_program(tmp_path: Path) -> None:
    assert seconds([[sys.executable, "-c", "pass"]], tmp_path) > 0


def test_the_memory_of_children_counts(tmp_path: Path) -> None:
    child = "import time; x = b'x' * 80_000_000; time.sleep(1)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    found = memory([[sys.executable, "-c", parent]], tmp_path)
    assert 80_000_000 < found.largest < 160_000_000
    assert found.together >= 80_000_000


def test_earlier_results_do_not_make_another_version(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments], cwd=tmp_path, check=True)

    assert tools.commit_of(tmp_path) == "?"
    results, code = tmp_path / tools.RESULTS / "2026-01-01.json", tmp_path / "code.py"
    results.parent.mkdir(parents=True)
    for path in (results, code):
        path.write_text("1", encoding="utf-8")
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message", "Begin")
    commit = tools.commit_of(tmp_path)
    assert commit and not commit.endswith("-dirty")
    results.write_text("2", encoding="utf-8")
    assert tools.commit_of(tmp_path) == commit
    code.write_text("2", encoding="utf-8")
    assert tools.commit_of(tmp_path) == f"{commit}-dirty"
