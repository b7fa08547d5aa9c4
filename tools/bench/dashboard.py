"""The dashboard against an empty Streamlit app: script time, bytes to the browser, time in Chromium.

With the five reports and with a made-up table of a million figures. Script time is that of a run
under Streamlit's AppTest, which sends nothing: `first` of a selection (areas and indicator)
that nobody chose before, `again` of one that was seen, while other selections were on show between.
In Chromium (Debian's; $CHROMIUM names another one) a click counts until the script has finished and
the browser has drawn, and every byte of the web socket counts.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

from etl import pipeline
from tests.app import synthetic
from tools.bench.report import Row
from tools.picture import CHROMIUM, ROOT, SIZE, copy_sources, serving

# 1000 areas × 25 years × the catalogue's indicators by body, two thirds of them reported.
AREAS, YEARS = 1000, 25
ROUNDS = 15
MOST_SCRIPT = 3.0
MOST_KILOBYTES = 300
_PAGES = ("", "compare", "multiples", "coverage", "data")

_EMPTY = "import streamlit as st\nst.button('again', key='again')\n"


class Times(NamedTuple):
    """Script times of a page, in seconds: as tools.bench.reruns measures them."""

    first: float
    again: float
    opened: float


class Taken(NamedTuple):
    """What one step in the browser took."""

    seconds: float
    kilobytes: float


def rows() -> Iterator[Row]:
    """All lines, one by one as they are measured."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        empty = scratch / "empty.py"
        empty.write_text(_EMPTY, encoding="utf-8")
        few, many = scratch / "few", scratch / "many"
        few.mkdir()
        copy_sources(few)
        pipeline.build(few / "documents", few, catalogue=few / "catalogue")
        synthetic.build(many, AREAS, YEARS, with_documents=False)
        yield from script_times(empty, few, many)
        if CHROMIUM:
            yield from in_chromium(empty, few, many)
        else:
            yield Row("in Chromium", None, None, "no chromium; install it or set $CHROMIUM")


def script_times(empty: Path, few: Path, many: Path) -> Iterator[Row]:
    """Runs of each page with the five reports over one of the empty app, with a million over five."""
    nothing = _times(empty, few, "").again
    for page in _PAGES:
        small, large = (_times(ROOT / "dashboard.py", folder, page) for folder in (few, many))
        for kind in ("first", "again"):
            of_few, of_many = getattr(small, kind), getattr(large, kind)
            said = f"{page or 'overview'}: script of a selection, {kind}"
            remark = f"{of_few * 1000:.1f} ms / {nothing * 1000:.1f} ms"
            yield Row(f"{said}, five / empty app", of_few / nothing, MOST_SCRIPT, remark)
            remark = f"{of_many * 1000:.1f} ms / {of_few * 1000:.1f} ms"
            yield Row(f"{said}, a million / five", of_many / of_few, MOST_SCRIPT, remark)
        if not page:
            yield Row("reading the table of a million figures, s", large.opened, None)


def _times(file: Path, folder: Path, page: str) -> Times:
    command = [sys.executable, "-m", "tools.bench.reruns", str(file), page, str(ROUNDS)]
    environment = {**os.environ, "LVZHI_DATA": str(folder), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, check=True, capture_output=True, cwd=ROOT, env=environment, text=True
    )
    return Times(*map(float, done.stdout.split()))


def in_chromium(empty: Path, few: Path, many: Path) -> Iterator[Row]:
    """Opening the dashboard and a click on page, indicator and city, over the empty app's."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        nothing = _visit(browser, empty.parent, empty, {"again": _click("button")})
        for kind, folder in (("five reports", few), ("a million figures", many)):
            taken = _visit(browser, folder, ROOT / "dashboard.py", _STEPS)
            for step, (seconds, kilobytes) in taken.items():
                base = nothing["open" if step == "open" else "again"]
                remark = f"{seconds * 1000:.0f} ms / {base.seconds * 1000:.0f} ms"
                said = f"Chromium, {kind}: {step}"
                yield Row(f"{said} / empty app", seconds / base.seconds, None, remark)
                most = None if step == "open" else MOST_KILOBYTES
                yield Row(f"{said}, kB to the browser", kilobytes, most)
        browser.close()


def _visit(
    browser: Any, folder: Path, script: Path, steps: dict[str, Callable[[Any], None]]
) -> dict[str, Taken]:
    """Open the app of `script` and take the steps, each twice; the quicker one counts, and its bytes."""
    taken: dict[str, Taken] = {}
    with ExitStack() as stack:
        address = stack.enter_context(serving(folder, script))
        page = browser.new_page(viewport=SIZE, locale="zh-CN")
        stack.callback(page.close)
        watch = _Watch(page)
        watch.step(lambda page: page.goto(address))  # the server reads the table
        taken["open"] = watch.step(lambda page: page.goto(address))
        for name, act in steps.items():
            taken[name] = min(watch.step(act) for _ in range(2))
    return taken


def _click(selector: str) -> Callable[[Any], None]:
    return lambda page: page.locator(selector).first.click()


def _next_page(page: Any) -> None:
    """From 总览 to 覆盖 and from there to 对比, where the other steps are taken."""
    target = "compare" if "/coverage" in page.url else "coverage"
    page.locator(f'a[href*="/{target}"]').first.click()


def _without_last_city(page: Any) -> None:
    page.locator(".st-key-w_areas input").first.press("Backspace")


_STEPS = {
    "another page": _next_page,
    "another indicator": _click(".st-key-next_indicator button"),
    "another city": _without_last_city,
}


class _Watch:
    """Counts what comes over the web sockets of a page and notes when the script has finished."""

    _CALM = 0.4

    def __init__(self, page: Any) -> None:
        self._page = page
        self._bytes = 0
        self._last = 0.0
        self._finished = 0
        page.on("websocket", lambda socket: socket.on("framereceived", self._received))

    def _received(self, payload: bytes | str) -> None:
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        data = payload if isinstance(payload, bytes) else payload.encode()
        self._bytes += len(data)
        self._last = time.perf_counter()
        message = ForwardMsg()
        message.ParseFromString(data)
        self._finished += message.WhichOneof("type") == "script_finished"

    def step(self, act: Callable[[Any], None]) -> Taken:
        """Act, and wait until the script has finished, nothing more comes and the page is drawn."""
        self._bytes = self._finished = 0
        start = time.perf_counter()
        act(self._page)
        while not self._finished or time.perf_counter() - self._last < self._CALM:
            self._page.wait_for_timeout(20)
            if time.perf_counter() - start > 120:
                raise RuntimeError(f"the script did not finish: {self._page.url}")
        drawing = time.perf_counter()
        self._page.evaluate(
            "new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
        )
        drawn = time.perf_counter() - drawing
        return Taken(self._last - start + drawn, self._bytes / 1000)
