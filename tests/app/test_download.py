"""The download panel while a file is made and where one could not be: steps and reasons, in words."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from app import download, selection
from app.exports import steps
from app.exports.formats import offers
from app.exports.model import Export
from app.text import text
from etl.errors import InputError
from tests.app.exports import has_chinese_font, scope_of
from tests.app.test_pages import trees

needs_font = pytest.mark.skipif(not has_chinese_font(), reason="no Chinese font on this machine")


@pytest.mark.parametrize(
    "key", ["xlsx", "pptx", "package",
            *(pytest.param(k, marks=needs_font) for k in ("docx", "pdf"))],
)  # fmt: skip
def test_builders_count_their_steps_up_to_the_last(table, library, key):
    scope = scope_of(table, selection.default(table), library,
                     indicators=("appointments", "opinions_collected"))  # fmt: skip
    (export,) = [export for export in offers(scope) if export.key == key]
    heard = []
    with steps.heard_by(lambda *step: heard.append(step)):
        export.make()
    (total,) = {total for _, total in heard}
    assert heard == [(done, total) for done in range(total + 1)] and total > 1
    export.make()
    assert len(heard) == total + 1


def test_making_leaves_its_steps_while_it_goes_on_and_the_reason_where_it_fails():
    failed, making, seen = {}, {}, []

    def make() -> bytes:
        for _ in steps.counted("ab"):
            seen.append(dict(making))
        raise InputError("no_rows")

    export = Export("xlsx", "Excel", "a.xlsx", "", make)
    with pytest.raises(InputError):
        download._reporting(export, "x", failed, making, text("zh"))()
    assert seen == [{"x": (0, 2)}, {"x": (1, 2)}] and making == {}
    assert "请放宽" in failed["x"]


def _panel() -> None:
    from app import download
    from app.exports.model import Export
    from app.text import text

    exports = [Export(key, key.upper(), key, "", bytes) for key in ("docx", "pptx")]
    download.panel(exports, text("zh"), "here")


def test_panel_says_how_far_a_file_is_and_why_there_is_none():
    app = AppTest.from_function(_panel)
    app.session_state[download._MAKING] = {"download_here_pptx": (3, 9)}
    app.session_state[download._FAILED] = {"download_here_docx": "没有字体"}
    app.run()
    assert not app.exception
    assert "已完成9步中的3步" in trees(app)
    assert [t.value for t in app.text] == ["⚠ DOCX：没有字体"]


def test_only_long_files_are_asked_how_far_they_are(table):
    chosen = selection.default(table)
    few = offers(scope_of(table, chosen, indicators=("appointments",)))
    assert not any(export.long for export in few)
    many = replace(chosen, first=chosen.last - 99)
    assert all(
        e.long
        for e in offers(scope_of(table, many, indicators=("appointments", "opinions_collected")))
    )
