"""A head for parts of speech beside the tagger, on the same words.

In: texts with rows. Out: accuracies, printed. It does not know the tagger but for the tags that it gave.
"""
import torch
from torch import nn
from torch.nn import functional as F

import laid
from probe_rows import POS, SEED, WIDTH, cost, learn, size, split


def tagged(texts, doubt=False):
    """Rows, gold tags and the tagger's tags of all words: what holds a letter and is one word for both."""
    rows, gold, told = [], [], []
    for t in texts:
        text, l = t.laid.text, t.laid
        keep = [i for i, tag in enumerate(l.tags) if tag >= 0 and any(c.isalpha() for c in text[slice(*l.words[i])])]
        rows.append((t.unsure if doubt else t.rows)[keep])
        gold += [l.tags[i] for i in keep]
        told += [l.features[i][POS] for i in keep]
    return torch.cat(rows), torch.tensor(gold), torch.tensor(told)


def tag_head(hidden):
    if not hidden:
        return nn.Linear(WIDTH, len(laid.TAGS))
    return nn.Sequential(nn.Dropout(0.1), nn.Linear(WIDTH, hidden), nn.ReLU(), nn.Linear(hidden, len(laid.TAGS)))


def accuracy(head, rows, gold):
    with torch.no_grad():
        return 100 * (head(rows.float()).argmax(-1) == gold).float().mean().item()


def probe_tags(parts):
    print("\nPARTS OF SPEECH, accuracy over words with a letter")
    train = parts["gum", "train"] + parts["ewt", "train"]
    learnt, chosen_on = split(train)
    held = tagged(chosen_on)
    sets = {"GUM dev": tagged(parts["gum", "dev"]), "EWT dev": tagged(parts["ewt", "dev"])}
    agree = lambda s: f"{100 * (s[1] == s[2]).float().mean():.2f}"
    print(f"  the tagger: held-out train {agree(held)} (it has learnt from it); " + "; ".join(f"{n} {agree(s)} of {len(s[1])}" for n, s in sets.items()))
    for hidden in (0, 128):
        for doubt in (False, True):
            rows, gold, _ = tagged(learnt, doubt)
            torch.manual_seed(SEED)
            order = lambda: torch.randperm(len(gold)).split(512)
            loss = lambda head, at: F.cross_entropy(head(rows[at].float()), gold[at])
            head = learn(tag_head(hidden), order, loss, 4, 2e-3)
            scores = "; ".join(f"{n} {accuracy(head, s[0], s[1]):.2f}" for n, s in sets.items())
            print(
                f"  {'one hidden layer' if hidden else 'linear'}, {'a tenth of the tags garbled' if doubt else 'tags as told'}: held-out train "
                f"{accuracy(head, *held[:2]):.2f}; {scores}; {size(head)} parameters, {cost(lambda x: head(x), 1):.2f} ms per 1,000 words",
                flush=True,
            )
