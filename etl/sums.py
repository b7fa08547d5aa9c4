"""Sums of figures that a report gives in parts, and totals that it names after their parts.

任命56人、免职30人 without a total, 会议期间 and 闭会期间, 法院42人次、检察院37人次，合计79人次,
专题调研13次、委员视察6次.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from etl.catalogue import Catalogue
from etl.findings import Found, Reading, place
from etl.model import Method, Qualifier, Quantity, Status
from etl.periods import Period
from etl.places import Speaker
from etl.sentences import Sentence
from etl.syntax import Syntax

_MOST_SUMMANDS = 24
_SUM_REACH = 100
_SUM_REACH_OF_WHOLES = 400


def sums(found: Sequence[Found], readings: Sequence[Reading], catalogue: Catalogue) -> list[Found]:
    """Totals of parts that stand close together and have no total of their own.

    Either all members are parts (任命, 免职), or a part follows a figure that it
    is added to (提出建议118件，闭会期间26件). Where the report states the total
    without saying of what (共144件), the arithmetic shows it, and it is stated.
    """
    groups: dict[tuple[str, Period, Speaker], list[Found]] = defaultdict(list)
    for item in found:
        if not item.doubt:
            groups[item.indicator.id, item.period, item.speaker].append(item)
    sums: list[Found] = []
    numbers = {reading.sentence.start: number for number, reading in enumerate(readings)}
    for items in groups.values():
        if not any(item.part for item in items):
            continue
        members = _members(sorted(items, key=place), catalogue)
        if not members:
            continue
        first, last = members[0], members[-1]
        value = sum(item.quantity.value for item in members)
        evidence = tuple(f"{item.part or '其余'}：{item.quantity.value:g}" for item in members)
        number = numbers[members[-1].sentence.start]
        total = _stated_total(value, members[-1], readings[number : number + 2])
        if total is not None:
            sentence, quantity = total
            sums.append(
                first._replace(
                    quantity=quantity,
                    part="",
                    whole=True,
                    rule=f"{first.indicator.id}:total",
                    evidence=evidence,
                    sentence=sentence,
                    quote=(
                        min(first.sentence.start, sentence.start),
                        max(last.sentence.end, sentence.end),
                    ),
                )
            )
            continue
        sums.append(
            first._replace(
                quantity=last.quantity._replace(
                    value=value, qualifier=_joint(m.quantity for m in members)
                ),
                sentence=last.sentence,
                method=Method.SUMMED,
                part="",
                whole=True,
                rule=f"{first.indicator.id}:sum",
                evidence=evidence,
                span=(place(first), last.sentence.start + last.quantity.end),
                quote=(first.sentence.start, last.sentence.end),
            )
        )
    return sums


def enumerated(found: Sequence[Found], catalogue: Catalogue) -> list[Found]:
    """The findings with the sum of each row of one kind: 异地视察3次、集中视察2次、专题视察4次.

    What is summed stays, with a doubt. Rates are no summands, nor is what 其中 or a total goes before.
    """
    part_of, syntax = catalogue.terms.part_of, catalogue.syntax
    result = list(found)
    rows: list[list[int]] = []
    order = sorted(
        (n for n, item in enumerate(found) if not item.doubt and item.indicator.unit != "%"),
        key=lambda n: place(found[n]),
    )
    for n in order:
        if rows and _goes_on(found[rows[-1][-1]], found[n], catalogue):
            rows[-1].append(n)
        else:
            rows.append([n])
    for row in rows:
        first, last = found[row[0]], found[row[-1]]
        if len(row) < 2 or _says_all(first, syntax) or part_of.search(_words_before(first)):
            continue
        values = [found[n].quantity.value for n in row]
        for n in row:
            result[n] = found[n]._replace(doubt="是并列各项之一")
        result.append(
            first._replace(
                quantity=first.quantity._replace(
                    value=sum(values), qualifier=_joint(found[n].quantity for n in row)
                ),
                method=Method.SUMMED,
                rule=f"{first.indicator.id}:row",
                evidence=tuple(f"{value:g}{first.quantity.unit}" for value in values),
                span=(place(first), last.sentence.start + last.quantity.end),
            )
        )
    return result


def _goes_on(first: Found, second: Found, catalogue: Catalogue) -> bool:
    """Whether `second` is the next of a row that `first` belongs to: only 、 and its own words between."""
    if first.sentence is not second.sentence or first.quantity.unit != second.quantity.unit:
        return False
    same = (first.rule, first.period, first.speaker)
    if same != (second.rule, second.period, second.speaker):
        return False
    between = first.sentence.text[first.quantity.end : second.quantity.start]
    in_a_row = catalogue.syntax.row.fullmatch(between) is not None
    return in_a_row and catalogue.terms.part_of.search(between) is None


def _joint(parts: Iterable[Quantity]) -> Qualifier:
    """The qualifier of a sum: exact where all parts are, theirs where the others agree, else about."""
    inexact = {part.qualifier for part in parts} - {Qualifier.EXACT}
    if len(inexact) > 1:
        return Qualifier.ABOUT
    return inexact.pop() if inexact else Qualifier.EXACT


def _words_before(item: Found) -> str:
    """The words of its clause before a figure."""
    text, start = item.sentence.text, item.quantity.start
    return text[max(text.rfind(mark, 0, start) for mark in "，；。") + 1 : start]


def in_session_and_after(found: Sequence[Found], syntax: Syntax) -> list[Found]:
    """Sums of the pair that a session and the time after it gave: 会议期间和闭会期间分别收到提案225件、11件."""
    sums: list[Found] = []
    for first, second in pairwise(sorted((f for f in found if not f.doubt), key=place)):
        if first.indicator is not second.indicator or first.sentence is not second.sentence:
            continue
        text = first.sentence.text
        if not syntax.joint.fullmatch(text, first.quantity.end, second.quantity.start):
            continue
        if not syntax.session_and_after.search(text, 0, first.quantity.start):
            continue
        sums.append(
            first._replace(
                quantity=first.quantity._replace(
                    value=first.quantity.value + second.quantity.value,
                    qualifier=_joint((first.quantity, second.quantity)),
                ),
                method=Method.SUMMED,
                whole=True,
                rule=f"{first.indicator.id}:sum",
                evidence=tuple(f"{f.quantity.value:g}{f.quantity.unit}" for f in (first, second)),
                span=(place(first), second.sentence.start + second.quantity.end),
            )
        )
    return sums


def picked_out(found: Sequence[Found], readings: Sequence[Reading], syntax: Syntax) -> list[Found]:
    """One year's figure behind that of several: 任免355人次，其中2023年62人次."""
    claimed = {place(item): item for item in found}
    result: list[Found] = []
    for reading in readings:
        for first, second in pairwise(reading.quantities):
            whole = claimed.get(reading.sentence.start + first.start)
            if whole is None or whole.doubt or second.unit != first.unit:
                continue
            if reading.sentence.start + second.start in claimed:
                continue
            match = syntax.of_one_year.fullmatch(reading.sentence.text, first.end, second.start)
            year = int(match.group(1)) if match else 0
            if not whole.period.year_start <= year <= whole.period.year_end:
                continue
            result.append(
                whole._replace(
                    quantity=second,
                    period=Period(year, year, Status.ACTUAL),
                    rule=f"{whole.indicator.id}:year",
                    evidence=(f"“其中{year}年”承前述{first.value:g}{first.unit}",),
                )
            )
    return result


