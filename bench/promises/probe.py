"""The registry: a probe is a function with a sentence; it returns what was observed, in few words."""

from dataclasses import dataclass
from typing import Callable


class NoSuchThing(Exception):
    """The kernel's language has nothing of the kind."""


@dataclass
class Observed:
    """An outcome in words, and a figure that varies from try to try."""

    outcome: str
    figure: float | None = None
    unit: str = ""


@dataclass
class Probe:
    name: str
    sentence: str
    body: Callable
    starts_itself: bool
    seconds: float


PROBES = []


def probe(sentence, starts_itself=False, seconds=60):
    """Register a probe; `seconds` bounds the whole of it, the start and the questions afterwards included."""

    def register(body):
        name = body.__name__.replace("_", "-")
        assert not any(p.name == name for p in PROBES), f"two probes named {name}"
        PROBES.append(Probe(name, sentence, body, starts_itself, seconds))
        return body

    return register
