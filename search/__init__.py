"""The read side: a question becomes ranked, explained, cited hits, and a city becomes comparable cities.

In come a published snapshot and a question; out go Hits and Peers. Next: the CLI prints them, `api` serves them.
"""
