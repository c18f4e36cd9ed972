"""Laws, rules, search, open data and the site map."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.model.vocabulary import AcceptanceLevel, Audience, ItemType, LawKind
from gongkai.pinyin import pinyin_key
from gongkai.publishing.addresses import law_address
from gongkai.publishing.pages.parts import ListPart, in_order, number_of_parts, part_keys, split_key
from gongkai.publishing.search.full_text import groups_of
from gongkai.publishing.site import Crumb, Page, Site
from gongkai.rules.registry import FAMILIES, RULES

_LAWS = Crumb("法律依据", "laws/")


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


def law_keys(site: Site) -> Iterator[str]:
    """Yield the laws, and the further pages of the items that cite them."""
    sizes = site.catalogue.sizes("items_by_law")
    for identity in site.catalogue.laws:
        yield from part_keys(identity, sizes.get(identity, 0))


def law_page(site: Site, key: str) -> Page:
    """Return one law: its facts, and the items that cite it; or a further page of them."""
    identity, number = split_key(key)
    law = site.catalogue.laws[identity]
    items = in_order(site.catalogue, "items_by_law", identity)
    part = ListPart(number, number_of_parts(len(items)), len(items), law_address(identity))
    if number > 1:
        title = f"引用《{law.short_title}》的事项"
        return Page(
            address=part.address,
            template="name_list.html",
            title=part.titled(title),
            description=f"{title}，共 {part.total} 个，这是第 {part.number} 页，共 {part.of} 页。",
            crumbs=(_LAWS, Crumb(f"《{law.short_title}》", law_address(identity))),
            context={"items": part.of_list(items), "part": part, "introduction": f"{title}共有 {part.total} 个。"},
            column="政策文件",
        )
    return Page(
        address=law_address(identity),
        template="law.html",
        title=f"《{law.short_title}》",
        description=f"《{law.title}》的文号、时效，以及引用它的政务服务事项。",
        crumbs=(_LAWS,),
        context={
            "law": law,
            "laws": site.catalogue.laws,
            "items": part.of_list(items),
            "part": part,
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
    """Return the search page; results are made in the browser, from so many full text indexes.

    ``order`` is that of the choices by which they can be filtered, except for departments.
    """
    order = [value for terms in (AcceptanceLevel, ItemType, Audience) for value in terms]
    return Page(
        address="search/",
        template="search.html",
        title="搜索",
        description="按名称、日常说法、曾用名、编码、拼音搜索政务服务事项，也可以搜索全文。",
        context={"indexes": groups_of(site), "order": order},
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
        context={"themes": sorted(site.catalogue.sizes("items_by_theme"), key=pinyin_key)},
        column="网站导航",
    )
