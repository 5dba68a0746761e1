"""A head that finds mentions, their sort and their borders.

In: texts with rows. Out: mentions to be linked, as the rules' are. It does not know what they refer to.
"""
import random

import torch
from torch import nn
from torch.nn import functional as F

import kept
import laid
import mentions as links
from network import HIDDEN
from linker import Unit, found_units, gold_units
from probe_rows import POS, SEED, WIDTH, learn
from probe_trees import REACH

SORTS = ["none", "person", "organization", "place", "other"]


class Finder(nn.Module):
    """Which words head a mention, of what sort, and where it begins and ends within the sentence."""

    def __init__(self):
        super().__init__()
        self.drop = nn.Dropout(0.2)
        self.sort = nn.Sequential(nn.Linear(WIDTH, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, len(SORTS)))
        self.head, self.border = nn.Linear(WIDTH, HIDDEN), nn.Linear(WIDTH, HIDDEN)
        self.place = nn.Embedding(2 * REACH + 1, 2)
        nn.init.zeros_(self.place.weight)

    def forward(self, rows):
        """Sorts S×5; scores of each word (columns) as the first and as the last of each word's mention, S×S each."""
        rows = self.drop(rows)
        heads, borders = self.head(rows).chunk(2, -1), self.border(rows).chunk(2, -1)
        at = torch.arange(len(rows))
        apart = at[None] - at[:, None]
        place = self.place(apart.clamp(-REACH, REACH) + REACH)
        first, last = (h @ b.T / 8 + place[..., k] for k, (h, b) in enumerate(zip(heads, borders)))
        return self.sort(rows), first.masked_fill(apart > 0, -1e9), last.masked_fill(apart < 0, -1e9)


def found_in(t):
    """For each sentence its rows, the sort of the mention that each word heads, and that mention's first and last word (IGNORE: none)."""
    count = len(t.laid.words)
    sorts, firsts, lasts = [0] * count, [laid.IGNORE] * count, [laid.IGNORE] * count
    for unit in sorted(gold_units(t), key=lambda u: u.end - u.first):
        sorts[unit.at] = SORTS.index(unit.sort if unit.sort in SORTS else "other")
        firsts[unit.at], lasts[unit.at] = unit.first, unit.end - 1
    for first, end in t.sentences():
        here = lambda values: torch.tensor([v - first if first <= v < end else laid.IGNORE for v in values[first:end]])
        yield t.rows[first:end].float(), torch.tensor(sorts[first:end]), here(firsts), here(lasts)


def find_loss(finder, batch):
    total, count = 0.0, 0
    for rows, sorts, first, last in batch:
        by_sort, *by_border = finder(rows)
        total = total + F.cross_entropy(by_sort, sorts, reduction="sum")
        for scores, right in zip(by_border, (first, last)):
            if (right >= 0).any():
                total = total + F.cross_entropy(scores, right, reduction="sum")
        count += len(rows)
    return total / count


def learn_finder(texts):
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    items = [s for t in texts for s in found_in(t)]

    def epoch():
        rng.shuffle(items)
        return [items[i : i + 16] for i in range(0, len(items), 16)]

    return learn(Finder(), epoch, find_loss, 4, 1e-3)


@torch.no_grad()
def predicted_units(t, finder, nouns):
    """The mentions that the head finds."""
    by_span = {f.all: f for f in t.found if f.all}
    words, tags = t.laid.words, [laid.TAGS[f[POS]] for f in t.laid.features]
    out = {}
    for start, end in t.sentences():
        sorts, first, last = finder(t.rows[start:end].float())
        for i, (sort, a, b) in enumerate(zip(sorts.argmax(1).tolist(), first.argmax(1).tolist(), last.argmax(1).tolist()), start):
            span = (words[start + a][0], words[start + b][1])
            if sort == 0 or span in out:
                continue
            kind = kept.PRONOUN if tags[i] in ("PRP", "PRPS") else kept.NAME if tags[i] in ("NNP", "NNPS") else kept.NOMINAL
            rule = by_span[span].entity if span in by_span else None
            unit = Unit(t, span, tuple(words[i]), kind, rule, None)
            if SORTS[sort] in links.RECORD:
                unit.record = tells(t, unit, kind, SORTS[sort], tags, nouns)
            out[span] = unit
    return list(out.values())


def united_units(t, finder, nouns):
    """The mentions that the head finds. One whose noun heads a mention of the rules refers to what they say; what the rules resolve and
    the head does not find stands beside them."""
    units, by_noun = predicted_units(t, finder, nouns), {}
    for f in found_units(t):
        f.truth = None
        by_noun.setdefault(f.at, f)
    for unit in units:
        if unit.rule is None and unit.at in by_noun:
            unit.rule = by_noun[unit.at].rule
    found = {unit.at for unit in units}
    return units + [f for f in by_noun.values() if f.at not in found and f.rule is not None]


def tells(t, unit, kind, sort, tags, nouns):
    """The span of the word that tells a mention in the record's view."""
    last = unit.at
    if kind == kept.NOMINAL:
        return tuple(t.laid.words[last]) if sort == "person" and unit.noun.removesuffix("s") in nouns else None
    while kind == kept.NAME and last + 1 < unit.end and tags[last + 1] in ("NNP", "NNPS", "CD"):
        last += 1
    return tuple(t.laid.words[last])
