"""Everything that the catalogue folder says, loaded once for all documents."""

from dataclasses import dataclass
from pathlib import Path

from etl import catalogue, gazetteer, layout, places, quantities, weights, years
from etl.catalogue import Catalogue
from etl.gazetteer import Gazetteer
from etl.layout import LayoutRules
from etl.places import BodyRules
from etl.quantities import Grammar
from etl.weights import Weights
from etl.words import Segmenter, segmenter
from etl.years import PeriodRules


@dataclass(frozen=True, slots=True)
class Rules:
    """The compiled catalogue folder, file by file."""

    catalogue: Catalogue
    layout: LayoutRules
    periods: PeriodRules
    bodies: BodyRules
    grammar: Grammar
    gazetteer: Gazetteer
    segmenter: Segmenter
    weights: Weights


def load_rules(folder: Path) -> Rules:
    """Load the catalogue folder. Raises CatalogueError at the first mistake."""
    terms = catalogue.load(folder)
    return Rules(
        catalogue=terms,
        layout=layout.load_rules(folder),
        periods=years.load_rules(folder),
        bodies=places.load_rules(folder),
        grammar=quantities.load_grammar(folder),
        gazetteer=gazetteer.load(folder),
        segmenter=segmenter(terms.vocabulary),
        weights=weights.load(folder),
    )
