"""Scrapy's settings for a crawl plan, all that matter written down."""

from __future__ import annotations

from typing import Any

import scrapy.downloadermiddlewares.cookies as scrapy_cookies
from tldextract import TLDExtract

from scrapers.guest.pace import LEAST_DELAY_SECONDS, slot_settings
from scrapers.records import CrawlPlan

MAX_PAGE_BYTES = 8 * 1024 * 1024


def scrapy_settings(plan: CrawlPlan) -> dict[str, Any]:
    """Settings for all crawlers of one plan."""
    _keep_cookies_offline()
    return {
        "USER_AGENT": plan.user_agent,
        "ATLAS_TRUSTED_ORIGINS": list(plan.trusted_origins),
        "ROBOTSTXT_OBEY": True,
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
            "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
            "scrapers.guest.addresses.AddressGuard": 50,
            "scrapers.guest.pace.SlotMiddleware": 60,
            "scrapers.guest.robots.RobotsMiddleware": 100,
            "scrapers.guest.backoff.BackOff": 550,
        },
        "TWISTED_DNS_RESOLVER": "scrapers.guest.addresses.GuardedResolver",
        "DNS_TIMEOUT": 15,
        "CONCURRENT_REQUESTS": max(16, len(plan.sources)),
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": LEAST_DELAY_SECONDS,
        "DOWNLOAD_DELAY_JITTER": 0.0,
        "DOWNLOAD_SLOTS": slot_settings(plan),
        "DOWNLOAD_TIMEOUT": plan.timeout_seconds,
        "DOWNLOAD_MAXSIZE": MAX_PAGE_BYTES,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "REDIRECT_MAX_TIMES": 8,
        "ATLAS_BACKOFF_SECONDS": plan.backoff_seconds,
        "COOKIES_ENABLED": True,
        "RETRY_GIVE_UP_LOG_LEVEL": "INFO",
        "TELNETCONSOLE_ENABLED": False,
        "LOG_LEVEL": "WARNING",
        "LOG_VERSIONS": [],
    }


def _keep_cookies_offline() -> None:
    # Scrapy's cookie middleware asks the internet for the list of public suffixes when it sees the
    # first cookie; the list that ships with tldextract is good enough and needs no request.
    scrapy_cookies._split_domain = TLDExtract(suffix_list_urls=(), include_psl_private_domains=True)
