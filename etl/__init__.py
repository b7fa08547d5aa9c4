"""Reads yearly reports of people's congresses and CPPCC committees into one tidy table.

documents    a file            → Document (decoded text exactly as received)
layout       Document          → Page (repaired text, blocks, articles, map back to the document)
sentences    an article        → Sentence (paragraphs and lists, each under its heading)
quantities   a sentence        → Quantity (value, measure word, approximation, span)
verdicts     a numeral         → whether it is a figure at all
readings     Quantity          → Reading (which words before and after can belong to it)
lending      Reading           → Reading (the words of earlier clauses, for one that says only how many)
binding      Reading, cues     → Binding (which indicator it counts, with the evidence)
second_look  unbound figures   → Binding (no cue fits, but the evidence, weighed, says enough:
                                 pairs, phrasing and weights tell and weigh it)
chronology   an article       → Chronology (the year it reports on, the year it speaks in;
                                 votes weighs what speaks for each year)
timeline     its sentences    → Moment (which years each speaks of, or of plans)
periods      a figure         → Period (years covered; actual, planned or cumulative)
places, homes article          → Speaker (which place's congress or committee reports)
speakers     its sentences    → Turns (who has the word in each, and from which word on)
settling     Binding, Period   → Found (the best binding of each figure, dated, with its doubt)
sums, indirect figures      → figures (sums of parts, what the text says in words only)
news         an article        → which of its figures tell of one day, not of a year
facts        all of these      → Fact (indicator, value, quote, span, rule)
corrections  Fact, a person    → Fact
table, store facts             → data/facts.csv, facts.parquet: checked, written whole or not at all
pipeline     a folder          → all of the above
"""
