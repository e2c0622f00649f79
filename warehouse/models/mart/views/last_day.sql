-- The day after which an offer is over; NULL where no date is known. That is its end, where the page
-- names it, or its last session, where as many are known as it is said to have. Of a course with
-- more sessions than known ones nobody knows the end: sessions are usually weekly, so it is held
-- to run that many weeks from its first one, and never to end before a known one.
-- (1000 keeps a misread number of sessions from leading out of the calendar.)
CREATE OR REPLACE TEMP MACRO last_day(end_date, start_date, session_count, session_days) AS
    coalesce(
        end_date,
        CASE
            WHEN len(session_days) >= coalesce(session_count, 1)
                THEN greatest(list_max(session_days), start_date)
            ELSE greatest(
                list_max(session_days),
                coalesce(start_date, list_min(session_days))
                + 7 * (least(greatest(coalesce(session_count, 1), 1), 1000) - 1)
            )
        END
    );
