"""The ceilings: matrix products of the sizes that layers have, copies, and attention over a cache."""

import torch
import torch.nn.functional as F

from timing import device, on_gpu, release, repeated, summary

COLUMNS = ["measurement", "operation", "precision", "m", "n", "k", "batch", "n_heads", "n_kv_heads", "head_size",
           "query_tokens", "key_tokens", "flops", "bytes", "seconds", "seconds_min", "seconds_max", "repetitions"]

# Weights of Llama-3-8B (fused query, key, value; output; gate and up; down), of Llama-3-70B's down, of two square ones.
WEIGHTS = [(6144, 4096), (4096, 4096), (28672, 4096), (4096, 14336), (8192, 28672), (2048, 2048), (8192, 8192)]
ROWS = [1, 4, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384]


def matmuls(rows, quick: bool) -> None:
    weights, tokens = (WEIGHTS[5:6], [1, 256]) if quick else (WEIGHTS, ROWS)
    for precision in ["bf16", "fp8"] if on_gpu() else ["bf16"]:
        for n, k in weights:
            width = 2 if precision == "bf16" else 1
            # So many copies that a repetition finds none of its weights in the cache.
            copies = max(1, min(40, int(2e8 / (n * k * width)) + 1))
            held = [torch.randn(n, k, device=device(), dtype=torch.bfloat16) for _ in range(copies)]
            if precision == "fp8":
                held = [weight.to(torch.float8_e4m3fn) for weight in held]
                one = torch.ones((), device=device())
            for m in tokens:
                name = f"matmul-{precision}-{m}x{n}x{k}"
                if (precision == "fp8" and m < 16) or not rows.wants(name):
                    continue
                x = torch.randn(m, k, device=device(), dtype=torch.bfloat16)
                if precision == "bf16":
                    work = lambda i: x @ held[i % copies].t()
                else:
                    x = x.to(torch.float8_e4m3fn)
                    work = lambda i: torch._scaled_mm(x, held[i % copies].t(), one, one, out_dtype=torch.bfloat16)
                try:
                    times = repeated(work, budget_s=0.05, least=10, most=200)
                except RuntimeError as error:
                    print(f"{precision} {m} x {n} x {k}: {str(error)[:200]}")
                    continue
                rows.add({"measurement": name, "operation": "matmul",
                          "precision": precision, "m": m, "n": n, "k": k, "flops": 2 * m * n * k,
                          "bytes": width * (m * k + n * k) + 2 * m * n, **summary(times)})
            del held
            release()


def copies(rows, quick: bool) -> None:
    for size in [2**24] if quick else [2**20, 2**22, 2**24, 2**26, 2**28, 2**30, 2**32]:
        if not rows.wants(f"copy-{size}"):
            continue
        count = max(2, min(64, 2**29 // size))
        pairs = [(torch.randint(0, 99, (size,), dtype=torch.uint8, device=device()),
                  torch.empty(size, dtype=torch.uint8, device=device())) for _ in range(count)]
        times = repeated(lambda i: pairs[i % count][1].copy_(pairs[i % count][0]), budget_s=0.1, least=10, most=200)
        rows.add({"measurement": f"copy-{size}", "operation": "copy", "bytes": 2 * size, **summary(times)})
        del pairs
        release()


def attention(rows, quick: bool) -> None:
    """One new token a sequence over a cache, and whole prompts with a causal mask."""
    heads = [(32, 8, 128), (32, 32, 128), (64, 8, 128)]
    decode = [(b, 1, t) for b in [1, 8, 32, 128] for t in [512, 2048, 8192, 32768] if b * t <= 2**20]
    prefill = [(b, t, t) for b, t in [(16, 512), (8, 1024), (4, 2048), (2, 4096), (1, 8192), (1, 32768)]]
    for n_heads, n_kv, head in heads[:1] if quick else heads:
        for batch, queries, keys in [(2, 1, 512), (2, 256, 256)] if quick else decode + prefill:
            name = f"attention-{n_heads}-{n_kv}-{batch}x{queries}x{keys}"
            if not rows.wants(name):
                continue
            make = lambda h, t: torch.randn(batch, h, t, head, device=device(), dtype=torch.bfloat16)
            count = max(1, min(8, int(2e8 / (4 * batch * n_kv * keys * head)) + 1))
            q = make(n_heads, queries)
            held = [(make(n_kv, keys), make(n_kv, keys)) for _ in range(count)]
            causal = queries > 1
            try:
                times = repeated(lambda i: F.scaled_dot_product_attention(
                    q, *held[i % count], is_causal=causal, enable_gqa=n_heads != n_kv), 0.05, 10, 100)
            except RuntimeError as error:
                print(f"attention {batch} {queries} {keys}: {str(error)[:200]}")
                continue
            pairs = queries * (queries + 1) // 2 if causal else keys
            rows.add({"measurement": name, "operation": "attention",
                      "precision": "bf16", "batch": batch, "n_heads": n_heads, "n_kv_heads": n_kv, "head_size": head,
                      "query_tokens": queries, "key_tokens": keys, "flops": 4 * batch * n_heads * head * pairs,
                      "bytes": 2 * batch * head * (2 * n_heads * queries + 2 * n_kv * keys), **summary(times)})
            del q, held
            release()


def measure(rows, quick: bool) -> None:
    copies(rows, quick)
    matmuls(rows, quick)
    attention(rows, quick)
