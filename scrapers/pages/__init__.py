"""Page objects (web-poet): they read a page that was fetched now or long ago, and fetch nothing."""
