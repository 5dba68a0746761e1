#!/usr/bin/env python3
"""How long spaCy takes for reports, on one core.

In: JSON Lines of `text`, on standard input. Out: the CPU seconds that it takes for all of them, the loading of the model and the
first text, which fills caches, left out. benches/beside_spacy.rs calls it.
"""
import json
import sys
import time

from spacy_model import load


def main():
    texts = [json.loads(line)["text"] for line in sys.stdin]
    nlp = load()
    nlp(texts[0])
    start = time.process_time()
    for text in texts:
        nlp(text)
    print(time.process_time() - start)


main()
