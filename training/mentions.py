"""Mentions, and which of them refer to the same: GUM's, the program's, and how alike two opinions are.

In: GUM's files, the layers that the program keeps (`kept.py`). Out: clusters of spans, and the CoNLL score as
eval/src/coreference defines it. It does not know who put the mentions together.
"""
import collections
import re

import numpy
from scipy.optimize import linear_sum_assignment

import kept

RECORD = {"person", "organization", "place"}
KINDS = "person organization place group event work law other".split()  # EntityKind
LEADS = ("The ", "the ", "A ", "a ", "an ", "Mr. ", "Mrs. ", "Ms. ", "Mr ", "Dr. ", "Sir ")

SPOKEN = set("i me my mine myself we us our ours ourselves you your yours yourself yourselves".split())

# A mention of GUM: a range of the treebank's words, what it refers to.
Mention = collections.namedtuple("Mention", "first end kind entity")


def offices():
    """The words that head the nouns of office."""
    with open("src/annotate/lexicon/offices.txt", encoding="utf-8") as file:
        lines = [line.rstrip("\n").split(" ", 1) for line in file if not line.startswith("#")]
    return {re.split("[ -]", line[1].split(" of ")[0])[-1] for line in lines if len(line) == 2}


def read_mentions(path):
    """The mentions of a file in the order in which they end, and the lemma of each word."""
    lemmas, opened, found = [], [], []
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    for row in rows:
        if len(row) != 10 or not row[0].isdigit():
            continue
        value = next((m[7:] for m in row[9].split("|") if m.startswith("Entity=")), "")
        for opening, closing in re.findall(r"\(([^()]+)|([^()]*)\)", value):
            if opening:
                opened.append((*(opening.split("-") + [""])[:2], len(lemmas)))
                continue
            at = [i for i, m in enumerate(opened) if not closing or m[0] == closing]
            if at:
                entity, kind, first = opened.pop(at[-1])
                found.append(Mention(first, len(lemmas) + 1, kind, entity))
        lemmas.append(row[2])
    return found, lemmas


def head_of(mention, words):
    """The word that depends on something outside; None where there are several."""
    heads = [i for i in range(mention.first, mention.end) if not mention.first <= words[i].head < mention.end]
    return heads[0] if len(heads) == 1 else None


def exact(mention, words):
    end = mention.end
    if end - mention.first > 1 and words[end - 1].tag == "POS":
        end -= 1
    return words[mention.first].start, words[end - 1].end


def name_end(mention, head, words):
    """The last word of the name that a mention is (eval/src/gum/names.rs), or None."""
    proper = lambda i: words[i].tag in ("NNP", "NNPS")
    if not proper(head):
        return None
    last = head
    while last + 1 < mention.end:
        over = words[last + 1]
        step = 2 if over.tag == "IN" and over.relation == "case" and last + 2 < mention.end else 1
        if not (proper(last + step) or step == 1 and over.tag == "CD"):
            break
        last += step
    return last


def telling(mention, words, lemmas, nouns):
    """The span of the words that tell a mention that a record uses; None for others."""
    head = head_of(mention, words)
    if head is None or mention.kind not in RECORD:
        return None
    word = words[head]
    span = (word.start, word.end)
    if word.tag in ("PRP", "PRPS"):
        return span
    if word.tag in ("NN", "NNS") and mention.kind == "person":
        return span if lemmas[head].lower() in nouns else None
    last = name_end(mention, head, words)
    return last if last is None else (words[last].start, words[last].end)


def clusters(keyed):
    """Spans by what they refer to; the first claim to a span stands."""
    seen, out = set(), collections.defaultdict(set)
    for span, entity in keyed:
        if span is not None and span[0] < span[1] and span not in seen:
            seen.add(span)
            out[entity].add(span)
    return list(out.values())


def gold(document, view, nouns):
    """`view`: "all" by exact spans, "record" as a record uses them, "third" the same without the pronouns of who speaks and who is spoken to."""
    mentions = sorted(document.mentions, key=lambda m: (m.first, -m.end))
    words = document.words
    span = lambda m: exact(m, words) if view == "all" else telling(m, words, document.lemmas, nouns)
    found = clusters((span(m), m.entity) for m in mentions)
    return third(found, document.text) if view == "third" else found


def third(clusters, text):
    """The clusters without "I", "we", "you" and theirs."""
    spoken = lambda span: text[span[0] : span[1]].lower() in SPOKEN
    kept = [{span for span in cluster if not spoken(span)} for cluster in clusters]
    return [cluster for cluster in kept if cluster]


class Found:
    """A mention of the program's: `all` and `record` are its spans in the two views (None: it is not in it)."""


