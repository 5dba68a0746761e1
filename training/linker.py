"""A head that links mentions to earlier ones, beside the links of the rules.

In: texts with rows, the mentions of `mentions.py`. Out: the entity of each mention, and scores. It does not know who found the mentions.
"""
import bisect
import random

import torch
from torch import nn
from torch.nn import functional as F

import kept
import mentions as links
from probe_rows import WIDTH, learn

LINK = 64  # numbers of a pair
NEAR, ALIKE = 40, 8  # candidates: the mentions before it, and earlier ones with the same noun
EMPTY = {"the", "a", "an", "this", "that", "these", "those", "'s", "’s"}
PRONOUNS = [
    "he him his himself", "she her hers herself", "it its itself", "they them their theirs themselves",
    "i me my mine myself", "we us our ours ourselves", "you your yours yourself yourselves", "this that these those",
]  # fmt: skip
CLASS = {word: i for i, words in enumerate(PRONOUNS) for word in words.split()}
LOG = [1, 2, 3, 4, 6, 9, 13, 20, 40]


class Unit:
    """A mention to be linked: the word that heads it, its range of words, its kind, what the rules link it to, what it truly refers to."""

    def __init__(self, t, span, head, kind, rule, truth):
        self.first, self.end = t.words_in(span) or (0, 1)
        self.at = (t.words_in(head) or (self.first, self.end))[1] - 1
        self.span, self.kind, self.truth = span, kind, truth
        self.rule = rule if rule is not None and rule >= 0 else None
        words = [t.laid.text[slice(*w)].lower() for w in t.laid.words[self.first : self.end]]
        self.noun = t.laid.text[slice(*t.laid.words[self.at])].lower()
        self.words = [w for w in words if w not in EMPTY]
        self.pronoun = CLASS.get(self.noun, len(PRONOUNS)) if len(words) == 1 else len(PRONOUNS)
        self.sentence = bisect.bisect_right(t.begins, self.at)
        self.quoted = t.laid.features[self.at][0] > 0
        self.record = None


def bucket(distance):
    return sum(distance >= limit for limit in LOG)


def alike(i, j):
    if i.pronoun < len(PRONOUNS) or j.pronoun < len(PRONOUNS):
        return 0
    if i.words == j.words:
        return 1
    if set(i.words) <= set(j.words) or set(j.words) <= set(i.words):
        return 2 if i.noun == j.noun else 3
    return 4 if i.noun == j.noun else 5


def ruled(i, j):
    if i.rule is None or j.rule is None:
        return 0
    return 1 if i.rule == j.rule else 2


FEATURES = [10, 10, 6, 16, (len(PRONOUNS) + 1) ** 2, 2, 4, 3]


def pair(i, j, between):
    """What is told of mention `i` and the earlier one `j`, `between` places apart."""
    nested = j.first <= i.first and i.end <= j.end
    return [
        bucket(between), bucket(i.sentence - j.sentence), alike(i, j), 4 * i.kind + j.kind,
        (len(PRONOUNS) + 1) * i.pronoun + j.pronoun, int(nested), 2 * i.quoted + j.quoted, ruled(i, j),
    ]  # fmt: skip


def candidates(units):
    """For each mention the earlier ones that it may refer back to, M×K (-1: none), and what is told of each pair, M×K×F."""
    by_noun, rows, told = {}, [], []
    for n, unit in enumerate(units):
        near = list(range(max(0, n - NEAR), n))
        near += [j for j in by_noun.get(unit.noun, [])[-ALIKE:] if j < n - NEAR and unit.pronoun == len(PRONOUNS)]
        by_noun.setdefault(unit.noun, []).append(n)
        rows.append(near + [-1] * (NEAR + ALIKE - len(near)))
        told.append([pair(unit, units[j], n - j) if j >= 0 else [0] * len(FEATURES) for j in rows[-1]])
    return torch.tensor(rows), torch.tensor(told) + torch.tensor([0, *FEATURES[:-1]]).cumsum(0)


class Problem:
    """The mentions of a text with their rows and candidates."""

    def __init__(self, t, units):
        self.units = sorted(units, key=lambda u: (u.first, -u.end))
        rows = t.rows.float()
        self.rows = torch.stack([torch.cat([rows[u.at], rows[u.first]]) for u in self.units])
        self.before, self.told = candidates(self.units)
        self.read_by = self.scores = None
        truth = [u.truth for u in self.units]
        ids = {name: i for i, name in enumerate(sorted({x for x in truth if x is not None}))}
        at = torch.tensor([ids.get(x, -1) for x in truth])
        same = (at[self.before.clamp(min=0)] == at[:, None]) & (self.before >= 0) & (at[:, None] >= 0)
        self.right = torch.cat([~same.any(1, keepdim=True), same], 1)


