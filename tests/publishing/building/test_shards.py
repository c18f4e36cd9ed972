"""Parts that were built apart become the site that is built in one go, or nothing."""

from __future__ import annotations

import datetime
import itertools
import json
import os
import re
import shutil
from collections.abc import Callable
from hashlib import blake2b
from importlib.metadata import version as real_version
from pathlib import Path

import pytest

from building import build_site, opened
from commands import DAY, IN_A_WORKER, before, beside, files, run
from gongkai.kept.program import portable_program
from gongkai.progress import unseen
from gongkai.publishing.building import shards
from gongkai.publishing.building.build import BuildReport
from gongkai.publishing.building.setting import BuildOptions
from gongkai.publishing.building.shards import NOTE, PartError, Shard, build_part, merge
from gongkai.publishing.errors import ChangedError, UnpublishableError
from gongkai.publishing.gates.links import BrokenLinksError
from gongkai.publishing.gates.privacy_gate import PersonalDataError
from gongkai.workers import LocalCrew
from privacy.samples import IDENTITY
from support import AS_OF, BASE, change_record, copy_district, make_buildable

OF = 3


def part_of(root: Path, number: int, folder: Path, of: int = OF, **options: object) -> BuildReport:
    """Build a part of a project's site."""
    with opened(root) as project:
        chosen = BuildOptions(**{"as_of": AS_OF, "search": False, **options})
        return build_part(project, folder, chosen, Shard(number, of), LocalCrew(1), unseen)


