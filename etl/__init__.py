"""Reads yearly reports of people's congresses and CPPCC committees into one tidy table.

documents   a file            → Document (decoded text exactly as received)
layout      Document          → Page (repaired text, paragraphs, articles, map back to the document)
quantities  text              → Quantity (value, measure word, approximation, span)
periods     article, sentence → Period (years covered; actual, planned or cumulative)
places      article           → Speaker (which place's congress or committee reports)
facts       all of these      → Fact (indicator, value, quote, span, rule)
corrections Fact, a person    → Fact
table       facts             → pandas frame, preferred figures chosen, checked
store       frame             → data/facts.csv, facts.parquet, written whole or not at all
pipeline    a folder          → all of the above
"""
