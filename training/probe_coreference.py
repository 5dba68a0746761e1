"""Heads for mentions and links beside the rules, as `eval coreference` scores them.

In: texts with rows, the program. Out: scores, printed. It does not know how the heads are made.
"""
import itertools
import os
import re
import subprocess
import tempfile
import time

import corpora
import kept
import mentions as links
from linker import Problem, found_units, gold_units, learn_linker, linked, of_rules, score
from finder import learn_finder, united_units
from probe_rows import SEED, cost, size, split


def add_links(parts):
    """Gives the texts what the program finds in them, and those of GUM their mentions, the true ones and the program's."""
    nouns = links.offices()
    for part in ("train", "dev", "test"):
        texts = parts["gum", part]
        layers = kept.keep(t.document for t in texts)
        for t in texts:
            path = os.path.join(corpora.DATA, "gum", t.document.name + ".conllu")
            t.document.mentions, t.document.lemmas = links.read_mentions(path)
            text, found, t.has_regions = layers[t.document.name]
            assert text.rstrip() == t.document.text.rstrip(), f"{t.document.name}: the program keeps another text"
            t.layers, t.found = found, links.found(text, found, nouns)
    layers = kept.keep(t.document for t in parts["ewt", "dev"])
    for t in parts["ewt", "dev"]:
        text, found, _ = layers.get(t.document.name, ("", None, False))
        t.layers = found if text.rstrip() == t.document.text.rstrip() else {"events": []}
    return nouns


def check(texts, nouns):
    """The scores here and those of `eval coreference`, on the texts that it reads as the program does: `eval` marks no regions."""
    texts = [t for t in texts if not t.has_regions]
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "gum"))
        for t in texts:
            name = os.path.join("gum", t.document.name + ".conllu")
            os.symlink(os.path.abspath(os.path.join(corpora.DATA, name)), os.path.join(folder, name))
        names = "".join(f"  * {t.document.name}\n" for t in texts)
        with open(os.path.join(folder, "gum", "splits.md"), "w", encoding="utf-8") as file:
            file.write(f"## dev\n{names}\n## test\n{names}")
        command = ["target/release/eval", "coreference", "--data", folder]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("GUM test")[0]
    print(f"  {len(texts)} texts without regions, CoNLL by `eval coreference`:", *re.findall(r"CoNLL +(\S+)", told), end="; here:")
    for view in ("all", "record"):
        for rest in (list, links.without_singles):
            scores = links.Scores()
            for t in texts:
                response = links.clusters((getattr(f, view), f.entity) for f in t.found)
                scores.add(rest(links.gold(t.document, view, nouns)), rest(response))
            print(f" {scores.conll():.1f}", end="")
    print(flush=True)


VIEWS = {"all": "all mentions", "record": "the record's", "third": "the record's but for I, we and you"}
BIASES = (-4.0, -3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0)


def show(name, problems, texts, entities, view, nouns):
    singles, chains = score(problems, texts, entities, view, nouns)
    print(f"    {name}: {singles}; without single ones {chains.conll():.1f}", flush=True)


def biases(linker, fill, held, texts, view, nouns, ruled=found_units):
    """What to ask of a link, chosen on held-out train: for the best CoNLL score, and for the best at no less precision of links
    than the rules'."""
    of = {bias: score(held, texts, [linked(linker, p, bias, fill) for p in held], view, nouns)[0] for bias in BIASES}
    theirs = [Problem(t, ruled(t)) for t in texts]
    rules = score(theirs, texts, [of_rules(p) for p in theirs], view, nouns)[0]
    sure = [bias for bias in BIASES if of[bias].shares("muc")[0] >= rules.shares("muc")[0]]
    best = lambda some: max(some, key=lambda bias: of[bias].conll())
    return {"best": best(BIASES), "as sure as the rules": best(sure or BIASES[-1:])}