def joined(found: Sequence[Found]) -> list[Found]:
    """Sums of two indicators of which one takes in the other: 专题调研13次、委员视察6次 are 19 视察调研."""
    sums: list[Found] = []
    stated = {
        (item.indicator.id, item.sentence.start)
        for item in found
        if not item.part and not item.doubt
    }
    beside: dict[int, list[Found]] = defaultdict(list)
    for item in found:
        if not item.doubt:
            beside[item.sentence.start].append(item)
    for item in found:
        if item.doubt or not item.part or not item.indicator.joint:
            continue
        if (item.indicator.id, item.sentence.start) in stated:
            continue
        if item.period.status is Status.PLANNED:
            continue
        others = [
            other
            for other in beside[item.sentence.start]
            if other.indicator.id in item.indicator.joint
            and (other.period, other.speaker) == (item.period, item.speaker)
        ]
        if not others:
            continue
        other = max(others, key=lambda f: (f.method is Method.SUMMED, f.quantity.value))
        first, last = sorted((item, other), key=place)
        sums.append(
            item._replace(
                quantity=item.quantity._replace(
                    value=item.quantity.value + other.quantity.value,
                    qualifier=_joint((item.quantity, other.quantity)),
                ),
                method=Method.SUMMED,
                part="",
                whole=True,
                rule=f"{item.indicator.id}:joint",
                evidence=tuple(f"{f.indicator.id}：{f.quantity.value:g}" for f in (item, other)),
                span=(place(first), last.sentence.start + last.quantity.end),
            )
        )
    return sums


