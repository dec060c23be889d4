"""Numbers and dates as people write them into boxes, on the site and in a fillable form."""

from __future__ import annotations

import calendar
from datetime import date
from decimal import Decimal, InvalidOperation

DIGITS = 18  # of a number: more than any count or sum of money here


def number_of(text: str) -> Decimal | None:
    """The number; commas and spaces between thousands are taken. None if it is none, or far too long."""
    plain = text.replace(",", "").replace(" ", "")
    try:
        number = Decimal(plain) if len(plain) <= DIGITS else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() and abs(number.adjusted()) < DIGITS else None


def date_of(day: str, month: str, year: str) -> date | None:
    """The date of three boxes; the month may be a name or its first three letters. None if there is no such day."""
    try:
        return date(_whole(year) or 0, _month(month) or 0, _whole(day) or 0)
    except ValueError:
        return None


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _month(text: str) -> int | None:
    names = [name.lower() for name in calendar.month_name]
    for number in range(1, 13):
        if text.lower() in (names[number], names[number][:3]):
            return number
    return _whole(text)
