"""The shelf: a table is read once for all sessions, and anew as soon as its files are others."""

import os
import shutil

import pytest

from app import loading, stored
from app.text import LANGUAGES, text


@pytest.fixture
def where(data_folder, tmp_path):
    return loading.Folders(shutil.copytree(data_folder, tmp_path / "data"))


def at_once(shelf, where):
    """What the shelf reads when it looks at the files now."""
    shelf.stamped = float("-inf")
    return shelf.read(where, shelf.look(where), "documents")


def test_a_table_is_read_once(where):
    shelf = loading.Shelf()
    first, second = at_once(shelf, where), at_once(shelf, where)
    assert first[0] is second[0] and first[1] is second[1]


def test_a_table_built_anew_is_read_and_remembers_nothing_of_the_old_one(where):
    shelf = loading.Shelf()
    old, library = at_once(shelf, where)
    old.memory.of("key", lambda: "old")
    file = where.root / stored.REPORTS
    os.utime(file, (1, 1))
    new, same = at_once(shelf, where)
    assert new is not old
    assert new.memory.of("key", lambda: "new") == "new"
    assert same is library


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_how_much_is_read(where, table, language):
    assert f"{len(table.facts):,}" in loading._reading(where, text(language))


def test_a_table_that_is_not_there_has_no_number(tmp_path):
    said = loading._reading(loading.Folders(tmp_path), text("zh"))
    assert said == text("zh")("build.start")
