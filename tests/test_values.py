"""What staff type becomes what a buyer reads: the same day, the same amount, in the language's form and with ordinary spaces."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.catalog import Catalog
from macros.model import Bilingual, Language, Store, Variable
from macros.values import ValueProblem, example, locale_of, remark, show, show_date, show_money, show_steps, shown_examples

LANGUAGES_FILE = Path(__file__).resolve().parent.parent / "templates" / "_languages.yml"
TABLE = yaml.safe_load(LANGUAGES_FILE.read_text(encoding="utf-8"))
# Every message language for a buyer of every store, as (language, store, locale, currency).
BUYERS = [
    (lang, store, entry.get("locales", {}).get(store, entry["locale"]), TABLE["stores"][store]["currency"])
    for lang, entry in TABLE["languages"].items()
    for store in TABLE["stores"]
]
LOCALES = sorted({locale for _, _, locale, _ in BUYERS})
# locale: 1 March 2026, and 1234567.5 of the currency named. As CLDR writes them, but with ordinary spaces.
FORMS = {
    "en-US": ("March 1, 2026", "USD", "$1,234,567.50"),
    "en-GB": ("1 March 2026", "GBP", "£1,234,567.50"),
    "en-CA": ("March 1, 2026", "CAD", "$1,234,567.50"),
    "en-AU": ("1 March 2026", "AUD", "$1,234,567.50"),
    "de-DE": ("1. März 2026", "EUR", "1.234.567,50 €"),
    "fr-FR": ("1 mars 2026", "EUR", "1 234 567,50 €"),
    "it-IT": ("1 marzo 2026", "EUR", "1.234.567,50 €"),
    "es-ES": ("1 de marzo de 2026", "EUR", "1.234.567,50 €"),
    "zh-CN": ("2026年3月1日", "USD", "US$1,234,567.50"),
}
YEN = {"ja-JP": "¥1,234,567", "en-US": "¥1,234,567", "zh-CN": "JP¥1,234,567", "de-DE": "1.234.567 ¥", "fr-FR": "1 234 567 JPY"}


def _variable(kind: str, **more: object) -> Variable:
    return Variable(label=Bilingual(en="Field", zh="字段"), kind=kind, example=more.pop("example", "x"), **more)


def _plain(text: str) -> bool:
    """No invisible or full-width character that a buyer's mail program or a search would stumble over."""
    return all(char == " " or unicodedata.category(char) not in ("Zs", "Zl", "Zp", "Cc", "Cf") for char in text) and "\uffe5" not in text


# Dates ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", FORMS)
def test_a_day_is_written_as_the_language_writes_it(locale: str) -> None:
    assert show_date("2026-03-01", locale) == FORMS[locale][0]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_locale_of_the_handbook_has_its_forms_written_down_here(locale: str) -> None:
    assert locale in FORMS, f"Add {locale} with its date and amount to FORMS in {__file__}."


@pytest.mark.parametrize("locale", LOCALES)
def test_every_month_is_written_with_ordinary_spaces_and_its_own_name(locale: str) -> None:
    shown = [show_date(f"2026-{month:02}-05", locale) for month in range(1, 13)]
    assert len(set(shown)) == 12
    for text in shown:
        assert _plain(text), f"{text!r} has an invisible character."
        assert "2026" in text
        assert "5" in text


DATES = {
    "full-width digits": "２０２６-０３-０１",
    "full-width hyphens too": "２０２６－０３－０１",
    "spaces around": " 2026-03-01\n",
    "an ideographic space": "\u30002026-03-01",
}


@pytest.mark.parametrize("raw", DATES.values(), ids=DATES)
def test_a_day_typed_with_an_input_method_is_understood(raw: str) -> None:
    assert show_date(raw, "en-GB") == "1 March 2026"


NO_DATES = [
    "", " ", "tomorrow", "2026-02-29", "2026-13-01", "2026-00-10", "2026-3-1", "26-03-01", "03/01/2026", "1.3.2026", "20260301", "2026-W10-1",
    "1926-03-01", "2126-03-01", "2026-03-01T10:00", "2026-03-01 2026-03-02", "{{ answer_date }}", "٢٠٢٦-٠٣-٠١",
]  # fmt: skip


@pytest.mark.parametrize("raw", NO_DATES, ids=repr)
def test_what_is_no_day_of_this_century_is_refused(raw: str) -> None:
    with pytest.raises(ValueProblem) as refused:
        show_date(raw, "en-US")
    assert (refused.value.code, refused.value.detail) == ("bad_date", raw)


