"""Personal data in every field and kind of file is refused, office data is not, applicants are masked."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from stdnum import luhn
from stdnum.cn import ric

from gongkai.finding import Finding
from gongkai.loading import load
from gongkai.rules.case_examples import NUMBER, case
from gongkai.rules.engine import Context, run
from gongkai.rules.registry import RULES
from support import AS_OF, BASE, DISTRICT, check, data_of, write_record

RANDOM = random.Random(20261123)


def identity() -> str:
    """An identity number with its check digit, of an area that does not exist."""
    born = f"{RANDOM.randint(1930, 2020)}{RANDOM.randint(1, 12):02}{RANDOM.randint(1, 28):02}"
    body = f"9900{RANDOM.randint(0, 99):02}{born}{RANDOM.randint(0, 999):03}"
    return body + ric.calc_check_digit(body + "0")


def card() -> str:
    body = f"62{RANDOM.randrange(10**13, 10**14 - 1) * 10 + RANDOM.randint(0, 9):015}"
    return body + luhn.calc_check_digit(body)


def mobile() -> str:
    return f"1{RANDOM.randint(3, 9)}{RANDOM.randint(0, 9)}00{RANDOM.randrange(10**6):06}"


def person() -> str:
    return RANDOM.choice("张王李赵陈杨") + RANDOM.choice("小建国志") + RANDOM.choice(["", "明", "华", "芳"])


MAKERS = (
    ("X001", lambda: f"证号 {identity()}"),
    ("X001", lambda: f"身份证号：{identity()[:14]}0000"),
    ("X002", lambda: f"打 {mobile()} 问"),
    ("X002", lambda: "手机 138 0000 0000"),
    ("X002", lambda: "手机 +86-138-0000-0000"),
    ("X003", lambda: f"打到 {card()}"),
    ("X003", lambda: "打到 6200 0000 0000 0005"),
    ("X004", lambda: f"护照号 E{RANDOM.randrange(10**8):08}"),
    (
        "X005",
        lambda: f"寄到 zhang{RANDOM.randrange(1000)}@{RANDOM.choice(['qq.com', '163.com', 'gmail.com', '139.com'])}",
    ),
    ("X006", lambda: f"家住演示村{RANDOM.randint(1, 9)}组{RANDOM.randint(1, 99)}号"),
    ("X006", lambda: f"家庭住址：演示小区{RANDOM.randint(1, 9)}栋2单元{RANDOM.randint(1, 9)}01室"),
    ("X007", lambda: f"学生姓名：{person()}"),
    ("X007", lambda: f"（李某某，{RANDOM.randint(1, 17)}岁）"),
    ("X008", lambda: f"申请人：{person()}"),
    ("X008", lambda: f"联系人：{person()}"),
)


def sources(root: Path) -> list[Path]:
    return sorted(path for folder in ("data", "content") for path in (root / folder).rglob("*") if path.is_file())


def personal(findings: list[Finding]) -> list[tuple[str, str, int]]:
    return sorted((f.path, f.code, f.line) for f in findings if f.code.startswith("X"))


def test_every_line_of_every_kind_of_file_is_looked_at(district: Path) -> None:
    """A piece of personal data behind every line: every key, value, list item and comment, Markdown and its front matter."""
    expected, pieces = [], []
    for path in sources(district):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            code, make = MAKERS[len(expected) % len(MAKERS)]
            if line.strip() in ("", "---"):
                continue
            pieces.append(make())
            lines[number - 1] = f"{line}。 {pieces[-1]}"
            expected.append((path.relative_to(district).as_posix(), code, number))
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    findings = load(district)[1]
    assert len(expected) > 200
    assert {path.split("/")[1] for path, _, _ in expected} >= {
        "items",
        "laws",
        "listings",
        "organizations",
        "approvals",
    }
    assert personal(findings) == sorted(expected)
    assert all(f.column > 1 for f in findings if f.code.startswith("X"))
    said = "\n".join(f.message + f.help for f in findings)
    for piece in pieces:
        assert piece.rpartition("：")[2].strip("（）打问到 ") not in said


@pytest.mark.parametrize(("code", "make"), MAKERS)
def test_every_kind_in_every_form(code: str, make: object, district: Path) -> None:
    """The same pieces as a comment, a key, a quoted value, a multi-line text, front matter, a list and a cell of a table."""
    assert callable(make)
    item, page = BASE["item"], "content/page.md"
    text = (district / item).read_text(encoding="utf-8").rstrip("\n").split("\n")
    planted = [f"# {make()}", f'"{make()}": 1', f'note: "{make()}"', "long: |", f"  第一行\n  {make()}"]
    (district / item).write_text("\n".join([*text, *planted]) + "\n", encoding="utf-8")
    body = ["---", "title: 页", f"description: {make()}", "---", "", f"- {make()}", "", "| 甲 | 乙 |", "|---|---|"]
    (district / page).write_text("\n".join([*body, f"| 1 | {make()} |"]) + "\n", encoding="utf-8")
    first = len(text) + 1
    expected = [(item, code, line) for line in (first, first + 1, first + 2, first + 5)]
    assert personal(load(district)[1]) == sorted([*expected, (page, code, 3), (page, code, 6), (page, code, 10)])


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("content/files/13800000000.pdf", "X002"),
        ("content/files/张三身份证.jpg", "X008"),
        ("content/files/申请人张三.png", "X008"),
        ("content/files/000000199001010026.png", "X001"),
        ("content/files/yanshi@qq.com.pdf", "X005"),
        ("content/000000199001010026/index.md", "X001"),
        ("content/files/演示村3组12号.webp", "X006"),
        ("data/items/weijian/13800000000.yml", "X002"),
        ("data/13800000000.txt", "X002"),
    ],
)
def test_names_of_files_and_folders(path: str, code: str, district: Path) -> None:
    (district / path).parent.mkdir(parents=True, exist_ok=True)
    (district / path).write_bytes(b"---\ntitle: x\n---\n" if path.endswith(".md") else b"x")
    findings = load(district)[1]
    assert personal(findings) == [(path, code, 1)]
    found = next(f for f in findings if f.code == code)
    assert found.help == "文件名也是公开的，请给文件改名。" and Path(path).stem not in found.message


def workbook(rows: list[list[str]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("低保花名册")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return target.getvalue()


def document(*paragraphs: str) -> bytes:
    """A DOCX with paragraphs, whose letters are split over runs as Word does, and a table."""
    target = io.BytesIO()
    runs = ["".join(f"<w:r><w:t>{letter}</w:t></w:r>" for letter in text) for text in paragraphs]
    table = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in row) + "</w:tr>"
        for row in (("序号", "姓名"), ("1", "张三"))
    )
    body = "".join(f"<w:p>{run}</w:p>" for run in runs) + f"<w:tbl>{table}</w:tbl>"
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("word/document.xml", f"<w:document><w:body>{body}</w:body></w:document>")
        package.writestr("docProps/core.xml", "<x><y>打 13800000000</y></x>")
    return target.getvalue()


def test_attachments_are_opened(district: Path) -> None:
    roster = [["低保花名册", ""], ["姓名", "身份证号"], ["张三", identity()], ["李*", "0000"]]
    (district / "content/低保.xlsx").write_bytes(workbook(roster))
    (district / "content/通知.docx").write_bytes(document("第一段", "电话 13800000000"))
    (district / "content/损坏.xlsx").write_bytes(b"PK\x03\x04 not a zip")
    findings = load(district)[1]
    assert personal(findings) == [
        ("content/低保.xlsx", "X001", 3),
        ("content/低保.xlsx", "X008", 3),
        ("content/通知.docx", "X002", 2),
        ("content/通知.docx", "X002", 3),
        ("content/通知.docx", "X008", 4),
    ]
    assert "附件的工作表“低保花名册”里有个人姓名“张*”" in {f.message for f in findings}
    refused = [f for f in findings if f.code == "S007"]
    assert [(f.path, f.message) for f in refused] == [("content/损坏.xlsx", "附件读不了：文件损坏或者加了密码，打不开")]


def test_an_attachment_that_unpacks_to_too_much_is_refused(district: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * (65 * 1024 * 1024))
    (district / "content/炸弹.docx").write_bytes(target.getvalue())
    assert [(f.code, f.message) for f in load(district)[1]] == [("S007", "附件读不了：文件解压以后太大")]


def credit_code(all_digits: bool) -> str:
    letters = "0123456789" if all_digits else "0123456789ABCDEFGHJKLMNPQRTUWXY"
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = RANDOM.choice(["11", "12", "91", "92"]) + "511703" + "".join(RANDOM.choice(letters) for _ in range(9))
    total = sum(alphabet.index(c) * w for c, w in zip(body, (3**i % 31 for i in range(17)), strict=True))
    return body + alphabet[-total % 31]


def item_code() -> str:
    return f"51{RANDOM.choice(['01', '05', '07', '10', '20'])}{RANDOM.randrange(10**8):08}"


def date() -> str:
    return f"20{RANDOM.randint(10, 30)}-{RANDOM.randint(1, 12):02}-{RANDOM.randint(1, 28):02}"


OFFICE = (
    lambda: f"0818-{RANDOM.randint(2, 8)}{RANDOM.randrange(10**6):06}",
    lambda: f"（0818）{RANDOM.randint(2, 8)}{RANDOM.randrange(10**6):06} 转 {RANDOM.randint(1, 9999)}",
    lambda: f"达川{RANDOM.choice(['府办', '卫许', '民发'])}〔20{RANDOM.randint(10, 30)}〕{RANDOM.randint(1, 9999)}号",
    lambda: f"511703-{date().replace('-', '')}-{RANDOM.randint(1, 999999):04}",
    item_code,
    lambda: f"511703{RANDOM.randrange(10**6):06}",
    lambda: credit_code(RANDOM.random() < 0.5),
    lambda: credit_code(RANDOM.random() < 0.5) + "3" + item_code(),
    lambda: credit_code(RANDOM.random() < 0.5) + "3" + item_code() + "01",
    lambda: f"511A{RANDOM.randrange(10**10):010}-511703000000-000-{credit_code(True)}-1-00",
    date,
    lambda: f"{date()}T15:30:00+08:00",
    lambda: f"{date().replace('-', '')}{RANDOM.randrange(24):02}{RANDOM.randrange(60):02}{RANDOM.randrange(60):02}",
    lambda: (
        f"蜀ICP备{RANDOM.randrange(10**8):08}号-{RANDOM.randint(1, 9)}，川公网安备 511703020{RANDOM.randrange(10**5):05}号"
    ),
    lambda: (
        f"{RANDOM.choice('一二三四')}楼 {RANDOM.choice('ABEG')}{RANDOM.randint(1, 99):02} 号窗口，演示路 {RANDOM.randint(1, 999)} 号"
    ),
    lambda: (
        f"main.{RANDOM.getrandbits(128):032x}.min.css，JY1511703{RANDOM.randrange(10**7):07}，{RANDOM.randint(1, 10**6)} 元"
    ),
)


def office_data(count: int) -> Iterator[str]:
    for number in range(count):
        yield OFFICE[number % len(OFFICE)]()


def test_two_thousand_office_phones_numbers_codes_and_dates_are_not_refused(district: Path) -> None:
    lines = list(office_data(2000))
    item, page = district / BASE["item"], district / "content/page.md"
    item.write_text(
        item.read_text(encoding="utf-8") + "\n".join(f"# {line}" for line in lines) + "\n", encoding="utf-8"
    )
    table = "\n".join(f"| {number} | {line} |" for number, line in enumerate(lines))
    page.write_text(f"---\ntitle: 页\n---\n\n{table}\n", encoding="utf-8")
    assert personal(load(district)[1]) == []


def test_nothing_that_is_shipped_or_tested_with_is_personal() -> None:
    assert personal(load(DISTRICT)[1]) == []


def test_a_number_without_quotes_is_not_repeated_by_another_rule(district: Path) -> None:
    listing = district / BASE["listing"]
    listing.write_text(listing.read_text(encoding="utf-8") + "phone: 13800000000\n", encoding="utf-8")
    assert all("13800000000" not in f.message + f.help for f in check(district))


def test_a_mobile_number_in_a_phone_field_is_one_fault(district: Path) -> None:
    data = data_of((district / BASE["department"]).read_text(encoding="utf-8"))
    data["consultation"]["phone"] = "13800000000"
    write_record(district, BASE["department"], data)
    found = [f for f in check(district) if f.path == BASE["department"] and f.code[0] in "PX"]
    assert [f.code for f in found] == ["X002"]
    assert found[0].message == "有手机号“138****0000”"


@pytest.mark.parametrize("name", ["张*", "欧阳**", "李*明", "张**", "买**·**", "J***"])
def test_masked_applicants(name: str, district: Path) -> None:
    assert applicant_findings(district, f"{{kind: 自然人, name: '{name}'}}") == []


@pytest.mark.parametrize(
    ("kind", "name", "message"),
    [
        ("自然人", "张三", "自然人的姓名“张*”没有隐去"),
        ("自然人", "欧阳小明", "自然人的姓名“欧阳**”没有隐去"),
        ("自然人", "张某", "自然人的姓名“张*”没有隐去"),
        ("自然人", "买买提·艾力", "自然人的姓名“买**·**”没有隐去"),
        ("自然人", "John Smith", "自然人的姓名“J***”没有隐去"),
        ("自然人", "*三", "自然人的姓名“****”没有隐去"),
        ("企业法人", "张三", "申请人类别是企业法人，名称“张*”却像人名"),
    ],
)
def test_applicants_with_their_full_name(kind: str, name: str, message: str, district: Path) -> None:
    assert applicant_findings(district, f"{{kind: {kind}, name: '{name}'}}") == [("X009", message)]


def test_an_applicant_who_is_a_number_is_one_fault(district: Path) -> None:
    assert [code for code, _ in applicant_findings(district, "{kind: 自然人, name: '13800000000'}")] == ["X002"]


@pytest.mark.parametrize("name", ["达州市达川区演示宾馆有限公司", "达川区张三面馆", "达川区演示小学"])
def test_organisations_keep_their_name(name: str, district: Path) -> None:
    assert applicant_findings(district, f"{{kind: 其他组织, name: {name}}}") == []


def applicant_findings(district: Path, applicant: str) -> list[tuple[str, str]]:
    path = f"data/approvals/2026/{NUMBER[7:11]}-{NUMBER[11:13]}-{NUMBER[13:15]}.yml"
    write_record(district, path, {"date": "2026-03-02", **data_of(case(applicant=applicant))})
    catalogue, findings = load(district)
    rules = [rule for code, rule in RULES.items() if code.startswith("X")]
    findings += run(rules, Context(catalogue, AS_OF))
    return [(f.code, f.message) for f in findings if f.path == path and f.code.startswith("X")]


def test_no_rule_about_personal_data_can_be_excepted() -> None:
    family = [rule for code, rule in RULES.items() if code.startswith("X")]
    assert len(family) == 9
    assert not any(rule.exceptable for rule in family)
