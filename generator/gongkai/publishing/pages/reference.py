"""Laws, rules, search, open data and the site map."""

from __future__ import annotations

from gongkai.model.vocabulary import LawKind
from gongkai.pinyin import pinyin_key
from gongkai.publishing.full_text import groups_of
from gongkai.publishing.site import Crumb, Page, Site, by_pinyin, law_address
from gongkai.rules.registry import FAMILIES, RULES


def laws_page(site: Site, _key: str) -> Page:
    """Return the register of laws, by rank."""
    laws = site.catalogue.laws.values()
    groups = [
        (kind, sorted((law for law in laws if law.kind is kind), key=lambda law: pinyin_key(law.short_title)))
        for kind in LawKind
    ]
    return Page(
        address="laws/",
        template="laws.html",
        title="法律依据",
        description=f"登记的 {len(site.catalogue.laws)} 部法律、法规、规章和文件，是否现行有效，用在哪些事项。",
        context={"groups": [(kind, members) for kind, members in groups if members]},
        column="政策文件",
    )


def law_page(site: Site, identity: str) -> Page:
    """Return one law: its facts, and the items that cite it."""
    law = site.catalogue.laws[identity]
    return Page(
        address=law_address(identity),
        template="law.html",
        title=f"《{law.short_title}》",
        description=f"《{law.title}》的文号、时效，以及引用它的政务服务事项。",
        crumbs=(Crumb("法律依据", "laws/"),),
        context={
            "law": law,
            "laws": site.catalogue.laws,
            "items": by_pinyin(site.catalogue.citing(law)),
            "edit_url": site.edit_url(law.source.path),
        },
        column="政策文件",
    )


def rules_page(_site: Site, _key: str) -> Page:
    """Return the list of rules by family."""
    groups = [
        (title, [rule for rule in RULES.values() if rule.code.startswith(letter)]) for letter, title in FAMILIES.items()
    ]
    return Page(
        address="rules/",
        template="rules.html",
        title="校验规则",
        description=f"发布前自动执行的 {len(RULES)} 条校验规则：为什么有、依据什么、怎样算对、怎样算错。",
        context={"groups": groups, "total": len(RULES)},
        column="政策文件",
    )


def rule_page(_site: Site, code: str) -> Page:
    """Return the explanation of one rule."""
    rule = RULES[code]
    return Page(
        address=f"rules/{code}/",
        template="rule.html",
        title=f"{code} {rule.title}",
        description=rule.reason,
        crumbs=(Crumb("校验规则", "rules/"),),
        context={"rule": rule, "family": FAMILIES[code[0]]},
        column="政策文件",
    )


def search_page(site: Site, _key: str) -> Page:
    """Return the search page; results are made in the browser, from so many full text indexes."""
    return Page(
        address="search/",
        template="search.html",
        title="搜索",
        description="按名称、日常说法、曾用名、编码、拼音搜索政务服务事项，也可以搜索全文。",
        context={"indexes": groups_of(site)},
    )


def open_data_page(site: Site, _key: str) -> Page:
    """Return the page that says which data can be downloaded and what they contain."""
    return Page(
        address="open-data/",
        template="open_data.html",
        title="开放数据",
        description="事项目录、机构、法律依据、监督记录和动态调整的开放数据：JSON 和 CSV，可以自由使用。",
        context={"example": next(iter(site.catalogue.items), None)},
        column="数据发布",
    )


def sitemap_page(site: Site, _key: str) -> Page:
    """Return the site map for people."""
    return Page(
        address="sitemap/",
        template="sitemap.html",
        title="网站地图",
        description="本站的全部栏目。",
        context={"themes": sorted(site.catalogue.items_by_theme, key=pinyin_key)},
        column="网站导航",
    )
