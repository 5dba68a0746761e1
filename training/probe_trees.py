"""A head for dependencies, and the subjects of verbs that it finds beside the sources that the rules name.

In: texts with rows. Out: attachment scores, printed. It does not know who uses a tree.
"""
import math
import random

import torch
from torch import nn
from torch.nn import functional as F

import laid
from network import HIDDEN
from probe_rows import SEED, WIDTH, cost, learn, size, split

REACH = 24  # words apart, from which on distance is one


class Parser(nn.Module):
    """Biaffine (Dozat and Manning 2017), small: as the head that helped training (network.py), with a hidden layer; relations in the form
    in which the network's roles are scored, a sum and a product of both words."""

    def __init__(self, width):
        super().__init__()
        arc = lambda: nn.Sequential(nn.Dropout(0.2), nn.Linear(WIDTH, width), nn.ReLU(), nn.Dropout(0.2))
        self.head, self.child = arc(), arc()
        self.root = nn.Parameter(torch.zeros(width))
        self.map = nn.Linear(width, width)
        self.place = nn.Embedding(2 * REACH + 1, 1)
        self.relation_head, self.relation_child = nn.Linear(WIDTH, 2 * HIDDEN), nn.Linear(WIDTH, 2 * HIDDEN)
        self.relation = nn.Sequential(nn.ReLU(), nn.Dropout(0.2), nn.Linear(HIDDEN, len(laid.RELATIONS)))
        nn.init.zeros_(self.place.weight)

    def arcs(self, x):
        """B×S×(S+1): how well the root, then each word (columns) heads each word (rows)."""
        heads = torch.cat([self.root.expand(len(x), 1, -1), self.head(x)], 1)
        scores = self.map(self.child(x)) @ heads.transpose(1, 2) / math.sqrt(heads.shape[-1])
        at = torch.arange(x.shape[1])
        distance = (at[None] - at[:, None]).clamp(-REACH, REACH) + REACH
        return scores + F.pad(self.place(distance)[..., 0], (1, 0))

    def relations(self, x, heads):
        """B×S×R: the relation of each word to its head (its index in the sentence; a root's is itself)."""
        far = x.gather(1, heads[..., None].expand(-1, -1, x.shape[-1]))
        a1, a2 = self.relation_child(x).chunk(2, -1)
        b1, b2 = self.relation_head(far).chunk(2, -1)
        return self.relation(a1 + b1 + a2 * b2)


def sentences(texts):
    """(rows, heads with 0 for the root and IGNORE where it lies outside or is not known, relations) of each sentence of the program's."""
    out = []
    for t in texts:
        for first, end in t.sentences():
            heads = t.laid.heads[first:end]
            heads = [0 if h == -1 else h - first + 1 if first <= h < end else laid.IGNORE for h in heads]
            out.append((t.rows[first:end], torch.tensor(heads), torch.tensor(t.laid.relations[first:end])))
    return out


def padded(batch):
    pad = lambda rows, value: nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=value)
    x = pad([b[0].float() for b in batch], 0.0)
    mask = pad([torch.ones(len(b[1]), dtype=torch.bool) for b in batch], False)
    return x, pad([b[1] for b in batch], laid.IGNORE), pad([b[2] for b in batch], laid.IGNORE), mask


def parse_loss(parser, batch):
    x, heads, relations, mask = padded(batch)
    arcs = parser.arcs(x).masked_fill(~F.pad(mask, (1, 0), value=True)[:, None], -1e9)
    known = heads >= 0
    to = torch.where(heads > 0, heads - 1, torch.arange(x.shape[1])).clamp(min=0)
    scores = parser.relations(x, to)
    return F.cross_entropy(arcs[known], heads[known]) + F.cross_entropy(scores[known], relations[known])


@torch.no_grad()
def parsed(parser, rows):
    """Heads (0 for the root) and relations of a sentence."""
    x = rows.float()[None]
    heads = parser.arcs(x)[0].argmax(-1)
    to = torch.where(heads > 0, heads - 1, torch.arange(len(heads)))
    return heads, parser.relations(x, to[None])[0].argmax(-1)


