"""Small facts, reports and folders that several test modules start from."""

from functools import cache
from pathlib import Path
from typing import Any

from etl import store
from etl.model import AreaLevel, Body, Fact, Method, Qualifier, Report, Status
from etl.rules import Rules, load_rules


@cache
def rules() -> Rules:
    """The shipped catalogue folder, loaded once for all tests."""
    return load_rules(store.CATALOGUE)


FACT = Fact(
    document="report.txt",
    article="鹤壁市人大常委会2023年工作综述",
    area="鹤壁市",
    area_code="410600",
    area_level=AreaLevel.CITY,
    body=Body.NPC,
    indicator="appointments",
    year_start=2023,
    year_end=2023,
    value=102.0,
    unit="人次",
    unit_text="人次",
    qualifier=Qualifier.EXACT,
    status=Status.ACTUAL,
    method=Method.STATED,
    sentence="任免国家机关工作人员102人次。",
    start=20,
    end=36,
    figure="102人次",
    figure_start=30,
    figure_end=35,
    rule="appointments#1",
    evidence=("名词“任免”在数字前",),
    score=10.4,
)

_CODE_LISTS = {"body": Body, "qualifier": Qualifier, "status": Status, "method": Method}


def fact(at: int = 0, **changes: Any) -> Fact:
    """FACT with changes, its offsets moved by `at`; values of code lists may be plain text."""
    for key, code in _CODE_LISTS.items():
        if key in changes:
            changes[key] = code(changes[key])
    moved = {key: getattr(FACT, key) + at for key in ("start", "end", "figure_start", "figure_end")}
    return FACT._replace(**(moved | changes))


REPORT = Report(
    document="report.txt",
    article="鹤壁市人大常委会2023年工作综述",
    area="鹤壁市",
    area_code="410600",
    area_level=AreaLevel.CITY,
    body=Body.NPC,
    year_start=2023,
    year_end=2023,
    published=None,
    facts=1,
)

TEXTS = {
    "hebi.txt": "鹤壁市人大常委会2023年工作综述\n\n"
    "一年来，召开常委会会议8次。\n依法任免国家机关工作人员102人次。\n开展执法检查6项。\n",
    "jiaozuo.txt": "政协焦作市委员会2023年工作综述\n\n"
    "全年收到提案326件，立案291件。\n召开主席会议12次。\n",
}


def folder(path: Path, texts: dict[str, str] | None = None) -> Path:
    """A folder of small reports."""
    path.mkdir(parents=True, exist_ok=True)
    for name, text in (TEXTS if texts is None else texts).items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, encoding="utf-8")
    return path


def written(fact: Fact) -> bool:
    """Whether specs write a finding down: a fact, or a plan (a fact only of what is one by definition)."""
    plans = rules().catalogue.indicators[fact.indicator].planned
    assert fact.status is not Status.PLANNED or plans or not fact.trusted
    return fact.trusted or (fact.status is Status.PLANNED and not plans)
