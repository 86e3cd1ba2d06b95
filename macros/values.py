"""What staff typed -> what the buyer reads: texts, dates, amounts and steps; the browser's values.js is its twin."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from macros.message import SPACE, is_blank
from macros.model import Language, Store, Variable

if TYPE_CHECKING:
    from babel import Locale

# Intl and CLDR set invisible spaces and a full-width yen sign; buyers' mail programs and searches do better without.
_PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\uffe5": "¥"})
_DATE = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
_AMOUNT = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,2}))?")


class ValueProblem(ValueError):
    """A value that cannot be shown; `code` names the sentence in _interface.yml, `detail` fills it."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code, self.detail = code, detail


def locale_of(language: Language, store: str) -> str:
    """The BCP 47 locale in which a language writes dates and amounts for buyers of a store."""
    return language.locales.get(store, language.locale)


@cache
def _locale(tag: str) -> Locale:
    """Babel's data of a locale; looking it up anew for every date is what takes the time."""
    from babel import Locale

    return Locale.parse(tag, sep="-")


def has_locale(tag: str) -> bool:
    """Whether dates and amounts can be written in a locale."""
    from babel import UnknownLocaleError

    try:
        return _locale(tag) is not None
    except (UnknownLocaleError, ValueError):
        return False


def show(variable: Variable, raw: str, locale: str, currency: str) -> str:
    """The text a buyer reads for a typed value; text is returned unchanged. Raises ValueProblem for what cannot be read."""
    if variable.kind == "date":
        return show_date(raw, locale)
    if variable.kind == "money":
        return show_money(raw, locale, currency)
    if variable.kind == "steps":
        return show_steps(raw, variable.max or 99)
    return raw


def show_date(raw: str, locale: str) -> str:
    """A year-month-day of this century as the locale's long date. Raises ValueProblem."""
    from babel.dates import format_date

    text = unicodedata.normalize("NFKC", raw).strip(SPACE)
    try:
        day = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise ValueProblem("bad_date", raw)
    return format_date(day, "long", locale=_locale(locale)).translate(_PLAIN)


def show_money(raw: str, locale: str, currency: str) -> str:
    """A plain number with at most the currency's decimals as an amount of the locale. Raises ValueProblem."""
    from babel.numbers import format_currency, get_currency_precision

    match = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", raw).strip(SPACE))
    if not match:
        raise ValueProblem("bad_amount", raw)
    if get_currency_precision(currency) == 0 and (match[2] or "0").strip("0"):
        raise ValueProblem("no_decimals", currency)
    amount = Decimal(f"{match[1]}.{match[2] or '0'}")
    return format_currency(amount, currency, locale=_locale(locale)).translate(_PLAIN)


def show_steps(raw: str, most: int) -> str:
    """Lines as a numbered list, empty lines left out. Raises ValueProblem where there are more than `most`."""
    lines = [line.strip(SPACE) for line in raw.split("\n") if not is_blank(line)]
    if len(lines) > most:
        raise ValueProblem("too_many_steps", str(most))
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))


def remark(variable: Variable, raw: str) -> tuple[str, str] | None:
    """Something odd about a text that is put in all the same: (code of the sentence, detail), or None."""
    if variable.kind != "text" or is_blank(raw):
        return None
    if variable.pattern and not re.fullmatch(variable.pattern, raw):
        return ("odd_pattern", raw)
    if variable.max and len(raw) > variable.max:
        return ("long_text", str(variable.max))
    return None


def example(variable: Variable, lang: str) -> str:
    """The example of a variable as staff would type it; the English one in a language that is still being prepared."""
    found = variable.example[lang if lang in variable.example else "en"] if isinstance(variable.example, Mapping) else variable.example
    return found.isoformat() if isinstance(found, date) else found


def shown_examples(variables: Mapping[str, Variable], lang: str, language: Language, stores: Mapping[str, Store]) -> dict[str, str]:
    """Every variable's example as a buyer of the language's first store reads it."""
    store = language.home[0]
    locale, currency = locale_of(language, store), stores[store].currency
    return {name: show(variable, example(variable, lang), locale, currency) for name, variable in variables.items()}
