"""The write side: a source becomes passages.

In come files and folders; out go Documents cut into Passages, embedded and stored in one transaction each,
and a published snapshot. Next: `corpus` keeps them, `index` makes them searchable.
"""
