"""`python -m tests.bench [pages|crawl|warehouse|dashboard]`: measures and prints figures.

Without a name all are measured.

The exit code is 1 where a figure misses its target, so that a script can tell.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from tests.bench.crawl_speed import measure_crawl
from tests.bench.dashboard import measure_dashboard
from tests.bench.page_speed import measure_pages
from tests.bench.warehouse import measure_warehouse

MEASUREMENTS: dict[str, Callable[[], int]] = {
    "pages": measure_pages,
    "crawl": measure_crawl,
    "warehouse": measure_warehouse,
    "dashboard": measure_dashboard,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=tuple(MEASUREMENTS))
    what = parser.parse_args().what
    chosen = [MEASUREMENTS[what]] if what else list(MEASUREMENTS.values())
    return max(measure() for measure in chosen)


if __name__ == "__main__":
    sys.exit(main())
