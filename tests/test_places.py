"""Places: which body and which place an article speaks for, from tests/specs/places.toml."""

import re
from functools import cache

import pytest

from etl import gazetteer, homes, places, speakers, store
from etl.areas import Area
from etl.gazetteer import Gazetteer
from etl.model import Body
from etl.places import BodyRules, Speaker
from etl.sentences import Sentence
from tests.specs import Case, cases


@cache
def _rules() -> BodyRules:
    return places.load_rules(store.CATALOGUE)


@cache
def _gazetteer() -> Gazetteer:
    return gazetteer.load(store.CATALOGUE)


def _area(name: str) -> Area | None:
    if not name:
        return None
    (mention,) = _gazetteer().mentions(name)
    (area,) = mention.areas
    return area


@pytest.mark.parametrize("case", cases("places", "body"))
def test_body(case: Case) -> None:
    assert places.body_of(case["headings"], case["text"], _rules()) == case["body"]


@pytest.mark.parametrize("case", cases("places", "blocks"))
def test_bodies_of_blocks(case: Case) -> None:
    found = places.bodies_of_blocks(Body(case["article"]), case["blocks"], _rules())
    assert [str(body) for body in found] == case["bodies"]


@pytest.mark.parametrize("case", cases("places", "area"))
def test_area(case: Case) -> None:
    told = homes.Told(case["text"], _gazetteer(), _rules())
    found = homes.area_of(case["headings"], [told], _gazetteer(), _rules())
    assert (found.name if found else "") == case["area"]


@pytest.mark.parametrize("case", cases("places", "sentence"))
def test_speaker_of_a_sentence(case: Case) -> None:
    home = Speaker(_area(case["home"]), Body(case["body"]))
    named = speakers.places_named(case["text"], home, _gazetteer(), _rules())
    found = speakers.of_sentence(case["text"], named, home, _gazetteer(), _rules())
    shown = f"{found.area.name} {found.body}" if found and found.area else ""
    assert shown == case["speaker"]


@pytest.mark.parametrize("case", cases("places", "turns"))
def test_who_has_the_word(case: Case) -> None:
    home = Speaker(_area(case["home"]), Body(case["body"]))
    cut = [
        Sentence(0, len(text), text, "", block)
        for block, paragraph in enumerate(case["paragraphs"])
        for text in re.findall("[^。]+。", paragraph)
    ]
    found = speakers.of_sentences(cut, [home.body] * len(cut), home, _gazetteer(), _rules())
    shown = [
        [f"{t.speaker.area.name} {t.speaker.body}" if t.speaker.area else "" for t in turns]
        for turns in found
    ]
    assert shown == case["turns"]
