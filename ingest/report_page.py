"""The report of a run as files: JSON for programs, one HTML page for people, one row a source."""

from __future__ import annotations

import json
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from corpus.errors import InvalidInput
from ingest.report import IngestReport


def write_report(report: IngestReport, to: Path) -> tuple[Path, Path]:
    """Write `to` with the endings .json and .html; returns both. Raises InvalidInput where they cannot be written."""
    base = to.with_suffix("") if to.suffix in (".json", ".html") else to
    paths = (base.with_name(f"{base.name}.json"), base.with_name(f"{base.name}.html"))
    values = report.to_json()
    try:
        base.parent.mkdir(parents=True, exist_ok=True)
        paths[0].write_text(json.dumps(values, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8")
        paths[1].write_text(_page(values), encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"--report {str(to)!r} cannot be written ({error.strerror}); give another place.") from None
    return paths


def _page(values: dict[str, object]) -> str:
    environment = Environment(
        loader=PackageLoader("ingest"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("report.html").render(values)
