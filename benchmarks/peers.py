"""Whether comparable cities mean anything, and what they cost: `python -m benchmarks.peers DATA`.

DATA is a data folder with a published snapshot. Four tables: does half of a city's practices say whom the other half is
like; our context distance beside z-scores and Euclid; what the weights move; and the time at 10,000 made-up cities.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.stats import rankdata

from corpus.models import City
from corpus.places import load_gazetteer
from search.engine import KnowledgeBase
from search.indicators import ContextTable, Numbers
from search.peers import Candidates, peers
from search.practice import Practices, Profile, ProfileTable, practices_of_cities, profile_of, theme_weights
from search.ranking import ranking
from search.traits import INDICATORS, PLACE, Context, comparable_unit, of_member
from search.weights import PRESETS, Weights, chosen_weights

SEED, SPLITS, PERMUTATIONS, TIMED = 7, 50, 9_999, 50


def context_of(cities: Iterable[City]) -> list[Context]:
    return [of_member(city, load_gazetteer()) for city in cities]


def floors(asked: Context, table: ContextTable, weights: Weights | None = None) -> Numbers:
    """The part of the score that context has, for every city of the table."""
    return ranking(table.compare(asked), None, replace(weights or Weights(), practice=0.0, context=1.0), 1).scores


def centred_ranks(values: Numbers) -> Numbers:
    ranks: Numbers = rankdata(values)
    return ranks - ranks.mean()


class Halves:
    """Whom each half of the practices of a city is like, and whom its context is like, over the same other cities."""

    def __init__(self, practices: Practices, prior: float) -> None:
        gazetteer = load_gazetteer()
        self.names = sorted(city for city in practices.cities if city in gazetteer.cities)
        documents = [practices.cities[name] for name in self.names]
        weights = theme_weights(practices)
        self._practices = practices
        self._table = ProfileTable([profile_of(practices, own) for own in documents], weights, prior)
        self.asking = [column for column, own in enumerate(documents) if len(own) >= 2]
        # A city that shares a document with the asking one would be found by that document alone.
        self.masks = np.array([[not set(own) & set(documents[a]) for own in documents] for a in self.asking])
        contexts = context_of(gazetteer.cities[name] for name in self.names)
        table = ContextTable(contexts)
        self.context = np.array([floors(contexts[column], table) for column in self.asking])
        self._documents = documents

    def split(self, rng: np.random.Generator) -> tuple[Numbers, Numbers]:
        """Likeness to all cities of the one half and of the other, for every asking city."""
        rows: tuple[list[Numbers], list[Numbers]] = ([], [])
        for column in self.asking:
            own = [int(document) for document in rng.permutation(self._documents[column])]
            for side, part in zip(rows, (own[: len(own) // 2], own[len(own) // 2 :]), strict=True):
                side.append(self._table.compare(profile_of(self._practices, part)).together)
        return np.array(rows[0]), np.array(rows[1])


def agreement(rows: Numbers, targets: Numbers, masks: Numbers) -> Numbers:
    """Rank correlation of each city's row with each city's target. Its own stands on the diagonal, chance beside it:
    some cities are like everybody. Ranks are over all cities, correlations over those that neither mask leaves out."""
    kept = masks.astype(float)
    x, y = (np.apply_along_axis(centred_ranks, 1, values) * kept for values in (rows, targets))
    count, sum_x, sum_y = kept @ kept.T, x @ kept.T, kept @ y.T
    apart_x = (x * x) @ kept.T - sum_x**2 / count
    apart_y = kept @ (y * y).T - sum_y**2 / count
    return (x @ y.T - sum_x * sum_y / count) / np.sqrt(apart_x * apart_y)


def own_advantage(matrix: Numbers) -> Numbers:
    """How much better each city's row agrees with its own target than with those of the others."""
    count = len(matrix)
    own = np.diag(matrix)
    return own - (matrix.sum(axis=1) - own) / (count - 1)


def p_paired(matrix: Numbers, rng: np.random.Generator) -> float:
    """How often targets dealt out at random agree as well as each city's own."""
    columns, observed = np.arange(len(matrix)), np.diag(matrix).mean()
    dealt = [matrix[columns, rng.permutation(columns)].mean() for _ in range(PERMUTATIONS)]
    return float((1 + (np.array(dealt) >= observed).sum()) / (1 + PERMUTATIONS))