def compare(name, linkers, units, views, held, tested, nouns, ruled=found_units):
    """Prints the rules' scores on `tested`, and those of each linker; `held` and `tested` are texts."""
    problems = {id(t): Problem(t, units(t)) for t in [*held, *tested]}
    of = lambda texts: [problems[id(t)] for t in texts]
    for view in views:
        print(f"  {name}: {VIEWS[view]}")
        theirs = [Problem(t, ruled(t)) for t in tested]
        show("the rules", theirs, tested, [of_rules(p) for p in theirs], view, nouns)
        for what, (linker, fill) in linkers.items():
            aims = biases(linker, fill, of(held), held, view, nouns, ruled)
            for aim, bias in aims.items():
                if aim != "best" and bias == aims["best"]:
                    continue
                show(f"{what}, {aim} ({bias})", of(tested), tested, [linked(linker, p, bias, fill) for p in of(tested)], view, nouns)


def learn_all(texts, units):
    """Heads by their names, each with whether it only fills what the rules leave open."""
    problems = [Problem(t, units(t)) for t in texts]
    alone, told = (learn_linker(problems, rules, 8, SEED) for rules in (False, True))
    return {
        "a head": (alone, False),
        "a head told what the rules link": (told, False),
        "the rules, and that head where they leave it open": (told, True),
    }


def price(linkers, finder, texts):
    """What both heads cost."""
    linker, _ = next(iter(linkers.values()))
    problems = [Problem(t, gold_units(t)) for t in texts]
    began = time.process_time()
    for problem in problems:
        linker(problem)
    spent = 1e6 * (time.process_time() - began) / sum(len(t.laid.words) for t in texts)
    find = cost(lambda x: [finder(x[i : i + 25]) for i in range(0, 1000, 25)], 1)
    print(f"  finder {size(finder)} parameters, {find:.1f} ms per 1,000 words; linker {size(linker)}, {spent:.1f} ms", flush=True)


def probe_coreference(parts, nouns):
    print("\nCOREFERENCE, as `eval coreference` scores it; heads learn on GUM train")
    train, dev, test = (parts["gum", part] for part in ("train", "dev", "test"))
    check(dev, nouns)
    learnt, held = split(train)
    finder = learn_finder(learnt)
    mine = lambda t: united_units(t, finder, nouns)
    linkers = learn_all(learnt, gold_units)
    price(linkers, finder, dev)
    compare("dev, mentions that a head finds", linkers, mine, VIEWS, held, dev, nouns)
    compare("dev, GUM's own mentions", linkers, gold_units, ["all"], held, dev, nouns, gold_units)
    compare("test, mentions that a head finds", linkers, mine, VIEWS, held, test, nouns)
    probe_news(train, train + dev + test, nouns)
    compare("dev, the rules' mentions", learn_all(learnt, found_units), found_units, VIEWS, held, dev, nouns)


FOLDS = 3


def probe_news(train, texts, nouns):
    """GUM's news: each third is read by heads that have learnt from the other thirds and the other genres of train. They are told what the
    rules link."""
    news = [t for t in texts if "_news_" in t.document.name]
    print(f"  {len(news)} texts of news, in {FOLDS} parts (the encoder has seen those of train)")
    results = {}
    for fold in range(FOLDS):
        tested = news[fold::FOLDS]
        learnt, held = split([t for t in train if t not in tested])
        finder = learn_finder(learnt)
        mine = lambda t: united_units(t, finder, nouns)
        for name, units, taught in (("mentions that a head finds", mine, gold_units), ("the rules' mentions", found_units, found_units)):
            linker = learn_linker([Problem(t, taught(t)) for t in learnt], True, 8, SEED)
            problems, chosen = [Problem(t, units(t)) for t in tested], [Problem(t, units(t)) for t in held]
            for view, fill in itertools.product(VIEWS, (False, True)):
                for aim, bias in biases(linker, fill, chosen, held, view, nouns).items():
                    what = (view, name, "the rules and the head" if fill else "the head", aim)
                    results.setdefault(what, []).extend((t, p, linked(linker, p, bias, fill)) for t, p in zip(tested, problems))
    for view in VIEWS:
        print(f"   {VIEWS[view]}")
        theirs = [Problem(t, found_units(t)) for t in news]
        show("the rules", theirs, news, [of_rules(p) for p in theirs], view, nouns)
        for (of, *name), rows in results.items():
            if of == view:
                read, problems, entities = zip(*rows)
                show(", ".join(name), problems, read, entities, view, nouns)