def attachment(parser, texts):
    """UAS and LAS over words with a letter or a digit whose head is known, within the program's sentences or not."""
    all_words = right = labelled = 0
    for t in texts:
        for first, end in t.sentences():
            heads, relations = parsed(parser, t.rows[first:end])
            for i, (h, r) in enumerate(zip(heads.tolist(), relations.tolist()), first):
                gold = t.laid.heads[i]
                if gold == laid.IGNORE or not any(c.isalnum() for c in t.laid.text[slice(*t.laid.words[i])]):
                    continue
                all_words += 1
                same = (h == 0 and gold == -1) or (h > 0 and gold == first + h - 1)
                right += same
                labelled += same and r == t.laid.relations[i]
    return 100 * right / all_words, 100 * labelled / all_words, all_words


def learn_parser(texts, width, epochs):
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    items = [s for s in sentences(texts) if len(s[1]) <= 80 and (s[1] >= 0).any()]

    def epoch():
        rng.shuffle(items)
        pools = [sorted(items[i : i + 640], key=lambda s: len(s[1])) for i in range(0, len(items), 640)]
        cut = [pool[j : j + 32] for pool in pools for j in range(0, len(pool), 32)]
        rng.shuffle(cut)
        return cut

    return learn(Parser(width), epoch, parse_loss, epochs, 2e-3)


SUBJECT = laid.RELATIONS.index("nsubj")
NOUNS = {laid.TAGS.index(tag) for tag in ("NN", "NNS", "NNP", "NNPS")}


def subjects(t, parser):
    """Verb to subject, by the gold tree, where it is a noun, and by the parser's; not of passives. For a pronoun the rules may name
    whom it stands for."""
    gold, found = {}, {}
    for i, (h, r) in enumerate(zip(t.laid.heads, t.laid.relations)):
        if h >= 0 and r == SUBJECT and t.laid.tags[i] in NOUNS:
            gold.setdefault(h, i)
    for first, end in t.sentences():
        heads, relations = parsed(parser, t.rows[first:end])
        for i, (h, r) in enumerate(zip(heads.tolist(), relations.tolist()), first):
            if h > 0 and r == SUBJECT:
                found.setdefault(first + h - 1, i)
    return gold, found


def sources(t):
    """The cues that the rules find, with whom they name as source."""
    return [(cue, source) for cue, _, source in t.laid.proposals]


def actors(t):
    """The words that tell the events that the program finds, with those for who does it."""
    words = lambda span: [t.words_in(span)] if span and t.words_in(span) else []
    return [(words(e["trigger"]), words(e["actor_words"])) for e in t.layers["events"]]


def probe_subjects(parser, texts, of_rules, name):
    """Of what the rules find, all that holds one word with such a subject: whom the rules name, and the parser. That the rules found it
    favours them: of a cue without a source they think less."""
    count = rules = rules_given = ours = ours_given = 0
    for t in texts:
        gold, found = subjects(t, parser)
        for told, named in of_rules(t):
            verbs = [i for a, b in told for i in range(a, b) if i in gold]
            if len(verbs) != 1:
                continue
            verb = verbs[0]
            count += 1
            rules_given += bool(named)
            rules += any(a <= gold[verb] < b for a, b in named)
            ours_given += verb in found
            ours += found.get(verb) == gold[verb]
    print(f"  {name}, {count} with a subject: the rules name {rules_given}, the subject's noun is in {rules}; the parser names {ours_given}, right {ours}", flush=True)


def probe_trees(parts):
    print("\nDEPENDENCIES, words with a letter or a digit, by the program's own sentences")
    train = parts["gum", "train"] + parts["ewt", "train"]
    learnt, chosen_on = split(train)
    parser = learn_parser(learnt, HIDDEN, 4)
    spent = cost(lambda x: [parsed(parser, x[i : i + 25]) for i in range(0, 1000, 25)], 1)
    print(f"  {size(parser)} parameters, {spent:.1f} ms per 1,000 words")
    for name, texts in (("held-out train", chosen_on), ("GUM dev", parts["gum", "dev"]), ("EWT dev", parts["ewt", "dev"])):
        uas, las, count = attachment(parser, texts)
        print(f"  {name}: UAS {uas:.1f}, LAS {las:.1f} of {count}", flush=True)
    texts = parts["gum", "dev"] + parts["gum", "test"] + parts["ewt", "dev"]
    probe_subjects(parser, texts, sources, "cues of the rules")
    probe_subjects(parser, texts, actors, "events")
