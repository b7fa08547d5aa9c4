"""The shared widgets in the sidebar, and what changes the selection.

A change draws anew only what it changes: the page, and the widgets that show what was chosen. These
are fragments of Streamlit, known by a key; everything else on the screen stays as it is.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import streamlit as st
from streamlit.errors import StreamlitAPIException

from app import area_order, controls, guide, peers, session, view
from app import format as fmt
from app.data import Table
from app.evidence import name_of
from app.markup import Node, el
from app.selection import Dropped, Selection, to_params, with_body
from app.text import LANGUAGES, Text, text

# Parts of the selection that change no list.
_SAME_LISTS = {"fact", "focus", "language", "open"}
# The fragments: the page, and those of the sidebar with the parts of the selection that they show.
PAGE, _AREAS, _YEARS, _INDICATOR = "page", "areas", "years", "indicator"
_SHOWN_IN: Mapping[str, str] = MappingProxyType(
    {"areas": _AREAS, "focus": _AREAS, "first": _YEARS, "last": _YEARS, "indicator": _INDICATOR}
)


def change(**values: object) -> None:
    """Replace parts of the selection; for callbacks, which run before the page is drawn anew.

    Where the sidebar shows one of these parts, this ends the callback to have that drawn anew, too.
    """
    _replace(values)
    if shown := {_SHOWN_IN[part] for part in values if part in _SHOWN_IN}:
        _draw(*shown, PAGE)


def _replace(values: Mapping[str, object]) -> None:
    """Replace parts of the selection; a list that may have become another one begins anew."""
    if not values.keys() <= _SAME_LISTS:
        values = {"page": "", **values}
    kept = session.kept()
    kept.selection, kept.changed = replace(kept.chosen, **values), True  # type: ignore[arg-type]


def _draw(*fragments: str) -> None:
    """End the callback and draw these fragments; none, where the page is not on the screen.

    The list of areas, too, where it has the values of what is shown.
    """
    if session.kept().order == area_order.VALUE and _AREAS not in fragments:
        fragments = (*fragments, _AREAS)
    try:
        st.rerun(fragments)
    except StreamlitAPIException:
        return


def choose_fact(key: str) -> None:
    """Make a figure, or a missing cell, the one whose evidence is on show."""
    change(fact=key)


def sidebar(table: Table, selection: Selection, words: Text) -> None:
    """The widgets. Each is set from the selection and changes it through its callback."""
    with st.sidebar:
        view.show(
            el(
                "div",
                el("strong", words("app.title")),
                el("small", words("app.subtitle")),
                cls="brand",
            ),
            "brand",
            words,
        )
        if table.bodies():
            _body(table, selection, words)
        _areas(table, words)
        _years(table, words)
        _indicator(table, words)
        view.copy_button(words)
        with st.container(horizontal=True, vertical_alignment="center", key="foot"):
            _language(selection, words)
            asked = st.button(
                words("guide.open"), key="guide", type="tertiary", shortcut=guide.SHORTCUT,
                help=words("guide.tip"),
            )  # fmt: skip
    if asked:
        _guide(words)


def _guide(words: Text) -> None:
    @st.dialog(words("guide.open"), width="medium")
    def dialog() -> None:
        view.show(guide.guide(words), "guide", words)

    dialog()


def show_dropped(table: Table, words: Text) -> None:
    """Say which parts of a link could not be used."""
    if not (dropped := session.kept().dropped):
        return
    items = [words(f"dropped.{part.key}", value=_shown(part, table, words)) for part in dropped[:8]]
    st.text(
        "⚠ " + words("dropped.heading") + "\n" + words("list.semicolon").join(items),
    )


def _shown(part: Dropped, table: Table, words: Text) -> str:
    known = table.indicators.get(part.value)
    return name_of(known, words) if known else part.value[:40]


def put(key: str, value: object) -> None:
    """Set a widget before it is drawn, in every run.

    A browser that builds the widget anew, as after a quick change of page, would otherwise start
    from the widget's default and report that as the user's choice.
    """
    st.session_state[key] = value


def _body(table: Table, selection: Selection, words: Text) -> None:
    key = "w_body"
    put(key, selection.body)

    def changed() -> None:
        kept = session.kept()
        if wanted := st.session_state[key]:
            kept.selection = with_body(kept.chosen, table, wanted)
        kept.changed = True

    st.segmented_control(
        words("filters.body"),
        table.bodies(),
        key=key,
        format_func=lambda body: words(f"body.{body}"),
        on_change=changed,
        required=True,
        width="stretch",
    )


@st.fragment(key=_AREAS)
def _areas(table: Table, words: Text) -> None:
    selection = session.kept().chosen
    key = "w_areas"
    put(key, list(selection.areas))
    order = session.kept().order
    head = table.memory.of(
        ("areas_head", selection.areas[:1], selection.focus, order, words.language),
        lambda: _areas_head(table, selection, order, words).ready,
    )
    view.show(head, "areas", words, on_pick=lambda picked: _of_areas(table, picked))
    listed = area_order.listed(table, selection, order, words)

    def name(code: str) -> str:
        area = table.areas[code]
        if area.level == "city":
            return area.label
        level = words(f"level.{area.level}")
        return words("area.with_level", area=area.label, level=level)

    in_list = {
        code: words("filters.area_beside", area=name(code), said=said)
        for code, said in listed.beside.items()
    }

    def label(code: str) -> str:
        """An area in the list has beside it what it is sorted by; a chosen one its name alone."""
        return name(code) if code in selection.areas else in_list.get(code) or name(code)

    def changed() -> None:
        # Of two that are chosen at once, the first still comes as it was called in the list.
        codes = {called: code for code, called in in_list.items()}
        picked = tuple(codes.get(each, each) for each in st.session_state[key])
        areas = tuple(code for code in table.areas if code in picked)
        same_base = areas[:1] == selection.areas[:1] and (
            not selection.focus or selection.focus in areas
        )
        if picked == areas and same_base and not in_list:
            # Drawn anew, the list and what stands above it would be the same.
            _replace({"areas": areas})
            _draw(PAGE)
        else:
            change(areas=areas)

    st.multiselect(
        words("filters.areas"),
        listed.areas,
        key=key,
        format_func=label,
        on_change=changed,
        placeholder=words("filters.areas_placeholder"),
        label_visibility="collapsed",
        select_all=False,
    )


def _areas_head(table: Table, selection: Selection, order: str, words: Text) -> Node:
    """Above the list of areas: its name and order, and what chooses areas that are alike."""
    orders = [(name, words(f"filters.order_{name}")) for name in area_order.ORDERS]
    return el(
        "div",
        el(
            "div",
            el("span", words("filters.areas")),
            controls.listed("order", words("filters.order"), orders, order, "bare"),
            cls="named",
        ),
        _peers(table, selection, words) if selection.areas else None,
        cls="areas-head",
    )


def _of_areas(table: Table, picked: str) -> None:
    """Take over what was picked above the list of areas; for callbacks."""
    if chosen := controls.taken(picked, "order"):
        session.kept().order = chosen["order"]
    elif chosen := controls.taken(picked, "peers"):
        base = _base(session.kept().chosen)
        change(areas=peers.alike(table, base)[chosen["peers"]])


def _base(selection: Selection) -> str:
    """The area whose like can be chosen: the one in focus, or the first."""
    return selection.focus or selection.areas[0]


def _peers(table: Table, selection: Selection, words: Text) -> Node:
    """Buttons that choose the areas that are like one."""
    base = _base(selection)
    said: dict[str, object] = {"area": table.areas[base].label}
    if own := table.reference.population(base):
        said |= {"year": own.year, "persons": fmt.number(own.value)}
    buttons = []
    for name, found in peers.alike(table, base).items():
        help_ = "filters.peers_help" if len(found) > 1 else "filters.peers_none"
        tip = words(f"{help_}.{name}", **said, count=len(found))
        buttons.append(
            el("button", words(f"filters.peers_{name}"), pick=f"peers:{name}", title=tip,
               disabled=None if len(found) > 1 else "")
        )  # fmt: skip
    return el("div", *buttons, cls="peers")


@st.fragment(key=_YEARS)
def _years(table: Table, words: Text) -> None:
    selection = session.kept().chosen
    years = table.years(selection.body)
    if len(years) < 2:
        if years:
            st.caption(words("filters.only_year", year=years[0]))
        return
    key = "w_years"
    put(key, (selection.first, selection.last))

    def changed() -> None:
        first, last = st.session_state[key]
        _replace({"first": first, "last": last})
        _draw(PAGE)

    # Without `value`, st.slider takes the range from session state; st.select_slider does not.
    st.slider(
        words("filters.years"),
        min_value=years[0],
        max_value=years[-1],
        key=key,
        format=words("filters.year_format"),
        on_change=changed,
    )


@st.fragment(key=_INDICATOR)
def _indicator(table: Table, words: Text) -> None:
    selection = session.kept().chosen
    key = "w_indicator"
    options = [indicator.id for indicator in table.indicators_for(selection.body)]
    if not options:
        return
    put(key, selection.indicator)
    given = {i for i in options if table.has_figures(selection.body, i)}

    def changed() -> None:
        _replace({"indicator": st.session_state[key], "fact": ""})
        _draw(PAGE)

    def label(indicator: str) -> str:
        name = name_of(table.indicators[indicator], words)
        return name if indicator in given else words("filters.no_figures", name=name)

    st.selectbox(words("filters.indicator"), options, key=key, format_func=label, on_change=changed)


def step_indicator(table: Table, selection: Selection, step: int) -> None:
    """Move to the next (1) or previous (-1) indicator that has a figure; for callbacks."""
    options = [
        i.id
        for i in table.indicators_for(selection.body)
        if table.has_figures(selection.body, i.id) or i.id == selection.indicator
    ]
    place = options.index(selection.indicator)
    change(indicator=options[(place + step) % len(options)], fact="")


def _language(selection: Selection, words: Text) -> None:
    key = "w_language"
    put(key, selection.language)

    def changed() -> None:
        _replace({"language": st.session_state[key] or LANGUAGES[0]})

    st.segmented_control(
        words("app.language"),
        LANGUAGES,
        key=key,
        format_func=lambda code: text()(f"app.language_{code}"),
        on_change=changed,
        required=True,
        label_visibility="collapsed",
    )


def params_with(selection: Selection, **values: object) -> Mapping[str, str]:
    """The address parameters of the selection with parts of it replaced."""
    return to_params(replace(selection, **values))  # type: ignore[arg-type]
