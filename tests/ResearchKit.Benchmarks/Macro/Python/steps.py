"""The same work in eager PyTorch: python steps.py WORK THREADS FILE.

Answers each line of standard input with one round: milliseconds, then a number that shows what was computed. FILE is a
safetensors file with the weights and the batch, so that both sides start from the same numbers.
"""
import json
import struct
import sys
import time

import numpy
import torch
import torch.nn.functional as F

BETA, RATE, LIMIT = 0.1, 1e-4, 1.0


def read(path):
    """The tensors of a safetensors file by name."""
    types = {"F32": numpy.float32, "I64": numpy.int64}
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        tensors[name] = torch.from_numpy(numpy.frombuffer(data[start:end], dtype=types[entry["dtype"]]).reshape(entry["shape"]).copy())
    return tensors


def part(tensors, prefix):
    return {name[len(prefix):]: value for name, value in tensors.items() if name.startswith(prefix)}


def attention(q, k, v):
    """Causal attention of [B,H,T,d]: torch's own where it has one, else as Hugging Face's eager GPT-2 has it."""
    if hasattr(F, "scaled_dot_product_attention"):
        return F.scaled_dot_product_attention(q, k, v, is_causal=True)
    length = q.shape[-2]
    scores = torch.matmul(q, k.transpose(-1, -2)) / q.shape[-1] ** 0.5
    causal = torch.ones(length, length, dtype=torch.bool).tril()
    scores = torch.where(causal, scores, torch.full([], torch.finfo(scores.dtype).min))
    return torch.matmul(scores.softmax(-1), v)


def linear(x, p, name):
    """GPT-2's Conv1D: the weight is [in,out]."""
    return torch.addmm(p[name + ".bias"], x.view(-1, x.shape[-1]), p[name + ".weight"]).view(*x.shape[:-1], -1)


def hidden(p, ids, heads):
    """GPT-2: token ids [B,T] to hidden states [B,T,D]."""
    norm = lambda x, name: F.layer_norm(x, x.shape[-1:], p[name + ".weight"], p[name + ".bias"], 1e-5)
    rows, length = ids.shape
    x = F.embedding(ids, p["transformer.wte.weight"]) + F.embedding(torch.arange(length), p["transformer.wpe.weight"])
    layer = 0
    while f"transformer.h.{layer}.ln_1.weight" in p:
        at = f"transformer.h.{layer}"
        q, k, v = (y.view(rows, length, heads, -1).transpose(1, 2) for y in linear(norm(x, at + ".ln_1"), p, at + ".attn.c_attn").split(x.shape[-1], -1))
        mixed = attention(q, k, v).transpose(1, 2).reshape(rows, length, -1)
        x = x + linear(mixed, p, at + ".attn.c_proj")
        x = x + linear(F.gelu(linear(norm(x, at + ".ln_2"), p, at + ".mlp.c_fc"), approximate="tanh"), p, at + ".mlp.c_proj")
        layer += 1
    return norm(x, "transformer.ln_f")


def sums(p, ids, mask, heads):
    """Summed log-probability of each row's answer [2B], as TRL's trainers compute it."""
    logits = F.linear(hidden(p, ids, heads), p["transformer.wte.weight"])[:, :-1]
    per_token = logits.log_softmax(-1).gather(-1, ids[:, 1:].unsqueeze(-1)).squeeze(-1)
    return (per_token * mask[:, 1:]).sum(-1)


def trained(p, rate=RATE):
    for value in p.values():
        value.requires_grad_(True)
    optimizer = torch.optim.AdamW(list(p.values()), lr=rate, weight_decay=0.0)

    def step(loss):
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(list(p.values()), LIMIT)
        optimizer.step()
        return loss.item()

    return step


