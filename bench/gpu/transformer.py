"""A decoder-only transformer as Llama has it (RMS norms, rotary positions, grouped queries, SwiGLU), or with experts."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.checkpoint import checkpoint


@dataclass(frozen=True)
class Shape:
    name: str
    n_layers: int
    hidden_size: int
    n_heads: int
    n_kv_heads: int
    ffn_size: int
    vocab_size: int
    tied_embeddings: bool = False
    n_experts: int = 0
    experts_per_token: int = 0
    head_size: int = 0

    @property
    def head(self) -> int:
        return self.head_size or self.hidden_size // self.n_heads


def elementwise(function):
    """Fuses a chain of small operations into one kernel where there is a compiler for the GPU."""
    return torch.compile(function, dynamic=True) if torch.cuda.is_available() else function


@elementwise
def swiglu(gate, up):
    return F.silu(gate) * up


@elementwise
def rotated(x, cos, sin):
    first, second = x.chunk(2, -1)
    return (x * cos + torch.cat((-second, first), -1) * sin).to(x.dtype)


class Attention(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        width = shape.head * (shape.n_heads + 2 * shape.n_kv_heads)
        self.qkv = nn.Linear(shape.hidden_size, width, bias=False)
        self.out = nn.Linear(shape.head * shape.n_heads, shape.hidden_size, bias=False)

    def forward(self, x, cos, sin, cache=None, position=0):
        batch, tokens, _ = x.shape
        s = self.shape
        q, k, v = self.qkv(x).split([s.n_heads * s.head, s.n_kv_heads * s.head, s.n_kv_heads * s.head], -1)
        q = rotated(q.view(batch, tokens, s.n_heads, s.head).transpose(1, 2), cos, sin)
        k = rotated(k.view(batch, tokens, s.n_kv_heads, s.head).transpose(1, 2), cos, sin)
        v = v.view(batch, tokens, s.n_kv_heads, s.head).transpose(1, 2)
        if cache is not None:
            keys, values = cache
            keys[:batch, :, position : position + tokens] = k
            values[:batch, :, position : position + tokens] = v
            k, v = keys[:batch, :, : position + tokens], values[:batch, :, : position + tokens]
        grouped = s.n_heads != s.n_kv_heads
        y = F.scaled_dot_product_attention(q, k, v, is_causal=tokens > 1, enable_gqa=grouped)
        return self.out(y.transpose(1, 2).reshape(batch, tokens, -1))


class FeedForward(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.gate_up = nn.Linear(shape.hidden_size, 2 * shape.ffn_size, bias=False)
        self.down = nn.Linear(shape.ffn_size, shape.hidden_size, bias=False)

    def forward(self, x):
        gate, up = self.gate_up(x).chunk(2, -1)
        return self.down(swiglu(gate, up))


class Experts(nn.Module):
    """Each token goes to the k experts of largest weight; one grouped product an operand, without a padded slot."""

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.router = nn.Linear(shape.hidden_size, shape.n_experts, bias=False)
        self.gate_up = nn.Parameter(torch.empty(shape.n_experts, shape.hidden_size, 2 * shape.ffn_size))
        self.down = nn.Parameter(torch.empty(shape.n_experts, shape.ffn_size, shape.hidden_size))

    def forward(self, x):
        flat = x.reshape(-1, x.shape[-1])
        weight, expert = self.router(flat).float().softmax(-1).topk(self.shape.experts_per_token, -1)
        order = expert.flatten().argsort()
        sent = flat[order // self.shape.experts_per_token]
        counts = torch.zeros(self.shape.n_experts, dtype=torch.int32, device=x.device)
        counts.scatter_add_(0, expert.flatten(), torch.ones_like(expert.flatten(), dtype=torch.int32))
        ends = counts.cumsum(0, dtype=torch.int32)
        gate, up = torch._grouped_mm(sent, self.gate_up, offs=ends).chunk(2, -1)
        made = torch._grouped_mm(swiglu(gate, up), self.down, offs=ends)
        made = made * weight.flatten()[order, None].to(made.dtype)
        return torch.zeros_like(flat).index_add_(0, order // self.shape.experts_per_token, made).view_as(x)


class Block(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.attention_norm = nn.RMSNorm(shape.hidden_size, eps=1e-5)
        self.attention = Attention(shape)
        self.feed_forward_norm = nn.RMSNorm(shape.hidden_size, eps=1e-5)
        self.feed_forward = Experts(shape) if shape.n_experts else FeedForward(shape)

    def forward(self, x, cos, sin, cache=None, position=0):
        x = x + self.attention(self.attention_norm(x), cos, sin, cache, position)
        return x + self.feed_forward(self.feed_forward_norm(x))


class Transformer(nn.Module):
    def __init__(self, shape: Shape, longest: int, recompute: bool = False):
        super().__init__()
        self.shape, self.recompute = shape, recompute
        self.embedding = nn.Embedding(shape.vocab_size, shape.hidden_size)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.n_layers))
        self.norm = nn.RMSNorm(shape.hidden_size, eps=1e-5)
        self.lm_head = nn.Linear(shape.hidden_size, shape.vocab_size, bias=False)
        if shape.tied_embeddings:
            self.lm_head.weight = self.embedding.weight
        angles = torch.arange(longest)[:, None] * 5e5 ** (-torch.arange(0, shape.head, 2) / shape.head)
        angles = torch.cat((angles, angles), -1).to(self.embedding.weight.device)
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)

    def forward(self, tokens, caches=None, position=0, last_only=False):
        x = self.embedding(tokens)
        end = position + tokens.shape[1]
        dtype = torch.get_autocast_dtype(x.device.type) if torch.is_autocast_enabled(x.device.type) else x.dtype
        cos, sin = self.cos[position:end].to(dtype), self.sin[position:end].to(dtype)
        for index, block in enumerate(self.blocks):
            cache = caches[index] if caches else None
            if self.recompute:
                x = checkpoint(block, x, cos, sin, cache, position, use_reentrant=False)
            else:
                x = block(x, cos, sin, cache, position)
        return self.lm_head(self.norm(x[:, -1:] if last_only else x))


def build(shape: Shape, longest: int, dtype, device: str, recompute: bool = False) -> Transformer:
    """Random weights of width .02: what a step costs does not depend on what the model knows."""
    standard = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        with torch.device(device):
            model = Transformer(shape, longest, recompute)
    finally:
        torch.set_default_dtype(standard)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            weight.fill_(1) if "norm" in name else weight.normal_(0, 0.02)
    return model


def new_caches(shape: Shape, batch: int, longest: int, dtype, device: str):
    size = (batch, shape.n_kv_heads, longest, shape.head)
    return [
        (torch.randn(size, dtype=dtype, device=device), torch.randn(size, dtype=dtype, device=device))
        for _ in range(shape.n_layers)
    ]


def count_parameters(model: nn.Module) -> int:
    return sum(weight.numel() for weight in model.parameters())
