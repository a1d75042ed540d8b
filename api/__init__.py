"""The HTTP edge: read-only JSON under /api/v1 and the search page.

In come GET requests; out go the Hits and Peers of `search`, as JSON or as pages. Next: a browser, a website, a script.
"""
