"""演示: the slides of the selection, prepared at the desk and shown full screen."""

from collections import Counter
from dataclasses import dataclass

import streamlit as st

from app import download, filters, view
from app.context import Context
from app.exports.names import file_name
from app.pages import parts
from app.present.screen import for_screen
from app.slides import Pick, Plan, Slide, asked, deck
from app.slides import plan as plans
from app.text import Text

_SHOWING = "_showing"
_PROBLEM = "_plan_problem"


@dataclass(frozen=True, slots=True)
class _Deck:
    """All slides of a selection."""

    slides: tuple[Slide, ...]

    @property
    def nbytes(self) -> int:
        """How much memory they take at most; a slide of 300 areas has some thousand cells."""
        return 100_000 * len(self.slides)


def show(context: Context) -> None:
    """Draw the page: the desk, or the slides over everything."""
    chosen, words = context.selection, context.words
    slides = context.remembered(
        "deck", lambda: _Deck(deck(context.table, context.library, chosen, words)),
        context.choices, context.library,
    ).slides  # fmt: skip
    if not slides:
        st.title(words("present.heading"), anchor=False)
        parts.show_nothing_chosen(context)
        return
    plan = plans.parse(chosen.slides)
    picked = plan.apply(slides)
    if st.session_state.get(_SHOWING) and picked:
        dark = context.palette.dark or bool(st.session_state.get("w_dark"))
        view.slides(for_screen(picked, context.table, words, dark), _leave)
        return
    _desk(context, slides, plan, picked)


def _leave() -> None:
    st.session_state[_SHOWING] = False


def _start() -> None:
    st.session_state[_SHOWING] = True


def _desk(
    context: Context, slides: tuple[Slide, ...], plan: Plan, picked: tuple[Slide, ...]
) -> None:
    words = context.words
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width="stretch", gap="xsmall", key="heading"):
            st.title(words("present.heading"), anchor=False)
            st.caption(words("present.intro", count=len(picked)))
        st.toggle(words("present.dark_screen"), key="w_dark", persist_state="session")
        download.button(context, asked(context.table, context.selection), "present")
        st.button(
            words("present.start"), on_click=_start, type="primary", disabled=not picked,
            key="start_show", help=words("present.start_help"),
        )  # fmt: skip
    if unknown := plan.unknown(slides):
        ids = words("list.comma").join(unknown)[:200]
        st.text("⚠ " + words("present.gone", count=len(unknown), ids=ids))
    if not picked:
        st.info(words("present.nothing"))
    st.header(words("present.slides"), anchor=False)
    st.caption(words("present.slides_note"))
    _list(context, slides, plan)
    _file(context, plan)


def _whole(slides: tuple[Slide, ...], plan: Plan) -> Plan:
    """The plan with its slides written out."""
    return plan if plan.picks else Plan(tuple(Pick(slide.id) for slide in slides))


def _set(plan: Plan) -> None:
    filters.change(slides=plans.write(plan))


def _list(context: Context, slides: tuple[Slide, ...], plan: Plan) -> None:
    """One row a slide: shown or not, its place, its title; the ones not shown at the end."""
    whole = _whole(slides, plan)
    by_id = {slide.id: slide for slide in slides}
    order = [pick for pick in whole.picks if pick.id in by_id]
    shown = {pick.id for pick in order}
    rest = [Pick(slide.id) for slide in slides if slide.id not in shown]
    titles = _titles(slides, context.words)
    for place, pick in enumerate([*order, *rest]):
        _row(context, by_id[pick.id], titles[pick.id], pick, order, place)


def _titles(slides: tuple[Slide, ...], words: Text) -> dict[str, str]:
    """What the list calls each slide: its headline, and which of several with the same one it is."""
    all_of = Counter(slide.headline for slide in slides)
    before: Counter[str] = Counter()
    titles = {}
    for slide in slides:
        before[slide.headline] += 1
        number, count = before[slide.headline], all_of[slide.headline]
        part = words("present.part", number=number, all=count) if count > 1 else ""
        titles[slide.id] = slide.headline + part
    return titles


def _row(
    context: Context, slide: Slide, headline: str, pick: Pick, order: list[Pick], place: int
) -> None:
    words = context.words
    planned = place < len(order)
    tick, up, down, title = st.columns([0.05, 0.05, 0.05, 0.85], vertical_alignment="center")
    box, field = f"w_show_{slide.id}", f"w_title_{slide.id}"
    filters.put(box, planned)
    filters.put(field, pick.title)

    def ticked() -> None:
        kept = [p for p in order if p.id != slide.id]
        # An empty plan means every slide: the last one can't be taken away.
        if st.session_state[box] or kept:
            _set(Plan(tuple([*kept, pick] if st.session_state[box] else kept)))

    def moved(step: int) -> None:
        new = [p for p in order if p.id != slide.id]
        new.insert(place + step, pick)
        _set(Plan(tuple(new)))

    def titled() -> None:
        new = Pick(slide.id, " ".join(st.session_state[field].split())[: plans.LONGEST_TITLE])
        _set(Plan(tuple(new if p.id == slide.id else p for p in order)))

    tick.checkbox(
        words("present.shown", title=headline), key=box, on_change=ticked,
        label_visibility="collapsed",
    )  # fmt: skip
    up.button(
        "↑", key=f"up_{slide.id}", on_click=moved, args=(-1,), type="tertiary",
        disabled=not planned or place == 0, help=words("present.up", title=""),
    )  # fmt: skip
    down.button(
        "↓", key=f"down_{slide.id}", on_click=moved, args=(1,), type="tertiary",
        disabled=not planned or place == len(order) - 1, help=words("present.down", title=""),
    )  # fmt: skip
    title.text_input(
        words("present.title_of", title=headline), key=field, on_change=titled,
        placeholder=headline, label_visibility="collapsed", disabled=not planned,
        max_chars=plans.LONGEST_TITLE,
    )  # fmt: skip


def _file(context: Context, plan: Plan) -> None:
    words = context.words
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button(
            words("present.reset"), on_click=_set, args=(Plan(),), disabled=not plan.picks,
            key="reset_plan",
        )  # fmt: skip
        st.download_button(
            words("present.save"), data=plans.to_json(plan), on_click="ignore",
            file_name=file_name([words("app.title"), words("present.plan")], "json"),
            mime="application/json", disabled=not plan.picks, key="save_plan",
        )  # fmt: skip
        key = "w_plan"

        def loaded() -> None:
            given = st.session_state[key]
            st.session_state[_PROBLEM] = ""
            if given is None:
                return
            try:
                _set(plans.from_json(given.getvalue()))
            except ValueError as error:
                st.session_state[_PROBLEM] = words(
                    "present.bad_plan", name=given.name[:60], reason=error
                )

        st.file_uploader(words("present.load"), type="json", key=key, on_change=loaded)
    if problem := st.session_state.get(_PROBLEM):
        st.text("⚠ " + problem)
