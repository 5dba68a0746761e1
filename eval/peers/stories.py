#!/usr/bin/env python3
"""What a user would build: stories by scikit-learn, copies by datasketch. Prints the reports a second of processor time, on one thread.

    python3 eval/peers/stories.py REPORTS.jsonl

Wants scikit-learn and datasketch. Where sentence vectors of all-MiniLM-L6-v2 are at hand (sentence-transformers with the
weights in the folder named by MINILM), stories are made from them; else from TF-IDF, which is faster."""
import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

from datasketch import MinHash, MinHashLSH  # noqa: E402
from sklearn.cluster import AgglomerativeClustering  # noqa: E402
from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: E402

SHINGLE = 5
ALIKE = 0.5
APART = 0.86


def vectors(texts):
    if os.environ.get("MINILM"):
        from sentence_transformers import SentenceTransformer

        return "MiniLM", SentenceTransformer(os.environ["MINILM"], device="cpu").encode(texts)
    return "TF-IDF", TfidfVectorizer(sublinear_tf=True).fit_transform(texts).toarray()


def copies(texts):
    """Pairs of reports with much in common; passages would cost more."""
    index = MinHashLSH(threshold=ALIKE, num_perm=128)
    pairs = 0
    for n, text in enumerate(texts):
        words = text.lower().split()
        shingles = {" ".join(words[i : i + SHINGLE]).encode() for i in range(max(1, len(words) - SHINGLE + 1))}
        sketch = MinHash(num_perm=128)
        sketch.update_batch(list(shingles))
        pairs += len(index.query(sketch))
        index.insert(str(n), sketch)
    return pairs


def main():
    reports = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8") if line.strip()]
    texts = [f"{r.get('title') or ''}\n{r['text']}" for r in reports]
    started = time.process_time()
    kind, found = vectors(texts)
    linkage = AgglomerativeClustering(None, distance_threshold=APART, metric="cosine", linkage="average")
    stories = len(set(linkage.fit_predict(found)))
    pairs = copies(texts)
    seconds = time.process_time() - started
    print(f"{len(texts) / seconds:.1f} {kind} with average linkage and MinHash: {stories} stories, {pairs} pairs")


main()
