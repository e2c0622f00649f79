"""Reads the published warehouse: one module for the file, one module of queries per subject.

`published.py` chooses and opens the file and keeps results; the other modules hold SQL and plain
rows. How to add a query:

    @dataclass(frozen=True, slots=True)
    class Visit:                      # one field per selected column, in the same order
        source_id: str
        day: date

    _VISITS = "SELECT source_id, day FROM mart.source_checks WHERE day >= $since ORDER BY day"

    def visits(file: PublishedFile, since: date) -> tuple[Visit, ...]:
        return file.rows(Visit, _VISITS, since=since)

Rules: every value that is not written in our own code is a parameter (`$name`), never part of the
SQL; where the order of rows is chosen, choose among constants. Count and sum in SQL and read lists
page by page (`LIMIT $limit OFFSET $offset`): a file may hold 50,000 offers. Only a download reads
everything, with `all_rows`, which keeps nothing.
"""
