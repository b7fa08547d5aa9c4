"""The dashboard's parts, in the order in which they import one another.

    text        words on screen, by key and language
    format      a figure → the words that show it (≥4,300条)
    typeset     how wide a text is and where its lines break
    memory      what was worked out before, bounded
    figures     rows of the table as records
    data        facts and reports → Table
    stored      a data folder → the same, read from its files
    states      reported, 未披露, 无文件 or 不适用
    coverage    areas × indicators × years → the states of all cells at once
    selection   what is chosen ↔ the address bar
    comparability  which figures may be compared, and what is then certain
    comparison  table, selection → the marks that a chart shows
    wording     where the sentences of a comparison differ in what they count
    ranking     one year of a comparison → the order of the areas
    peers       an area → those of its province, of its size
    area_order  the list of areas by code, name, value or population
    bands       many areas' figures → the middle and the middle half, year by year
    takeaways   the marks → sentences that are true
    theme       a fixed colour and marker for each area
    markup      a tree of elements in which text stays text
    controls    lists and buttons to choose from, as elements
    evidence    a figure → the sentence that states it, with its source
    opening     the overview's answer: what compares, what stands out, what is missing
    reader      a document → its text with the figures marked
    tables/     overview, coverage and comparison as element trees
    charts/     marks → drawing for Plotly: one module a kind
    scene       a comparison within a selection → all that its chart shows, for files and slides
    slides/     table, selection → what a deck says, slide by slide
    present/    slides on a screen, on the page and in a file of their own
    exports/    what is shown → files: one module a format
    guide       how to read the pages, as an element tree
    view        streamlit component that shows a tree and reports clicks
    loading     the table in memory, built anew when it is stale
    session     what a session has chosen, and its address
    filters     the shared widgets
    download    the panel that offers the files
    pages/      one thin module a page

Only view, loading, session, filters, download and pages import streamlit. Only loading writes to data/, through etl.
"""
