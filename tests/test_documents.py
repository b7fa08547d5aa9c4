"""Documents: encodings, files that are refused, and mistakes in documents.toml."""

import hashlib
import re
from datetime import date
from pathlib import Path

import pytest

from etl import documents
from etl.errors import CatalogueError, DocumentError
from tests.specs import Case, cases


@pytest.mark.parametrize("case", cases("documents", "encodings"))
def test_encoding(case: Case) -> None:
    text = case["text"]
    data = bytearray((case.get("bom", "") + text).encode(case["codec"]))
    if "flip" in case:
        data[case["flip"]] = 0xFF
    if "cut" in case:
        del data[-case["cut"] :]
    decoded, encoding = documents.decode(bytes(data), "report.txt")
    assert encoding == case["encoding"]
    lost = case.get("lost", 0)
    assert decoded.count("\ufffd") <= lost
    if not lost:
        assert decoded == text
        return
    missing = [c for c in text if c not in decoded]
    assert len(missing) <= lost, "damage of one place may not spread"
    assert decoded[:15] == text[:15]


@pytest.mark.parametrize("case", cases("documents", "refused"))
def test_refused(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_bytes(bytes.fromhex(case["hex"]))
    with pytest.raises(DocumentError) as caught:
        documents.read(path)
    assert caught.value.name == "报告.txt"
    assert caught.value.code == case["code"]
    assert "save the report" in caught.value.problem(), "the message says what to do"
    assert re.search("请把报告.*存", caught.value.problem("zh"))
    assert "报告.txt" in str(caught.value)


def _folder(path: Path, names: list[str]) -> Path:
    for name in names:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(f"{name}：召开常委会会议8次。", encoding="utf-8")
    return path


@pytest.mark.parametrize("case", cases("documents", "register"))
def test_mistake_in_register(case: Case, tmp_path: Path) -> None:
    folder = _folder(tmp_path, case["files"])
    (folder / documents.REGISTER).write_text("\n".join(case["lines"]), encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        documents.read_register(folder)
    error = caught.value
    assert (error.file, error.entry, error.key) == ("documents.toml", case["entry"], case["key"])
    for part in ("documents.toml", case["entry"], case["key"]):
        assert part in str(error)


def test_register_describes_the_document(tmp_path: Path) -> None:
    folder = _folder(tmp_path, ["a.txt", "sub/b.txt"])
    digest = hashlib.sha256((folder / "a.txt").read_bytes()).hexdigest()
    (folder / documents.REGISTER).write_text(
        f'[[document]]\nfile = "a.txt"\ntitle = "报告"\npublisher = "日报"\npublished = 2024-02-04\n'
        f'citation = "《日报》"\nsha256 = "{digest}"\n[[document]]\nfile = "sub/b.txt"\ntitle = "另一份"\n',
        encoding="utf-8-sig",
    )
    jobs, problems = documents.inventory(folder)
    assert not problems
    first, second = (documents.read(*job) for job in jobs)
    assert (first.title, first.publisher, first.citation) == ("报告", "日报", "《日报》")
    assert (first.published, first.sha256, first.encoding) == (date(2024, 2, 4), digest, "utf-8")
    assert (second.name, second.title, second.published) == ("b.txt", "另一份", None)


def test_wrong_checksum(tmp_path: Path) -> None:
    folder = _folder(tmp_path, ["a.txt"])
    entry = documents.Entry("a.txt", sha256="0" * 64)
    with pytest.raises(DocumentError, match="sha256") as caught:
        documents.read(folder / "a.txt", entry)
    assert caught.value.name == "a.txt"
    assert "0" * 64 in caught.value.problem()
    assert "0" * 64 in caught.value.problem("zh")


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no such folder") as caught:
        documents.paths(tmp_path / "nowhere")
    assert "nowhere" in str(caught.value)
    assert "--documents" in str(caught.value)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"gone\.txt"):
        documents.read(tmp_path / "gone.txt")


def test_folder_needs_no_register(tmp_path: Path) -> None:
    assert documents.read_register(_folder(tmp_path, ["a.txt"])) == {}


def test_which_files_are_reports(tmp_path: Path) -> None:
    folder = _folder(tmp_path, ["b.txt", "a.md", "sub/c.TXT", ".hidden.txt", "table.csv", "d.docx"])
    assert [path.relative_to(folder).as_posix() for path in documents.paths(folder)] == [
        "a.md",
        "b.txt",
        "sub/c.TXT",
    ]


def test_an_entry_without_its_file_is_a_problem_of_its_own(tmp_path: Path) -> None:
    folder = _folder(tmp_path, ["a.txt"])
    (folder / documents.REGISTER).write_text('[[document]]\nfile = "c.txt"\n', encoding="utf-8")
    jobs, problems = documents.inventory(folder)
    assert [path.name for path, _ in jobs] == ["a.txt"]
    assert [problem.name for problem in problems] == ["c.txt"]
    assert documents.REGISTER in problems[0].problem()


def test_a_second_file_of_a_name_is_refused(tmp_path: Path) -> None:
    jobs, problems = documents.inventory(_folder(tmp_path, ["x/a.txt", "y/a.txt"]))
    assert [path.parent.name for path, _ in jobs] == ["x"]
    assert [problem.name for problem in problems] == ["y/a.txt"]
