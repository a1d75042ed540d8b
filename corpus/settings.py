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
    operator: str = Field(default="", description="who runs this resource centre, shown in every footer")
    contact: str = Field(default="", description="address or page for questions and corrections, shown in every footer")
    disclaimer: str = Field(
        default="Summaries are prepared from extracts of the pages listed; check the source before you rely on it. "
        "Not affiliated with or endorsed by the United Nations or UNESCO.",
        description="shown in every footer",
    )

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