def merged(root: Path, folders: list[Path], *, search: bool = False) -> BuildReport:
    """Merge parts into a project's site."""
    with opened(root) as project:
        return merge(project, folders, root / "site", BuildOptions(AS_OF, search=search), LocalCrew(1), unseen)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its site, built in one go, and the parts of it beside; nobody changes it."""
    root = make_buildable(copy_district(tmp_path_factory.mktemp("parts")))
    build_site(root, root / "site")
    for number in range(1, OF + 1):
        part_of(root, number, root / f"part{number}")
    return root


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Path:
    """The same for one test, which must ``overwrite`` what was built."""
    return Path(shutil.copytree(root, tmp_path / "district", copy_function=link_or_copy))


def link_or_copy(source: str, target: str) -> None:
    """Copy a file that a test may write in; link one of the hundreds that were built."""
    inside = {"site", *(f"part{number}" for number in range(1, OF + 1))} & {*Path(source).parts}
    (os.link if inside else shutil.copy2)(source, target)


def overwrite(file: Path, content: bytes) -> None:
    """Put another file in the place of one that was built."""
    file.unlink()
    file.write_bytes(content)


def the_parts(project: Path) -> list[Path]:
    return [project / f"part{number}" for number in range(1, OF + 1)]


def rewrite(part: Path, change: Callable[[list[list[object]]], object]) -> None:
    """Change the note of a part as somebody would who knows how it is made."""
    *lines, _ = (part / NOTE).read_text(encoding="utf-8").split("\n")
    values = [json.loads(line) for line in lines]
    change(values)
    text = "\n".join(json.dumps(value, ensure_ascii=False) for value in values).encode()
    overwrite(part / NOTE, text + b"\n" + blake2b(text, digest_size=16).hexdigest().encode())


def refused(project: Path, folders: list[Path], message: str, error: type[UnpublishableError] = PartError) -> None:
    """See that parts are refused, and that the site is as it was."""
    before = files(project / "site")
    with pytest.raises(error, match=message):
        merged(project, folders)
    assert files(project / "site") == before
    assert beside(project / "site") == set()


def test_shards() -> None:
    assert Shard.parse("2/4") == Shard(2, 4)
    for text in ("", "0/2", "3/2", "1/0", "1", "a/b", "1/2/3", "-1/2", "１/2", "1/2\n", " 1/2", "1/99999"):
        with pytest.raises(ValueError, match=rf"^{re.escape(text)}$"):
            Shard.parse(text)
    units = [f"item\t{number}" for number in range(1000)]
    held = [[unit for unit in units if Shard(number, 3).has(unit)] for number in (1, 2, 3)]
    assert sorted(unit for some in held for unit in some) == sorted(units)
    assert all(len(some) > 250 for some in held)


def test_the_parts_make_the_site_that_is_built_in_one_go(root: Path, project: Path) -> None:
    """In any order; and what is built afterwards is right."""
    shutil.rmtree(project / "site")
    report = merged(project, the_parts(project)[::-1])
    expected = files(root / "site")
    assert files(project / "site") == expected
    assert report.files == len(expected) and report.pages == sum(name.endswith("index.html") for name in expected)
    change_record(project, BASE["item"], summary="另一句概要，说的是同一件事。")
    build_site(project, project / "site")
    build_site(project, project / "clean")
    assert files(project / "site") == files(project / "clean") != expected


@pytest.mark.slow
def test_by_the_commands_with_one_search(tmp_path: Path) -> None:
    """The parts on two machines, each with a copy of the files, merged on a third."""
    first, second, third = (make_buildable(copy_district(tmp_path / name)) for name in ("a", "b", "c"))
    day = ["--as-of", AS_OF.isoformat(), "--site-url", "https://example.org/x/"]
    for number, machine in ((1, first), (2, second)):
        ran = run(machine, "build", *day, "--shard", f"{number}/2", "--output", str(tmp_path / f"part{number}"))
        assert ran.returncode == 0 and f"已生成第 {number} 部分（共 2 部分）" in ran.stdout, ran.stderr
    ran = run(third, "merge", *day, str(tmp_path / "part1"), str(tmp_path / "part2"))
    assert ran.returncode == 0 and "已合并成 " in ran.stdout, ran.stderr
    build_site(first, first / "site", search=True, site_url="https://example.org/x/")
    assert "pagefind/pagefind.js" in files(third / "site")
    assert files(third / "site") == files(first / "site")


def test_the_command_refuses(project: Path) -> None:
    before = files(project / "site")
    ran = run(project, "merge", "--as-of", AS_OF.isoformat(), "--no-search", "part1", "part2")
    assert (ran.returncode, ran.stderr) == (
        1,
        "没有发布，原来的网站保持不变。part1 是 3 个部分里的一个，这里给了 2 个\n",
    )
    assert files(project / "site") == before
    for shard in ("0/2", "2/1", "x"):
        ran = run(project, "build", "--shard", shard, "--output", "part1")
        assert ran.returncode == 2 and f"--shard {shard} 不对" in ran.stderr
    ran = run(project, "build", "--shard", "1/2")
    assert ran.returncode == 2 and "--shard 要和 --output 一起用" in ran.stderr


@pytest.mark.parametrize("output", ["part1", "./part3/", "part2/site"])
def test_the_command_overwrites_no_part(output: str, project: Path) -> None:
    before = [files(part) for part in the_parts(project)]
    names = [part.name for part in the_parts(project)]
    ran = run(project, "merge", "--as-of", AS_OF.isoformat(), "--no-search", *names, "--output", output)
    place = Path(output)
    said = f"合并的结果不能放在 {place}，那样会盖掉要合并的 {place.parts[0]}。请用 --output 换一个文件夹。\n"
    assert (ran.returncode, ran.stderr) == (2, said)
    assert [files(part) for part in the_parts(project)] == before


def test_a_broken_link_inside_a_page_is_refused_in_the_part(project: Path) -> None:
    """Only there it is known; when parts are joined, links between pages are looked at."""
    template = project / "theme" / "pages" / "item.html"
    template.write_text(template.read_text(encoding="utf-8") + '<a href="#nowhere">x</a>', encoding="utf-8")
    page = "items/510123001000/index.html"
    number = next(number for number in range(1, OF + 1) if (project / f"part{number}" / page).exists())
    before = files(project / f"part{number}")
    with pytest.raises(BrokenLinksError, match="#nowhere"):
        part_of(project, number, project / f"part{number}")
    assert files(project / f"part{number}") == before


def test_missing_and_repeated_parts(project: Path) -> None:
    one, two, three = the_parts(project)
    refused(project, [one, two], "是 3 个部分里的一个，这里给了 2 个")
    refused(project, [one, two, three, three], "是 3 个部分里的一个，这里给了 4 个")
    refused(project, [one, two, two], "都是第 2 部分")
    refused(project, [one, two, project / "part4"], "part4 不是 gongkai build --shard 生成的一部分")
    refused(project, [one, two, project / "site"], "site 不是 gongkai build --shard 生成的一部分")


@pytest.mark.parametrize(
    "options",
    [
        {"as_of": AS_OF + datetime.timedelta(days=1)},
        {"site_url": "https://other.example.org/"},
        {"search": True},
    ],
    ids=str,
)
def test_a_part_of_another_day_or_address(options: dict[str, object], project: Path) -> None:
    part_of(project, 2, project / "part2", **options)
    refused(project, the_parts(project), "part2 是用别的数据、别的设置或者别的版本的程序生成的")


def test_a_part_of_other_data_or_another_program(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("gongkai.publishing.building.setting.portable_program", lambda: "another program")
        part_of(project, 3, project / "part3")
    refused(project, the_parts(project), "part3 是用别的数据")
    (project / BASE["item"]).write_bytes((project / BASE["item"]).read_bytes() + b"# a comment\n")
    part_of(project, 3, project / "part3")
    refused(project, the_parts(project), "part1 是用别的数据")
    theme = project / "theme" / "pages" / "item.html"
    part_of(project, 1, project / "part1")
    theme.write_text(theme.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    part_of(project, 2, project / "part2")
    refused(project, the_parts(project), "part1 是用别的数据")


@pytest.mark.parametrize(
    "damage",
    [
        lambda note: b"",
        lambda note: b"\xff\xfe",
        lambda note: note[:-1],
        lambda note: note[: len(note) // 2],
        lambda note: note[:200] + bytes([note[200] ^ 1]) + note[201:],
        lambda note: b"[" * 100_000,
    ],
)
def test_a_damaged_note(damage: Callable[[bytes], bytes], project: Path) -> None:
    note = project / "part2" / NOTE
    overwrite(note, damage(note.read_bytes()))
    refused(project, the_parts(project), "part2 的记录已经损坏")


def set_first_file(address: str) -> Callable[[list[list[object]]], None]:
    """Return a change that lets the first unit of a note have a file of this address."""

    def change(values: list[list[object]]) -> None:
        pages, _, targets, anchors = json.loads(str(values[1][1]))
        values[1][1] = json.dumps([pages, [address], targets, anchors])

    return change


@pytest.mark.parametrize(
    "change",
    [
        lambda values: values.clear(),
        lambda values: values.__setitem__(0, [1, 2]),
        lambda values: values.__setitem__(0, [1, "x", 3, values[0][3]]),
        lambda values: values.__setitem__(1, "x"),
        lambda values: values[1].__setitem__(1, None),
        lambda values: values[1].__setitem__(1, "[1, 2, 3, 4]"),
        lambda values: values[1].__setitem__(1, "[[], [7], [], []]"),
        lambda values: values[1].__setitem__(1, "[" * 100_000),
        lambda values: values[1].__setitem__(2, []),
        lambda values: values[1].__setitem__(2, {"sitemap": 1}),
        lambda values: values[1].__setitem__(0, ["x"]),
        lambda values: values[1].__setitem__(0, "item\t000000000000"),
    ],
)
def test_a_note_that_says_something_else(change: Callable[[list[list[object]]], object], project: Path) -> None:
    for part in the_parts(project):
        rewrite(part, change)
    refused(project, the_parts(project), "的记录已经损坏|是用别的数据|里的文件和生成时不一样|合起来不是整个网站")


@pytest.mark.parametrize(
    "first", [b"[" * 100_000, b'[Infinity, 1, 2, "x"]', b'[1, 1e999, 2, "x"]', b"{}", b"7", b'["\\ud800", 1, 2, "x"]']
)
def test_a_hostile_first_line(first: bytes, project: Path) -> None:
    note = project / "part2" / NOTE
    _, _, rest = note.read_bytes().rpartition(b"\n")[0].partition(b"\n")
    text = first + b"\n" + rest
    overwrite(note, text + b"\n" + blake2b(text, digest_size=16).hexdigest().encode())
    refused(project, the_parts(project), "part2 的记录已经损坏")


@pytest.mark.parametrize(
    ("kind", "share"),
    [
        *itertools.product(("sitemap", "names"), ('"x"', "{", "[" * 100_000, '["\ud800"]', r'["\ud800"]', "7")),
        ("sitemap", "[1]"),
        ("\ud800", "x"),
    ],
)
def test_a_hostile_share(kind: str, share: str, project: Path) -> None:
    def put_in(values: list[list[object]]) -> None:
        values[1][2] = {kind: share}

    for part in the_parts(project):
        lines = [json.loads(line) for line in (part / NOTE).read_text(encoding="utf-8").split("\n")[:-1]]
        put_in(lines)
        text = "\n".join(map(json.dumps, lines)).encode()
        overwrite(part / NOTE, text + b"\n" + blake2b(text, digest_size=16).hexdigest().encode())
    refused(project, the_parts(project), "的记录已经损坏")


@pytest.mark.parametrize("name", [NOTE, "index.html"])
def test_what_is_no_file_in_a_part(name: str, project: Path) -> None:
    """A pipe would be waited for forever, and some devices never end."""
    place = next((project / "part2").rglob(name))
    place.unlink()
    os.mkfifo(place)
    refused(project, the_parts(project), "part2 (不是 gongkai build --shard 生成的一部分|里没有 .*index.html)")
    place.unlink()
    place.symlink_to("/dev/zero")
    refused(project, the_parts(project), "part2 (不是 gongkai build --shard 生成的一部分|里的 .*index.html 是链接)")


def test_parts_of_other_libraries_do_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    one = portable_program()
    monkeypatch.setattr("importlib.metadata.version", lambda name: "0.1" if name == "pypinyin" else real_version(name))
    assert portable_program.__wrapped__() != one


def test_a_unit_left_out(project: Path) -> None:
    rewrite(project / "part2", lambda values: values.pop())
    refused(project, the_parts(project), "各部分合起来不是整个网站")


@pytest.mark.parametrize("address", ["../secret.txt", "/etc/hostname", "a/../../secret.txt", "", ".", "a//b", "a\0b"])
def test_a_file_outside_the_part(address: str, project: Path) -> None:
    (project / "secret.txt").write_text("秘密", encoding="utf-8")
    rewrite(project / "part1", set_first_file(address))
    refused(project, the_parts(project), "不在这一部分里|里没有")


def test_links_in_a_part(project: Path) -> None:
    """Of a file, and of a folder above it."""
    page = next((project / "part2").rglob("index.html"))
    content = page.read_bytes()
    (project / "elsewhere").mkdir()
    (project / "elsewhere" / "index.html").write_bytes(content)
    page.unlink()
    page.symlink_to(project / "elsewhere" / "index.html")
    refused(project, the_parts(project), "index.html 是链接，或者不在这一部分里")
    shutil.rmtree(page.parent)
    page.parent.symlink_to(project / "elsewhere")
    refused(project, the_parts(project), "是链接，或者不在这一部分里|里没有")


def test_a_file_that_is_other_or_gone(project: Path) -> None:
    page = next((project / "part3").rglob("index.html"))
    content = page.read_bytes()
    overwrite(page, content[: len(content) // 2])
    refused(project, the_parts(project), "part3 里的文件和生成时不一样")
    page.unlink()
    refused(project, the_parts(project), "part3 里没有 .*index.html")


def test_personal_data_in_a_page(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where the note was made to fit."""
    page = next((project / "part1").rglob("index.html"))
    overwrite(page, page.read_bytes().replace(b"</body>", f"身份证{IDENTITY}</body>".encode()))
    refused(project, the_parts(project), "里的文件和生成时不一样")
    address = page.relative_to(project / "part1").as_posix()

    def fit(values: list[list[object]]) -> None:
        for value in values[1:]:
            addresses = json.loads(str(value[1]))[1]
            if address in addresses:
                value[3] = shards._digest_of((a, (project / "part1" / a).read_bytes()) for a in addresses)

    rewrite(project / "part1", fit)
    refused(project, the_parts(project), "身份证|公民身份号码", PersonalDataError)


def test_a_file_changes_meanwhile(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(project / "part1")
    file = project / BASE["law"]
    real = shards.write

    def changing(*arguments: object) -> None:
        file.touch()
        real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(shards, "write", changing)
    with pytest.raises(ChangedError, match=BASE["law"]):
        part_of(project, 1, project / "part1")
    assert files(project / "part1") == before
    refused(project, the_parts(project), BASE["law"], ChangedError)


def test_a_process_that_writes_an_index_is_ended(project: Path) -> None:
    for number in range(1, OF + 1):
        part_of(project, number, project / f"searched{number}", search=True)
    before_it = files(project / "site")
    code = "import gongkai.publishing.building.searching\nimport gongkai.publishing.search.full_text as full_text\n"
    code += "full_text.GROUP = 1\n"
    code += before(
        "gongkai.publishing.building.searching", "write_index", "os.kill(os.getpid(), signal.SIGKILL)", IN_A_WORKER
    )
    result = run(project, "merge", *DAY, *(f"searched{number}" for number in range(1, OF + 1)), code=code)
    assert (
        result.returncode == 1 and "生成网页的一个进程中途被结束" in result.stderr and "Traceback" not in result.stderr
    )
    assert files(project / "site") == before_it and beside(project / "site") == set()
