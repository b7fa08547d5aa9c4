"""Command line: exit status, one line a document, and what explain and check say."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from etl import store
from etl.__main__ import main
from tests.samples import TEXTS, folder


def _run(documents: Path, output: Path) -> int:
    return main(["run", "--documents", str(documents), "--output", str(output)])


def test_run_prints_one_line_a_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(folder(tmp_path / "in"), tmp_path / "out") == 0
    first, second, total = capsys.readouterr().out.splitlines()
    assert first.startswith("hebi.txt：")
    assert "鹤壁市人大2023年" in first
    assert "数据3条" in first
    assert second.startswith("jiaozuo.txt：")
    assert "焦作市政协2023年" in second
    assert "合计2份文件，数据6条" in total
    assert (tmp_path / "out" / store.FACTS).is_file()
    assert (tmp_path / "out" / store.PARQUET).is_file()


def test_run_takes_any_folder_of_plain_reports(tmp_path: Path) -> None:
    texts = {
        "各地/鹤壁.TXT": TEXTS["hebi.txt"],
        "焦作.md": TEXTS["jiaozuo.txt"],
        "说明.pdf": "%PDF",
    }
    assert _run(folder(tmp_path / "in", texts), tmp_path / "out") == 0
    facts = store.read_facts(tmp_path / "out")
    assert set(facts["document"]) == {"鹤壁.TXT", "焦作.md"}


def test_run_with_a_refused_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    documents = folder(tmp_path / "in")
    (documents / "empty.txt").write_bytes(b"")
    assert _run(documents, tmp_path / "out") == 1
    refused = next(line for line in capsys.readouterr().out.splitlines() if "empty.txt" in line)
    assert "未读入" in refused
    assert "文件是空的；请把报告正文存入该文件" in refused
    assert len(store.read_facts(tmp_path / "out")) == 6


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["build"],
        ["run", "--folder", "x"],
        ["run", "--workers", "many"],
        ["explain"],
    ],
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_run_on_a_folder_that_is_not_there(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(tmp_path / "nowhere", tmp_path / "out") == 2
    assert "nowhere: no such folder" in caplog.text, "English in the log"
    assert "nowhere：没有这个文件夹" in capsys.readouterr().err, "Chinese on the screen"
    assert not (tmp_path / "out").exists()


def test_run_with_a_mistake_in_the_register(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    documents = folder(tmp_path / "in")
    (documents / "documents.toml").write_text('[[document]]\nfil = "hebi.txt"\n', encoding="utf-8")
    assert _run(documents, tmp_path / "out") == 2
    assert "documents.toml › number 1 › fil" in caplog.text
    assert not (tmp_path / "out").exists()


def _explain(fact_id: str, base: Path) -> int:
    folders = ["--documents", str(base / "in"), "--output", str(base / "out")]
    return main(["explain", fact_id, *folders])


def _fact_id(base: Path, indicator: str) -> str:
    facts = store.read_facts(base / "out")
    return str(facts[facts["indicator"] == indicator]["fact_id"].iloc[0])


def test_explain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run(folder(tmp_path / "in"), tmp_path / "out")
    capsys.readouterr()
    assert _explain(_fact_id(tmp_path, "appointments"), tmp_path) == 0
    said = capsys.readouterr().out
    for words in (
        "hebi.txt",
        "鹤壁市人大常委会2023年工作综述",
        "依法任免国家机关工作人员【102人次】。",
        "任免国家机关工作人员（appointments）",
        "appointments#",
        "名词“任免”",
        "actual",
        "宪法宣誓人数不计入",
    ):
        assert words in said


def test_explain_finds_every_fact_of_a_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(folder(tmp_path / "in"), tmp_path / "out")
    for row in store.read_facts(tmp_path / "out").to_dict("records"):
        capsys.readouterr()
        assert _explain(row["fact_id"], tmp_path) == 0
        assert f"【{row['figure']}】" in capsys.readouterr().out


def test_explain_an_unknown_fact(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    _run(folder(tmp_path / "in"), tmp_path / "out")
    assert _explain("ffffffffffff", tmp_path) == 1
    assert "ffffffffffff" in caplog.text


def test_explain_a_fact_that_is_no_longer_found(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _run(folder(tmp_path / "in"), tmp_path / "out")
    fact_id = _fact_id(tmp_path, "appointments")
    (tmp_path / "in" / "hebi.txt").write_text("鹤壁市人大常委会2023年工作综述\n", encoding="utf-8")
    assert _explain(fact_id, tmp_path) == 1
    assert "run python -m etl run" in caplog.text


def test_explain_a_fact_whose_document_is_gone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _run(folder(tmp_path / "in"), tmp_path / "out")
    fact_id = _fact_id(tmp_path, "appointments")
    (tmp_path / "in" / "hebi.txt").unlink()
    assert _explain(fact_id, tmp_path) in (1, 2)
    assert "hebi.txt" in caplog.text


def test_explain_before_the_first_run(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder(tmp_path / "in")
    assert _explain("ffffffffffff", tmp_path) in (1, 2)
    assert "etl run" in caplog.text


def test_explain_a_corrected_fact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(store, "CORRECTIONS", tmp_path / "corrections.toml")
    at = TEXTS["hebi.txt"].index("102人次")
    (tmp_path / "corrections.toml").write_text(
        f'[[correction]]\ndocument = "hebi.txt"\nfigure = "102人次"\nstart = {at}\nend = {at + 5}\n'
        'indicator = "appointments"\naction = "set"\nyear_start = 2022\nyear_end = 2022\n'
        'reason = "说的是上一年"\nby = "李明"\non = 2024-05-06\n',
        encoding="utf-8",
    )
    _run(folder(tmp_path / "in"), tmp_path / "out")
    assert _explain(_fact_id(tmp_path, "appointments"), tmp_path) == 0
    assert "说的是上一年" in capsys.readouterr().out


def test_check_of_the_shipped_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--output", str(tmp_path)]) == 0
    assert main(["check", "--output", str(tmp_path)]) == 0
    assert "指标50个" in capsys.readouterr().out


def test_the_log_goes_to_a_file(tmp_path: Path) -> None:
    documents = folder(tmp_path / "in")
    (documents / "empty.txt").write_bytes(b"")
    log = tmp_path / "run.log"
    arguments = [
        "--documents",
        str(documents),
        "--output",
        str(tmp_path / "out"),
        "--log",
        str(log),
    ]
    assert main(["run", *arguments]) == 1
    assert "WARNING etl: empty.txt: the file is empty" in log.read_text(encoding="utf-8")


def test_as_a_command_of_its_own(tmp_path: Path) -> None:
    """The output stays readable on a console that knows no Chinese."""
    documents = folder(tmp_path / "in")
    (documents / "empty.txt").write_bytes(b"")
    finished = subprocess.run(
        [
            sys.executable,
            "-m",
            "etl",
            "run",
            "--documents",
            documents,
            "--output",
            tmp_path / "out",
        ],
        cwd=store.ROOT,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert finished.returncode == 1, finished.stderr.decode("utf-8", "replace")
    assert "鹤壁市人大2023年" in finished.stdout.decode("utf-8")
    assert finished.stderr == b""
