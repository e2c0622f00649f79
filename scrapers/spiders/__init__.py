"""One spider per kind of source. They know the way to the pages, not what stands on them."""