def dpo(path):
    tensors = read(path)
    policy, reference, ids, mask, heads = part(tensors, "policy."), part(tensors, "reference."), tensors["ids"], tensors["mask"], int(tensors["heads"])
    step, pairs = trained(policy), ids.shape[0] // 2

    def work():
        with torch.no_grad():
            frozen = sums(reference, ids, mask, heads)
        ratios = sums(policy, ids, mask, heads) - frozen
        return step(-F.logsigmoid(BETA * (ratios[:pairs] - ratios[pairs:])).mean())

    return work


def reward(path):
    tensors = read(path)
    p, ids, heads = part(tensors, "policy."), tensors["ids"], int(tensors["heads"])
    step, pairs = trained(p, 1e-5), ids.shape[0] // 2

    def work():
        rewards = F.linear(hidden({n: v for n, v in p.items() if n != "score.weight"}, ids, heads)[:, -1], p["score.weight"]).squeeze(-1)
        return step(-F.logsigmoid(rewards[:pairs] - rewards[pairs:]).mean())

    return work


def with_cache(p, ids, heads, cache):
    """Logits after the last of the new ids [B,t]; cache holds each layer's keys and values [B,H,T,d] and is grown by concatenation."""
    norm = lambda x, name: F.layer_norm(x, x.shape[-1:], p[name + ".weight"], p[name + ".bias"], 1e-5)
    rows, length = ids.shape
    past = cache[0][0].shape[2] if cache else 0
    x = F.embedding(ids, p["transformer.wte.weight"]) + F.embedding(torch.arange(past, past + length), p["transformer.wpe.weight"])
    layer = 0
    while f"transformer.h.{layer}.ln_1.weight" in p:
        at = f"transformer.h.{layer}"
        q, k, v = (y.view(rows, length, heads, -1).transpose(1, 2) for y in linear(norm(x, at + ".ln_1"), p, at + ".attn.c_attn").split(x.shape[-1], -1))
        if past:
            k, v = torch.cat([cache[layer][0], k], 2), torch.cat([cache[layer][1], v], 2)
            cache[layer] = (k, v)
            mixed = torch.matmul((torch.matmul(q, k.transpose(-1, -2)) / q.shape[-1] ** 0.5).softmax(-1), v)
        else:
            cache.append((k, v))
            mixed = attention(q, k, v)
        x = x + linear(mixed.transpose(1, 2).reshape(rows, length, -1), p, at + ".attn.c_proj")
        x = x + linear(F.gelu(linear(norm(x, at + ".ln_2"), p, at + ".mlp.c_fc"), approximate="tanh"), p, at + ".mlp.c_proj")
        layer += 1
    return F.linear(norm(x[:, -1], "transformer.ln_f"), p["transformer.wte.weight"])


def generation(path):
    tensors = read(path)
    p, ids, heads, count = part(tensors, "policy."), tensors["ids"], int(tensors["heads"]), int(tensors["tokens"])

    @torch.no_grad()
    def work():
        cache, written = [], []
        new = ids
        for _ in range(count):
            new = with_cache(p, new, heads, cache).argmax(-1, keepdim=True)
            written.append(new)
        tokens = torch.cat(written, 1)
        return float((tokens.double() * torch.arange(1, tokens.numel() + 1).view_as(tokens)).sum())

    return work


def matmul(_):
    """Four products of 1024 x 1024 matrices; the number is 10^9 operations a second."""
    a, b = torch.rand(1024, 1024), torch.rand(1024, 1024)

    def work():
        start = time.perf_counter()
        for _ in range(4):
            a.mm(b)
        return 4 * 2 * 1024**3 / (time.perf_counter() - start) / 1e9

    return work


def main():
    name, threads, path = sys.argv[1:4]
    torch.set_num_threads(int(threads))
    work = {"dpo": dpo, "reward": reward, "generation": generation, "matmul": matmul}[name](path)
    for _ in sys.stdin:
        start = time.perf_counter()
        result = work()
        print(1000 * (time.perf_counter() - start), result, flush=True)


main()