def totals(
    found: Sequence[Found], readings: Sequence[Reading], catalogue: Catalogue
) -> list[Found]:
    """Totals named after their parts: 任免法院42人次、检察院37人次，合计79人次.

    A figure after 合计, 共 or the like that nothing else claims and that is the
    sum of the figures before it, of which the first counts an indicator. Where they count
    several, it is that of the indicator that is their total (全国政协采用7期，省政协采用41期，两者合计48期).
    """
    total_of = {i.total_of: i for i in catalogue.indicators.values() if i.total_of}
    result: list[Found] = []
    claimed: dict[int, Found] = {}
    for item in found:
        claimed.setdefault(place(item), item)
    for reading in readings:
        quantities = reading.quantities
        for last, total in enumerate(quantities):
            at = reading.sentence.start + total.start
            if at in claimed or not catalogue.syntax.named_total.search(
                reading.sentence.text, 0, total.start
            ):
                continue
            parts = _summands(quantities[:last], total)
            first = claimed.get(reading.sentence.start + parts[0].start) if parts else None
            if first is None or first.doubt:
                continue
            known = [
                claimed[at]
                for at in (reading.sentence.start + part.start for part in parts)
                if at in claimed
            ]
            if any(part.period != first.period for part in known):
                continue  # 2019年42件，2020年51件，两年累计93件 is of no year of theirs
            counted = {part.indicator.id for part in known}
            indicator = first.indicator
            if len(counted) > 1:
                indicator = total_of.get(frozenset(counted), indicator)
            result.append(
                first._replace(
                    indicator=indicator,
                    quantity=total,
                    part="",
                    whole=True,
                    rule=f"{indicator.id}:total",
                    evidence=tuple(f"{q.value:g}{q.unit}" for q in parts),
                )
            )
    return result


def _summands(before: Sequence[Quantity], total: Quantity) -> Sequence[Quantity]:
    """The last two or more figures of the same measure word that add up to `total`."""
    same = [q for q in before if q.unit == total.unit][-_MOST_SUMMANDS:]
    for first in range(len(same) - 2, -1, -1):
        if sum(q.value for q in same[first:]) == total.value:
            return same[first:]
    return ()


def _members(items: Sequence[Found], catalogue: Catalogue) -> list[Found]:
    """The figures to add up, in order; none where a total stands among them or they lie far apart."""
    parts = _parts(items)
    if not parts:
        return []
    members = sorted(parts.values(), key=place)
    wholes = [item for item in items if not item.part]
    if wholes:
        addend = members[0]
        before = [
            w
            for w in wholes
            if w.quantity.unit == addend.quantity.unit
            and 0 < place(addend) - place(w) <= _SUM_REACH
        ]
        if len(parts) > 1 or not addend.adds or not before:
            return []
        said_to_be_all = any(_says_all(whole, catalogue.syntax) for whole in before)
        if said_to_be_all and not _comes_on_top(addend, catalogue.syntax):
            return []
        if addend.sentence is before[-1].sentence:
            between = addend.sentence.text[before[-1].quantity.end : addend.quantity.start]
            if catalogue.terms.part_of.search(between) or _opens_bracket(between):
                return []
        members.insert(0, before[-1])
    reach = _SUM_REACH_OF_WHOLES if all(m.alone for m in members) else _SUM_REACH
    if len(members) < 2 or place(members[-1]) - place(members[0]) > reach * (len(members) - 1):
        return []
    return members


def _opens_bracket(between: str) -> bool:
    """Whether what follows is told in brackets: 建议187件（会议期间171件、闭会期间16件）."""
    return between.count("（") > between.count("）")


def _parts(items: Sequence[Found]) -> dict[str, Found]:
    """One figure for each part: those of one sentence that has them all, else the first, or one far firmer."""
    kinds = {item.part for item in items if item.part}
    beside: dict[int, dict[str, Found]] = defaultdict(dict)
    parts: dict[str, Found] = {}
    for item in items:
        if not item.part:
            continue
        beside[item.sentence.start].setdefault(item.part, item)
        if item.part not in parts or item.score > parts[item.part].score + 1:
            parts[item.part] = item
    if len(kinds) > 1:
        return next((together for together in beside.values() if together.keys() == kinds), parts)
    return parts


def _comes_on_top(item: Found, syntax: Syntax) -> bool:
    """Whether the clause of an addend has a verb of its own: 共收到提案371件，大会后又收到5件."""
    return syntax.anew.search(_words_before(item)) is not None


def _says_all(item: Found, syntax: Syntax) -> bool:
    """Whether the words before a figure, in its clause, say that it is the sum (共收到144件)."""
    return syntax.says_all.search(_words_before(item)[-20:]) is not None


def _stated_total(
    value: float, last: Found, readings: Sequence[Reading]
) -> tuple[Sentence, Quantity] | None:
    """The figure behind the last member that is the sum, in its sentence or the next (`readings`)."""
    for near in readings:
        for quantity in near.quantities:
            at = near.sentence.start + quantity.start
            same_unit = quantity.unit == last.quantity.unit
            if at > place(last) and quantity.value == value and same_unit:
                return near.sentence, quantity
    return None
