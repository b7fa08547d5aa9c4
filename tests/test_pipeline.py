"""Pipeline: a folder of reports becomes the same table however often and wherever it is built."""

import shutil
from pathlib import Path

import pytest

from etl import documents, pipeline, store
from etl.errors import CatalogueError, DocumentError, InputError
from tests.samples import TEXTS, folder

_TABLES = (store.FACTS, store.PARQUET, store.CANDIDATES, store.REPORTS)


def _bytes(output: Path) -> dict[str, bytes]:
    return {name: (output / name).read_bytes() for name in (*_TABLES, store.MANIFEST)}


def test_facts_reports_and_summaries(tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    outcome = pipeline.build(
        folder(tmp_path / "in"), tmp_path / "out", lambda *call: seen.append(call)
    )
    assert seen == [(1, 2, "hebi.txt"), (2, 2, "jiaozuo.txt")]
    assert outcome.refused == ()
    assert outcome.facts == 6
    facts = store.read_facts(tmp_path / "out")
    assert set(
        zip(facts["area"], facts["body"], facts["indicator"], facts["value"], strict=True)
    ) == {
        ("鹤壁市", "npc", "standing_committee_meetings", 8.0),
        ("鹤壁市", "npc", "appointments", 102.0),
        ("鹤壁市", "npc", "law_inspections", 6.0),
        ("焦作市", "cppcc", "proposals_received", 326.0),
        ("焦作市", "cppcc", "proposals_filed", 291.0),
        ("焦作市", "cppcc", "chair_meetings", 12.0),
    }
    assert facts["preferred"].all()
    reports = store.read_reports(tmp_path / "out")
    assert list(zip(reports["area"], reports["facts"], strict=True)) == [
        ("鹤壁市", 3),
        ("焦作市", 3),
    ]


def test_a_report_without_figures_is_still_a_report(tmp_path: Path) -> None:
    text = "鹤壁市人大常委会2023年工作综述\n\n一年来，市人大常委会依法履职，成绩显著。\n"
    outcome = pipeline.build(folder(tmp_path / "in", {"a.txt": text}), tmp_path / "out")
    assert outcome.facts == 0
    reports = store.read_reports(tmp_path / "out")
    assert list(zip(reports["area"], reports["year_end"], reports["facts"], strict=True)) == [
        ("鹤壁市", 2023, 0)
    ]


def test_empty_folder_gives_an_empty_table(tmp_path: Path) -> None:
    outcome = pipeline.build(folder(tmp_path / "in", {}), tmp_path / "out")
    assert (outcome.facts, outcome.summaries) == (0, ())
    assert store.read_facts(tmp_path / "out").empty


_BROKEN_POOL = (
    "DocumentError does not survive pickling, so one refused document kills the whole run"
)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_bad_file_is_refused_and_the_others_go_in(tmp_path: Path, workers: int) -> None:
    reports = folder(tmp_path / "in")
    (reports / "empty.txt").write_bytes(b"")
    (reports / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    (reports / "noise.txt").write_bytes(b"\xff" * 100)
    outcome = pipeline.build(reports, tmp_path / "out", workers=workers)
    assert [name for name, _ in outcome.refused] == ["empty.txt", "noise.txt", "picture.txt"]
    assert all("save the report" in reason for _, reason in outcome.refused)
    assert outcome.facts == 6


def test_a_wrong_checksum_refuses_only_that_document(tmp_path: Path) -> None:
    reports = folder(tmp_path / "in")
    register = f'[[document]]\nfile = "hebi.txt"\nsha256 = "{"0" * 64}"\n'
    (reports / "documents.toml").write_text(register, encoding="utf-8")
    outcome = pipeline.build(reports, tmp_path / "out")
    assert [name for name, _ in outcome.refused] == ["hebi.txt"]
    assert outcome.facts == 3


def test_two_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    texts = {"2022/report.txt": TEXTS["hebi.txt"], "2023/report.txt": TEXTS["jiaozuo.txt"]}
    outcome = pipeline.build(folder(tmp_path / "in", texts), tmp_path / "out")
    assert len(outcome.refused) == 1
    assert "rename" in outcome.refused[0][1]


def _mistake_in_catalogue(base: Path) -> None:
    path = base / "catalogue" / "indicators.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n[[indicators]]\n", encoding="utf-8")


def _mistake_in_register(base: Path) -> None:
    (base / "in" / "documents.toml").write_text('[[document]]\nfiel = "no.txt"\n', encoding="utf-8")


def _stale_correction(base: Path) -> None:
    (base / "corrections.toml").write_text(
        '[[correction]]\ndocument = "hebi.txt"\nfigure = "9次"\nstart = 1\nend = 3\n'
        'indicator = "decisions"\naction = "drop"\nreason = "误"\nby = "李明"\non = 2024-05-06\n',
        encoding="utf-8",
    )


def _no_folder(base: Path) -> None:
    shutil.rmtree(base / "in")


@pytest.mark.parametrize(
    ("spoil", "error", "says"),
    [
        (_mistake_in_catalogue, CatalogueError, "indicators.toml › top level › indicators"),
        (_mistake_in_register, CatalogueError, "documents.toml › number 1 › fiel"),
        (_stale_correction, CatalogueError, "corrections.toml › hebi.txt 9次 › start"),
        (_no_folder, DocumentError, "no such folder"),
    ],
)
def test_a_mistake_leaves_the_old_table_as_it_was(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    spoil: object,
    error: type[InputError],
    says: str,
) -> None:
    monkeypatch.setattr(store, "CORRECTIONS", tmp_path / "corrections.toml")
    shutil.copytree(store.CATALOGUE, tmp_path / "catalogue")
    folder(tmp_path / "in")

    def build() -> None:
        pipeline.build(tmp_path / "in", tmp_path / "out", catalogue=tmp_path / "catalogue")

    build()
    before = _bytes(tmp_path / "out")
    assert callable(spoil)
    spoil(tmp_path)
    with pytest.raises(error, match=says):
        build()
    assert _bytes(tmp_path / "out") == before
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(before)


def _correct(base: Path, monkeypatch: pytest.MonkeyPatch, *, text: str) -> None:
    """Drop 102人次 of hebi.txt, whose text is then `text`."""
    monkeypatch.setattr(store, "CORRECTIONS", base / "corrections.toml")
    at = TEXTS["hebi.txt"].index("102人次")
    (base / "corrections.toml").write_text(
        f'[[correction]]\ndocument = "hebi.txt"\nfigure = "102人次"\nstart = {at}\nend = {at + 5}\n'
        'indicator = "appointments"\naction = "drop"\nreason = "误"\nby = "李明"\non = 2024-05-06\n',
        encoding="utf-8",
    )
    folder(base / "in", TEXTS | {"hebi.txt": text})


def test_corrections_are_carried_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _correct(tmp_path, monkeypatch, text=TEXTS["hebi.txt"])
    assert pipeline.build(tmp_path / "in", tmp_path / "out").facts == 5
    assert "appointments" not in set(store.read_facts(tmp_path / "out")["indicator"])


def test_a_correction_of_a_document_without_figures_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _correct(tmp_path, monkeypatch, text="鹤壁市人大常委会2023年工作综述\n\n成绩显著。\n")
    with pytest.raises(CatalogueError, match="update or remove"):
        pipeline.build(tmp_path / "in", tmp_path / "out")


def test_one_and_two_processes_give_the_same_bytes(tmp_path: Path) -> None:
    texts = {
        f"{number:02}.txt": TEXTS["hebi.txt"].replace("102", str(100 + number))
        for number in range(12)
    }
    reports = folder(tmp_path / "in", TEXTS | texts)
    for workers in (1, 2):
        pipeline.build(reports, tmp_path / str(workers), workers=workers)
    assert _bytes(tmp_path / "1") == _bytes(tmp_path / "2")


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    reports = folder(tmp_path / "in")
    pipeline.build(reports, tmp_path / "out")
    first = _bytes(tmp_path / "out")
    pipeline.build(reports, tmp_path / "out")
    assert _bytes(tmp_path / "out") == first


def test_the_shipped_table_is_a_fresh_build(tmp_path: Path) -> None:
    """facts.csv is kept under version control: python -m etl run after each change of the rules."""
    pipeline.build(store.DOCUMENTS, tmp_path)
    for name in (store.FACTS, store.CANDIDATES, store.REPORTS):
        if (store.DATA / name).exists() or name == store.FACTS:
            shipped = (store.DATA / name).read_text(encoding="utf-8-sig").splitlines()
            assert shipped == (tmp_path / name).read_text(encoding="utf-8-sig").splitlines()


def test_every_shipped_fact_leads_back_to_its_words() -> None:
    facts = store.read_facts()
    assert len(facts)
    for row in facts.to_dict("records"):
        text = documents.read(store.DOCUMENTS / row["document"]).text
        for quote, start, end in (
            (row["sentence"], row["start"], row["end"]),
            (row["figure"], row["figure_start"], row["figure_end"]),
        ):
            assert "".join(text[start:end].split()) == "".join(quote.split())
