"""Real HTML tables as element trees, a module a table; every cell leads to its sentence."""

from app.tables.cards import cards
from app.tables.comparison import behind, comparison_table
from app.tables.coverage import counts_by_indicator, counts_by_year, coverage, group_list, legend
from app.tables.headlines import headlines
from app.tables.ranking import ranking_table
from app.tables.sentences import sentences

__all__ = [
    "behind",
    "cards",
    "comparison_table",
    "counts_by_indicator",
    "counts_by_year",
    "coverage",
    "group_list",
    "headlines",
    "legend",
    "ranking_table",
    "sentences",
]
