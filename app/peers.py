"""Areas that are like one: of the same province, of about the same population, of the same level."""

from collections.abc import Mapping

from app.data import Table

NEAREST = 5
# A code of GB/T 2260 begins with two digits for the province.
_PROVINCE = 2


def same_level(table: Table, area: str) -> tuple[str, ...]:
    """All areas of the table that are of the area's level, itself among them."""
    level = table.areas[area].level
    return tuple(code for code, other in table.areas.items() if other.level == level)


def same_province(table: Table, area: str) -> tuple[str, ...]:
    """The areas of the same level and province, itself among them; a name without code has none."""
    if not area.isdecimal():
        return (area,)
    return tuple(c for c in same_level(table, area) if c[:_PROVINCE] == area[:_PROVINCE])


def same_size(table: Table, area: str) -> tuple[str, ...]:
    """The NEAREST areas of the same level by population at the latest census, and the area itself.

    Nearest by ratio: half as many is as far as twice as many. Empty where its population is not
    known; areas whose population is not known are left out.
    """
    own = table.reference.population(area)
    if own is None:
        return ()
    distance = {
        code: max(other.value / own.value, own.value / other.value)
        for code in same_level(table, area)
        if (other := table.reference.population(code)) and other.year == own.year and code != area
    }
    near = set(sorted(distance, key=lambda code: distance[code])[:NEAREST]) | {area}
    return tuple(code for code in table.areas if code in near)


def alike(table: Table, area: str) -> Mapping[str, tuple[str, ...]]:
    """The areas that are like one, by what they are alike in."""
    return {
        "province": same_province(table, area),
        "size": same_size(table, area),
        "level": same_level(table, area),
    }
