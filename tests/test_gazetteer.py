"""Place names: the list of areas, the names found in prose, the errors of broken files."""

import csv
import re
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.area_names import NAMES_FILE
from etl.areas import AREAS_FILE, COLUMNS, Area
from etl.errors import CatalogueError
from etl.gazetteer import Mention, load
from etl.model import AreaLevel

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "data" / "catalogue"
SPEC: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (ROOT / "tests" / "specs" / "gazetteer.toml").read_text(encoding="utf-8")
)
SOUND = "410000,河南省,河南,province,,,,"
GAZETTEER = load(CATALOGUE)


def shown(mention: Mention) -> str:
    """A mention as the specification writes it."""
    plain = [a.name for a in mention.areas] == [mention.text]
    if plain and len(GAZETTEER.named(mention.text)) == 1:
        return mention.text
    return mention.text + "=" + "/".join(area.code for area in mention.areas)


@pytest.mark.parametrize("case", SPEC["mentions"], ids=lambda case: case["text"][:20])
def test_mentions(case: dict[str, Any]) -> None:
    found = [shown(m) for m in GAZETTEER.mentions(case["text"])]
    assert found == case["found"]


@pytest.mark.parametrize("case", SPEC["named"], ids=lambda case: case["name"])
def test_named(case: dict[str, Any]) -> None:
    assert [area.code for area in GAZETTEER.named(case["name"])] == case["codes"]


@pytest.mark.parametrize("case", SPEC["relation"], ids=lambda case: case["code"])
def test_parent(case: dict[str, Any]) -> None:
    area = GAZETTEER.by_code[case["code"]]
    parent = GAZETTEER.parent(area)
    assert (parent.code if parent else "") == case["parent"]


@pytest.mark.parametrize("case", SPEC["former"], ids=lambda case: case["name"])
def test_former_places(case: dict[str, Any]) -> None:
    [area] = [a for a in GAZETTEER.areas if (a.code, a.name) == (case["code"], case["name"])]
    assert (area.until, area.successor) == (case["until"], case["successor"])
    assert not area.in_force
    assert re.match(r"20\d\d年", area.note)


def test_a_renamed_code_leads_to_the_area_in_force() -> None:
    assert GAZETTEER.by_code["420600"].name == "襄阳市"


def test_a_city_holds_its_counties() -> None:
    city = GAZETTEER.by_code["410400"]
    inside = [a for a in GAZETTEER.areas if a.in_force and GAZETTEER.holds(city, a)]
    names = "新华区 卫东区 石龙区 湛河区 宝丰县 叶县 鲁山县 郏县 舞钢市 汝州市"
    assert " ".join(area.name for area in inside) == names


def test_areas_are_complete() -> None:
    """The counts that the Ministry of Civil Affairs gave for the end of 2024."""
    level = [area.level for area in GAZETTEER.areas if area.in_force]
    assert level.count(AreaLevel.PROVINCE) == 34
    assert level.count(AreaLevel.CITY) == 333
    assert level.count(AreaLevel.COUNTY) == 2846
    assert sum(not area.in_force for area in GAZETTEER.areas) >= 60


