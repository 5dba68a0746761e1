"""The shipped encoder's rows of numbers for the words of the treebanks, and what every probe needs to learn from them.

In: models/accurate, ../shared/data. Out: `Text`s with a row for each word. It does not know what is read off the rows.
"""
import copy
import os
import random
import time

import torch
from safetensors.torch import load_file
from tokenizers import BertWordPieceTokenizer

import batches
import corpora
import laid
from train_accurate import Network

MODEL = "models/accurate/model.safetensors"
LIMIT = 200  # pieces of a window, as in training
WIDTH = 384
POS = 1  # the column of the tagger's tag
STARTS = (1, 2, 4, 5)  # layout: a sentence begins
SEED = 7


def shipped():
    """The network as it is shipped, its matrices in floating point again; heads that are not in the file stay as made."""
    state = load_file(MODEL)
    scales = {name.removesuffix("scale"): value for name, value in state.items() if name.endswith(".scale")}
    network = Network()
    known = network.state_dict()
    for name, value in state.items():
        if name in known:
            scale = scales.get(name.removesuffix("weight")) if value.dtype == torch.int8 else None
            known[name] = value.float() if scale is None else value.float() * scale[:, None]
    network.load_state_dict(known)
    return network.eval()


class Text:
    """A laid document with a row of numbers for each word."""

    def __init__(self, document, laid):
        self.document, self.laid = document, laid
        self.rows = self.unsure = None
        self.starts, self.ends = [s for s, _ in laid.words], [e for _, e in laid.words]
        self.begins = [i for i, f in enumerate(laid.features) if f[2] in STARTS or i == 0]

    def sentences(self):
        return list(zip(self.begins, self.begins[1:] + [len(self.laid.words)]))

    def words_in(self, span):
        return laid.words_in(span, self.starts, self.ends)


@torch.no_grad()
def encode(network, items):
    """A row for each word of each laid document. Windows do not overlap, as in training; the program's do."""
    cut = [(i, w) for i, l in enumerate(items) for w in batches.windows(l, LIMIT, None)]
    cut.sort(key=lambda c: len(c[1].pieces()))
    rows = [torch.zeros(len(l.words), WIDTH, dtype=torch.half) for l in items]
    for first in range(0, len(cut), 16):
        batch = cut[first : first + 16]
        words = network.words([w for _, w in batch])
        for (i, w), row in zip(batch, words):
            rows[i][w.first : w.end] = row[: w.end - w.first].half()
    return rows


def unsure(l, rng):
    """The same document where one tag in ten is another: the tagger has learnt from the train parts, and is right there more
    often than elsewhere; a head that learns from them as they are trusts it too much."""
    out = copy.copy(l)
    tags = [f[POS] for f in l.features]
    out.features = [list(f) for f in l.features]
    for f in out.features:
        if rng.random() < 0.1:
            f[POS] = rng.choice(tags)
    return out


def read(options, network):
    """The texts of each part with their rows."""
    tokenizer = BertWordPieceTokenizer("models/accurate/vocab.txt", lowercase=True)
    kept_rows = torch.load(options.cache) if options.cache and os.path.exists(options.cache) else {}
    parts = {}
    for name, source in (("gum", corpora.gum), ("ewt", corpora.ewt)):
        for part in ("train", "dev", "test")[: 3 if name == "gum" else 2]:
            documents = list(source(part))
            texts = [Text(d, l) for d, l in zip(documents, laid.lay(documents, tokenizer))]
            key = f"{name} {part}"
            if key not in kept_rows:
                kept_rows[key] = rows_of(network, texts, key)
            for t, row, doubt in zip(texts, *kept_rows[key]):
                t.rows, t.unsure = row, doubt
            parts[name, part] = texts
    if options.cache:
        torch.save(kept_rows, options.cache)
    return parts


def rows_of(network, texts, name):
    """The rows of each text; of train, those with garbled tags too."""
    began = time.process_time()
    rows = encode(network, [t.laid for t in texts])
    spent = time.process_time() - began
    words = sum(len(t.laid.words) for t in texts)
    print(f"{name}: {len(texts)} texts, {words} words, encoder {1e6 * spent / words:.0f} ms per 1,000 words", flush=True)
    rng = random.Random(SEED)
    return rows, encode(network, [unsure(t.laid, rng) for t in texts]) if "train" in name else rows


def split(texts):
    """Nine tenths to learn from, every tenth to choose on."""
    return [t for i, t in enumerate(texts) if i % 10 != 9], [t for i, t in enumerate(texts) if i % 10 == 9]


def size(module):
    return sum(p.numel() for p in module.parameters())


def learn(head, batches_of, loss_of, epochs, rate):
    """Trains `head`; `batches_of` gives an epoch's batches."""
    optimizer = torch.optim.AdamW(head.parameters(), lr=rate, weight_decay=0.01)
    head.train()
    for epoch in range(epochs):
        optimizer.param_groups[0]["lr"] = rate * (1 - epoch / epochs)
        for batch in batches_of():
            optimizer.zero_grad(set_to_none=True)
            loss_of(head, batch).backward()
            torch.nn.utils.clip_grad_norm_(head.parameters(), 5.0)
            optimizer.step()
    return head.eval()


def cost(run, count):
    """Milliseconds for 1,000 words, rows in floating point."""
    x = torch.randn(1000, WIDTH)
    with torch.no_grad():
        run(x)
        began = time.process_time()
        for _ in range(10 * count):
            run(x)
    return 100 * (time.process_time() - began) / count
