"""Where cases stand: on the pages of the month they were received in, each with an anchor of its own.

Addresses and anchors are a contract: feeds link to them.
"""

from __future__ import annotations

from gongkai.casework.register import CaseRegister
from gongkai.model.approval_case import Month

APPROVALS = "approvals/"
EFFICIENCY = f"{APPROVALS}efficiency/"

A_PAGE = 100
"""How many cases stand on one page, those included that are only counted: what becomes public moves no other."""


def month_address(month: Month, page: int = 1) -> str:
    """Return the address of a page of a month; the first one has no number."""
    address = f"{APPROVALS}{month[0]:04}/{month[1]:02}/"
    return address if page == 1 else f"{address}{page}/"


def efficiency_address(identity: str) -> str:
    """Return the address of the figures of a department or town."""
    return f"{EFFICIENCY}{identity}/"


def case_anchor(number: str) -> str:
    """Return the id of a case's element on its page."""
    return f"case-{number}"


def pages_of(register: CaseRegister, month: Month) -> int:
    """Return how many pages a month has."""
    return -(-len(register.numbers_in(month)) // A_PAGE)


def case_address(register: CaseRegister, number: str) -> str:
    """Return the address of a case, with its anchor."""
    month, position = register.place(number)
    return f"{month_address(month, position // A_PAGE + 1)}#{case_anchor(number)}"