class Linker(nn.Module):
    """Scores earlier mentions (Lee and others 2017) in the form in which the network's roles are scored: a sum and a product of both
    mentions, and what is told of the pair. To refer to nothing earlier scores 0."""

    def __init__(self, rules):
        super().__init__()
        self.rules = rules
        self.drop = nn.Dropout(0.3)
        self.later, self.earlier = nn.Linear(2 * WIDTH, 2 * LINK), nn.Linear(2 * WIDTH, 2 * LINK)
        self.told = nn.EmbeddingBag(sum(FEATURES), LINK, mode="sum")
        nn.init.normal_(self.told.weight, std=0.1)
        self.score = nn.Linear(LINK, 1)

    def forward(self, problem):
        """M×(1+K): nothing earlier, then each candidate."""
        rows, before = self.drop(problem.rows), problem.before.clamp(min=0)
        a1, a2 = self.later(rows).chunk(2, -1)
        b1, b2 = self.earlier(rows).chunk(2, -1)
        told = problem.told if self.rules else problem.told[..., :-1]
        told = self.told(told.flatten(0, 1)).view(*before.shape, LINK)
        hidden = F.relu(a1[:, None] + b1[before] + a2[:, None] * b2[before] + told)
        scores = self.score(self.drop(hidden))[..., 0].masked_fill(problem.before < 0, -1e9)
        return F.pad(scores, (1, 0))


def link_loss(linker, problem):
    scores = linker(problem)
    return scores.logsumexp(1).sub(scores.masked_fill(~problem.right, -1e9).logsumexp(1)).mean()


def learn_linker(problems, rules, epochs, seed):
    torch.manual_seed(seed)
    rng = random.Random(seed)

    def epoch():
        rng.shuffle(problems)
        return problems

    return learn(Linker(rules), epoch, link_loss, epochs, 1e-3)


@torch.no_grad()
def linked(linker, problem, bias, fill=False):
    """The entity of each mention: that of the best earlier one, if it beats `bias`. With `fill` what the rules link stays, and the head
    is asked only of what they leave open."""
    if problem.read_by is not linker:
        problem.read_by, problem.scores = linker, linker(problem)
    scores = problem.scores + F.pad(torch.tensor([bias]), (0, problem.scores.shape[1] - 1))
    entity, ruled = [], {}
    for n, (unit, best) in enumerate(zip(problem.units, scores.argmax(1).tolist())):
        if fill and unit.rule is not None:
            entity.append(ruled.setdefault(unit.rule, n))
        else:
            entity.append(n if best == 0 else entity[problem.before[n, best - 1]])
    return entity


def score(problems, texts, entities, view, nouns):
    """Single mentions count, as in `eval coreference`; and without them."""
    singles, chains = links.Scores(), links.Scores()
    for t, problem, entity in zip(texts, problems, entities):
        keyed = [(u.span if view == "all" else u.record, e) for u, e in zip(problem.units, entity)]
        key, response = links.gold(t.document, view, nouns), links.clusters(keyed)
        response = links.third(response, t.document.text) if view == "third" else response
        singles.add(key, response)
        chains.add(links.without_singles(key), links.without_singles(response))
    return singles, chains


def gold_units(t):
    """GUM's own mentions, each span once; what the rules link is what they link among those that they find too."""
    by_span = {f.all: f for f in t.found if f.all}
    out = {}
    for m in sorted(t.document.mentions, key=lambda m: (m.first, -m.end)):
        span, head = links.exact(m, t.document.words), links.head_of(m, t.document.words)
        if span in out or span[0] >= span[1]:
            continue
        word = t.document.words[m.end - 1 if head is None else head]
        kind = kept.PRONOUN if word.tag in ("PRP", "PRPS") else kept.NAME if word.tag in ("NNP", "NNPS") else kept.NOMINAL
        rule = by_span[span].entity if span in by_span else None
        out[span] = Unit(t, span, (word.start, word.end), kind, rule, m.entity)
        out[span].sort = m.kind
    return list(out.values())


def found_units(t):
    """The mentions of the rules. What a mention truly refers to goes by its exact span, or else by its noun."""
    words = t.document.words
    exact = {links.exact(m, words): m.entity for m in t.document.mentions}
    by_head = {}
    for m in sorted(t.document.mentions, key=lambda m: m.first - m.end):
        head = links.head_of(m, words)
        by_head.setdefault(None if head is None else words[head].end, m.entity)
    truth = lambda span, end: exact.get(span, by_head.get(end))
    out = []
    for f in t.found:
        if f.all:
            unit = Unit(t, f.all, f.head, f.kind, f.entity, truth(f.all, f.head[1]))
            unit.record = f.record
            out.append(unit)
    return out


def of_rules(problem):
    """The entity of each mention by the rules; what they leave open is alone."""
    return [-1_000_000 - n if u.rule is None else u.rule for n, u in enumerate(problem.units)]
