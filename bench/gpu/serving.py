"""Prompts and single decode steps of whole models, as a static batch of equal requests."""

import torch

from timing import device, on_gpu, release, repeated, summary
from transformer import Shape, build, count_parameters, new_caches

COLUMNS = ["measurement", "model", "n_params", "phase", "launch", "batch_size", "prompt_tokens", "context_tokens",
           "weight_bytes", "kv_bytes", "peak_bytes", "seconds", "seconds_min", "seconds_max", "repetitions"]

MODELS = [
    Shape("Llama-3.2-1B", 16, 2048, 32, 8, 8192, 128256, tied_embeddings=True),
    Shape("Llama-3.2-3B", 28, 3072, 24, 8, 8192, 128256, tied_embeddings=True),
    Shape("Llama-2-7B", 32, 4096, 32, 32, 11008, 32000),
    Shape("Llama-3-8B", 32, 4096, 32, 8, 14336, 128256),
    Shape("Llama-2-13B", 40, 5120, 40, 40, 13824, 32000),
    Shape("OLMoE-1B-7B", 16, 2048, 16, 16, 1024, 50304, n_experts=64, experts_per_token=8),
    Shape("Yi-34B", 60, 7168, 56, 8, 20480, 64000),
]
TINY = Shape("tiny", 2, 64, 4, 2, 128, 256)
BATCHES = [1, 2, 4, 8, 16, 32, 64, 128, 256]
CONTEXTS = [128, 512, 2048, 8192, 32768]
PROMPTS = [(1, 128), (1, 512), (1, 2048), (1, 8192), (1, 32768), (4, 512), (4, 2048), (16, 512), (16, 2048), (64, 128)]


def check() -> float:
    """Largest difference, as a share of the logits' size, between a step over the cache and a whole prompt."""
    dtype = torch.bfloat16 if on_gpu() else torch.float32
    shape = Shape("check", 4, 512, 8, 2, 1024, 1000)
    with torch.no_grad():
        model = build(shape, 200, dtype, device())
        tokens = torch.randint(0, shape.vocab_size, (3, 100), device=device())
        whole = model(tokens, last_only=True).float()
        caches = new_caches(shape, 3, 200, dtype, device())
        model(tokens[:, :99], caches)
        step = model(tokens[:, 99:], caches, 99, last_only=True).float()
    return ((whole - step).norm() / whole.norm()).item()


def measure(rows, quick: bool) -> None:
    for shape in [TINY] if quick else MODELS:
        names = [f"decode-{shape.name}-{b}x{c}" for b in BATCHES for c in CONTEXTS]
        names += [f"prefill-{shape.name}-{b}x{p}" for b, p in PROMPTS]
        if not quick and not any(rows.wants(name) for name in names):
            continue
        try:
            measure_model(rows, shape, quick)
        except RuntimeError as error:  # out of memory is one
            print(f"{shape.name}: {str(error)[:300]}")
        release()


@torch.no_grad()
def measure_model(rows, shape: Shape, quick: bool) -> None:
    dtype = torch.bfloat16
    model = build(shape, 40_000 if not quick else 600, dtype, device())
    weights = 2 * count_parameters(model)
    per_token = 4 * shape.n_layers * shape.n_kv_heads * shape.head
    free = torch.cuda.mem_get_info()[0] * 0.92 if on_gpu() else 1e9
    base = {"model": shape.name, "n_params": weights // 2, "weight_bytes": weights}
    batches, contexts, prompts = ([2], [128], [(2, 64)]) if quick else (BATCHES, CONTEXTS, PROMPTS)

    for batch, context in [(b, c) for b in batches for c in contexts if b * c * per_token <= free]:
        name = f"decode-{shape.name}-{batch}x{context}"
        if not rows.wants(name):
            continue
        caches = new_caches(shape, batch, context, dtype, device())
        tokens = torch.randint(0, shape.vocab_size, (batch, 1), device=device())
        step = lambda: model(tokens, caches, context - 1)
        row = {**base, "phase": "decode", "batch_size": batch, "context_tokens": context,
               "kv_bytes": batch * context * per_token}
        if on_gpu():
            replay = captured(step)
            times = repeated(lambda _: replay(), 0.15, 5, 40)
            rows.add({**row, "measurement": f"{name}-graph", "launch": "graph", **summary(times)})
            del replay
        if batch in (1, 32) and context in (128, 2048) or not on_gpu():
            times = repeated(lambda _: step(), 0.15, 5, 40)
            rows.add({**row, "measurement": f"{name}-eager", "launch": "eager", **summary(times)})
        del caches
        release()

    for batch, prompt in prompts:
        name = f"prefill-{shape.name}-{batch}x{prompt}"
        if batch * prompt * per_token > free / 2 or not rows.wants(name):
            continue
        try:
            caches = new_caches(shape, batch, prompt, dtype, device())
            tokens = torch.randint(0, shape.vocab_size, (batch, prompt), device=device())
            times = repeated(lambda _: model(tokens, caches, last_only=True), 0.3, 3, 20)
        except torch.OutOfMemoryError:
            print(f"prefill of {shape.name} {batch} x {prompt}: out of memory")
            caches = tokens = None
            release()
            continue
        rows.add({**base, "measurement": name, "phase": "prefill",
                  "launch": "eager", "batch_size": batch, "prompt_tokens": prompt, "context_tokens": prompt,
                  "kv_bytes": batch * prompt * per_token,
                  "peak_bytes": torch.cuda.max_memory_allocated() if on_gpu() else "", **summary(times)})
        del caches
        release()


def captured(step):
    """The step's kernels as one graph, so that no gap between launches is measured."""
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(2):
            step()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        step()
    return graph.replay
