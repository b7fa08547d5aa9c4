"""Words: the same as jieba sees, whatever the text."""

from hypothesis import given
from hypothesis import strategies as st

from etl import documents, store
from etl.words import RUN, Segmenter
from tests.samples import rules


def _words(segmenter: Segmenter, run: str) -> list[str]:
    words: list[str] = []
    for start, end, unknown in segmenter.pieces(run):
        part = run[start:end]
        words += [part[a:b] for a, b in segmenter.recognised(part)] if unknown else [part]
    return words


def test_words_are_those_of_jieba() -> None:
    segmenter = rules().segmenter
    for path in documents.paths(store.DOCUMENTS):
        text = "".join(documents.read(path).text.split())
        for run in set(RUN.findall(text)):
            assert _words(segmenter, run) == segmenter.tokenizer.lcut(run)


@given(
    st.text(alphabet="市人大常委会议案建代表督办理龘犇abc12.%的一了郑州", min_size=1, max_size=30)
)
def test_words_of_any_run_are_those_of_jieba(run: str) -> None:
    segmenter = rules().segmenter
    assert _words(segmenter, run) == segmenter.tokenizer.lcut(run)
