"""The doctor: what is wrong with a project file, all of it, and a repaired copy of what is right.

How to think about it: a *source* gives the rows of a file, by SQL where SQLite can read it and page
by page where it cannot. Checks read rows and yield an *ailment* for each thing that is not as it
was stored; none of them ends at the first. A repair reads the same rows, keeps what is sound,
takes from the journal what is not, and writes a new file that the checks must find clean.
"""
