"""`python -m tests.bench pages|crawl`: measures, prints, and fails below the bar."""

from __future__ import annotations

import argparse
import sys

from tests.bench.crawl_speed import measure_crawl
from tests.bench.page_speed import measure_pages


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("what", choices=("pages", "crawl"))
    what = parser.parse_args().what
    return measure_pages() if what == "pages" else measure_crawl()


if __name__ == "__main__":
    sys.exit(main())
