#!/usr/bin/env python3
"""Prints the commands that a Markdown file promises, one a line: the lines of the fenced blocks between
`<!-- ci:begin -->` and `<!-- ci:end -->`, without comments."""
import re
import sys


def commands(markdown):
    for marked in re.findall(r"<!-- ci:begin -->(.*?)<!-- ci:end -->", markdown, re.S):
        for block in re.findall(r"^```sh\n(.*?)^```", marked, re.S | re.M):
            for line in block.splitlines():
                command = re.sub(r"(^|\s)#.*", "", line).strip()
                if command:
                    yield command


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        found = list(commands(file.read()))
    if not found:
        sys.exit(f"{sys.argv[1]} promises no command between <!-- ci:begin --> and <!-- ci:end -->")
    print("\n".join(found))


main()