def test_a_leap_day_is_a_day() -> None:
    assert show_date("2028-02-29", "en-GB") == "29 February 2028"


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(LOCALES))
@settings(deadline=None)
def test_no_two_days_in_a_row_read_alike(day: date, locale: str) -> None:
    shown = show_date(day.isoformat(), locale)
    assert {str(day.year), str(day.day)} <= set(re.findall("[0-9]+", shown))
    assert shown != show_date((day + timedelta(days=1 if day < date(2099, 12, 31) else -1)).isoformat(), locale)


# Amounts -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", FORMS)
def test_an_amount_is_grouped_and_has_the_decimals_of_its_currency(locale: str) -> None:
    _, currency, shown = FORMS[locale]
    assert show_money("1234567.5", locale, currency) == shown


@pytest.mark.parametrize("locale", YEN)
def test_yen_have_no_decimals_and_an_ordinary_sign(locale: str) -> None:
    assert show_money("1234567", locale, "JPY") == YEN[locale]
    assert show_money("1234567.00", locale, "JPY") == YEN[locale]


@pytest.mark.parametrize("raw", ["34.99", "34,9", "0.01"])
def test_decimals_of_a_currency_without_any_are_refused(raw: str) -> None:
    with pytest.raises(ValueProblem) as refused:
        show_money(raw, "ja-JP", "JPY")
    assert (refused.value.code, refused.value.detail) == ("no_decimals", "JPY")


@pytest.mark.parametrize(("lang", "store", "locale", "currency"), BUYERS, ids=[f"{lang}-{store}" for lang, store, *_ in BUYERS])
def test_every_language_writes_amounts_and_days_for_every_store(lang: str, store: str, locale: str, currency: str, catalog: Catalog) -> None:
    assert locale_of(catalog.languages[lang], store) == locale
    assert catalog.stores[store].currency == currency
    whole = show_money("1234", locale, currency)
    assert re.sub("[^0-9]", "", whole) == ("1234" if currency == "JPY" else "123400")
    assert re.search(r"1[., ]234", whole), f"{whole!r}: thousands are not grouped."
    for text in (whole, show_date("2026-03-01", locale)):
        assert _plain(text), f"{text!r} has an invisible or full-width character."


AMOUNTS = {
    "34.99": "$34.99",
    "34,99": "$34.99",
    "34": "$34.00",
    "34.9": "$34.90",
    " 34.99 ": "$34.99",
    "007": "$7.00",
    "0": "$0.00",
    "３４．９９": "$34.99",
    "３４，９９": "$34.99",
    "999999999.99": "$999,999,999.99",
}


@pytest.mark.parametrize("raw", AMOUNTS, ids=repr)
def test_an_amount_typed_in_either_form_is_understood(raw: str) -> None:
    assert show_money(raw, "en-US", "USD") == AMOUNTS[raw]


NO_AMOUNTS = ["", " ", "free", "$34.99", "34.99 USD", "-5", "+5", "1,234.50", "1.234,50", "1 234", "34.999", ".99", "34.", "1e3", "1234567890", "٣٤"]


@pytest.mark.parametrize("raw", NO_AMOUNTS, ids=repr)
def test_what_is_no_plain_number_is_refused(raw: str) -> None:
    with pytest.raises(ValueProblem) as refused:
        show_money(raw, "en-US", "USD")
    assert (refused.value.code, refused.value.detail) == ("bad_amount", raw)


