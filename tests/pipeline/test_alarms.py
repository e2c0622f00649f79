"""Alarms: one message per problem, one on recovery, none in between, whatever a channel does."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_string, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.alarm_book import MOST_SINGLE_MESSAGES, AlarmBook, Problem, read_book, write_book
from pipeline.alarms import alarm_state_file, raise_alarms
from pipeline.night_settings import NightSettings, load_night_settings
from pipeline.publish import publish
from tests.pipeline.landing_builder import DAY, Outcome, World
from warehouse.nights import LastNight, begin_night, note_night
from warehouse.settings import SettingsError

NOW = datetime(2026, 3, 14, 2, tzinfo=UTC)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    for name in ("ATLAS_SMTP_HOST", "ATLAS_WEBHOOK_URL"):
        monkeypatch.delenv(name, raising=False)
    return World(tmp_path)


def limits(**given: Any) -> NightSettings:
    return NightSettings(least_free_gb=0, **given)


def filed(world: World) -> list[dict[str, Any]]:
    path = world.settings.data_dir / "alarms" / "alarms.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines]


def night(world: World, day: int, adorf: Outcome | list[Any]) -> None:
    """A night with its publication."""
    world.today = DAY + timedelta(days=day)
    world.night(world.today, {"vhs-bestadt": [], "uebersicht": [], "vhs-adorf": adorf})
    world.load()
    publish(world.settings)
    note_night(world.settings, LastNight(world.settings.now(), "atlas.duckdb", (), by_guards=False))


def broken() -> Outcome:
    return Outcome("failed", "http_5xx", "http://adorf.example/ answers HTTP 500")


def test_a_failing_source_is_told_at_the_second_night_and_when_it_is_well_again(
    world: World,
) -> None:
    subjects = []
    for day, adorf in enumerate(([], broken(), broken(), broken(), [], [])):
        night(world, day, adorf)
        subjects.append(raise_alarms(world.settings, limits()).sent)
    told = "VHS Adorf (vhs-adorf) wird nicht vollständig gelesen"
    assert subjects == [(), (), (told,), (), (f"Behoben: {told}",), ()]
    begun, over = filed(world)
    assert (begun["kind"], over["kind"]) == ("problem", "recovery")
    assert begun["keys"] == over["keys"] == ["source:vhs-adorf"]
    assert "prüfen" in begun["text"]


def test_nights_that_publish_nothing_are_told_with_what_to_do(world: World) -> None:
    held = LastNight(NOW, None, ("vhs-adorf: 15 von 20 verschwunden",), by_guards=True)
    note_night(world.settings, held)
    assert len(raise_alarms(world.settings, limits()).sent) == 1
    assert raise_alarms(world.settings, limits()).sent == ()
    assert "--override-guards" in filed(world)[0]["text"]
    assert "15 von 20" in filed(world)[0]["text"]

    note_night(world.settings, LastNight(NOW, None, ("no space left",), by_guards=False))
    sent = raise_alarms(world.settings, limits()).sent
    assert [subject.startswith("Behoben") for subject in sent] == [False, True]

    begin_night(world.settings)
    sent = raise_alarms(world.settings, limits()).sent
    assert "abgebrochen" in sent[0]


def test_a_scheduler_that_was_off_is_told_although_no_night_failed(world: World) -> None:
    night(world, 0, [])
    assert raise_alarms(world.settings, limits()).sent == ()
    world.today = DAY + timedelta(days=3)
    (subject,) = raise_alarms(world.settings, limits()).sent
    assert "Stunden wurde nichts veröffentlicht" in subject
    world.today = DAY + timedelta(days=4)
    assert raise_alarms(world.settings, limits()).sent == ()

    note_night(world.settings, LastNight(world.settings.now(), None, ("x",), by_guards=False))
    sent = raise_alarms(world.settings, limits()).sent
    assert len(sent) == 2
    assert sent[1].startswith("Behoben: Seit"), "now a night did come, and failed"


def test_a_clock_that_was_set_back_and_a_full_disk_are_told(world: World) -> None:
    night(world, 5, [])
    world.today = DAY
    (subject,) = raise_alarms(world.settings, limits()).sent
    assert subject == "Die Uhr dieses Computers geht nach"
    (subject,) = raise_alarms(world.settings, NightSettings(least_free_gb=1e9)).sent
    assert subject == "Der Speicherplatz geht zu Ende"


def test_what_cannot_be_looked_at_is_not_told_to_be_over(world: World) -> None:
    for day, adorf in enumerate((broken(), broken())):
        night(world, day, adorf)
    assert len(raise_alarms(world.settings, limits()).sent) == 1
    current = (world.settings.published_dir / "CURRENT").read_text().strip()
    (world.settings.published_dir / current).write_bytes(b"broken")
    (subject,) = raise_alarms(world.settings, limits()).sent
    assert subject == "Die veröffentlichten Daten lassen sich nicht öffnen"


class SmtpServer(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP as a mail needs, and keeps the mails."""

    daemon_threads = True

    def __init__(self) -> None:
        self.mails: list[str] = []
        self.refuses = False
        super().__init__(("127.0.0.1", 0), SmtpSession)


