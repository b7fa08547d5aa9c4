"""Needles: what an expression can't do without, and that sifting cues loses none."""

import re
from itertools import pairwise

import pytest

from etl import documents, layout, store
from etl.needles import AnyOf, Guarded, Sieve, needles
from etl.readings import Clauses
from tests.samples import rules

_GOLDEN = store.ROOT / "tests" / "golden" / "development" / "documents"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("建议", {"建议"}),
        ("代表建议|提案", {"代表建议", "提案"}),
        ("(民主)?监督(活动|议题)?", {"监督"}),
        ("(?:人大|政协)委员", {"委员"}),
        ("(?:人大|政协)(?!.*会)", {"人大", "政协"}),
        ("(?<!决定)任命", {"任命"}),
        ("宪法[^，。；]{0,4}宣誓", {"宪法"}),
        ("免", {"免"}),
        ("满意(?:率|度)", {"满意"}),
        ("民生(?:实事)?项目", {"民生"}),
        ("区(?:级|内)?人大代表", {"人大代表"}),
        ("会议+", {"会议"}),
        ("[条案]件*", None),
        ("(?:代表)*", None),
        ("建议|.", None),
    ],
)
def test_needles(expression: str, expected: set[str] | None) -> None:
    assert needles(expression) == expected


def _texts() -> list[str]:
    paths = [*documents.paths(store.DOCUMENTS), *documents.paths(_GOLDEN)[::4]]
    return [layout.read_page(documents.read(p).text, rules().layout).folded for p in paths]


def test_a_sieve_passes_every_cue_whose_noun_is_there() -> None:
    texts = _texts()
    cues, sieve = rules().catalogue.cues, rules().catalogue.sieve
    for text in texts:
        sifted = sieve.sift(text)
        for start, end in pairwise(range(0, len(text), 40)):
            stretch = text[start:end]
            matching = {n for n, cue in enumerate(cues) if cue.noun.search(stretch)}
            passing = sifted.passing((start, end))
            assert matching <= passing
            assert passing == sieve.sift(stretch).passing((0, len(stretch)))


def test_a_sieve_holds_back_what_cannot_match() -> None:
    sieve = Sieve(["建议", "提案|议案", ".*"])
    assert sieve.sift("办理议案").passing((0, 4)) == {1, 2}
    assert sieve.sift("办理议案").passing((0, 3)) == {2}
    assert sieve.sift("").passing((0, 0)) == {2}


def test_a_list_of_a_sieve_is_found_where_its_words_stand() -> None:
    words = AnyOf(re.compile("(?:我省|全国)各?地|^去年|[0-9]+届"), 1)
    sifted = Sieve(["提案"], words.expressions).sift("去年提案多于全国地市，今年第13届")
    stretches = [(0, 2), (1, 6), (2, 9), (2, 8), (9, 17), (9, 16)]
    assert [sifted.holds(words, *stretch) for stretch in stretches] == [
        True, False, True, False, True, False,
    ]  # fmt: skip
    assert sifted.passing((0, 17)) == {0}


def test_a_guarded_expression_finds_what_it_finds_without_its_guard() -> None:
    periods = rules().periods
    fields = [getattr(periods, name) for name in periods.__dataclass_fields__]
    guarded = [each for each in fields if isinstance(each, Guarded)]
    assert len(guarded) > 40
    for text in _texts()[::3]:
        for sentence in re.split("(?<=。)", text):
            for each in guarded:
                found = [match.span() for match in each.pattern.finditer(sentence)]
                assert [match.span() for match in each.finditer(sentence)] == found
                first = each.search(sentence)
                assert (first.span() if first else None) == (found[0] if found else None)
                assert len(each.findall(sentence)) == len(found)


def test_words_that_run_on_are_seen_without_segmenting_the_rest() -> None:
    for text in _texts()[:5]:
        for sentence in re.split("(?<=。)", text):
            clauses, segmented = (
                Clauses(sentence, rules().segmenter, rules().catalogue.syntax) for _ in range(2)
            )
            for clause in segmented.spans:
                inside = {at for a, b in segmented.words(*clause) for at in range(a + 1, b)}
                for at in range(clause[0] + 1, clause[1]):
                    assert clauses.is_inside_word(at) == (at in inside)
