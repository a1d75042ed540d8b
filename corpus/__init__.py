"""The truth: what the knowledge base holds, and the starter corpus it ships with.

In come Documents with their Passages (from `ingest`) and curated files (practices, cities, taxonomy); out go
rows of one SQLite store and the snapshots published from it. Next: `index` makes them searchable.
"""
