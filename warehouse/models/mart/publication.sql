SELECT
    getvariable('published_at') AS published_at,
    getvariable('data_day') AS data_day,
    (SELECT arg_max(crawl_id, seq) FROM staging.crawls) AS crawl_id,
    getvariable('is_sample') AS is_sample,
    (SELECT total FROM mart.council_totals WHERE is_denominator) AS stated_council_total,
    (SELECT as_of FROM mart.council_totals WHERE is_denominator) AS stated_council_total_as_of,
    (SELECT source_url FROM mart.council_totals WHERE is_denominator)
        AS stated_council_total_source_url,
    (SELECT count(*)::INTEGER FROM mart.councils WHERE counts_as_p27 = 'yes') AS council_count,
    (SELECT count(*)::INTEGER FROM mart.councils WHERE counts_as_p27 = 'presumed')
        AS presumed_council_count,
    getvariable('software_version') AS software_version
