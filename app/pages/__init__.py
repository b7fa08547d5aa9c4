"""One thin module a page; each has show(context)."""
