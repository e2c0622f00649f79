"""How long a night may take, how often it tries, what it keeps and whom it tells.

All from environment variables that begin with ATLAS_; docs/operations.md lists them.
"""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from scrapers.records import is_loopback
from warehouse.settings import SettingsError

RETRY_PAUSE_SECONDS = 600.0
LOOPBACK_RETRY_PAUSE_SECONDS = 0.2


class NightSettings(BaseSettings):
    """Each field is the environment variable ATLAS_<FIELD>.

    `retries`: further visits to a source that failed for a passing reason; the first of them comes
    `retry_pause_seconds` after the failed one, each later one three times as long after the one
    before. Unset, the pause is ten minutes, and a moment where only this computer is read.
    `night_hours` bounds the crawl. `keep_days` bounds Dagster's runs and the log files;
    `least_free_gb` is the free space below which somebody is told.
    """

    model_config = SettingsConfigDict(env_prefix="ATLAS_", env_ignore_empty=True, extra="ignore")

    # Dagster ends a run after six hours (dagster.yaml); loading needs its part of them.
    night_hours: float = Field(default=4.0, gt=0, le=5)
    retries: int = Field(default=2, ge=0, le=5)
    retry_pause_seconds: float | None = Field(default=None, ge=0, le=7200)
    keep_days: int = Field(default=30, ge=2)
    least_free_gb: float = Field(default=1.0, ge=0)

    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_from: str = ""
    smtp_to: str = ""
    webhook_url: str = ""

    @field_validator("webhook_url")
    @classmethod
    def _is_safe(cls, url: str) -> str:
        parts = urlsplit(url)
        if not url or (parts.scheme == "https" and parts.hostname):
            return url
        if parts.scheme == "http" and is_loopback(url):
            return url
        raise ValueError("only https addresses, or http on this computer")

    @model_validator(mode="after")
    def _mail_is_whole(self) -> NightSettings:
        if self.smtp_host and not (self.smtp_from and self.smtp_to):
            raise ValueError("ATLAS_SMTP_HOST needs ATLAS_SMTP_FROM and ATLAS_SMTP_TO as well")
        if (
            self.smtp_user
            and self.smtp_security == "none"
            and not is_loopback(f"//{self.smtp_host}")
        ):
            raise ValueError("a password is only sent encrypted: set ATLAS_SMTP_SECURITY")
        return self

    def retry_pause(self, *, on_loopback: bool) -> float:
        """Seconds before a source that failed is tried again for the first time."""
        if self.retry_pause_seconds is not None:
            return self.retry_pause_seconds
        return LOOPBACK_RETRY_PAUSE_SECONDS if on_loopback else RETRY_PAUSE_SECONDS


def load_night_settings() -> NightSettings:
    """Raises SettingsError with a sentence that names the variable."""
    try:
        return NightSettings()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        words = first["msg"].removeprefix("Value error, ")
        if not first["loc"]:
            raise SettingsError(words) from None
        name = f"ATLAS_{str(first['loc'][0]).upper()}"
        shown = "" if "PASSWORD" in name else f" {first['input']!r} is refused,"
        raise SettingsError(
            f"environment variable {name}:{shown} {words[0].lower()}{words[1:]}; "
            "correct it or unset it"
        ) from None
