"""Whole training steps of dense models on one GPU: time by part, and memory by part."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F

from timing import Span, device, on_gpu, release, summary, synchronise
from transformer import Shape, build, count_parameters

COLUMNS = ["measurement", "model", "n_params", "n_layers", "hidden_size", "n_heads", "n_kv_heads", "ffn_size",
           "vocab_size", "sequence_tokens", "micro_batch", "recipe", "recompute", "compiled",
           "forward_s", "backward_s", "optimizer_s", "weight_bytes", "state_bytes", "activation_bytes", "peak_bytes",
           "reserved_bytes", "seconds", "seconds_min", "seconds_max", "repetitions"]

SMALL = Shape("125M", 12, 768, 12, 12, 2048, 50304)
MEDIUM = Shape("350M", 24, 1024, 16, 16, 2816, 50304)
LARGE = Shape("760M", 24, 1536, 12, 12, 4096, 50304)
XL = Shape("1.3B", 24, 2048, 16, 16, 5504, 50304)
XXL = Shape("2.7B", 32, 2560, 20, 20, 6912, 50304)
GROUPED = Shape("Llama-3.2-1B", 16, 2048, 32, 8, 8192, 128256)
SEVEN = Shape("Llama-2-7B", 32, 4096, 32, 32, 11008, 32000)
TINY = Shape("tiny", 2, 64, 4, 2, 128, 256)


@dataclass(frozen=True)
class Run:
    shape: Shape
    sequence: int
    batch: int
    recipe: str = "autocast"  # float32 weights and states, products in bf16; "bf16": everything in bf16
    recompute: bool = False
    compiled: bool = False


RUNS = [
    *[Run(SMALL, t, b) for t, b in [(1024, 1), (1024, 4), (1024, 16), (1024, 32), (2048, 8), (4096, 4), (8192, 2)]],
    *[Run(MEDIUM, 2048, b) for b in [1, 2, 4, 8, 16]],
    *[Run(MEDIUM, 2048, b, recompute=True) for b in [8, 16, 32]],
    *[Run(LARGE, 2048, b) for b in [1, 2, 4, 8]],
    *[Run(LARGE, 2048, b, recompute=True) for b in [4, 8, 16]],
    *[Run(XL, 2048, b) for b in [1, 2, 4, 8]],
    *[Run(XL, t, b, recompute=True) for t, b in [(2048, 4), (2048, 8), (2048, 16), (4096, 4), (8192, 2), (16384, 1)]],
    *[Run(XL, 2048, b, recipe="bf16") for b in [2, 4, 8]],
    *[Run(GROUPED, t, b) for t, b in [(2048, 1), (2048, 2), (2048, 4), (8192, 1)]],
    *[Run(GROUPED, t, b, recompute=True) for t, b in [(2048, 4), (8192, 1)]],
    *[Run(XXL, 2048, b) for b in [1, 2, 4]],
    *[Run(XXL, 2048, b, recompute=True) for b in [1, 4, 8]],
    *[Run(XXL, 2048, b, recipe="bf16") for b in [1, 2, 4]],
    *[Run(XXL, 2048, b, recipe="bf16", recompute=True) for b in [4, 16]],
    *[Run(SEVEN, 2048, b, recipe="bf16", recompute=r) for b, r in [(1, False), (1, True), (2, True), (4, True)]],
    *[Run(s, 2048, b, compiled=True) for s, b in [(SMALL, 8), (MEDIUM, 8), (LARGE, 8), (XL, 4)]],
    *[Run(XL, 2048, 8, recompute=True, compiled=True), Run(XXL, 2048, 4, recipe="bf16", compiled=True)],
]


def measure(rows, quick: bool) -> None:
    runs = [Run(TINY, 32, 2), Run(TINY, 32, 2, recompute=True), Run(TINY, 32, 2, recipe="bf16")] if quick else RUNS
    for run in runs:
        s = run.shape
        name = "-".join(str(part) for part in [
            "train", s.name, f"{run.batch}x{run.sequence}", run.recipe,
            "recompute" if run.recompute else "keep", "compiled" if run.compiled else "eager"])
        if not quick and not rows.wants(name):
            continue
        row = {"measurement": name, "model": s.name, "n_layers": s.n_layers, "hidden_size": s.hidden_size, "n_heads": s.n_heads,
               "n_kv_heads": s.n_kv_heads, "ffn_size": s.ffn_size, "vocab_size": s.vocab_size,
               "sequence_tokens": run.sequence, "micro_batch": run.batch, "recipe": run.recipe,
               "recompute": "full" if run.recompute else "none", "compiled": int(run.compiled)}
        try:
            rows.add({**row, **measure_run(run)})
        except torch.OutOfMemoryError:
            print(f"{name}: out of memory")
        except Exception as error:  # the next run is worth as much as this one
            print(f"{row['measurement']}: {type(error).__name__} {str(error)[:300]}")
        if run.compiled:
            torch._dynamo.reset()
        release()


def measure_run(run: Run) -> dict:
    memory = (lambda: torch.cuda.memory_allocated()) if on_gpu() else (lambda: 0)
    before = memory()
    dtype = torch.float32 if run.recipe == "autocast" else torch.bfloat16
    model = build(run.shape, run.sequence, dtype, device(), run.recompute)
    if run.compiled:
        for block in model.blocks:
            block.compile(dynamic=False)
    weights = memory() - before
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, fused=True)
    tokens = torch.randint(0, run.shape.vocab_size, (run.batch, run.sequence + 1), device=device())
    held = {}

    def step(spans=None):
        with torch.autocast(device(), torch.bfloat16, enabled=run.recipe == "autocast"):
            begin = memory()
            with Span() as forward:
                logits = model(tokens[:, :-1])
                loss = F.cross_entropy(logits.flatten(0, 1).float(), tokens[:, 1:].flatten())
            held["activations"] = memory() - begin
            del logits
        with Span() as backward:
            loss.backward()
        with Span() as update:
            optimizer.step()
            optimizer.zero_grad(set_to_none=False)
        if spans is not None:
            spans.append((forward, backward, update))

    for _ in range(3):
        step()
    synchronise()
    states = memory() - before
    if on_gpu():
        torch.cuda.reset_peak_memory_stats()
    with Span() as probe:
        step()
    synchronise()
    count = int(min(20, max(5, 1.0 / max(probe.seconds(), 1e-6))))
    spans, wholes = [], []
    for _ in range(count):
        with Span() as whole:
            step(spans)
        wholes.append(whole)
    synchronise()
    part = lambda index: sorted(span[index].seconds() for span in spans)[len(spans) // 2]
    return {"n_params": count_parameters(model), "forward_s": part(0), "backward_s": part(1), "optimizer_s": part(2),
            "weight_bytes": weights, "state_bytes": states, "activation_bytes": held["activations"],
            "peak_bytes": torch.cuda.max_memory_allocated() if on_gpu() else 0,
            "reserved_bytes": torch.cuda.max_memory_reserved() if on_gpu() else 0,
            **summary([whole.seconds() for whole in wholes])}
