#!/usr/bin/env python3
"""Tells on PORT whether the PostgreSQL on DATABASE_PORT is the primary (200) or not (503), as Patroni's
`/primary` does: `role.py PORT DATABASE_PORT`."""
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Role(BaseHTTPRequestHandler):
    def do_GET(self):
        ask = ["psql", "-h", "127.0.0.1", "-p", sys.argv[2], "-U", "kexun", "-d", "postgres", "-qAtc",
               "select pg_is_in_recovery()"]
        try:
            found = subprocess.run(ask, capture_output=True, text=True, timeout=2).stdout.strip()
            self.send_response(200 if found == "f" else 503)
            self.end_headers()
        except (OSError, subprocess.TimeoutExpired):
            pass  # Who asked does not wait that long.

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Role).serve_forever()
