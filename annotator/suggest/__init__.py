"""Suggestions: what a document might hold, told from word lists and from what was marked before."""
