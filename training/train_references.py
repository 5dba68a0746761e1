#!/usr/bin/env python3
"""Teaches the heads that find mentions and link them, on the accurate network's rows as it is shipped.

    cargo build --release --workspace
    python3 training/train_references.py models/accurate/references.safetensors     # from the repository's root

They learn on GUM train in ../shared/data, and the score that a link must have is chosen on every tenth text of it, for the
best CoNLL score of all mentions. Seeded; ten minutes of one core and as many for the encoder. Needs torch, tokenizers,
safetensors and scipy. `src/annotate/neural/references/` reads the file.
"""
import argparse

import torch
from safetensors.torch import save_file

from export_network import quantised
from finder import learn_finder, united_units
from linker import Problem, gold_units, learn_linker, linked, score
from probe_coreference import BIASES, add_links
from probe_rows import SEED, read, shipped, split


def best_bias(linker, problems, texts, nouns):
    """What is added to every link's score."""
    of = lambda bias: score(problems, texts, [linked(linker, p, bias, True) for p in problems], "all", nouns)[0].conll().item()
    told = {bias: of(bias) for bias in BIASES}
    print("held-out train, CoNLL by what is added:", {bias: round(value, 1) for bias, value in told.items()})
    return max(told, key=told.get)


def exported(finder, linker, bias):
    """The tensors of both heads; matrices in 8 bits with a scale for each output."""
    out = {"bias": torch.tensor([bias])}
    for name, value in [*(("finder." + n, v) for n, v in finder.state_dict().items()), *(("linker." + n, v) for n, v in linker.state_dict().items())]:
        if value.dim() < 2 or any(part in name for part in ("place", "told", "score")):
            out[name] = value.float().contiguous()
        else:
            out[name], out[name.removesuffix("weight") + "scale"] = quantised(value)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", help="keep the rows in this file, and read them from it")
    parser.add_argument("target")
    options = parser.parse_args()
    torch.set_num_threads(1)
    parts = read(options, shipped())
    nouns = add_links(parts)
    learnt, held = split(parts["gum", "train"])
    finder = learn_finder(learnt)
    linker = learn_linker([Problem(t, gold_units(t)) for t in learnt], True, 8, SEED)
    bias = best_bias(linker, [Problem(t, united_units(t, finder, nouns)) for t in held], held, nouns)
    out = exported(finder, linker, bias)
    save_file(out, options.target)
    print(f"{options.target}: {sum(v.numel() * v.element_size() for v in out.values())} bytes, {bias} added to links")


if __name__ == "__main__":
    main()
