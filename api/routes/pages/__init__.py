"""Pages for people, one module a page: complete without JavaScript, in six languages."""
