"""Times work on a GPU by its own events, and writes each row as soon as it is measured."""

import csv
import re
import statistics
import time

import torch


def on_gpu() -> bool:
    return torch.cuda.is_available()


def device() -> str:
    return "cuda" if on_gpu() else "cpu"


def synchronise() -> None:
    if on_gpu():
        torch.cuda.synchronize()


class Span:
    """Start and end of one piece of work, read once everything is done."""

    def __enter__(self):
        if on_gpu():
            self.begin = torch.cuda.Event(enable_timing=True)
            self.end = torch.cuda.Event(enable_timing=True)
            self.begin.record()
        else:
            self.begin = time.perf_counter()
        return self

    def __exit__(self, *_):
        if on_gpu():
            self.end.record()
        else:
            self.end = time.perf_counter()

    def seconds(self) -> float:
        return self.begin.elapsed_time(self.end) / 1000 if on_gpu() else self.end - self.begin


def repeated(work, budget_s: float = 0.4, least: int = 5, most: int = 40) -> list[float]:
    """Seconds of each repetition after two that do not count: at least `least`, then until the budget is used."""
    for _ in range(2):
        work(0)
    synchronise()
    with Span() as probe:
        work(1)
    synchronise()
    count = int(min(most, max(least, budget_s / max(probe.seconds(), 1e-6))))
    spans = []
    for index in range(count):
        with Span() as span:
            work(index)
        spans.append(span)
    synchronise()
    return [span.seconds() for span in spans]


def summary(seconds: list[float]) -> dict:
    return {
        "seconds": statistics.median(seconds),
        "seconds_min": min(seconds),
        "seconds_max": max(seconds),
        "repetitions": len(seconds),
    }


class Rows:
    """A CSV file that holds what was measured so far, whatever ends the program."""

    def __init__(self, path: str, columns: list[str], same: dict, only: str = ""):
        self.only = re.compile(only)
        self.file = open(path, "w", newline="", encoding="utf-8")
        self.same = same
        self.writer = csv.DictWriter(self.file, [columns[0], *same, *columns[1:]], lineterminator="\n")
        self.writer.writeheader()

    def wants(self, measurement: str) -> bool:
        return self.only.search(measurement) is not None

    def add(self, row: dict) -> None:
        shown = {key: (f"{value:.6g}" if isinstance(value, float) else value) for key, value in (self.same | row).items()}
        self.writer.writerow(shown)
        self.file.flush()


def release() -> None:
    """Gives back what the last measurement held, so that the next one's peak is its own."""
    import gc

    gc.collect()
    if on_gpu():
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats()
