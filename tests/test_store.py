"""Store: files written whole or not at all, and a table that knows when it is stale."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from etl import pipeline, store, table
from tests.samples import REPORT, fact, folder, rules


def _write(output: Path, value: float = 102.0, sources: str = "x") -> None:
    facts, candidates = table.build([fact(value=value)], rules().catalogue)
    store.write(output, facts, candidates, table.reports([REPORT]), sources)


def test_files_read_back_as_written(tmp_path: Path) -> None:
    _write(tmp_path / "new" / "folder")
    output = tmp_path / "new" / "folder"
    assert {path.name for path in output.iterdir()} == {
        store.FACTS,
        store.PARQUET,
        store.CANDIDATES,
        store.REPORTS,
        store.MANIFEST,
    }
    assert store.read_facts(output)["value"].tolist() == [102.0]
    assert store.read_reports(output)["area_code"].tolist() == ["410600"]


def test_csv_opens_in_excel_and_wps(tmp_path: Path) -> None:
    _write(tmp_path)
    for name in (store.FACTS, store.CANDIDATES, store.REPORTS):
        assert (tmp_path / name).read_bytes().startswith(b"\xef\xbb\xbf")
    lines = (tmp_path / store.FACTS).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].split(",")[0] == "fact_id"
    assert ",102,人次," in lines[1], "no needless decimals"
    read = pd.read_csv(tmp_path / store.FACTS, dtype={"area_code": str}, keep_default_na=False)
    assert read["area_code"].tolist() == ["410600"]


def test_a_failing_write_leaves_the_old_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError), store.replacing(path) as beside:
        beside.write_text("half of the n", encoding="utf-8")
        raise RuntimeError("the power went")
    assert path.read_text(encoding="utf-8") == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["facts.csv"]


def test_a_failing_replacement_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "facts.csv"
    path.write_text("old", encoding="utf-8")

    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(f"{target} is open in Excel")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(PermissionError), store.replacing(path) as beside:
        beside.write_text("new", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["facts.csv"]


def test_the_old_file_is_there_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "facts.csv"
    path.write_text("old", encoding="utf-8")
    with store.replacing(path) as beside:
        beside.write_text("new", encoding="utf-8")
        assert path.read_text(encoding="utf-8") == "old"
    assert path.read_text(encoding="utf-8") == "new"


def test_a_run_that_dies_before_the_end_leaves_a_stale_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = folder(tmp_path / "documents")
    output = tmp_path / "data"
    pipeline.build(documents, output)
    before = (output / store.FACTS).read_bytes()
    (documents / "hebi.txt").write_text(
        "鹤壁市人大常委会2023年工作综述\n\n召开会议。\n", encoding="utf-8"
    )

    def die(*arguments: object, **options: object) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(pd.DataFrame, "to_parquet", die)
        with pytest.raises(OSError, match="no space"):
            pipeline.build(documents, output)
    assert store.is_stale(documents, output=output)
    assert not list(output.glob(".*"))
    pipeline.build(documents, output)
    assert not store.is_stale(documents, output=output)
    assert (output / store.FACTS).read_bytes() != before


def test_leftovers_of_a_crash_are_swept(tmp_path: Path) -> None:
    _write(tmp_path)
    leftover = tmp_path / ".facts.csv.4711.new"
    leftover.write_text("half", encoding="utf-8")
    mine = tmp_path / ".keep"
    mine.write_text("somebody's", encoding="utf-8")
    _write(tmp_path)
    assert not leftover.exists()
    assert mine.exists()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with documents, catalogue and a fresh table."""
    base = tmp_path_factory.mktemp("built")
    shutil.copytree(store.CATALOGUE, base / "catalogue")
    pipeline.build(folder(base / "documents"), base / "data", catalogue=base / "catalogue")
    return base


def _is_stale(base: Path) -> bool:
    return store.is_stale(base / "documents", base / "catalogue", base / "data")


def test_fresh_table_is_not_stale_whatever_the_clocks_say(built: Path) -> None:
    assert not _is_stale(built)
    for path in (built / "documents").iterdir():
        path.touch()
    assert not _is_stale(built)


@pytest.mark.parametrize(
    "name", ["documents/hebi.txt", "catalogue/indicators.toml", "corrections.toml"]
)
def test_a_changed_source_makes_it_stale(built: Path, name: str) -> None:
    path = built / name
    original = path.read_bytes() if path.exists() else None
    path.write_bytes((original or b"") + b"\n")
    assert _is_stale(built)
    path.unlink() if original is None else path.write_bytes(original)
    assert not _is_stale(built)


def test_a_new_a_renamed_and_a_removed_document_make_it_stale(built: Path) -> None:
    documents = built / "documents"
    (documents / "new.txt").write_text("新文件", encoding="utf-8")
    assert _is_stale(built)
    (documents / "new.txt").unlink()
    (documents / "hebi.txt").rename(documents / "hebi2.txt")
    assert _is_stale(built)
    (documents / "hebi2.txt").rename(documents / "hebi.txt")
    assert not _is_stale(built)


@pytest.mark.parametrize(
    "name", [store.FACTS, store.PARQUET, store.CANDIDATES, store.REPORTS, store.MANIFEST]
)
def test_a_missing_file_makes_it_stale(built: Path, name: str) -> None:
    path = built / "data" / name
    content = path.read_bytes()
    path.unlink()
    assert _is_stale(built)
    path.write_bytes(content)
    assert not _is_stale(built)


def test_a_broken_manifest_makes_it_stale(built: Path) -> None:
    path = built / "data" / store.MANIFEST
    content = path.read_bytes()
    path.write_bytes(b"{")
    assert _is_stale(built)
    path.write_bytes(content)


@pytest.mark.parametrize("name", [store.FACTS, store.PARQUET])
def test_a_damaged_file_makes_it_stale(built: Path, name: str) -> None:
    path = built / "data" / name
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    try:
        assert _is_stale(built)
    finally:
        path.write_bytes(content)


def test_no_table_is_stale(tmp_path: Path) -> None:
    assert store.is_stale(folder(tmp_path / "documents"), output=tmp_path / "nothing")


def test_reading_a_table_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        store.read_facts(tmp_path)
    with pytest.raises(FileNotFoundError):
        store.read_reports(tmp_path)
