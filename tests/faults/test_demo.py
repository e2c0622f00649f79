"""`atlas demo` (`make run`): one line says where to look, Ctrl+C ends everything."""

from __future__ import annotations

import json
import os
import pty
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.atlas import Atlas
from tests.faults.processes import alive, children, wait_until

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def lines_until(process: subprocess.Popen[str], wanted: str) -> list[str]:
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if wanted in line:
            return lines
    raise AssertionError(f"ended without {wanted!r}:\n{''.join(lines)}")


def press_ctrl_c(demo: subprocess.Popen[str]) -> None:
    """As a terminal does, which tells every program that runs in front of it."""
    os.killpg(demo.pid, signal.SIGINT)


@pytest.mark.parametrize("end", [press_ctrl_c, subprocess.Popen.terminate])
def test_the_demo_shows_a_night_and_ends_without_a_trace(
    tmp_path: Path, end: Callable[[subprocess.Popen[str]], None]
) -> None:
    port = free_port()
    atlas = Atlas(tmp_path / "data")
    demo = subprocess.Popen(
        atlas.command("demo", "--port", str(port)),
        env=atlas.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        lines = lines_until(demo, "dashboard:")
        assert f"http://localhost:{port}" in lines[-1]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
            assert answer.status == 200
        family = children(demo.pid)
        assert len(family) >= 2

        end(demo)
        _, complaints = demo.communicate(timeout=30)
    finally:
        demo.kill()
    assert demo.returncode == 0
    assert "Traceback" not in complaints
    wait_until(lambda: not any(alive(pid) for pid in family), seconds=15)


def test_a_taken_port_is_one_sentence_and_nothing_is_crawled(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path / "data")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        finished = atlas.run("demo", "--port", str(port))
    assert finished.code == 2
    assert len(finished.err.strip().splitlines()) == 1
    assert str(port) in finished.err
    assert f"PORT={port + 1}" in finished.err
    assert not atlas.data_dir.exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--port", "70000"), "65535"),
        (("--host", "192.0.2.1"), "'192.0.2.1' is no address of this computer"),
    ],
)
def test_an_address_that_cannot_be_is_told(
    tmp_path: Path, arguments: tuple[str, str], words: str
) -> None:
    finished = Atlas(tmp_path / "data").run("serve", *arguments)
    assert (finished.code, finished.out) == (2, "")
    assert words in finished.err
    assert "Traceback" not in finished.err


def test_of_two_nights_at_once_one_says_so_and_leaves_the_other_alone(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path / "data")
    nights = [atlas.start("run", "--json") for _ in range(2)]
    said = [night.communicate(timeout=120) for night in nights]
    assert sorted(night.returncode for night in nights) == [1, 3]
    refused, read = sorted(range(2), key=lambda index: nights[index].returncode)
    assert said[refused][0] == ""
    assert len(said[refused][1].strip().splitlines()) == 1
    assert "another night is running" in said[refused][1]
    outcome = json.loads(said[read][0])
    assert outcome["published"]
    assert len(outcome["incomplete"]) < len(outcome["sources"]) / 2


def test_a_closed_terminal_ends_what_runs_in_front_of_it(tmp_path: Path) -> None:
    """As with `ssh -t host make run`: the terminal tells only its first program, here a shell that
    waits for its child whatever happens."""
    note = tmp_path / "pid"
    waits = (
        "import os, pathlib, time; from pipeline.serving import end_on_signals; end_on_signals(); "
        f"pathlib.Path({str(note)!r}).write_text(str(os.getpid()) + chr(10)); time.sleep(60)"
    )
    leader, terminal = pty.fork()
    if leader == 0:
        shell = 'trap : HUP; "$0" -c "$1"; :'
        os.execv("/bin/sh", ["sh", "-c", shell, sys.executable, waits])
    try:
        wait_until(lambda: note.exists() and note.read_text().endswith("\n"))
        pid = int(note.read_text())
        assert alive(pid)
        os.close(terminal)
        wait_until(lambda: not alive(pid), seconds=15)
    finally:
        os.kill(leader, signal.SIGKILL)
        os.waitpid(leader, 0)
