"""A small, complete data folder made from hand-labelled facts: the app is tested without the ETL.

`python -m tests.app.fixture FOLDER` writes it; LVZHI_DATA=FOLDER makes the dashboard read it.
Each labelled piece of evidence is looked up in its document (white space ignored), which gives
sentence, figure and their offsets, exactly as the table of the ETL has them.
"""

import csv
import hashlib
import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from etl import store
from etl.catalogue import load

ROOT = Path(__file__).resolve().parents[2]
LABELS = ROOT / "tests" / "golden" / "seed" / "labels.csv"
AREA_CODES = {
    "平顶山市": "410400",
    "鹤壁市": "410600",
    "焦作市": "410800",
    "宝丰县": "410421",
    "舞钢市": "410481",
    "汝州市": "410482",
    "叶县": "410422",
}
REPORTS = (
    ("000_b6364818d57b0678.txt", "市人大常委会2023年工作综述", "平顶山市", "npc", 2023, 2023),
    ("000_b6364818d57b0678.txt", "市政协2023年工作综述", "平顶山市", "cppcc", 2023, 2023),
    ("001_4ca2f901b2fa3bdc.txt", "平顶山市人大常委会工作要览", "平顶山市", "npc", 2023, 2024),
    ("002_abb6607c4697feab.txt", "守正创新担使命 奋楫扬帆新征程", "鹤壁市", "npc", 2023, 2023),
    ("003_52d7ec631f3bca53.txt", "常务委员会工作报告", "平顶山市", "cppcc", 2018, 2022),
    ("004_a96345131b7f4d94.txt", "依法履职守正创新 实干担当助力发展", "焦作市", "npc", 2024, 2024),
)  # fmt: skip
DOUBT = "与线索的搭配较松"
PUBLISHED = {
    "000_b6364818d57b0678.txt": "2024-02-04",
    "003_52d7ec631f3bca53.txt": "2023-01-03",
    "004_a96345131b7f4d94.txt": "2025-02-20",
}
_NUMERAL = re.compile(
    r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百]+)(?:余|多)?(?:人次|[^\W\d])|\d+%"
)


def locate(text: str, evidence: str) -> tuple[int, int]:
    """Span of `evidence` in `text`, white space ignored; raises ValueError if it is not there."""
    kept = [i for i, character in enumerate(text) if not character.isspace()]
    squeezed = "".join(text[i] for i in kept)
    wanted = "".join(evidence.split())
    start = squeezed.index(wanted)
    return kept[start], kept[start + len(wanted) - 1] + 1


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence that holds [start, end): up to the full stops around it."""
    low = max((text.rfind(mark, max(0, start - 160), start) for mark in "。！？；"), default=-1) + 1
    low = low or start
    while text[low].isspace():
        low += 1
    ends = [i for mark in "。！？；" if (i := text.find(mark, end - 1, end + 160)) >= 0]
    return low, min(ends) + 1 if ends else end


def figure_in(text: str, start: int, end: int, value: str) -> tuple[int, int]:
    """The words that state the figure; all of the evidence where it counts titles."""
    for match in re.finditer(r"[\d.]+\s*(?:余|多)?\s*(?:人\s*次|[%％]|\w)", text[start:end]):
        if re.match(r"[\d.]+", match[0])[0] == value:  # type: ignore[index]
            return start + match.start(), start + match.end()
    counted = re.search("两部|首次|先后7次", text[start:end])
    return (start + counted.start(), start + counted.end()) if counted else (start, end)


def facts(labels: Iterable[dict[str, str]], folder: Path) -> pd.DataFrame:
    """The labelled facts in the columns of the built table."""
    indicators = load(ROOT / "data" / "catalogue").indicators
    texts: dict[str, str] = {}
    rows: list[dict[str, Any]] = []
    seen: set[tuple[Any, ...]] = set()
    for label in labels:
        name = label["document"]
        text = texts.setdefault(name, (folder / name).read_text(encoding="utf-8-sig"))
        start, end = locate(text, label["evidence"])
        low, high = sentence_around(text, start, end)
        figure_start, figure_end = figure_in(text, start, end, label["value"])
        first = int(label["year_start"] or 2023)
        last = int(label["year_end"] or 2024)
        key = (label["area"], label["body"], label["indicator"], first, last, label["status"])
        rows.append(
            {
                "fact_id": hashlib.sha256(f"{name}{figure_start}{key}".encode()).hexdigest()[:12],
                "document": name,
                "article": next(
                    (r[1] for r in REPORTS if (r[0], r[2], r[3]) == (name, key[0], key[1])), ""
                ),
                "area": label["area"],
                "area_code": AREA_CODES[label["area"]],
                "area_level": label["area_level"],
                "body": label["body"],
                "indicator": label["indicator"],
                "year_start": first,
                "year_end": last,
                "year": first if first == last else pd.NA,
                "value": float(label["value"]),
                "unit": indicators[label["indicator"]].unit,
                "unit_text": label["unit"],
                "qualifier": label["qualifier"],
                "status": label["status"],
                "method": label["method"],
                "preferred": key not in seen,
                "sentence": "".join(text[low:high].split()),
                "start": low,
                "end": high,
                "figure": "".join(text[figure_start:figure_end].split()),
                "figure_start": figure_start,
                "figure_end": figure_end,
                "rule": f"{label['indicator']}#1",
                "published": PUBLISHED.get(name, ""),
                "note": "",
            }
        )
        seen.add(key)
    frame = pd.DataFrame(rows)
    return frame.astype({"year": "Int64", "year_start": "Int64", "year_end": "Int64"})


def build(folder: Path) -> Path:
    """Write documents, catalogue and table to `folder`; returns the folder."""
    shutil.copytree(ROOT / "data" / "documents", folder / "documents", dirs_exist_ok=True)
    for name in ("catalogue", "reference"):
        shutil.copytree(ROOT / "data" / name, folder / name, dirs_exist_ok=True)
    with LABELS.open(encoding="utf-8-sig", newline="") as file:
        table = facts(csv.DictReader(file), folder / "documents")
    counted = table.groupby(["document", "area", "body"]).size()
    reports = pd.DataFrame(
        [
            {
                "document": document,
                "article": article,
                "area": area,
                "area_code": AREA_CODES[area],
                "area_level": "city",
                "body": body,
                "year_start": first,
                "year_end": last,
                "published": PUBLISHED.get(document, ""),
                "facts": int(counted.get((document, area, body), 0)),
            }
            for document, article, area, body, first, last in REPORTS
        ]
    )
    write(folder, table, reports, candidates(table))
    return folder


def candidates(table: pd.DataFrame) -> pd.DataFrame:
    """One figure that was seen and not trusted: the first of the table with another value."""
    seen = table[table["area"] == "鹤壁市"].iloc[[0]]
    return seen.assign(fact_id="c" * 12, value=7.0, score=5.2, doubt=DOUBT)


def write(
    folder: Path,
    table: pd.DataFrame,
    reports: pd.DataFrame,
    candidates: pd.DataFrame | None = None,
) -> None:
    """Write the table as the ETL does, up to date with the folder's documents and catalogue."""
    sources = store.fingerprint(folder / "documents", folder / "catalogue")
    none = table.iloc[:0].assign(score=0.0, doubt="")
    store.write(folder, table, none if candidates is None else candidates, reports, sources)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    build(target)
