"""Parsers: the bytes of one file become a Document with Sections.

In come bytes and a name; out goes a `corpus.models.Document`, or an error that says why not. Next: `ingest.chunk`.
"""
