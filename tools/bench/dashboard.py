"""The dashboard against an empty Streamlit app: script time, bytes to the browser, time in Chromium.

With the five reports and with a made-up table of a million figures. Script time is that of a run
under Streamlit's AppTest, which sends nothing (tools.bench.reruns): of a `change` of areas or indicator
in the sidebar and of the `whole` page by its link; `first` with choices that nobody made before,
`again` with those that were seen, while others were on show between. What Streamlit itself takes for
the same elements with nothing in them stands beside it.
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
from tools.bench import reruns
from tools.bench.report import Row
from tools.picture import CHROMIUM, ROOT, SIZE, copy_sources, serving

# 1000 areas × 25 years × the catalogue's indicators by body, two thirds of them reported.
AREAS, YEARS = 1000, 25
ROUNDS = 15
MOST_SCRIPT = 3.0
MOST_KILOBYTES = 300
_PAGES = ("", "compare", "multiples", "coverage", "data")


class Taken(NamedTuple):
    """What one step in the browser took."""

    seconds: float
    kilobytes: float


def rows() -> Iterator[Row]:
    """All lines, one by one as they are measured."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        empty = scratch / "empty.py"
        empty.write_text(reruns.EMPTY, encoding="utf-8")
        few, many = scratch / "few", scratch / "many"
        few.mkdir()
        copy_sources(few)
        pipeline.build(few / "documents", few, catalogue=few / "catalogue")
        synthetic.build(many, AREAS, YEARS, with_documents=False)
        yield from script_times(few, many)
        if CHROMIUM:
            yield from in_chromium(empty, few, many)
        else:
            yield Row("in Chromium", None, None, "no chromium; install it or set $CHROMIUM")


def script_times(few: Path, many: Path) -> Iterator[Row]:
    """Runs of each page with the five reports over one of the empty app, with a million over five."""
    for page in _PAGES:
        small, large = _times(few, page), _times(many, page)
        for kind in ("change", "whole"):
            of_few, of_many = getattr(small, kind), getattr(large, kind)
            said = f"{page or 'overview'}: script, {kind}"
            for which in ("first", "again"):
                five, million = getattr(of_few, which), getattr(of_many, which)
                remark = f"{five * 1000:.1f} ms / {small.empty * 1000:.1f} ms"
                row = f"{said}, {which}, five / empty app"
                yield Row(row, five / small.empty, MOST_SCRIPT, remark)
                remark = f"{million * 1000:.1f} ms / {five * 1000:.1f} ms"
                row = f"{said}, {which}, a million / five"
                yield Row(row, million / five, MOST_SCRIPT, remark)
            elements = of_few.elements / small.empty
            remark = f"{of_few.elements * 1000:.1f} ms / {small.empty * 1000:.1f} ms"
            yield Row(f"{said}, bare elements / empty app", elements, None, remark)
            yield Row(f"{said}, again, five / bare elements", of_few.again / of_few.elements)
        if not page:
            yield Row("reading the table of a million figures, s", large.opened, None)


def _times(folder: Path, page: str) -> reruns.Times:
    command = [sys.executable, "-m", "tools.bench.reruns", page, str(ROUNDS)]
    environment = {**os.environ, "LVZHI_DATA": str(folder), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, check=True, capture_output=True, cwd=ROOT, env=environment, text=True
    )
    return reruns.Times.read(done.stdout.splitlines()[-1])


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
    "another indicator": _click(".steps button:last-child"),
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
