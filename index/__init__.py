"""What makes the corpus searchable, all of it derived and disposable.

In come passages of the store; out go embeddings, a FAISS index and a full-text index. Next: `search` asks them.
"""
