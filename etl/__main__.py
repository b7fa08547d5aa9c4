"""The command line: python -m etl run | check | explain; says in Chinese what it logs in English.

Exit status: 0 when all is well, 1 when a document was refused, a check failed or
a fact is not there, 2 on wrong usage or a mistake in the catalogue.
"""

import argparse
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from etl.errors import CatalogueError, DocumentError, InputError

if TYPE_CHECKING:
    from etl.pipeline import Summary

log = logging.getLogger("etl")

SCREEN = "zh"

_BAR_FROM = 20
_BAR_WIDTH = 30


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    from etl import store

    parser = argparse.ArgumentParser(
        prog="python -m etl", description="履职数据对照：从履职报告提取数据"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="run | check | explain")
    run = commands.add_parser("run", help="读取报告，生成 facts.csv 与 facts.parquet")
    run.add_argument("--workers", type=int, default=None, help="进程数（默认按文件多少决定）")
    commands.add_parser("check", help="检查指标目录、人工校正和已生成的表")
    explain = commands.add_parser("explain", help="说明一个数字出自哪句话、依据哪条规则")
    explain.add_argument("fact_id", metavar="FACT_ID", help="facts.csv 第一列")
    for command in commands.choices.values():
        command.add_argument(
            "--documents", type=Path, default=store.DOCUMENTS, help="报告所在文件夹"
        )
        command.add_argument("--output", type=Path, default=store.DATA, help="数据表所在文件夹")
        command.add_argument("--log", type=Path, metavar="FILE", help="运行日志（英文）写入的文件")
    options = parser.parse_args(arguments)
    _log_to(options.log)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        if options.command == "run":
            return _run(options.documents, options.output, options.workers)
        if options.command == "check":
            return _check(options.documents, options.output)
        return _explain(options.fact_id, options.documents, options.output)
    except InputError as error:
        log.error("%s", error)
        print(error.text(SCREEN), file=sys.stderr)
        return 2 if isinstance(error, (CatalogueError, DocumentError)) else 1


def _log_to(file: Path | None) -> None:
    """Log to `file`; without one to nowhere, as the screen says it all already."""
    handler = logging.FileHandler(file, encoding="utf-8") if file else logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    log.addHandler(handler)


def _run(documents: Path, output: Path, workers: int | None) -> int:
    from etl import pipeline, table

    table.give_memory_back()
    outcome = pipeline.build(documents, output, _progress, workers=workers)
    for summary in outcome.summaries:
        if summary.error is not None:
            log.warning("%s", summary.error)
            print(f"{summary.name}：未读入。{summary.error.problem(SCREEN)}")
            continue
        who = "；".join(
            dict.fromkeys(
                _speaker(r.area, r.body, r.year_start, r.year_end) for r in summary.reports
            )
        )
        print(
            f"{summary.name}：{summary.characters}字，{who or '无履职报告'}，"
            f"数据{summary.facts}条，待核{summary.candidates}条{_remarks(summary)}"
        )
    print(
        f"合计{len(outcome.summaries)}份文件，数据{outcome.facts}条，待核{outcome.candidates}条 → {output}"
    )
    return 1 if outcome.refused else 0


def _remarks(summary: "Summary") -> str:
    """What could not be read as sentences, and what became of it."""
    from etl.sentences import LONGEST, MOST_NUMERALS

    remarks = ""
    if summary.cut:
        remarks += f"；{summary.cut}处超过{LONGEST}字而没有句号，已在停顿处切开"
    if summary.crowded:
        remarks += f"；{summary.crowded}处数字超过{MOST_NUMERALS}个，不成句子，未提取"
    return remarks


def _speaker(area: str, body: str, first: int, last: int) -> str:
    years = f"{first}年" if first == last else f"{first}—{last}年"
    return f"{area}{'人大' if body == 'npc' else '政协'}{years}"


def _progress(done: int, total: int, name: str) -> None:
    """A bar on the error stream, where there is something to wait for and somebody to see it."""
    if total < _BAR_FROM or not sys.stderr.isatty():
        return
    filled = _BAR_WIDTH * done // total
    bar = "█" * filled + "·" * (_BAR_WIDTH - filled)
    print(
        f"\r{bar} {done}/{total} {name[:40]:<40}", end="" if done < total else "\n", file=sys.stderr
    )


def _check(folder: Path, output: Path) -> int:
    from etl import catalogue, corrections, documents, store, table
    from etl.rules import load_rules

    load_rules(store.CATALOGUE)
    terms = catalogue.load(store.CATALOGUE)
    corrected = corrections.load(store.CORRECTIONS, terms)
    register = documents.read_register(folder)
    try:
        built = store.read_facts(output)
    except FileNotFoundError:
        raise InputError("no_table", folder=str(output)) from None
    table.check(built, terms)
    notes = table.inconsistencies(built)
    for fact_id, note in notes:
        print(f"{fact_id}：{note}")
    stale = store.is_stale(folder, output=output)
    print(
        f"指标{len(terms.indicators)}个，人工校正{len(corrected)}条，登记文件{len(register)}份，数据{len(built)}条"
        + ("；数据表早于文件或目录，请重新运行 python -m etl run" if stale else "")
    )
    return 1 if notes or stale else 0


def _explain(fact_id: str, folder: Path, output: Path) -> int:
    from etl import corrections, documents, facts, store
    from etl.rules import load_rules

    try:
        table = store.read_facts(output)
    except FileNotFoundError:
        raise InputError("no_table", folder=str(output)) from None
    rows = table[table["fact_id"] == fact_id]
    if rows.empty:
        raise InputError("no_fact", fact=fact_id)
    name = rows["document"].iloc[0]
    path, about = next(
        ((path, about) for path, about in documents.inventory(folder)[0] if path.name == name),
        (None, None),
    )
    if path is None:
        raise InputError("document_gone", document=name, folder=str(folder))
    document = documents.read(path, about)
    rules = load_rules(store.CATALOGUE)
    found, _ = facts.read(document, rules)
    corrected = corrections.load(store.CORRECTIONS, rules.catalogue)
    found = corrections.apply(document.name, found, corrected, rules.catalogue)
    fact = next((f for f in found if f.fact_id == fact_id), None)
    if fact is None:
        raise InputError("fact_gone", document=path.name, fact=fact_id)
    indicator = rules.catalogue.indicators[fact.indicator]
    at = fact.figure_start - fact.start
    quote = document.text[fact.start : fact.end]
    marked = (
        quote[:at]
        + "【"
        + quote[at : at + fact.figure_end - fact.figure_start]
        + "】"
        + quote[at + fact.figure_end - fact.figure_start :]
    )
    print(
        f"文件　{document.title or document.name}（{document.name}，第{fact.start}—{fact.end}字）"
    )
    print(f"文章　{fact.article or '（无标题）'}")
    print(f"句子　{''.join(marked.split())}")
    print(
        f"指标　{indicator.name_zh}（{indicator.id}）：{fact.value:g}{indicator.unit}，原文“{fact.figure}”"
    )
    who = _speaker(fact.area, fact.body, fact.year_start, fact.year_end)
    print(f"主体　{who}，{fact.status}，{fact.method}，{fact.qualifier}")
    print(f"规则　{fact.rule}，得分{fact.score:g}：{'；'.join(fact.evidence)}")
    print(f"口径　{indicator.definition}")
    for rival in fact.rivals:
        print(f"落选　{rival}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
