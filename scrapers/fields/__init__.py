"""German text to values: pure functions. No HTML, no network, no clock."""
