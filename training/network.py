"""The network: an encoder of wordpieces with a head for each layer of an annotation.

In: pieces, features of words, positions of cues. Out: scores. Shapes: B windows, P pieces, W words, K cues, D width.
Roles follow semantic role labelling: each word is scored anew for every cue (O, B/I-source, B/I/E-content), so that nested
contents and shared sources need no special case. The encoder's weights start from all-MiniLM-L6-v2 (Wang et al. 2020).
"""
import math

import torch
from torch import nn
from torch.nn import functional as F

from laid import NAMES, RELATIONS, TAGS

SIZES = [8, 40, 6, 8, 3, 3, 3, 9]  # network/src/features.rs
FROZEN = 2  # layers below the features of words; their weights stay MiniLM's
BUCKETS = 24  # of the distance in words between a cue and a word
ROLES = 6  # O, B/I-source, B/I/E-content
HIDDEN = 128


def bucket(distance):
    """0 within the cue; 1 to 11 before it, 12 to 23 after it, by doubling widths."""
    size = distance.abs().clamp(min=1).float()
    scale = torch.where(size <= 4, size - 1, 4 + 2 * torch.log2(size / 4).floor() + (size >= 4 * 1.5 * 2 ** torch.log2(size / 4).floor()).float())
    scale = scale.long().clamp(max=10)
    return torch.where(distance == 0, 0, torch.where(distance < 0, 1 + scale, 12 + scale))


class Layer(nn.Module):
    def __init__(self, width, inner, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x, mask):
        b, p, d = x.shape
        q, k, v = self.qkv(x).view(b, p, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.out(mixed.transpose(1, 2).reshape(b, p, d)))
        return self.norm2(x + self.down(F.gelu(self.up(x), approximate="tanh")))


class Encoder(nn.Module):
    def __init__(self, pieces=30522, width=384, inner=1536, heads=12, depth=6):
        super().__init__()
        self.pieces = nn.Embedding(pieces, width)
        self.places = nn.Embedding(512, width)
        self.features = nn.ModuleList(nn.Embedding(n, width) for n in SIZES)
        for table in self.features:
            nn.init.zeros_(table.weight)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, inner, heads) for _ in range(depth))

    def load_minilm(self, tensors):
        t = {k.removeprefix("bert."): v for k, v in tensors.items()}
        state = {
            "pieces.weight": t["embeddings.word_embeddings.weight"],
            "places.weight": t["embeddings.position_embeddings.weight"] + t["embeddings.token_type_embeddings.weight"][0],
            "norm.weight": t["embeddings.LayerNorm.weight"],
            "norm.bias": t["embeddings.LayerNorm.bias"],
        }
        for i in range(len(self.layers)):
            a = f"encoder.layer.{i}."
            for part in ("weight", "bias"):
                qkv = [t[a + f"attention.self.{n}.{part}"] for n in ("query", "key", "value")]
                state[f"layers.{i}.qkv.{part}"] = torch.cat(qkv)
                state[f"layers.{i}.out.{part}"] = t[a + f"attention.output.dense.{part}"]
                state[f"layers.{i}.norm1.{part}"] = t[a + f"attention.output.LayerNorm.{part}"]
                state[f"layers.{i}.up.{part}"] = t[a + f"intermediate.dense.{part}"]
                state[f"layers.{i}.down.{part}"] = t[a + f"output.dense.{part}"]
                state[f"layers.{i}.norm2.{part}"] = t[a + f"output.LayerNorm.{part}"]
        missing = self.load_state_dict(state, strict=False)
        assert all(m.startswith("features") for m in missing.missing_keys) and not missing.unexpected_keys

    def forward(self, pieces, features, mask):
        mask = mask[:, None, None, :]
        with torch.no_grad():
            x = self.norm(self.pieces(pieces) + self.places.weight[: pieces.shape[1]])
            for layer in self.layers[:FROZEN]:
                x = layer(x, mask)
        x = x + sum(table(features[..., i]) for i, table in enumerate(self.features))
        x = F.dropout(x, 0.1, self.training)
        for layer in self.layers[FROZEN:]:
            x = layer(x, mask)
        return x

    def frozen(self):
        """The parameters that training leaves alone."""
        modules = [self.pieces, self.places, self.norm, *self.layers[:FROZEN]]
        return [p for m in modules for p in m.parameters()]


class Heads(nn.Module):
    def __init__(self, width=384):
        super().__init__()
        self.cue = nn.Sequential(nn.Linear(width, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 3))
        self.name = nn.Sequential(nn.Linear(width, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, NAMES))
        self.tag = nn.Linear(width, len(TAGS))
        self.role_word = nn.Linear(width, 2 * HIDDEN)
        self.role_cue = nn.Linear(width, 2 * HIDDEN)
        self.role_place = nn.Embedding(BUCKETS, HIDDEN)
        self.role_rule = nn.Embedding(4, HIDDEN)
        self.role = nn.Linear(HIDDEN, ROLES)
        self.arc_head = nn.Linear(width, HIDDEN)
        self.arc_child = nn.Linear(width, HIDDEN)
        self.arc_root = nn.Parameter(torch.zeros(HIDDEN))
        self.relation_head = nn.Linear(width, 64)
        self.relation_child = nn.Linear(width, 64)
        self.relation = nn.Bilinear(64, 64, len(RELATIONS))
        self.relation_bias = nn.Linear(128, len(RELATIONS))

    def roles(self, words, cues, rules):
        """Scores of the words of one window for each cue.

        `words`: W×D; `cues`: K ranges of words; `rules`: K×W, what the rules say (0 nothing, 1 content, 2 source,
        3 they know no such cue). Gives K×W×6.
        """
        first = torch.tensor([c[0] for c in cues])
        last = torch.tensor([c[1] - 1 for c in cues])
        middle = torch.stack([words[a:b].mean(0) for a, b in cues])
        a1, a2 = self.role_word(words).chunk(2, -1)
        c1, c2 = self.role_cue(middle).chunk(2, -1)
        at = torch.arange(len(words))
        distance = torch.where(at < first[:, None], at - first[:, None], (at - last[:, None]).clamp(min=0))
        hidden = a1[None] + c1[:, None] + a2[None] * c2[:, None] + self.role_place(bucket(distance)) + self.role_rule(rules)
        return self.role(F.relu(hidden))

    def arcs(self, words):
        """W×(W+1): how well each word (columns; the first is the root) heads each word (rows)."""
        heads = torch.cat([self.arc_root[None], self.arc_head(words)])
        return self.arc_child(words) @ heads.T / math.sqrt(HIDDEN)

    def relations(self, words, heads):
        """W×R: the relation of each word to its head (a root's head is itself)."""
        child, head = self.relation_child(words), self.relation_head(words[heads])
        return self.relation(child, head) + self.relation_bias(torch.cat([child, head], -1))
