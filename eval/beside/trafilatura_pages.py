"""What trafilatura (PyPI) makes of pages, for `eval extraction --beside PYTHON`.

Standard input: a path a line. Standard output: for each a line of JSON, {"text", "seconds"}, the seconds of processor time. Only the
extraction is timed: not the start of Python, not the reading of the file."""
import gzip
import json
import sys
import time

import trafilatura

warm = False
for line in sys.stdin:
    path = line.rstrip("\n")
    with open(path, "rb") as file:
        page = file.read()
    if path.endswith(".gz"):
        page = gzip.decompress(page)
    # What is made once, whatever is read, is made before.
    warm = warm or trafilatura.extract(page, include_comments=False) is not False
    begun = time.process_time()
    text = trafilatura.extract(page, include_comments=False)
    print(json.dumps({"text": text or "", "seconds": time.process_time() - begun}), flush=True)
