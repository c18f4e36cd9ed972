"""All names that a catalogue knows: what a mention of one of them may be part of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongkai.catalogue import Catalogue
from gongkai.editing.mentions import Mentions
from gongkai.editing.renaming import Subject
from gongkai.model.item import Item


def mentions_of(subject: Subject, renamed: Mapping[str, str], catalogue: Catalogue) -> Mentions:
    """Return the search for the old names of a subject; ``renamed`` gives the new name for each."""
    things = {*_names_of_things(catalogue), *_names_of_laws(catalogue)}
    return Mentions(
        renamed,
        {*things, *_names_of_items(catalogue), *_names_of_organizations(catalogue)},
        may_be_documents=isinstance(subject, Item),
        ambiguous=any(old in things for old in renamed),
    )


def _names_of_items(catalogue: Catalogue) -> Iterator[str]:
    for item in catalogue.items.values():
        yield item.name
        yield from (former.name for former in item.former_names)


def _names_of_things(catalogue: Catalogue) -> Iterator[str]:
    """Yield the names of documents, fees and reviews, and the words of every day."""
    for item in catalogue.items.values():
        yield from item.everyday_names
        yield from (material.name for material in item.materials)
        yield from (step.result for step in item.procedure if step.result is not None)
        yield from (review.name for review in item.prior_reviews)
        yield from (service.name for service in item.intermediary_services)
        yield from (fee.name for fee in (item.fees.items if item.fees is not None else ()))
        if item.result.name is not None:
            yield item.result.name


def _names_of_laws(catalogue: Catalogue) -> Iterator[str]:
    for law in catalogue.laws.values():
        yield from (law.title, law.short_title)
        yield from (former.name for former in law.former_names)


def _names_of_organizations(catalogue: Catalogue) -> Iterator[str]:
    for organization in (*catalogue.departments.values(), *catalogue.towns.values()):
        yield from (organization.name, organization.short_name, *organization.aliases)
        yield from (former.name for former in organization.former_names)
    if catalogue.abolished is not None:
        yield from (division.name for division in catalogue.abolished.divisions)
