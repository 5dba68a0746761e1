#!/usr/bin/env python3
"""Trains the fast annotator on gold labels and on what the accurate one says of unlabelled reports.

    python3 training/train_fast.py --minilm FOLDER --told FILE --out FOLDER      # from the repository's root

FILE is what `rashomon annotate --model accurate` printed of the reports of FILE.texts (JSON Lines with `id` and `text`), which
`training/tell.py` draws and writes. FOLDER of MiniLM as in train_accurate.py: the table of pieces starts from its principal components.
Seeded. Needs torch, tokenizers and safetensors.
"""
import argparse
import json
import os
import random
import time

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F

import batches
import corpora
import laid
from network import SIZES, Heads
from train_accurate import attribution_loss, name_loss

WIDTH = 128
DILATIONS = [1, 1, 2, 4, 8, 16, 1]


class Convolution(nn.Module):
    """Maxout over a word and its neighbours at a distance, added to it (Honnibal's tok2vec, with dilation)."""

    def __init__(self, dilation):
        super().__init__()
        self.dilation = dilation
        self.mix = nn.Linear(3 * WIDTH, 2 * WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x):
        padded = F.pad(x, (0, 0, self.dilation, self.dilation))
        count = x.shape[1]
        near = torch.cat([padded[:, :count], x, padded[:, 2 * self.dilation :]], -1)
        a, b = self.mix(near).chunk(2, -1)
        return self.norm(x + torch.maximum(a, b))


class Encoder(nn.Module):
    def __init__(self, table):
        super().__init__()
        self.pieces = nn.EmbeddingBag.from_pretrained(table, freeze=False, mode="mean")
        self.features = nn.ModuleList(nn.Embedding(n, WIDTH) for n in SIZES)
        for embedding in self.features:
            nn.init.normal_(embedding.weight, std=0.1)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Convolution(d) for d in DILATIONS)

    def forward(self, pieces, offsets, features, mask):
        """Pieces and offsets of all words in a row; features B×W×8, mask B×W. Gives B×W×D."""
        x = sum(table(features[..., i]) for i, table in enumerate(self.features))
        spread = torch.zeros_like(x)
        spread[mask] = self.pieces(pieces, offsets)
        x = self.norm(x + spread) * mask[..., None]
        x = F.dropout(x, 0.1, self.training)
        for layer in self.layers:
            x = layer(x) * mask[..., None]
        return x


class Network(nn.Module):
    def __init__(self, table):
        super().__init__()
        self.encoder, self.heads = Encoder(table), Heads(WIDTH)

    def words(self, batch, blind=()):
        width = max(w.end - w.first for w in batch)
        features = torch.zeros((len(batch), width, 8), dtype=torch.long)
        mask = torch.zeros((len(batch), width), dtype=torch.bool)
        ids, offsets = [], []
        for b, w in enumerate(batch):
            features[b, : w.end - w.first] = torch.tensor(w.laid.features[w.first : w.end])
            mask[b, : w.end - w.first] = True
            for pieces in w.laid.pieces[w.first : w.end]:
                offsets.append(len(ids))
                ids += pieces
            if b in blind:
                features[b, :, batches.RULES] = 0
        return self.encoder(torch.tensor(ids), torch.tensor(offsets), features, mask)


def principal(table):
    """The table of MiniLM's pieces in 128 principal components, of unit variance on the whole."""
    centred = table - table.mean(0)
    _, _, basis = torch.linalg.svd(centred[torch.randperm(len(table))[:8000]], full_matrices=False)
    out = centred @ basis[:WIDTH].T
    return out / out.std()


def told(path):
    """What the accurate annotator says, as documents."""
    texts = {}
    with open(path + ".texts", encoding="utf-8") as file:
        for line in file:
            report = json.loads(line)
            texts[report["id"]] = report["text"]
    with open(path, encoding="utf-8") as file:
        for line in file:
            told = json.loads(line)
            name = told["id"]
            roles = lambda a: tuple([tuple(span) for span in a[role]] for role in ("source", "cue", "content"))
            yield corpora.Document(name, texts[name], attributions=[roles(a) for a in told["attributions"] if a["cue"]])


def plan_of(sets, rounds, limit, size, rng):
    out = []
    for task, count in rounds.items():
        for _ in range(count):
            cut = [w for d in sets[task] for w in batches.windows(d, limit, rng)]
            rng.shuffle(cut)
            for i in range(0, len(cut), size * 8):
                pool = sorted(cut[i : i + size * 8], key=lambda w: w.end - w.first)
                out += [(task, pool[j : j + size]) for j in range(0, len(pool), size)]
    rng.shuffle(out)
    return out


def train(network, plan, rate, out, rng):
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.01, betas=(0.9, 0.98))
    average = {k: v.detach().clone() for k, v in network.state_dict().items()}
    began, seen, shown = time.time(), 0, {}
    for step, (task, batch) in enumerate(plan):
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, (step + 1) / 200) * max(0.02, 1 - step / len(plan))
        blind = {b for b in range(len(batch)) if rng.random() < 0.1}
        words = F.dropout(network.words(batch, blind), 0.1, network.training)
        loss = name_loss(network, batch, words) if task == "names" else attribution_loss(network, batch, words, blind)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        decay = min(0.998, (step + 1) / (step + 10))
        with torch.no_grad():
            for key, value in network.named_parameters():
                average[key].lerp_(value, 1 - decay)
        seen += sum(w.end - w.first for w in batch)
        shown[task] = 0.98 * shown.get(task, loss.item()) + 0.02 * loss.item()
        if step % 50 == 0:
            rates = " ".join(f"{k} {v:.4f}" for k, v in sorted(shown.items()))
            print(f"{step}/{len(plan)} {time.time() - began:.0f} s {seen / (time.time() - began):.0f} words/s {rates}", flush=True)
        if step % 500 == 499 or step + 1 == len(plan):
            save_file(average, os.path.join(out, "model.safetensors"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minilm", required=True)
    parser.add_argument("--told")
    parser.add_argument("--out", required=True)
    parser.add_argument("--rounds", default="gold=8,told=4,names=8")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--limit", type=int, default=400, help="pieces of a window")
    parser.add_argument("--size", type=int, default=8, help="windows of a batch")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(7)
    rng = random.Random(7)
    tokenizer = Tokenizer.from_file(os.path.join(options.minilm, "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    lay = lambda source: list(laid.lay(source, tokenizer))
    sets = {
        "gold": lay(corpora.polnear("train")),
        "told": lay(told(options.told)) if options.told else [],
        "names": lay(corpora.gum("train"))
        + lay(corpora.columns("wikigold.conll", "train"))
        + lay(corpora.columns("crossner_politics_train.conll")),
    }
    rounds = {k: int(v) for k, v in (r.split("=") for r in options.rounds.split(","))}
    table = load_file(os.path.join(options.minilm, "model.safetensors"))
    table = next(v for k, v in table.items() if k.endswith("embeddings.word_embeddings.weight"))
    network = Network(principal(table))
    network.train()
    os.makedirs(options.out, exist_ok=True)
    train(network, plan_of(sets, rounds, options.limit, options.size, rng), options.rate, options.out, rng)


if __name__ == "__main__":
    main()
