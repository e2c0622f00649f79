"""Serves the sample web until SIGTERM or SIGINT, or until the process that started it is gone."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from scrapers.parent import CHECK_SECONDS, parent_is_gone
from scrapers.sample_web import BaseRegisterError, NoFreePorts, start_sample_web

EXIT_OK, EXIT_WRONG_USE = 0, 2


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scrapers.sample_web", description=__doc__)
    parser.add_argument("--base-register", type=Path, required=True, metavar="DIR")
    parser.add_argument("--register-out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--today", type=date.fromisoformat, metavar="YYYY-MM-DD")
    parser.add_argument("--first-port", type=int, metavar="N")
    parser.add_argument("--parent-pid", type=int, metavar="PID", default=os.getppid())
    options = parser.parse_args(arguments)
    today = options.today or datetime.now(ZoneInfo("Europe/Berlin")).date()

    told_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_stop.set())
    try:
        web = start_sample_web(
            today, options.base_register, options.register_out, options.first_port
        )
    except (BaseRegisterError, NoFreePorts) as problem:
        print(problem, file=sys.stderr)
        return EXIT_WRONG_USE
    except OSError as problem:
        where = problem.filename or options.register_out
        print(
            f"{where}: the sample web's register cannot be written ({problem.strerror}); "
            "name another folder",
            file=sys.stderr,
        )
        return EXIT_WRONG_USE
    with web:
        ready = {"ready": True, "register": str(web.register_dir), "sites": web.sites}
        print(json.dumps(ready), flush=True)
        while not told_to_stop.wait(CHECK_SECONDS) and not parent_is_gone(options.parent_pid):
            pass
    return EXIT_OK


if __name__ == "__main__":
    sys.exit(main())
