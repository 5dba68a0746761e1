#!/usr/bin/env python3
"""Writes a trained network as the program reads it: matrices in 8 bits with a scale for each output.

    python3 training/export_network.py CHECKPOINT models/accurate/model.safetensors
    python3 training/export_network.py CHECKPOINT models/fast/model.safetensors

Which of the two it is shows in the names of its matrices. Needs torch and safetensors. What the program does not use (the parser's head) is left out.
"""
import sys

import torch
from safetensors.torch import load_file, save_file

from network import FROZEN
from train_fast import DILATIONS

UNUSED = ("heads.arc", "heads.relation", "heads.tag")
FLOATS = ("features", "places", "norm", "role_place", "role_rule")


def quantised(weight):
    """Rows of 8-bit integers and the scale of each: the largest magnitude becomes 127."""
    scale = weight.abs().amax(1).clamp(min=1e-12) / 127
    return torch.round(weight / scale[:, None]).to(torch.int8), scale


def main():
    source, target = sys.argv[1:3]
    state = load_file(source)
    if "encoder.layers.0.mix.weight" in state:
        out = {"encoder.distances": torch.tensor([float(d) for d in DILATIONS])}
    else:
        out = {"encoder.frozen": torch.tensor([float(FROZEN)])}
    for name, value in state.items():
        if name.startswith(UNUSED):
            continue
        if any(part in name for part in FLOATS) or value.dim() < 2:
            out[name] = value.float().contiguous()
        else:
            out[name], out[name.removesuffix("weight") + "scale"] = quantised(value)
    save_file(out, target)
    print(f"{target}: {sum(v.numel() * v.element_size() for v in out.values())} bytes")


if __name__ == "__main__":
    main()