class SmtpSession(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server = self.server
        assert isinstance(server, SmtpServer)
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            command = line[:4].upper()
            if command == "DATA":
                self.say("354 go on")
                lines = []
                while (text := self.rfile.readline().decode()) not in (".\r\n", ""):
                    lines.append(text)
                server.mails.append("".join(lines))
            if command == "RCPT" and server.refuses:
                self.say("550 nobody here")
            elif command == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def mail_settings(server: SmtpServer, **more: Any) -> NightSettings:
    return limits(
        smtp_host="127.0.0.1",
        smtp_port=server.server_address[1],
        smtp_security="none",
        smtp_from="atlas@example.org",
        smtp_to="betrieb@example.org, vertretung@example.org",
        **more,
    )


def test_mail_arrives_and_a_server_that_refuses_is_asked_again(world: World) -> None:
    note_night(world.settings, LastNight(NOW, None, ("Grüße",), by_guards=False))
    server = SmtpServer()
    with serving(server):
        server.refuses = True
        refused = raise_alarms(world.settings, mail_settings(server))
        assert (refused.sent, len(refused.failed)) == ((), 1)
        assert "nobody here" in refused.failed[0]
        assert server.mails == []
        server.refuses = False
        assert raise_alarms(world.settings, mail_settings(server)).failed == ()
        assert raise_alarms(world.settings, mail_settings(server)).sent == ()
    (text,) = server.mails
    mail = message_from_string(text, policy=policy.default)
    assert "gescheitert" in mail["Subject"]
    assert mail["To"] == "betrieb@example.org, vertretung@example.org"
    assert "Grüße" in mail.get_content()
    assert filed(world) == [], "the file is only for installations without a channel"


def test_a_server_that_is_down_never_ends_a_night(world: World) -> None:
    note_night(world.settings, LastNight(NOW, None, ("x",), by_guards=False))
    server = SmtpServer()
    server.server_close()
    told = raise_alarms(world.settings, mail_settings(server))
    assert len(told.failed) == 1
    assert read_book(alarm_state_file(world.settings)).failures == {"mail": told.failed[0]}


class Hook(BaseHTTPRequestHandler):
    received: list[tuple[str, Any]]
    status = 204

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.received.append((self.path, json.loads(body)))
        self.send_response(self.status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


def test_a_webhook_gets_json_and_is_never_followed_elsewhere(world: World) -> None:
    note_night(world.settings, LastNight(NOW, None, ("x",), by_guards=False))
    handler = type("OwnHook", (Hook,), {"received": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    with serving(server):
        set_up = limits(webhook_url=f"http://127.0.0.1:{server.server_port}/alarm")
        handler.status = 307
        (sentence,) = raise_alarms(world.settings, set_up).failed
        assert "HTTP 307" in sentence
        handler.status = 204
        assert len(raise_alarms(world.settings, set_up).sent) == 1
    assert {path for path, _ in handler.received} == {"/alarm"}
    assert handler.received[-1][1]["kind"] == "problem"


def test_two_channels_do_not_wait_for_each_other(world: World) -> None:
    note_night(world.settings, LastNight(NOW, None, ("x",), by_guards=False))
    handler = type("OwnHook", (Hook,), {"received": [], "status": 500})
    hook, mail = ThreadingHTTPServer(("127.0.0.1", 0), handler), SmtpServer()
    with serving(hook), serving(mail):
        both = mail_settings(mail, webhook_url=f"http://127.0.0.1:{hook.server_port}/")
        raise_alarms(world.settings, both)
        handler.status = 204
        raise_alarms(world.settings, both)
    assert (len(mail.mails), len(handler.received)) == (1, 2)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ATLAS_WEBHOOK_URL", "http://example.org/", "ATLAS_WEBHOOK_URL"),
        ("ATLAS_SMTP_HOST", "mail.example.org", "ATLAS_SMTP_FROM"),
        ("ATLAS_NIGHT_HOURS", "zwölf", "ATLAS_NIGHT_HOURS"),
        ("ATLAS_RETRIES", "-1", "ATLAS_RETRIES"),
    ],
)
def test_a_wrong_setting_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=words):
        load_night_settings()


def test_a_damaged_book_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    for damaged in ("", "[]", '{"entries": {"a": {"x": 1}}, "failures": {}}'):
        path.write_text(damaged)
        assert read_book(path) == AlarmBook()
    book = AlarmBook()
    book.take_in([Problem("a:b", "s", "t")], frozenset(), NOW)
    write_book(path, book)
    assert read_book(path) == book


def test_many_sources_at_once_are_one_message() -> None:
    book = AlarmBook()
    sources = [Problem(f"source:{n}", f"Quelle {n}", "x") for n in range(MOST_SINGLE_MESSAGES + 1)]
    book.take_in([*sources, Problem("disk:full", "Platz", "x")], frozenset(), NOW)
    alone, together = book.due("mail")
    assert alone.keys == ("disk:full",)
    assert len(together.keys) == len(sources)
    assert all(problem.subject in together.text for problem in sources)


states = st.sets(st.sampled_from(["night:a", "source:b", "stale:c"]))


@given(st.lists(st.tuples(states, st.sets(st.sampled_from(["mail", "hook"]))), max_size=12))
def test_each_channel_hears_of_each_problem_in_turns_of_begin_and_end(
    rounds: list[tuple[set[str], set[str]]],
) -> None:
    """Whatever fails in between: what a channel hears of a problem alternates, and after a round
    in which it works it has heard how things are."""
    book = AlarmBook()
    heard: dict[tuple[str, str], list[str]] = {}
    for current, working in rounds:
        book.take_in([Problem(key, key, key) for key in sorted(current)], frozenset(), NOW)
        for channel in sorted(working):
            for message in book.due(channel):
                book.sent(channel, message)
                for key in message.keys:
                    heard.setdefault((channel, key), []).append(message.kind)
            for key in ("night:a", "source:b", "stale:c"):
                said = heard.get((channel, key), [])
                assert (said[-1:] == ["problem"]) is (key in current)
        book.forget(["mail", "hook"])
    for said in heard.values():
        assert said == ["problem", "recovery"] * (len(said) // 2) + ["problem"] * (len(said) % 2)
