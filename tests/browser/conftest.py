"""A dashboard on its own port with the fixture's data, and a real Chromium to look at it.

The browser is the system's (Debian: chromium); $CHROMIUM names another one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.app import fixture, synthetic
from tools.picture import CHROMIUM, serving

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no chromium; install it or set $CHROMIUM"))


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fixture.build(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def address(data_folder: Path) -> Iterator[str]:
    with serving(data_folder) as where:
        yield where


@pytest.fixture(scope="session")
def chromium():
    with playwright.sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def large_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """300 areas, some with names of twelve characters, and fifteen years."""
    with serving(synthetic.build(tmp_path_factory.mktemp("large"), 300, 15)) as where:
        yield where


@contextmanager
def opened(chromium, address: str):
    """A page of its own at the address, on a laptop's screen."""
    context = chromium.new_context(
        viewport={"width": 1366, "height": 768},
        accept_downloads=True,
        base_url=address,
        locale="zh-CN",
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


@pytest.fixture
def page(chromium, address: str):
    with opened(chromium, address) as page:
        yield page


@pytest.fixture
def large_page(chromium, large_address: str):
    with opened(chromium, large_address) as page:
        page.set_default_timeout(60_000)
        yield page
