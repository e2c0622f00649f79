"""Starts the dashboard as a process of its own and ends it again."""

from __future__ import annotations

import errno
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from pipeline.sample import stop_process

START_SECONDS = 60


class PortTaken(Exception):
    """The dashboard cannot listen at this address; the message names the way out."""


class DashboardError(Exception):
    """The dashboard did not start."""


def require_free_port(host: str, port: int) -> None:
    """Raises PortTaken."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise PortTaken(
                f"{host!r} is no address of this computer ({error.strerror}); leave --host out, "
                "or name 0.0.0.0 for all its addresses"
            ) from None
        other = port + 1 if 1024 <= port < 65535 else 8501
        way_out = f"make run PORT={other} or atlas serve --port {other}"
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(
                f"port {port} on {host} is taken by another program; end that program or choose "
                f"another port: {way_out}"
            ) from None
        raise PortTaken(
            f"port {port} on {host} cannot be used ({error.strerror}); choose another port: "
            f"{way_out}"
        ) from None


@contextmanager
def running_dashboard(host: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The dashboard, listening when the block begins and ended when it ends."""
    command = [sys.executable, "-m", "dashboard", "--host", host, "--port", str(port)]
    command += ["--parent-pid", str(os.getpid())]
    process = subprocess.Popen(command)
    try:
        _wait_until_listening(process, host, port)
        yield process
    finally:
        stop_process(process)


def _wait_until_listening(process: subprocess.Popen[bytes], host: str, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), socket.create_connection((host, port), timeout=1):
            return
        time.sleep(0.1)
    raise DashboardError("the dashboard did not start; its own messages above say why")


def end_on_signals() -> None:
    """Makes SIGTERM end this program the way Ctrl+C does, so that its children are ended too.

    SIGINT is set as well: a program started in the background of a script inherits it ignored.
    """

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGINT, interrupt)
    if _is_in_front_of_terminal() and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        threading.Thread(target=_end_with_terminal, daemon=True).start()


def _is_in_front_of_terminal() -> bool:
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return False


def _end_with_terminal() -> None:
    """A shell tells its jobs that their terminal was closed. Where there is no shell in between
    (`ssh -t host make run`), only make is told, and make waits for this program."""
    terminal = select.poll()
    terminal.register(0, 0)
    if any(event & select.POLLHUP for _, event in terminal.poll()):
        os.kill(os.getpid(), signal.SIGTERM)
