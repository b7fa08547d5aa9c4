"""A figure → the words that show it: ≥4,300条, 2件（计数）, 2018—2022年."""

from collections.abc import Iterable

from app.text import Text


def number(value: float) -> str:
    """A number with thousands separators and no trailing zeros: 4300.0 → 4,300; 96.5 → 96.5."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def value(amount: float, qualifier: str, words: Text) -> str:
    """The number with the sign of its approximation: ≥4,300, ≤60, 约100."""
    return words(f"qualifier.sign.{qualifier}") + number(amount)


def with_unit(amount: float, qualifier: str, unit: str, words: Text) -> str:
    """Number, sign and unit: ≥4,300条, 96%."""
    return value(amount, qualifier, words) + measure(unit, words)


def measure(unit: str, words: Text) -> str:
    """The unit as it stands behind a number: in English after a space."""
    if unit == "%":
        return unit
    return unit if words.chinese else " " + unit_name(unit, words)


def unit_name(unit: str, words: Text) -> str:
    """The unit on its own, in the language of the screen; as it is where it has no translation."""
    return words.either(f"unit.{unit}", unit)


def rate(amount: float, qualifier: str, words: Text) -> str:
    """A rate to three significant digits, and never finer than hundredths: ≥4.56, 18.3, 1,235."""
    return words(f"qualifier.sign.{qualifier}") + f"{amount:,.{rate_places(amount)}f}"


def with_raw(rate: str, raw: Iterable[str], words: Text) -> str:
    """A rate with what it was made from in brackets: 3.37（168人次，2023年）, 0.04（2件，计数）."""
    return words("rate.label", rate=rate, raw=words("list.within").join(filter(None, raw)))


def rate_places(amount: float) -> int:
    """How many decimals a rate is shown with."""
    return 2 if abs(amount) < 10 else 1 if abs(amount) < 100 else 0


def rate_unit(unit: str, measure: str, body: str, words: Text) -> str:
    """The unit of a rate: 人次/10万人, 件/百名代表."""
    per = measure if measure == "capita" else f"{measure}_{body}"
    return words(f"rate.unit.{per}", unit=unit_name(unit, words))


def marks(method: str, words: Text) -> str:
    """What has to be known beside the number: （计数）, （合计）; empty for a stated one."""
    mark = words(f"method.mark.{method}")
    return words("marks", notes=mark) if mark else ""


def years(first: int, last: int, words: Text) -> str:
    """2023年, 2018—2022年."""
    if first == last:
        return words("period.year", year=first)
    return words("period.years", first=first, last=last)
