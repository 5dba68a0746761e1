#!/usr/bin/env python3
"""What heads for parts of speech, syntax and coreference would be worth on the accurate network's encoder, as it is shipped.

    cargo build --release --workspace
    python3 training/probe_heads.py      # from the repository's root

The encoder (models/accurate/model.safetensors) stays as it is: whatever a head learns, the heads that are shipped say the
same. Heads learn on the train parts of GUM and EWT in ../shared/data; settings are chosen on every tenth text of train, scores
are of dev. Seeded; one core, some minutes. Needs torch, tokenizers, safetensors and scipy.
"""
import argparse
import hashlib

import torch

from probe_coreference import add_links, probe_coreference
from probe_rows import MODEL, SEED, read, shipped
from probe_tags import probe_tags
from probe_trees import probe_trees


def name_f1(network, texts):
    """F1 of names with their kind, each word's best label alone: what the shipped head says of these rows."""
    right = found = gold = 0
    for t in texts:
        best = network.heads.name(t.rows.float()).argmax(-1).tolist()
        a, b = spans(best), spans(t.laid.names)
        right, found, gold = right + len(a & b), found + len(a), gold + len(b)
    return 200 * right / (found + gold)


def spans(labels):
    out, open_at = set(), None
    for i, label in enumerate([*labels, 0]):
        if open_at is not None and (label == 0 or label % 2 or label != labels[open_at] + 1):
            out.add((open_at, i, labels[open_at]))
            open_at = None
        if label % 2 and i < len(labels):
            open_at = i
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", help="keep the rows in this file, and read them from it")
    parser.add_argument("heads", nargs="*", default=["tags", "trees", "links"], help="which heads: tags, trees, links")
    options = parser.parse_args()
    torch.set_num_threads(1)
    with open(MODEL, "rb") as file:
        print(f"{MODEL} {hashlib.sha256(file.read()).hexdigest()}, seed {SEED}")
    network = shipped()
    parts = read(options, network)
    print(f"names with their kind on GUM dev, F1, the shipped head alone: {name_f1(network, parts['gum', 'dev']):.1f}")
    nouns = add_links(parts)
    if "tags" in options.heads:
        probe_tags(parts)
    if "trees" in options.heads:
        probe_trees(parts)
    if "links" in options.heads:
        probe_coreference(parts, nouns)


if __name__ == "__main__":
    main()
