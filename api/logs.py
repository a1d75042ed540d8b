"""How events are written: a line each, to standard error, as text or JSON."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterator
from typing import TYPE_CHECKING

import structlog

from corpus.settings import Settings

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor, WrappedLogger


def configure(settings: Settings) -> None:
    """From here on, all loggers write events so; those of libraries only what is wrong."""
    before: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
    ]
    render: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_format == "json"
        else structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"])
    )
    trace = structlog.processors.format_exc_info if settings.log_queries else _where
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, trace, render],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("learncities").setLevel(logging.INFO)
    # It quotes what assistants ask.
    logging.getLogger("mcp").setLevel(logging.CRITICAL)


def _where(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """The kinds of errors and the lines they came from; not their messages, which may quote what somebody asked."""
    del logger, method
    info = event.pop("exc_info", None)
    if info:
        event["exception"] = "".join(_frames(info[1]))
    return event


def _frames(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        yield f"{type(error).__name__}\n"
        yield from traceback.format_tb(error.__traceback__)
        error = error.__cause__ or error.__context__
