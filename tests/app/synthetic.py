"""A large made-up table in the columns of the built one: many cities, many years, with gaps.

`python -m tests.app.synthetic FOLDER CITIES YEARS` writes a data folder with it. The figures mean
nothing; each document is one made-up report that holds the sentences of its facts.
"""

import shutil
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from etl.catalogue import load
from tests.app import fixture

ROOT = Path(__file__).resolve().parents[2]
_SYLLABLES = (
    "安保昌长成大东丰福广海和衡华怀吉嘉江金景开兰乐丽临龙南宁平清泉"
    "荣三上绍石顺泰唐通同温武西襄新兴阳宜永岳云张镇州"
)


def city_names(count: int) -> list[str]:
    """`count` different names; every tenth is twelve characters long."""
    names = [
        _SYLLABLES[i % len(_SYLLABLES)]
        + _SYLLABLES[(i * 7 + i // len(_SYLLABLES)) % len(_SYLLABLES)]
        + "市"
        for i in range(count)
    ]
    return [
        f"{name[:2]}{i:03}布依族苗族自治州" if i % 10 == 9 else f"{name[:2]}{i // 50 or ''}市"
        for i, name in enumerate(names)
    ]


def facts(cities: int, years: int, last: int = 2024, seed: int = 7) -> pd.DataFrame:
    """About two thirds of all city × year × indicator × body combinations, as exact yearly figures.

    Some are approximate, some counted; every fifth year of a city has no report at all.
    """
    random = np.random.default_rng(seed)
    indicators = load(ROOT / "data" / "catalogue").indicators
    pairs = [
        (b.value, i.id, i.unit) for i in indicators.values() for b in i.bodies if not i.planned
    ]
    names = np.array(city_names(cities))
    codes = np.array([f"{110000 + 100 * i}" for i in range(cities)])
    city, year, pair = (
        axis.ravel()
        for axis in np.meshgrid(
            np.arange(cities), np.arange(last - years + 1, last + 1), np.arange(len(pairs)),
            indexing="ij",
        )
    )  # fmt: skip
    kept = ((city * 3 + year) % 5 != 0) & (random.random(len(city)) < 0.85)
    city, year, pair = city[kept], year[kept], pair[kept]
    size = len(city)
    body = np.array([p[0] for p in pairs])[pair]
    value = np.round(np.exp(random.normal(4, 1.2, size)))
    percent = np.array([p[2] == "%" for p in pairs])[pair]
    value = np.where(percent, np.minimum(100, np.round(80 + value % 21)), value)
    qualifier = random.choice(["exact", "at_least", "about"], size, p=[0.9, 0.07, 0.03])
    figure = pd.Series(value.astype(int)).astype(str)
    sentence = "全年共" + figure + "件。"
    order = np.lexsort((pair, body, year, city))
    frame = pd.DataFrame(
        {
            "fact_id": [f"s{i:07x}" for i in range(size)],
            "document": pd.Series(codes[city]) + "_" + pd.Series(year).astype(str) + ".txt",
            "article": "", "area": names[city], "area_code": codes[city], "area_level": "city",
            "body": body, "indicator": np.array([p[1] for p in pairs])[pair],
            "year_start": year, "year_end": year, "year": year, "value": value,
            "unit": np.array([p[2] for p in pairs])[pair], "unit_text": "件",
            "qualifier": qualifier, "status": "actual",
            "method": random.choice(["stated", "counted", "summed"], size, p=[0.94, 0.03, 0.03]),
            "preferred": True, "sentence": sentence, "start": 0, "end": 0,
            "figure": figure + "件", "figure_start": 0, "figure_end": 0, "rule": "made up", "note": "",
            "published": (pd.Series(year) + 1).astype(str) + "-02-01",
        }
    ).iloc[order].reset_index(drop=True)  # fmt: skip
    frame["fact_id"] = [f"s{i:07x}" for i in range(size)]
    length = frame["sentence"].str.len()
    before = length.groupby(frame["document"]).cumsum() - length
    frame["start"], frame["end"] = before, before + length
    frame["figure_start"] = before + 3
    frame["figure_end"] = frame["figure_start"] + frame["figure"].str.len()
    return frame.astype({"year": "Int64", "year_start": "Int64", "year_end": "Int64"})


def reports(table: pd.DataFrame) -> pd.DataFrame:
    """One report for each document, area and body of the facts."""
    keys = ["document", "article", "area", "area_code", "area_level", "body", "year_start",
            "year_end", "published"]  # fmt: skip
    return table.groupby(keys, observed=True).size().reset_index(name="facts")


def build(folder: Path, cities: int, years: int, with_documents: bool = True) -> Path:
    """Write a whole data folder; returns it."""
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    shutil.copytree(ROOT / "data" / "catalogue", folder / "catalogue", dirs_exist_ok=True)
    table = facts(cities, years)
    if with_documents:
        for name, sentences in table.groupby("document", observed=True)["sentence"]:
            (folder / "documents" / str(name)).write_text("".join(sentences), encoding="utf-8")
    fixture.write(folder, table, reports(table))
    return folder


if __name__ == "__main__":
    build(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
