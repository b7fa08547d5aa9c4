"""Real HTML tables as element trees, a module a table; every cell leads to its sentence."""

from app.tables.about import about
from app.tables.bands import bands_table
from app.tables.comparison import MANY, behind, comparison_table
from app.tables.coverage import (
    area_legend,
    counts_by_indicator,
    counts_by_year,
    counts_of_years,
    coverage,
    group_list,
    legend,
)
from app.tables.headlines import headlines
from app.tables.opening import opening, spoken
from app.tables.parts import titled
from app.tables.ranking import ranking_table
from app.tables.sentences import sentences
from app.tables.spread import spread_table, spreads

__all__ = [
    "MANY",
    "about",
    "area_legend",
    "bands_table",
    "behind",
    "comparison_table",
    "counts_by_indicator",
    "counts_by_year",
    "counts_of_years",
    "coverage",
    "group_list",
    "headlines",
    "legend",
    "opening",
    "ranking_table",
    "sentences",
    "spoken",
    "spread_table",
    "spreads",
    "titled",
]
