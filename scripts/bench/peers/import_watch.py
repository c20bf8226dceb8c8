#!/usr/bin/env python3
"""Runs one import, or asks a server for figures, and prints what it took as one line of JSON.

    import_watch.py run COMMAND…           wall and CPU seconds, peak memory, and the seconds of each phase,
                                           as the command's own progress line shows them
    import_watch.py ask URL TOKEN TIMES    milliseconds of so many requests, one after the other
"""
import http.client
import json
import os
import pty
import re
import sys
import time
import urllib.parse


def run(command):
    """The progress line is drawn on a terminal only: the command gets one."""
    begun = time.monotonic()
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(command[0], command)
    phases, shown = {}, b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # what Linux says when the other end has gone
            part = b""
        if not part:
            break
        now = time.monotonic() - begun
        shown = (shown + part)[-4000:]
        for word in re.findall(rb"(reading|merging|writing|counting) ", part):
            phases.setdefault(word.decode(), now)
    _, status, used = os.wait4(pid, 0)
    wall = time.monotonic() - begun
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{' '.join(command)} failed:\n{shown.decode(errors='replace')}")
    merging = phases.get("merging", wall)
    counting = phases.get("counting", wall)
    writing = phases.get("writing", counting)
    return {
        "wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak_mb": used.ru_maxrss / 1024,
        "read": merging, "merge": writing - merging, "write": counting - writing, "count": wall - counting,
    }


def ask(url, token, times):
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc)
    path = f"{parts.path}?{parts.query}"
    took, size = [], 0
    for _ in range(times):
        begun = time.monotonic()
        connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
        answer = connection.getresponse()
        body = answer.read()
        took.append((time.monotonic() - begun) * 1000)
        if answer.status != 200:
            sys.exit(f"{url} answered {answer.status}: {body[:300]!r}")
        size = len(json.loads(body)["rows"])
    took.sort()
    at = lambda share: took[min(len(took) - 1, int(len(took) * share))]
    return {"p50": at(0.5), "p99": at(0.99), "most": took[-1], "rows": size}


if sys.argv[1] == "run":
    print(json.dumps(run(sys.argv[2:])))
else:
    print(json.dumps(ask(sys.argv[2], sys.argv[3], int(sys.argv[4]))))
