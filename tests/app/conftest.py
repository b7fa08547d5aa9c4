"""The fixture's table, once for all tests of the app."""

from pathlib import Path
from typing import Any

import pytest

from app import sources, stored
from app.data import Table
from app.sources import Library
from app.text import Text, text
from etl import catalogue
from tests import specs
from tests.app import fixture


def spec(name: str, group: str) -> list[dict[str, Any]]:
    """The cases of one group of tests/specs/app_<name>.toml."""
    cases: list[dict[str, Any]] = specs.read(f"app_{name}")[group]
    return cases


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fixture.build(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def table(data_folder: Path) -> Table:
    return stored.read(data_folder, catalogue.load(data_folder / "catalogue").indicators)


@pytest.fixture(scope="session")
def library(data_folder: Path) -> Library:
    return sources.library(data_folder / "documents")


@pytest.fixture
def words() -> Text:
    return text("zh")
