"""Measures speed and memory as ratios within one run: python -m tools.bench [etl] [inputs] [dashboard]

Ratios hold on any machine, seconds do not. Every figure stands beside its target.
etl        files to table against bare jieba and against another recogniser, growth, memory, start-up
inputs     texts that no report looks like: twice the length may take twice the time
dashboard  script time, bytes and time in Chromium against an empty Streamlit app
Without a name, all three; they take some minutes each.
"""
