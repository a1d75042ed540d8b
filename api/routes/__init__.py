"""One module of routes a subject: each translates a request into a call of `search` and its answer into a schema."""
