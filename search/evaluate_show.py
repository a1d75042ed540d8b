"""Measures and comparisons as a terminal shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.console import counted, print_line, print_table
from search.compare_runs import Comparison
from search.evaluate import ENOUGH, Row
from search.scoring import MEASURES, Measure


def show_evaluation(snapshot: str, rows: Sequence[Row]) -> None:
    """The measures of each system, by language."""
    table = []
    for row in rows:
        measures = (_interval(m) for m in (row.ndcg, row.recall, row.mrr))
        claim = "" if row.questions >= ENOUGH else "too few for a claim"
        table.append((row.system, row.language, row.questions, *measures, f"{row.judged:.2f}", claim))
    print_table(("system", "language", "questions", *MEASURES, "judged@10", ""), table)
    print_line(f"Snapshot {snapshot}; 95 % bootstrap intervals. A document that nobody judged counts as no answer.")


def show_comparison(a: str, b: str, found: Comparison, texts: Mapping[str, str]) -> None:
    """The second run beside the first, and the questions on which it loses most."""
    print_line(f"a: {a}\nb: {b}\n{counted(found.questions, 'judged question')}\n")
    rows = [
        (d.measure, f"{d.a:.3f}", f"{d.b:.3f}", _interval(d.difference, "+"), f"{d.p:.4f}", d.wins, d.losses, d.ties)
        for d in found.differences
    ]
    print_table(("measure", "a", "b", "b - a", "p", "b wins", "b loses", "ties"), rows)
    print_line(
        "\nMean differences with 95 % bootstrap intervals; p by a paired randomisation test, two-sided.\n"
        f"Judged among the first ten: a {found.judged[0]:.0%}, b {found.judged[1]:.0%}."
    )
    if not found.worst:
        print_line("There is no question on which b is worse.")
        return
    print_line(f"\nWhere b loses most ({MEASURES[0]}):")
    lost = [
        (loss.question, f"{loss.a:.3f}", f"{loss.b:.3f}", texts.get(loss.question, "")[:80]) for loss in found.worst
    ]
    print_table(("question", "a", "b", ""), lost)


def _interval(measure: Measure, sign: str = "") -> str:
    return f"{measure.mean:{sign}.3f} [{measure.low:{sign}.3f}, {measure.high:{sign}.3f}]"
