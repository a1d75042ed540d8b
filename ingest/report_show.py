"""The report of a run as a person reads it in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.console import print_json, print_line, print_table

if TYPE_CHECKING:
    from ingest.report import IngestReport


def print_report(report: IngestReport, as_json: bool, remarks: bool = True) -> None:
    """The report on stdout: what is worth a remark, and a table of all."""
    if as_json:
        print_json(report.to_json())
        return
    for outcome in report.outcomes:
        if outcome.note and remarks:
            print_line(f"{outcome.verdict}: {outcome.source}: {outcome.note}")
    summary = report.summary()
    rows = [("documents", shown({name: n for name, n in summary["documents"].items() if n}))]
    if report.passages:
        passages = f"{report.passages:,} ({shown(summary['passages_by_kind'])})"
        pages = f"{summary['pages']:,}, {summary['pages_without_text']:,} of them without text"
        rows += [("passages", passages), ("pages", pages if summary["pages"] else "none numbered")]
        rows += [("languages", shown(summary["languages"])), ("cities", str(summary["cities"]))]
        rows += [("embedded", f"{report.embedded:,}"), ("truncated", str(report.truncated))]
    print_table(("what", "in this run"), rows)
    if report.dry_run:
        print_line("A dry run: nothing was stored or published.")
    elif report.snapshot:
        state = "Published" if report.published else "Nothing changed; still published:"
        print_line(f"{state} snapshot {report.snapshot}, in {report.seconds:.1f} s.")


def shown(value: object) -> object:
    """Lists and counts in one line."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {count}" for key, count in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else value