def test_areas_file_is_sorted_and_sound() -> None:
    with (CATALOGUE / AREAS_FILE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    codes = [row["code"] for row in rows]
    assert codes == sorted(codes)
    living = [row["code"] for row in rows if not row["until"]]
    assert len(living) == len(set(living))
    for row in rows:
        assert bool(row["note"]) == bool(row["until"]), row
        zeros = {"province": "0000", "city": "00", "county": ""}[row["level"]]
        assert row["code"].endswith(zeros), row
        assert row["level"] != "county" or not row["code"].endswith("00"), row
        assert not re.search("开发区|管理区|市辖区|直辖县", row["name"]), row


def test_words_each_hide_a_name() -> None:
    """A word in [words] earns its place: a name lies in it, or begins with its last character."""
    names = {n for a in GAZETTEER.areas for n in (a.name, a.short_name) if n}
    starts = {n[0] for n in names}
    words = tomllib.loads((CATALOGUE / NAMES_FILE).read_text(encoding="utf-8"))["words"]
    for word in " ".join(words.values()).split():
        inside = any(name in word for name in names)
        assert inside or word[-1] in starts, f"{word} can be deleted from {NAMES_FILE}"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A folder with a sound copy of both files."""
    for name in (AREAS_FILE, NAMES_FILE):
        (tmp_path / name).write_bytes((CATALOGUE / name).read_bytes())
    return tmp_path


@pytest.mark.parametrize("case", SPEC["malformed"], ids=lambda case: case["line"])
def test_malformed_areas_are_named(case: dict[str, Any], broken: Path) -> None:
    lines = [",".join(COLUMNS), SOUND, case["line"]]
    (broken / AREAS_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load(broken)
    for name in case["names"]:
        assert name in str(caught.value)


@pytest.mark.parametrize("case", SPEC["misnamed"], ids=lambda case: case["new"])
def test_malformed_names_are_named(case: dict[str, Any], broken: Path) -> None:
    text = (broken / NAMES_FILE).read_text(encoding="utf-8")
    assert case["old"] in text
    (broken / NAMES_FILE).write_text(text.replace(case["old"], case["new"], 1), encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load(broken)
    for name in case["names"]:
        assert name in str(caught.value)


@pytest.mark.parametrize("name", [AREAS_FILE, NAMES_FILE])
def test_missing_file_is_named(name: str, broken: Path) -> None:
    (broken / name).unlink()
    with pytest.raises(CatalogueError, match=name):
        load(broken)


def test_wrong_columns_are_named(broken: Path) -> None:
    (broken / AREAS_FILE).write_text("code;name\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="line 1"):
        load(broken)


PIECES = [
    "平顶山市",
    "叶县",
    "新华区",
    "吉林",
    "同心",
    "大方",
    "人大",
    "重大",
    "、",
    "和",
    "市",
    "县",
]


@given(
    st.lists(
        st.sampled_from(PIECES) | st.text(alphabet="大同海南新乡村山东西区路镇，人", max_size=4)
    )
)
def test_mentions_are_ordered_and_disjoint(parts: list[str]) -> None:
    text = "".join(parts)
    end = 0
    for mention in GAZETTEER.mentions(text):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.areas
        assert set(mention.areas) <= set(GAZETTEER.named(mention.text))
        end = mention.end


@pytest.mark.parametrize(
    "unit",
    ["鼓楼区、", "人大", "平顶山", "大大", "新疆维吾尔自治", "朝阳和", "克孜勒苏柯尔克孜自治"],
)
def test_time_is_linear(unit: str) -> None:
    """Sixteen times the text takes about sixteen times as much of the processor; quadratic would be 256."""

    def seconds(text: str) -> float:
        runs = []
        for _ in range(3):
            begin = time.process_time()
            GAZETTEER.mentions(text)
            runs.append(time.process_time() - begin)
        return min(runs)

    short, long = unit * 4000, unit * 64000
    assert seconds(long) < 100 * seconds(short)


def test_areas_compare_by_value() -> None:
    area = Area("410422", "叶县", "", AreaLevel.COUNTY, "410400", "")
    assert area == GAZETTEER.by_code["410422"]


def test_traditional_characters() -> None:
    with (CATALOGUE / "traditional.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    table = {row["traditional"]: row["simplified"] for row in rows}
    assert len(table) == len(rows) > 2500
    assert all(len(t) == len(s) == 1 and t != s for t, s in table.items())
    assert not set(table) & set(table.values()), "a replacement would be replaced again"
    fold = str.maketrans(table)
    assert "東安縣人民代表大會聽取審議專項工作報告".translate(fold) == (
        "东安县人民代表大会听取审议专项工作报告"
    )
    plain = "乾坤未定，瞭望狼藉，覆盖哪吒，著作干部着眼于台面里后只，於某"
    assert plain.translate(fold) == plain
    for report in sorted((ROOT / "data" / "documents").glob("*.txt")):
        text = report.read_text(encoding="utf-8")
        assert text.translate(fold) == text, report.name
