"""The settings of one installation, from `learncities.toml`, `LEARNCITIES_*` variables and flags (flags win)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from corpus.errors import InvalidInput


class Settings(BaseSettings):
    """All settings, frozen; built only in the three `cli.py` and in `create_app`."""

    model_config = SettingsConfigDict(
        env_prefix="LEARNCITIES_", toml_file="learncities.toml", frozen=True, extra="forbid"
    )

    data: Path = Field(default=Path("data"), description="folder of the knowledge base and its snapshots")
    model: str = Field(default="bundled", description="a sentence-transformers name or path; `bundled` works offline")
    precision: Literal["auto", "float32", "bfloat16"] = Field(
        default="auto", description="how passages are encoded; `auto` is bfloat16 where the processor has it"
    )
    ocr: str = Field(
        default="eng",
        pattern=r"^(|off|\w+(\+\w+)*)$",
        description="tesseract's languages for pages that are images, such as `eng+fra`; `off` leaves them unread",
    )
    keep_snapshots: int = Field(default=3, ge=1, description="how many published snapshots stay")
    fetch_delay: float = Field(default=1.0, ge=0, le=60, description="seconds between two requests to one host")
    fetch_private_addresses: bool = Field(
        default=False, description="whether pages of this machine and of private networks may be fetched"
    )
    log_empty_searches: bool = Field(
        default=False, description="count questions that find nothing, by day, for the overview; off stores no question"
    )
    keep_empty_searches_days: int = Field(default=90, ge=1, le=3650, description="days that those counts are kept")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    origins: str = Field(
        default="*", description="websites whose scripts may read the API, comma-separated; `*` is any"
    )
    trusted_proxies: str = Field(
        default="",
        description="addresses or networks of our own proxies, comma-separated: their X-Forwarded-For counts",
    )
    rate_limit: str = Field(
        default="600/minute",
        pattern=r"^(off|[1-9]\d{0,6}/(second|minute|hour|day))$",
        description="requests of one client, as `600/minute`; `off` counts nobody",
    )
    concurrency: int = Field(default=4, ge=1, le=64, description="requests that are worked on at once")
    queue: int = Field(default=100, ge=0, le=10_000, description="requests that may wait; beyond, 503 is answered")
    timeout: float = Field(default=10, gt=0, le=600, description="seconds a request may wait and work together")
    cache_seconds: int = Field(default=60, ge=0, description="how long an answer of the API may be kept unasked")
    metrics_host: str = "127.0.0.1"
    metrics_port: int | None = Field(
        default=None, ge=1, le=65535, description="port of the metrics; none is served else"
    )
    log_format: Literal["text", "json"] = Field(default="text", description="how the server writes its events")
    log_queries: bool = Field(default=False, description="write the address of each request, with the question in it")
    log_addresses: bool = Field(default=False, description="write who asked")
    mcp: bool = Field(default=False, description="answer assistants at /mcp")
    mcp_hosts: str = Field(
        default="", description="host names, with their port, that /mcp is reached by, comma-separated, beside our own"
    )
    public_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s/?#]+[^\s?#]*)?$",
        description="address that visitors know this site by, such as https://centre.example",
    )
    operator: str = Field(default="", description="who runs this resource centre, shown in every footer")
    contact: str = Field(default="", description="address or page for questions and corrections, shown in every footer")
    disclaimer: str = Field(
        default="Summaries are prepared from extracts of the pages listed; check the source before you rely on it. "
        "Not affiliated with or endorsed by the United Nations or UNESCO.",
        description="shown in every footer",
    )
    frame_ancestors: str = Field(
        default="",
        # A source list of CSP; anything else would be another directive.
        pattern=r"^\s*((https?://)?[\w.*:-]+(\s+(https?://)?[\w.*:-]+)*)?\s*$",
        description="websites that may show /embed in a frame, such as `https://www.example.org`; empty means none",
    )

    @property
    def base_url(self) -> str:
        """Where this site is reached from outside, without a slash at the end."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def own_disclaimer(self) -> str:
        """The operator's own disclaimer; empty where the one that comes with the house is in force."""
        return "" if self.disclaimer == type(self).model_fields["disclaimer"].default else self.disclaimer

    @property
    def ocr_languages(self) -> str | None:
        """The languages that images are read in; None where they are not read."""
        return None if self.ocr in ("", "off") else self.ocr

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags before variables before the file."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**flags: object) -> Settings:
    """The settings in force; a flag that is None counts as not given. Raises InvalidInput naming the bad one."""
    given = {name: value for name, value in flags.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic checks each value
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(f"learncities.toml is not a TOML file ({error}).") from None
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise InvalidInput(f"Setting {name} = {first['input']!r}: {first['msg']}.") from None
