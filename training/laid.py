"""The corpora laid on the program's own words.

In: `corpora.Document`s. Out: `Laid` documents: for each word its pieces, its features and its labels. The words and their
features come from the program itself (`eval features`), so that learning and use see the same. It does not know what is learnt.
"""
import bisect
import json
import os
import subprocess
import tempfile

from corpora import KINDS

IGNORE = -100
PIECES = 8  # of one word; what is longer is cut
TAGS = (
    "CC CD DT EX FW IN JJ JJR JJS LS MD NN NNS NNP NNPS PDT POS PRP PRPS RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ "
    "WDT WP WPS WRB Punct"
).split()
RELATIONS = (
    "root acl acl:relcl advcl advmod amod appos aux aux:pass case cc ccomp compound conj cop csubj dep det discourse "
    "dislocated expl fixed flat goeswith iobj list mark nmod nmod:poss nsubj nsubj:pass nummod obj obl orphan parataxis "
    "punct reparandum vocative xcomp"
).split()


class Laid:
    """`words`: (start, end); `features`: 8 numbers each; `pieces`: ids each; `proposals`: the rules' (cue, content, source).

    Gold, where there is any: `attributions` as [source, cue, content] lists of word ranges, `names` as BIO numbers,
    `tags`, `heads` (index of a word, -1 for a root, IGNORE where not known), `relations`.
    """


def run_features(documents):
    with tempfile.TemporaryDirectory() as folder:
        source, target = os.path.join(folder, "in.jsonl"), os.path.join(folder, "out.jsonl")
        with open(source, "w", encoding="utf-8") as file:
            for d in documents:
                file.write(json.dumps({"id": d.name, "text": d.text}) + "\n")
        subprocess.run(["target/release/eval", "features", source, "-o", target], check=True)
        with open(target, encoding="utf-8") as file:
            return [json.loads(line) for line in file]


def lay(documents, tokenizer):
    documents = list(documents)
    ids = {}
    for document, told in zip(documents, run_features(documents)):
        laid = Laid()
        laid.name, laid.text, laid.words, laid.features = document.name, document.text, told["tokens"], told["words"]
        laid.proposals = told["proposals"]
        laid.pieces = [pieces(document.text[s:e], tokenizer, ids) for s, e in laid.words]
        starts = [s for s, _ in laid.words]
        ends = [e for _, e in laid.words]
        laid.attributions = laid.names = laid.tags = laid.heads = laid.relations = None
        if document.attributions is not None:
            laid.attributions = [
                [[r for f in role for r in [words_in(f, starts, ends)] if r] for role in a] for a in document.attributions
            ]
        if document.names is not None:
            laid.names = bio(document.names, starts, ends)
        if document.words is not None:
            lay_syntax(laid, document.words, starts)
        yield laid


def pieces(word, tokenizer, ids):
    if word not in ids:
        ids[word] = tokenizer.encode(word, add_special_tokens=False).ids[:PIECES] or [tokenizer.token_to_id("[UNK]")]
    return ids[word]


def words_in(span, starts, ends):
    """The words that share a letter with a span of code points."""
    first, last = bisect.bisect_right(ends, span[0]), bisect.bisect_left(starts, span[1])
    return (first, last) if first < last else None


def bio(names, starts, ends):
    labels = [0] * len(starts)
    for start, end, kind in names:
        found = words_in((start, end), starts, ends)
        for i in range(*(found or (0, 0))):
            labels[i] = 1 + 2 * kind + (i > found[0])
    return labels


def lay_syntax(laid, words, starts):
    """A word of ours takes the syntax of the treebank's words in it: of the one that depends on something outside."""
    count = len(laid.words)
    owner = [max(0, bisect.bisect_right(starts, w.start) - 1) for w in words]
    laid.tags, laid.heads, laid.relations = [IGNORE] * count, [IGNORE] * count, [IGNORE] * count
    members = [[] for _ in range(count)]
    for i, o in enumerate(owner):
        members[o].append(i)
    for ours, theirs in enumerate(members):
        outer = [i for i in theirs if words[i].head < 0 or owner[words[i].head] != ours]
        if len(outer) != 1:
            continue
        word = words[outer[0]]
        exact = len(theirs) == 1 and laid.words[ours] == [word.start, word.end]
        laid.tags[ours] = TAGS.index(word.tag) if exact and word.tag in TAGS else IGNORE
        laid.heads[ours] = owner[word.head] if word.head >= 0 else -1
        laid.relations[ours] = RELATIONS.index(word.relation) if word.relation in RELATIONS else RELATIONS.index("dep")


def window(laid, first, limit):
    """The end of the stretch of words from `first` whose pieces number at most `limit`, at a sentence's start if it can be."""
    total, end, cut = 0, first, None
    while end < len(laid.words) and total + len(laid.pieces[end]) <= limit:
        total += len(laid.pieces[end])
        end += 1
        if end < len(laid.words) and laid.features[end][2] in (1, 2, 4, 5):
            cut = end
    return end if end == len(laid.words) or cut is None else cut


NAMES = 1 + 2 * len(KINDS)
