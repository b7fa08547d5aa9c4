"""Layout: repaired lines, roles of blocks, articles of a page, and the way back to the document."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import documents, facts, layout, lines, store
from etl.model import Document, Fact
from etl.page import Article, Page
from tests.samples import rules
from tests.specs import Case, cases


def _blocks(page: Page) -> list[str]:
    """Role and words of each block, with ---- between two articles."""
    shown: list[str] = []
    article = 0
    for block in page.blocks:
        if block.article != article:
            article = block.article
            shown.append("----")
        shown.append(f"{block.role} {page.text[block.start : block.end]}")
    return shown


@pytest.mark.parametrize("case", cases("layout"))
def test_blocks(case: Case) -> None:
    assert _blocks(layout.read_page(case["text"], rules().layout)) == case["blocks"]


@pytest.mark.parametrize("case", cases("layout", "fold"))
def test_fold(case: Case) -> None:
    folded = lines.fold(case["text"], rules().layout)
    assert folded == case["folded"]
    assert len(folded) == len(case["text"])


@cache
def _page(document: str) -> Page:
    return layout.read_page(documents.read(store.DOCUMENTS / document).text, rules().layout)


@pytest.mark.parametrize("case", cases("layout", "articles"))
def test_articles_of_the_five_reports(case: Case) -> None:
    page = _page(case["document"])

    def words(article: Article) -> str:
        return page.text[article.start : article.end]

    found = [article for article in page.articles if words(article).startswith(case["begins"])]
    assert len(found) == 1
    assert case.get("heading", "") in found[0].heading
    assert case.get("holds", "") in words(found[0])
    assert words(found[0]).endswith(case.get("ends", ""))


@pytest.mark.parametrize("document", [path.name for path in documents.paths(store.DOCUMENTS)])
def test_blocks_and_articles_cover_the_page(document: str) -> None:
    page = _page(document)
    ends = [0] + [block.end for block in page.blocks]
    assert [block.start for block in page.blocks] == ends[:-1]
    assert ends[-1] == len(page.text) == len(page.folded)
    assert [article.index for article in page.articles] == list(range(len(page.articles)))
    for block in page.blocks:
        article = page.articles[block.article]
        assert article.start <= block.start < block.end <= article.end


# ------------------------------------------------------------------ the way back


def _bare(text: str) -> str:
    return "".join(text.split())


INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\x00\x01\x07\x1b"
_SPACES = ["", "", "", "", " ", "\u3000", "\t", "\n", "\r\n", "\n\n", " \n \n"]
_CHARACTERS = st.text(
    alphabet="人大常委会议召开任免代表建议提案条例报告市县的和在，。；：、！？“”《》（）0123456789０１２３４５６７８９"
    "一二三百万余近件次项%％,.()",
    min_size=1,
    max_size=160,
)


@st.composite
def _wrapped(draw: st.DrawFn, text: str, narrowest: int) -> str:
    """`text` wrapped at one width, with or without blank lines between its lines."""
    width = draw(st.integers(narrowest, 40))
    separator = draw(st.sampled_from(["\n", "\r\n", "\n\n", "\n \n", "\n\n\n"]))
    lines = [
        paragraph[at : at + width]
        for paragraph in text.split("\n")
        for at in range(0, max(1, len(paragraph)), width)
    ]
    return separator.join(lines)


@st.composite
def _mangled(draw: st.DrawFn, text: str, gaps: list[str], narrowest: int = 4) -> str:
    """`text` re-wrapped or not, letter-spaced or not, and with some of `gaps` strewn in."""
    if draw(st.booleans()):
        text = draw(_wrapped(text, narrowest))
    if draw(st.booleans()):
        text = "".join(chr(ord(c) + 0xFEE0) if c in "0123456789" else c for c in text)
    if draw(st.integers(0, 3)) == 0:
        text = " ".join(text)
    for _ in range(draw(st.integers(0, 12))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(gaps)) + text[at:]
    return text


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_page_keeps_the_words_and_the_way_back(data: st.DataObject) -> None:
    text = data.draw(_CHARACTERS.flatmap(lambda words: _mangled(words, [*_SPACES, *INVISIBLE])))
    page = layout.read_page(text, rules().layout)
    visible = "".join(c for c in _bare(text) if c not in INVISIBLE)
    assert sorted(_bare(page.text)) == sorted(visible)
    assert len(page.folded) == len(page.text)
    for offset, character in enumerate(page.text):
        assert text[page.origin(offset)] == character
    if not page.text:
        return
    keep = data.draw(st.integers(0, len(page.text) - 1))
    start, end = page.contiguous(0, len(page.text), keep, keep + 1)
    assert start <= keep < end
    first = data.draw(st.integers(start, end - 1))
    last = data.draw(st.integers(first + 1, end))
    origin_start, origin_end = page.origin_span(first, last)
    assert _bare(text[origin_start:origin_end]) == _bare(page.text[first:last])


_HEADLINE = "鹤壁市人大常委会2023年工作综述\n\n"
# ▢ stands where the next test puts an invisible character: anywhere but inside a figure.
_REPORT = "\n".join(
    [
        "一年来，市人▢大常委会召开▢常委会会议8次▢、主任会议21次，▢作出决议决定12项▢。",
        "依法任免国家机关工作人员102人次，组织宪法宣誓74人次。",
        "▢听取和审议“一府两院”专项工作报▢告19项，开展执法检查6项、▢专题询问2次。",
        "制定《鹤壁市节约用水条例》，修订《鹤壁市公园管理条例》。",
        "市人大代表在大会期间▢提出建议198件，▢均已办结并答复代▢表。",
        "各级代表收集群众意见▢建议4300余条，接待群众3.6万人次，对建议办理的▢满意率达98.6%。",
        "新的征程上，市人大常委会始终坚持党的领导、人民当家作主、依法治国有机统一，",
        "紧扣中心大局，聚焦民生关切，把全过程人民民主贯穿到依法履职的各方面和全过程，",
        "以高质量履职服务高质量发展，让人民群众的获得感更加充实、更有保障、更可持续，",
        "为谱写全市现代化建设新篇章贡献智慧和力量，不断开创各项工作的新局面、新气象。",
    ]
)


@st.composite
def _mangled_reports(draw: st.DrawFn) -> str:
    text = draw(_mangled(_HEADLINE + _REPORT, _SPACES))
    for _ in range(text.count("▢")):
        text = text.replace("▢", draw(st.sampled_from(["", *INVISIBLE])), 1)
    return text


def _facts(text: str) -> list[Fact]:
    found, _ = facts.read(Document("report.txt", text, "utf-8", ""), rules())
    return found


def _meanings(found: list[Fact]) -> set[tuple[str, float]]:
    return {(fact.indicator, fact.value) for fact in found if fact.trusted}


def _assert_leads_back(fact: Fact, text: str) -> None:
    assert _bare(text[fact.start : fact.end]) == _bare(fact.sentence)
    assert _bare(text[fact.figure_start : fact.figure_end]) == _bare(fact.figure)
    assert fact.start <= fact.figure_start < fact.figure_end <= fact.end


@settings(max_examples=120, deadline=None)
@given(text=_mangled_reports())
def test_facts_of_mangled_reports_lead_back_to_their_words(text: str) -> None:
    for fact in _facts(text):
        _assert_leads_back(fact, text)


@pytest.mark.parametrize("case", cases("layout", "quotes"))
def test_quotes_lead_back_to_their_words(case: Case) -> None:
    text = _HEADLINE + case["text"]
    found = _facts(text)
    assert _meanings(found) == {(case["indicator"], float(case["value"]))}
    for fact in found:
        _assert_leads_back(fact, text)


_PARAGRAPH = _REPORT.replace("▢", "").replace("\n", "")


@settings(max_examples=80, deadline=None)
@given(places=st.lists(st.tuples(st.integers(0, len(_PARAGRAPH)), st.sampled_from(" \t\u3000"))))
def test_spaces_lose_no_fact(places: list[tuple[int, str]]) -> None:
    text = _PARAGRAPH
    for at, space in places:
        text = text[:at] + space + text[at:]
    whole = _meanings(_facts(_HEADLINE + _PARAGRAPH))
    assert len(whole) >= 12
    assert _meanings(_facts(_HEADLINE + text)) == whole


def test_wrapping_loses_no_fact() -> None:
    """At every usual width, with and without blank lines between, letter-spaced or not."""
    whole = _meanings(_facts(_HEADLINE + _PARAGRAPH))
    lost = {}
    for width in range(14, 31):
        lines = [_PARAGRAPH[at : at + width] for at in range(0, len(_PARAGRAPH), width)]
        for separator in ("\n", "\n\n"):
            for spacing in ("", " "):
                text = separator.join(spacing.join(line) for line in lines)
                found = _meanings(_facts(_HEADLINE + text))
                if found != whole:
                    lost[width, separator, spacing] = whole ^ found
    assert not lost