def correlation(a: Numbers, b: Numbers) -> float:
    return float(np.corrcoef(centred_ranks(a), centred_ranks(b))[0, 1])


def p_sign(differences: Numbers, rng: np.random.Generator) -> float:
    """One-sided permutation test: how often random signs give a mean as large."""
    signs = rng.choice((-1.0, 1.0), size=(PERMUTATIONS, len(differences)))
    return float((1 + ((signs * differences).mean(axis=1) >= differences.mean()).sum()) / (1 + PERMUTATIONS))


def halves_meet(practices: Practices) -> None:
    """Whether the two halves of one city's practices are closer than halves of different cities."""
    rng, directions = np.random.default_rng(SEED), []
    for own in (list(documents) for documents in practices.cities.values() if len(documents) >= 2):
        mixed = [int(document) for document in rng.permutation(own)]
        parts = (mixed[: len(own) // 2], mixed[len(own) // 2 :])
        directions.append([profile_of(practices, part).direction for part in parts])
    cosines = np.array([[float(a @ b) for _, b in directions] for a, _ in directions])
    between = (cosines.sum() - np.trace(cosines)) / (len(cosines) * (len(cosines) - 1))
    means = f"{np.diag(cosines).mean():.3f} within a city, {between:.3f} between cities"
    print(f"closeness of two halves: {means}, p = {p_paired(cosines, rng):.4f}, n = {len(cosines)}\n")


def validity(practices: Practices) -> None:
    print("does half of a city's practices say whom the other half is like?")
    print("rank correlation over the others: with the own other half, less with other cities' halves [95 % interval]")
    print(f"{'prior':>6}{'n':>5}   {'half of the practices':24}{'p':8}{'context':24}{'p':8}p(half > context)")
    for prior in (0.0, 0.5, 1.0, 3.0):
        rng, halves = np.random.default_rng(SEED), Halves(practices, prior)
        pairs = [halves.split(rng) for _ in range(SPLITS)]
        half = np.mean([agreement(a, b, halves.masks) for a, b in pairs], axis=0)
        context = np.mean([agreement(halves.context, b, halves.masks) for _, b in pairs], axis=0)
        ahead = own_advantage(half) - own_advantage(context)
        cells = [f"{interval(own_advantage(m), rng):24}{p_paired(m, rng):<8.4f}" for m in (half, context)]
        print(f"{prior:>6}{len(half):>5}   {cells[0]}{cells[1]}{p_sign(ahead, rng):.4f}", flush=True)


def interval(values: Numbers, rng: np.random.Generator) -> str:
    means = rng.choice(values, size=(4000, len(values))).mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return f"{np.mean(values):.3f} [{low:.3f}, {high:.3f}]"


def reference(contexts: Sequence[Context]) -> None:
    """Gower beside z-scores and Euclid, on the members of which every number is known."""
    income = {group: number for number, group in enumerate(("low", "lower-middle", "upper-middle", "high"))}
    complete = [
        c for c in contexts if c.population and c.incomes and c.point and c.joined and comparable_unit(c.unit) == PLACE
    ]
    numbers = np.array(
        [
            (np.log10(c.population[0]), income[c.incomes[0]], abs(c.point[0]), c.joined)
            for c in complete
            if c.population and c.point and c.joined
        ]
    )
    z = (numbers - numbers.mean(axis=0)) / numbers.std(axis=0)
    # The same four things, weighed alike, so that only the way of comparing differs.
    same = Weights(1.0, 0.0, {"population": 1.0, "income": 1.0, "climate": 1.0, "joined": 1.0})
    table, rows = ContextTable(complete), []
    for number, asked in enumerate(complete):
        far = np.linalg.norm(z - z[number], axis=1)
        others = np.arange(len(complete)) != number
        near = {label: floors(asked, table, w)[others] for label, w in (("same", same), ("all", Weights()))}
        rows.append([f(value, -far[others]) for value in near.values() for f in (correlation, overlap)])
    means = np.mean(rows, axis=0)
    print(f"\nagainst z-scores and Euclid (log population, income, latitude, joined), {len(complete)} complete members")
    print(f"the same four indicators: rank correlation {means[0]:.3f}, overlap@10 {means[1]:.2f}")
    print(f"all ten indicators:       rank correlation {means[2]:.3f}, overlap@10 {means[3]:.2f}")


def overlap(a: Numbers, b: Numbers) -> float:
    first, second = (set(np.argsort(-values, kind="stable")[:10]) for values in (a, b))
    return len(first & second) / 10


def sensitivity(practices: Practices) -> None:
    """How many of the first ten stay when the weights are others."""
    gazetteer = load_gazetteer()
    names = sorted(city for city in practices.cities if city in gazetteer.cities)
    profiles = [profile_of(practices, practices.cities[name]) for name in names]
    contexts = context_of(gazetteer.cities[name] for name in names)
    table, done = ContextTable(contexts), ProfileTable(profiles, theme_weights(practices))

    def ten(weights: Weights) -> list[set[int]]:
        found = []
        for number, (asked, mine) in enumerate(zip(contexts, profiles, strict=True)):
            order = ranking(table.compare(asked), done.compare(mine).together, weights, 10, number).order
            found.append({int(column) for column in order})
        return found

    base = ten(Weights())
    print(f"\noverlap@10 with the balanced weights, mean over {len(names)} cities")
    tried = {name: weights for name, weights in PRESETS.items() if name != "balanced"}
    tried |= {"context x 2": Weights(2.0, 1.0), "practice x 2": Weights(1.0, 2.0), "context only": Weights(1.0, 0.0)}
    tried |= {"all indicators 1": chosen_weights(indicators=",".join(f"{name}=1" for name in INDICATORS))}
    tried |= {f"{name} left out": chosen_weights(indicators=f"{name}=0") for name in INDICATORS}
    for label, weights in tried.items():
        shares = [len(a & b) / 10 for a, b in zip(base, ten(weights), strict=True)]
        print(f"{label:22}{np.mean(shares):.2f}  (lowest {min(shares):.1f})")


def synthetic(count: int, themes: int = 17, dimension: int = 384) -> tuple[Candidates, list[Context]]:
    """Made-up cities: members' facts shuffled, random directions; they say nothing of real ones."""
    rng, gazetteer = np.random.default_rng(SEED), load_gazetteer()
    real = list(gazetteer.cities.values())
    cities = []
    for number in range(count):
        one, two = (real[int(i)] for i in rng.integers(len(real), size=2))
        size = int(10 ** rng.uniform(3, 7))
        cities.append(
            replace(one, id=f"made-up-{number:05}", population=size, latitude=two.latitude, joined=two.joined)
        )
    contexts = [of_member(city, gazetteer) for city in cities]
    directions = rng.standard_normal((count, dimension)).astype(np.float32)
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    carried = (rng.random((count, themes)) < 0.2).astype(float)
    documents = rng.integers(1, 8, size=count)
    profiles = [Profile(*row) for row in zip(carried, directions, map(int, documents), strict=True)]
    table = ProfileTable(profiles, np.ones(themes))
    return Candidates(cities, ContextTable(contexts), table, tuple(map(str, range(themes)))), contexts


def speed() -> None:
    print("\nmade-up cities: milliseconds for the first ten of one city, with reasons and rank ranges; processor time,")
    print(f"and by the clock, which other work on the machine lengthens; {TIMED} runs")
    print(f"{'cities':>8}{'processor, median':>20}{'95th':>8}{'clock, minimum':>18}{'median':>8}")
    for count in (1_000, 10_000):
        among, contexts = synthetic(count)
        peers(contexts[0], among.profiles.profiles[0], among, Weights(), 10)
        busy, clock = [], []
        for number in range(TIMED):
            started = time.process_time(), time.perf_counter()
            peers(contexts[number], among.profiles.profiles[number], among, Weights(), 10)
            busy.append((time.process_time() - started[0]) * 1000)
            clock.append((time.perf_counter() - started[1]) * 1000)
        figures = (np.median(busy), np.percentile(busy, 95), np.min(clock), np.median(clock))
        print(f"{count:>8,}{figures[0]:>20.1f}{figures[1]:>8.1f}{figures[2]:>18.1f}{figures[3]:>8.1f}", flush=True)


if __name__ == "__main__":
    found = practices_of_cities(KnowledgeBase.open(Path(sys.argv[1])))
    members = context_of(load_gazetteer().cities.values())
    print(f"{len(found.rowids)} practices, {len(found.cities)} cities")
    halves_meet(found)
    validity(found)
    reference(members)
    sensitivity(found)
    speed()
