"""What a table remembers: one answer for all sessions, never more than its limit, nothing stale."""

from dataclasses import replace

import pytest

from app import selection, sources
from app.context import Context
from app.memory import Memory, weight
from app.text import text


def counting(answers):
    """A maker that gives the answers one after the other and can be asked for how many it gave."""
    given = []

    def make():
        given.append(answers[len(given)])
        return given[-1]

    return make, given


def test_an_answer_is_worked_out_once():
    memory = Memory(100)
    make, given = counting(["first", "second"])
    assert [memory.of("key", make), memory.of("key", make)] == ["first", "first"]
    assert given == ["first"]
    assert memory.of("other", make) == "second"


def test_what_was_not_asked_for_the_longest_goes_first():
    memory = Memory(100)
    for key in "abc":
        memory.of(key, lambda: "x" * 40)
        memory.of("a", lambda: "never")
    make, given = counting(["again"])
    assert memory.of("a", make) == "x" * 40
    assert memory.of("b", make) == "again"
    assert given == ["again"]
    assert memory.taken <= memory.limit


def test_what_is_too_large_is_given_and_not_kept():
    memory = Memory(100)
    memory.of("small", lambda: "kept")
    assert len(memory.of("large", lambda: "x" * 1000)) == 1000
    assert memory.of("small", lambda: "lost") == "kept"


def test_a_failure_is_not_remembered():
    memory = Memory(100)
    with pytest.raises(ZeroDivisionError):
        memory.of("key", lambda: 1 / 0)
    assert memory.of("key", lambda: "now") == "now"


def test_arrays_and_what_holds_them_weigh_what_they_take(table):
    assert weight(("ab", table.year_numbers)) == 2 + table.year_numbers.nbytes


@pytest.fixture
def context(table, tmp_path):
    library = sources.Library(tmp_path, {}, {}, ())
    return Context(table, library, selection.default(table), text())


@pytest.mark.parametrize("change", [{"areas": ("410400",)}, {"first": 2020}, {"last": 2030},
                                    {"body": "cppcc"}], ids=str)  # fmt: skip
def test_another_selection_is_another_answer(context, change):
    name = f"test {change}"
    other = replace(context, selection=replace(context.selection, **change))
    assert context.remembered(name, lambda: "one") == "one"
    assert other.remembered(name, lambda: "two") == "two"
    assert context.remembered(name, lambda: "three") == "one"


def test_the_figure_on_show_is_no_choice(context):
    shown = replace(context, selection=replace(context.selection, fact="f1", find="条例"))
    assert shown.choices == context.choices
