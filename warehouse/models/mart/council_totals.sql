-- The number to count with is the newest one that its row calls the decisive one.
SELECT
    *,
    row_number() OVER (
        ORDER BY contains(lower(meaning), 'maßgeblich') DESC, as_of DESC, source_url
    ) = 1 AS is_denominator
FROM staging.council_totals
ORDER BY as_of, source_url
