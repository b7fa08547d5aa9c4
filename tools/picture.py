"""Takes docs/compare.png, the README's picture: the 对比 page with the shipped reports.

`python -m tools.picture` starts the dashboard on a free port with a copy of data/, opens the page in
Chromium (Debian's; $CHROMIUM names another one) and takes the screenshot. The words of the page are
written into the picture, and tests/browser compares them with the page as it is now.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "compare.png"
SIZE = {"width": 1366, "height": 768}
SCALE = 2
PAGE = "/compare?areas=410400.410600.410800&years=2023-2024&body=npc&indicator=appointments"
SOURCES = ("documents", "catalogue", "reference", "corrections.toml")
WORDS = "words"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
_COLOURS = 256


@contextmanager
def serving(folder: Path, script: Path = ROOT / "dashboard.py") -> Iterator[str]:
    """The dashboard, or another script, on a free port with the data of `folder`; gives its address.

    Raises RuntimeError with the server's output if it ends or does not answer.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)],
            cwd=ROOT,
            env={**os.environ, "LVZHI_DATA": str(folder)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(f"http://127.0.0.1:{port}/_stcore/health", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def _wait(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"the dashboard ended:\n{log.read_text(errors='replace')}")
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the dashboard did not answer:\n{log.read_text(errors='replace')}")


def copy_sources(folder: Path) -> Path:
    """Copy what the table is built from, so that nothing is written to data/; returns `folder`."""
    for name in SOURCES:
        source = ROOT / "data" / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        elif source.is_file():
            shutil.copy(source, folder / name)
    return folder


def open_page(browser: Any, address: str) -> Any:
    """The page of the picture, drawn to the end (a Playwright page)."""
    page = browser.new_page(
        base_url=address, viewport=SIZE, device_scale_factor=SCALE, locale="zh-CN"
    )
    page.goto(PAGE)
    page.locator(".js-plotly-plot").first.wait_for(timeout=60_000)
    page.locator(".st-key-evidence_card mark.figure").first.wait_for(timeout=60_000)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(1500)
    return page


def words_of(page: Any) -> str:
    """What the page says, white space removed: title, chart and evidence."""
    said = [page.locator("h1").inner_text()]
    said += page.locator(".js-plotly-plot text").all_text_contents()
    said.append(page.locator(".st-key-evidence_card .evidence").first.inner_text())
    return "".join("".join(said).split())


def take(browser: Any, address: str, target: Path) -> None:
    """Take the picture and write it, with its words, to `target`."""
    page = open_page(browser, address)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=target)
        about = PngInfo()
        about.add_itxt(WORDS, words_of(page))
    finally:
        page.close()
    with Image.open(target) as shot:
        small = shot.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    small.save(target, optimize=True, pnginfo=about)


def main() -> int:
    """Take the picture anew; returns the exit status."""
    from playwright.sync_api import sync_playwright

    if not CHROMIUM:
        print("没有找到Chromium，请安装，或用环境变量CHROMIUM指定", file=sys.stderr)
        return 1
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(copy_sources(Path(folder))) as address,
        sync_playwright() as tool,
    ):
        browser = tool.chromium.launch(executable_path=CHROMIUM)
        take(browser, address, PICTURE)
        browser.close()
    print(f"{PICTURE.relative_to(ROOT)}：{PICTURE.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