@given(st.integers(0, 99_999_999_999), st.sampled_from(BUYERS))
@settings(deadline=None)
def test_no_cent_is_lost(cents: int, buyer: tuple[str, str, str, str]) -> None:
    *_, locale, currency = buyer
    raw = str(cents // 100) if currency == "JPY" else f"{cents // 100}.{cents % 100:02}"
    assert re.sub("[^0-9]", "", show_money(raw, locale, currency)) == raw.replace(".", "")


# Steps and texts -----------------------------------------------------------------------------------------------------

STEPS = {
    "numbered": ("Unplug it.\nWait.", "1. Unplug it.\n2. Wait."),
    "one": ("Unplug it.", "1. Unplug it."),
    "empty lines left out": ("\n\nUnplug it.\n \n\u3000\nWait.\n", "1. Unplug it.\n2. Wait."),
    "spaces around": ("  Unplug it. \r\n\tWait.", "1. Unplug it.\n2. Wait."),
    "nothing": (" \n ", ""),
    "ten": ("\n".join("abcdefghij"), "\n".join(f"{number}. {letter}" for number, letter in enumerate("abcdefghij", 1))),
}


@pytest.mark.parametrize(("raw", "shown"), STEPS.values(), ids=STEPS)
def test_steps_are_numbered_one_a_line(raw: str, shown: str) -> None:
    assert show_steps(raw, 10) == shown


def test_more_steps_than_anybody_follows_are_refused() -> None:
    assert show_steps("a\nb\n\nc", 3) == "1. a\n2. b\n3. c"
    with pytest.raises(ValueProblem) as refused:
        show_steps("a\nb\nc\nd", 3)
    assert (refused.value.code, refused.value.detail) == ("too_many_steps", "3")


@pytest.mark.parametrize(
    ("variable", "raw", "shown"),
    [
        (_variable("text"), " ２０２６ {{ x }} ", " ２０２６ {{ x }} "),
        (_variable("date"), "2026-03-01", "1. März 2026"),
        (_variable("money"), "5", "5,00 €"),
        (_variable("steps", max=2), "a\nb", "1. a\n2. b"),
        (_variable("steps"), "a\nb\nc", "1. a\n2. b\n3. c"),
    ],
    ids=["text as typed", "date", "money", "steps", "steps without a maximum"],
)
def test_a_value_is_shown_by_the_kind_of_its_variable(variable: Variable, raw: str, shown: str) -> None:
    assert show(variable, raw, "de-DE", "EUR") == shown


@given(st.text())
@settings(deadline=None)
def test_any_text_is_shown_as_typed(raw: str) -> None:
    assert show(_variable("text", max=3, pattern="[a-z]+"), raw, "ja-JP", "JPY") == raw


ORDER = _variable("text", pattern="[0-9]{3}-[0-9]{7}-[0-9]{7}", max=19)


@pytest.mark.parametrize(
    ("variable", "raw", "expected"),
    [
        (ORDER, "111-2222222-3333333", None),
        (ORDER, "", None),
        (ORDER, " ", None),
        (ORDER, "111-2222222-333333", ("odd_pattern", "111-2222222-333333")),
        (ORDER, "111-2222222-3333333 ", ("odd_pattern", "111-2222222-3333333 ")),
        (ORDER, "111-2222222-3333333\n", ("odd_pattern", "111-2222222-3333333\n")),
        (_variable("text", max=3), "abc", None),
        (_variable("text", max=3), "abcd", ("long_text", "3")),
        (_variable("text", max=3), "😀😀😀", None),
        (_variable("text"), "x" * 1000, None),
        (_variable("steps", max=1), "a\nb", None),
        (_variable("date"), "tomorrow", None),
    ],
    ids=lambda value: repr(value)[:30] if isinstance(value, str) else None,
)
def test_an_odd_text_is_remarked_upon_and_nothing_else_is(variable: Variable, raw: str, expected: tuple[str, str] | None) -> None:
    assert remark(variable, raw) == expected


# Examples ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_example", "lang", "typed"),
    [("one for all", "zh", "one for all"), ({"en": "lamp", "zh": "台灯"}, "zh", "台灯"), (date(2026, 12, 2), "en", "2026-12-02")],
    ids=["one for all", "one a language", "a date"],
)
def test_an_example_is_what_staff_would_type(given_example: object, lang: str, typed: str) -> None:
    assert example(_variable("text", example=given_example), lang) == typed


def test_examples_are_shown_to_a_buyer_of_the_first_store_of_the_language() -> None:
    language = Language(name="日本語", label=Bilingual(en="Japanese", zh="日语"), locale="en-US", locales={"jp": "ja-JP"}, home=("jp", "com"))
    stores = {"com": Store(currency="USD"), "jp": Store(currency="JPY")}
    variables = {"day": _variable("date", example=date(2026, 3, 1)), "refund": _variable("money", example="3500")}
    assert shown_examples(variables, "ja", language, stores) == {"day": "2026年3月1日", "refund": "¥3,500"}


def test_every_example_of_the_handbook_can_be_shown_in_every_language(catalog: Catalog) -> None:
    for lang, language in catalog.languages.items():
        shown = shown_examples(catalog.variables, lang, language, catalog.stores)
        assert list(shown) == list(catalog.variables)
        for name, text in shown.items():
            assert text.strip(), f"{name}: the example for '{lang}' shows nothing."
            assert remark(catalog.variables[name], example(catalog.variables[name], lang)) is None, f"{name}: its own example is odd."