def found(text, layers, nouns):
    """The program's mentions as eval/src/coreference/mentions.rs compares them, in order; `entity` is the program's."""
    mentions = layers["mentions"]
    starts = [m["span"][0] for m in mentions]
    tokens = [t["span"] for t in layers["tokens"]]
    inside = lambda span: [t for t in tokens if t[0] < span[1] and span[0] < t[1]]

    def name_after(i):
        title = mentions[i]
        j = next((j for j, start in enumerate(starts) if start >= title["span"][1]), None)
        if j is None or title["kind"] != kept.TITLE or mentions[j]["kind"] != kept.NAME:
            return None
        between = text[title["span"][1] : starts[j]]
        return j if between == " " and title["entity"] == mentions[j]["entity"] else None

    after = [name_after(i) for i in range(len(mentions))]
    out = []
    for i, m in enumerate(mentions):
        one = Found()
        one.head, one.kind, one.of = m["head"], m["kind"], m["of"]
        one.entity = -1 - i if m["entity"] is None else m["entity"]
        title = next((j for j in range(i - 1, max(i - 5, -1), -1) if after[j] == i), None)
        start = m["span"][0] if title is None else min(m["span"][0], mentions[title]["span"][0])
        one.all = None if after[i] is not None else (start, m["span"][1])
        kind = KINDS[m["of"] if m["entity"] is None else layers["entities"][m["entity"]]["kind"]]
        one.record = told(text, m, after[i], inside, nouns) if kind in RECORD else None
        out.append(one)
    return out


def told(text, m, after, inside, nouns):
    if m["kind"] == kept.PRONOUN:
        return m["span"]
    if m["kind"] == kept.NAME:
        start, end = m["span"]
        words = text[start:end]
        start += next((len(lead) for lead in LEADS if words.startswith(lead)), 0)
        end -= 2 if words.endswith(("'s", "’s")) else 0
        return (inside((start, max(start, end))) or [None])[-1]
    if m["kind"] == kept.TITLE and after is None:
        office = []
        for token in inside(m["head"]):
            if text[token[0] : token[1]] == "of":
                break
            office.append(token)
        return office[-1] if office else None
    return None


class Scores:
    """MUC, B³ and CEAF_e, summed over documents before they are divided (eval/src/coreference/metrics.rs)."""

    def __init__(self):
        self.counts = {name: [0.0] * 4 for name in ("mentions", "muc", "b3", "ceaf")}

    def add(self, key, response):
        of = {mention: r for r, cluster in enumerate(response) for mention in cluster}
        shared = collections.Counter((k, of[m]) for k, cluster in enumerate(key) for m in cluster if m in of)
        by_key, by_response = collections.defaultdict(list), collections.defaultdict(list)
        for (k, r), count in shared.items():
            by_key[k].append(count)
            by_response[r].append(count)
        size = lambda side: sum(map(len, side))
        both = sum(shared.values())
        links = lambda side, parts: (sum(sum(p) - len(p) for p in parts.values()), sum(len(c) - 1 for c in side))
        overlaps = lambda side, parts: sum(sum(n * n for n in p) / len(side[i]) for i, p in parts.items())
        alike = numpy.zeros((len(key), len(response)))
        for (k, r), count in shared.items():
            alike[k, r] = 2 * count / (len(key[k]) + len(response[r]))
        best = alike[linear_sum_assignment(-alike)].sum()
        rows = {
            "mentions": (both, size(key), both, size(response)),
            "muc": (*links(key, by_key), *links(response, by_response)),
            "b3": (overlaps(key, by_key), size(key), overlaps(response, by_response), size(response)),
            "ceaf": (best, len(key), best, len(response)),
        }
        for name, row in rows.items():
            self.counts[name] = [a + b for a, b in zip(self.counts[name], row)]

    def shares(self, name):
        """Precision and recall."""
        right_r, all_r, right_p, all_p = self.counts[name]
        return right_p / max(all_p, 1), right_r / max(all_r, 1)

    def f1(self, name):
        p, r = self.shares(name)
        return 200 * r * p / (r + p) if r + p else 0.0

    def conll(self):
        return sum(self.f1(name) for name in ("muc", "b3", "ceaf")) / 3

    def __str__(self):
        parts = ", ".join(f"{n} {self.f1(n):.1f}" for n in self.counts)
        p, r = self.shares("muc")
        parts += f"; links P {100 * p:.1f} R {100 * r:.1f}"
        return f"CoNLL {self.conll():.1f}  ({parts})"


def without_singles(clusters):
    return [c for c in clusters if len(c) > 1]
