#!/usr/bin/env python3
"""Learns which words are cues and where contents end, from the training part of PolNeAR.

    python3 training/cues.py            # from the repository root; reads ../shared/data/polnear/train

Writes src/annotate/lexicon/cues.tsv and ends.tsv: features of two log-linear models with their weights. The
features are computed by the program itself (src/annotate/attributions/export.rs), so that learning and use see
the same. Python 3.8, standard library only; the order of the places is shuffled with a fixed seed.
"""
import bisect
import collections
import glob
import math
import os
import random
import re
import subprocess
import sys
import tempfile

TRAIN = "../shared/data/polnear/train"
LEXICON = "src/annotate/lexicon"
SAYING = set("said says say saying told tells telling added adds wrote writes asked according".split())


def attributions(doc):
    """The attributions of the first annotator: (cue fragments, content fragments)."""
    files = sorted(glob.glob(os.path.join(glob.escape(os.path.join(TRAIN, "attributions", doc)) + "_????.ann")))
    spans, events = {}, []
    for line in open(files[0], encoding="utf-8", newline="\n") if files else []:
        columns = line.rstrip("\r\n").split("\t")
        if re.fullmatch(r"T\d+", columns[0]):
            _, offsets = columns[1].split(" ", 1)
            spans[columns[0]] = [tuple(map(int, o.split())) for o in offsets.split(";")]
        elif re.fullmatch(r"E\d+", columns[0]):
            events.append(columns[1].split()[1:])
    for event in events:
        roles = collections.defaultdict(list)
        for argument in event:
            role, span = argument.split(":")
            roles[role.rstrip("0123456789")] += spans.get(span, [])
        if roles["Content"] and roles["Cue"]:
            yield sorted(roles["Cue"]), sorted(roles["Content"])


def head(candidates, text, cue, content):
    """The index of the candidate that carries the cue, or None."""
    inside = [i for i, (s, e, *_) in enumerate(candidates) if any(a <= s and e <= b for a, b in cue)]
    saying = [i for i in inside if text[candidates[i][0] : candidates[i][1]].lower() in SAYING]
    verbs = [i for i in inside if candidates[i][2] == "v"]
    if saying or not inside:
        return saying[0] if saying else None
    after = content[0][0] >= cue[0][1]
    pool = verbs or inside
    return pool[-1] if after and verbs else pool[0]


def read(path):
    """Yields (document, candidates); a candidate is (start, end, kind, features, reach), reach is
    (start, end, [(end, features)])."""
    doc, candidates = None, []
    for line in open(path, encoding="utf-8", newline="\n"):
        columns = line.rstrip("\n").split("\t")
        if columns[0] == "D":
            if doc is not None:
                yield doc, candidates
            doc, candidates = columns[1], []
        elif columns[0] == "C":
            features = columns[4].rstrip("\x01").split("\x01")
            candidates.append([int(columns[1]), int(columns[2]), columns[3], features, None])
        elif columns[0] == "S":
            candidates[-1][4] = (int(columns[1]), int(columns[2]), [])
        elif columns[0] == "E":
            candidates[-1][4][2].append((int(columns[1]), columns[2].rstrip("\x01").split("\x01")))
    if doc is not None:
        yield doc, candidates


def words_between(text, start, end):
    return len(re.findall(r"\w+", text[start:end]))


def places(path):
    """The labelled places of both models."""
    cues, ends = [], []
    for doc, candidates in read(path):
        with open(os.path.join(TRAIN, "text", doc + ".txt"), "rb") as file:
            text = file.read().decode("utf-8")
        gold = {}
        for cue, content in attributions(doc):
            i = head(candidates, text, cue, content)
            if i is not None:
                gold.setdefault(i, content)
        for i, (_, _, _, features, reach) in enumerate(candidates):
            cues.append((i in gold, features))
            if i in gold and reach:
                ends += end_places(text, reach, gold[i])
    return cues, ends


def end_places(text, reach, content):
    """Every possible end up to the one that the annotator took, which alone is true."""
    start, limit, possible = reach
    fragment = [c for c in content if c[0] >= start - 8 and words_between(text, *sorted((start, c[0]))) <= 1]
    if not fragment:
        return
    last = fragment[0][1]
    for end, features in possible:
        if end > last and words_between(text, last, end):
            break
        here = not words_between(text, *sorted((end, last)))
        yield here, features
        if here:
            break


def learn(data, rounds=5, rate=0.25, decay=2e-5, least=5):
    """Logistic regression by AdaGrad, one pass a round over the shuffled places."""
    counts = collections.Counter(f for _, features in data for f in features)
    data = [(label, [f for f in features if counts[f] >= least]) for label, features in data]
    weights, squares = collections.defaultdict(float), collections.defaultdict(lambda: 1e-2)
    rng = random.Random(20161108)
    for _ in range(rounds):
        rng.shuffle(data)
        for label, features in data:
            z = sum(weights[f] for f in features)
            error = (1.0 if label else 0.0) - 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z))))
            for f in features:
                gradient = error - decay * 100 * weights[f]
                squares[f] += gradient * gradient
                weights[f] += rate * gradient / math.sqrt(squares[f])
    return weights


def write(name, what, data, weights):
    kept = sorted((f, w) for f, w in weights.items() if abs(w) >= 0.12)
    with open(os.path.join(LEXICON, name), "w", encoding="utf-8", newline="\n") as out:
        out.write("# %s: features and weights of a log-linear model.\n" % what)
        out.write("# Data: PolNeAR, training part (networkdynamics/PolNeAR @ c3eee83), %d places, %d of them true.\n"
                  % (len(data), sum(label for label, _ in data)))
        out.write("# Command: python3 training/cues.py\n")
        for f, w in kept:
            out.write("%s\t%.2f\n" % (f, w))
    print(name, len(data), "places,", len(kept), "features")


def export(folder):
    environment = dict(os.environ, TEXTS=os.path.abspath(os.path.join(TRAIN, "text")), OUT=folder)
    command = ["cargo", "test", "-q", "-p", "rashomon", "--lib", "export_places", "--", "--ignored"]
    subprocess.run(command, check=True, env=environment, stdout=sys.stderr)
    return os.path.join(folder, "places.tsv")


def main():
    with tempfile.TemporaryDirectory() as folder:
        cues, _ = places(export(folder))
        write("cues.tsv", "Which words are cues", cues, learn(cues))
        _, ends = places(export(folder))  # built anew: whether a cue follows is a feature of an end
        write("ends.tsv", "Where contents end", ends, learn(ends))


if __name__ == "__main__":
    main()
