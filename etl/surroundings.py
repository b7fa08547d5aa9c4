"""What a web page puts around a report, and what is none of it: menus, the path to the page, links to others.

Their words would pass for headings (通知公告 for a notice's, 2016年工作报告 for the report's own year), so
their lines are left out before the page is put together. The words are in data/catalogue/layout.toml.
"""

from collections.abc import Sequence

from etl.lines import LayoutRules, Line

_LONGEST_ENTRY = 8
_SHORTEST_MENU = 4
_FEWEST_MENU_WORDS = 2
# A line of a paragraph: what leads elsewhere at the end of a page has none behind it.
_PARAGRAPH = 60


def without(lines: Sequence[Line], rules: LayoutRules) -> list[Line]:
    """The lines that belong to the report itself, in order."""
    out = _in_menus(lines, rules) | _behind(lines, rules)
    return [
        line
        for i, line in enumerate(lines)
        if i not in out and not (len(line.text) <= 120 and rules.path.match(line.text))
    ]


def _in_menus(lines: Sequence[Line], rules: LayoutRules) -> set[int]:
    """The lines of runs of short words some of which only menus have: 网站首页, 新闻中心, 通知公告."""
    found: set[int] = set()
    run: list[int] = []
    for i in range(len(lines) + 1):
        if i < len(lines) and _may_be_entry(lines[i].text, rules):
            run.append(i)
            continue
        # The last of them may be the title of what follows.
        while run and rules.title.search(lines[run[-1]].text):
            run.pop()
        if len(run) >= _SHORTEST_MENU:
            words = sum(rules.menu.search(lines[k].text) is not None for k in run)
            found |= set(run) if words >= _FEWEST_MENU_WORDS else set()
        run = []
    return found


def _may_be_entry(text: str, rules: LayoutRules) -> bool:
    """Whether a line can be one of a menu: a short word, and no newspaper's name, which belongs to the report."""
    return len(text) <= _LONGEST_ENTRY and text.isalpha() and not rules.masthead.search(text)


def _behind(lines: Sequence[Line], rules: LayoutRules) -> set[int]:
    """The lines from the last paragraph on that begin with one that leads elsewhere: 上一篇, 相关链接, 版权所有."""
    last = max((i for i, line in enumerate(lines) if _is_text(line)), default=-1)
    for i in range(last + 1, len(lines)):
        if len(lines[i].text) <= 120 and rules.leads_elsewhere.match(lines[i].text):
            return set(range(i, len(lines)))
    return set()


def _is_text(line: Line) -> bool:
    return "。" in line.text or len(line.text) > _PARAGRAPH
