"""How an export is written: one file a family of formats.

In come Records, one a document in ranking order; out goes text, piece by piece. Next: a file or an HTTP answer.
"""
