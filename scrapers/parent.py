"""Ends a process whose parent is gone, so that nothing goes on that nobody awaits."""

from __future__ import annotations

import os
import threading
import time

CHECK_SECONDS = 1.0
ORPHANED_EXIT_CODE = 70


def parent_is_gone(parent_pid: int) -> bool:
    """Whether the process that was started by `parent_pid` has another parent now.

    The parent tells its own pid: asked for at the start it could already be another one.
    """
    return os.getppid() != parent_pid


def end_with_parent(parent_pid: int | None) -> None:
    """Watches from a thread. None: this process was started by hand and stays."""
    if parent_pid is None:
        return

    def watch() -> None:
        while not parent_is_gone(parent_pid):
            time.sleep(CHECK_SECONDS)
        os._exit(ORPHANED_EXIT_CODE)

    threading.Thread(target=watch, daemon=True, name="parent-watch").start()
