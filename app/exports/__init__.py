"""The files that leave the dashboard: one module a format, each a pure function of a Scope.

    model     Export (one file on offer), Scope (what a file is to hold)
    names     speaking file names that Windows accepts
    cells     text that no spreadsheet takes for a formula
    rows      the tidy table's rows within a selection, with what is missing
    csv       rows → CSV, long or wide
    sdmx      rows → SDMX-CSV 2.0
    fields    the columns as Table Schema
    package   rows and the documents that they cite → Data Package in a ZIP
    workbook  fonts, formats and page set-up of a workbook; xlsx_rows its sheets of many rows
    xlsx      scope → Excel workbook; xlsx_table its reading table, xlsx_charts its charts
    planned   scope → its slides as 演示 plans them
    pptx      slides → PowerPoint, with pptx_chart, pptx_table and pptx_text
    fonts     the Chinese typefaces of this machine; canvas: a sheet to draw on with them
    picture   slides → a picture that stands alone; picture_chart its chart, in picture_rows or _lines
    image     scope → PNG, SVG and PDF
    docx      scope → Word brief; docx_text its pages and type
    offline   slides → one HTML file
    steps     how far a builder has come, for whoever waits
    formats   the list of all formats: what a page offers for its Scope

A new format is a function `(Scope) -> Export | None` in a module of its own and one line in formats.py.
Nothing here imports streamlit; app/download.py draws the buttons. `make` runs in a thread of the
server after the click, never while a page is drawn.
"""
