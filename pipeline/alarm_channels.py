"""The ways on which an alarm reaches a person: mail, a webhook, or a file where neither is set."""

from __future__ import annotations

import json
import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from http.client import HTTPException
from pathlib import Path
from typing import IO, Protocol
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from pipeline.alarm_book import Message
from pipeline.night_settings import NightSettings
from scrapers.records import is_loopback
from warehouse.settings import Settings

TIMEOUT_SECONDS = 20.0
LARGEST_FILE_BYTES = 1_000_000
SENDER_NAME = "Qualifizierungsatlas NRW"


class ChannelError(Exception):
    """A message could not be sent; the message of this error says why."""


class Channel(Protocol):
    """A way to a person. `name` tells the channels apart in the book."""

    @property
    def name(self) -> str: ...

    def send(self, message: Message, now: datetime) -> None:
        """Raises ChannelError."""


def channels_of(settings: Settings, limits: NightSettings) -> list[Channel]:
    """The channels that are set; the file where there is none."""
    channels: list[Channel] = []
    if limits.smtp_host:
        channels.append(Mail(limits))
    if limits.webhook_url:
        channels.append(Webhook(limits.webhook_url))
    return channels or [AlarmFile(settings.data_dir / "alarms" / "alarms.jsonl")]


@dataclass(frozen=True)
class Mail:
    """Mail by SMTP, encrypted unless the settings say otherwise."""

    limits: NightSettings
    name: str = "mail"

    def send(self, message: Message, now: datetime) -> None:
        """Raises ChannelError."""
        mail = EmailMessage()
        mail["Subject"] = f"{SENDER_NAME}: {' '.join(message.subject.split())}"
        mail["From"] = self.limits.smtp_from
        mail["To"] = self.limits.smtp_to
        mail["Date"] = now
        mail.set_content(message.text)
        try:
            with self._connected() as server:
                if self.limits.smtp_user:
                    password = self.limits.smtp_password.get_secret_value()
                    server.login(self.limits.smtp_user, password)
                server.send_message(mail)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            where = f"{self.limits.smtp_host}:{self.limits.smtp_port}"
            raise ChannelError(f"mail by {where} could not be sent ({error})") from None

    def _connected(self) -> smtplib.SMTP:
        host, port = self.limits.smtp_host, self.limits.smtp_port
        context = ssl.create_default_context()
        if self.limits.smtp_security == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=context)
        server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
        if self.limits.smtp_security == "starttls":
            try:
                server.starttls(context=context)
            except BaseException:
                server.close()
                raise
        return server


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, req: Request, fp: IO[bytes], *rest: object) -> None:
        return None


@dataclass(frozen=True)
class Webhook:
    """A JSON object by POST: kind, keys, subject, text, at."""

    url: str
    name: str = "webhook"

    def send(self, message: Message, now: datetime) -> None:
        """Raises ChannelError."""
        handlers = [_NoRedirect(), *([ProxyHandler({})] if is_loopback(self.url) else [])]
        body = json.dumps(_as_dict(message, now), ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json"}
        request = Request(self.url, data=body, headers=headers, method="POST")
        try:
            with build_opener(*handlers).open(request, timeout=TIMEOUT_SECONDS):
                pass
        except HTTPError as error:
            error.close()
            raise ChannelError(f"the webhook answers HTTP {error.code}") from None
        except (OSError, HTTPException, ValueError) as error:
            raise ChannelError(f"the webhook could not be reached ({error})") from None


@dataclass(frozen=True)
class AlarmFile:
    """A line of JSON for each message; of the older half nothing is kept when it gets too large."""

    path: Path
    name: str = "file"

    def send(self, message: Message, now: datetime) -> None:
        """Raises ChannelError."""
        line = json.dumps(_as_dict(message, now), ensure_ascii=False)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self.path.exists() and self.path.stat().st_size > LARGEST_FILE_BYTES:
                lines = self.path.read_text(encoding="utf-8").splitlines(keepends=True)
                self.path.write_text("".join(lines[len(lines) // 2 :]), encoding="utf-8")
            with self.path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
        except OSError as error:
            raise ChannelError(f"{self.path} could not be written ({error.strerror})") from None


def _as_dict(message: Message, now: datetime) -> dict[str, str | Sequence[str]]:
    return {
        "at": now.isoformat(timespec="seconds"),
        "kind": message.kind,
        "keys": message.keys,
        "subject": message.subject,
        "text": message.text,
    }
