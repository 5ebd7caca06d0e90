"""Rounds in turn, A B C A B C: whatever else the machine does hits every contender alike."""

from collections.abc import Callable
from dataclasses import dataclass, field

from scripts.bench.asking import Asked, WrongAnswer
from scripts.bench.figures import quantile
from scripts.bench.pgbench import NoPgbench

Turn = Callable[[], "Asked | float"]


@dataclass
class Told:
    """One contender's figures for one work: milliseconds of each round, or answers a second."""

    work: str
    contender: str
    note: str = ""
    rounds: list[list[float]] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    size: int = 0
    failure: str = ""

    @property
    def p50(self) -> float:
        return quantile([each for one in self.rounds for each in one], 0.5)

    @property
    def p95(self) -> float:
        return quantile([each for one in self.rounds for each in one], 0.95)

    @property
    def rate(self) -> float:
        return quantile(self.rates, 0.5)

    def add(self, found: "Asked | float") -> None:
        if isinstance(found, Asked):
            self.rounds.append(found.milliseconds)
            if found.sizes:
                self.size = sum(found.sizes) // len(found.sizes)
        else:
            self.rates.append(found)

    def times(self, ours: "Told") -> dict[str, float]:
        """Return how many times as long as ours it takes, or ours answers as many a second.

        The median of the ratios within each round, of the rounds that both have.
        """
        if self.rates and ours.rates:
            pairs = zip(ours.rates, self.rates, strict=False)
            return {"rate": quantile([a / b for a, b in pairs if b], 0.5)}
        found = {}
        for name, share in (("p50", 0.5), ("p95", 0.95)):
            pairs = zip(self.rounds, ours.rounds, strict=False)
            ratios = [quantile(a, share) / quantile(b, share) for a, b in pairs if a and b]
            if ratios:
                found[name] = quantile(ratios, 0.5)
        return found


def in_turn(work: str, turns: dict[str, Turn], rounds: int, note: str = "") -> list[Told]:
    """Take one round to warm up and then `rounds` that count; who fails in those is out of it."""
    told = {name: Told(work, name, note) for name in turns}
    for number in range(rounds + 1):
        for name, turn in turns.items():
            if told[name].failure:
                continue
            try:
                found = turn()
            except (WrongAnswer, NoPgbench, OSError) as error:
                if number:
                    told[name].failure = str(error) or type(error).__name__
                continue
            if number:
                told[name].add(found)
    return list(told.values())
