"""Signs people of a Kolibri in and saves answers of theirs, as fast as they are acknowledged."""

import http.client
import json
import os
import sys
import threading
import time
import uuid
from urllib.parse import urlparse

PASSWORD = "bench-2026"


class Client:
    """A browser that signs in, opens an exercise and answers."""

    def __init__(self, server, n):
        self.line = http.client.HTTPConnection(server.hostname, server.port, timeout=120)
        self.cookies = {}
        self.name = "c%04d" % n

    def ask(self, method, path, body=None):
        headers = {"Cookie": "; ".join("%s=%s" % pair for pair in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if "kolibri_csrftoken" in self.cookies:
            headers["X-CSRFToken"] = self.cookies["kolibri_csrftoken"]
        self.line.request(method, path, json.dumps(body) if body is not None else None, headers)
        reply = self.line.getresponse()
        said = reply.read()
        for cookie in reply.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name.strip()] = value
        if reply.status >= 300:
            raise RuntimeError("%s %s: %d %s" % (method, path, reply.status, said[:200]))
        return json.loads(said) if said else None

    def sign_in(self, facility):
        self.ask("POST", "/api/auth/session/", {"username": self.name, "password": PASSWORD, "facility": facility})

    def open(self):
        content = uuid.uuid4().hex
        made = self.ask("POST", "/api/logger/trackprogress/", {
            "node_id": content, "content_id": content, "channel_id": content, "kind": "exercise",
            "mastery_model": {"type": "m_of_n", "m": 16, "n": 16}})
        self.session = made["session_id"]

    def answer(self, n):
        self.ask("PUT", "/api/logger/trackprogress/%s/" % self.session, {
            "interactions": [{"item": "item%d" % n, "correct": 1.0, "time_spent": 5.0, "complete": True,
                              "answer": {"option": n % 4}}], "time_spent_delta": 5.0})


def together(clients, work):
    """Runs work for each client in a thread; times, errors and how long it took."""
    times, errors = [], []

    def run(client):
        try:
            work(client, times)
        except Exception as error:  # a row with errors says so
            errors.append("%s: %s" % (client.name, error))

    began = time.monotonic()
    threads = [threading.Thread(target=run, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(times), errors, time.monotonic() - began


def cell(times):
    if not times:
        return "–"
    at = lambda share: times[round((len(times) - 1) * share)] * 1e3
    return "%.0f / %.0f / %.0f" % (at(0.5), at(0.99), at(1))


def memory(pid):
    with open("/proc/%s/status" % pid) as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))


def timed(times, work, *of):
    began = time.monotonic()
    work(*of)
    times.append(time.monotonic() - began)


def main():
    server, pid, counts, seconds = urlparse(sys.argv[1]), sys.argv[2], sys.argv[3].split(), float(sys.argv[4])
    for _ in range(600):
        try:
            facilities = Client(server, 0).ask("GET", "/api/public/v1/facility/")
            break
        except (OSError, RuntimeError, http.client.HTTPException):
            time.sleep(0.2)
    else:
        sys.exit("kolibri does not answer; server.log in its folder has the reason")
    facility = facilities[0]["id"]
    print("| what, at a time | a second | p50 / p99 / slowest, ms | errors | MB |")
    print("|---|---|---|---|---|")
    for count in map(int, counts):
        clients = [Client(server, n) for n in range(count)]
        times, errors, took = together(clients, lambda c, t: timed(t, c.sign_in, facility))
        print("| Kolibri, sign-ins, %d | %.1f | %s | %d | %d |"
              % (count, len(times) / took, cell(times), len(errors), memory(pid)))
        _, more, _ = together(clients, lambda c, t: c.open())
        until = time.monotonic() + seconds

        def answers(client, times):
            n = 0
            while time.monotonic() < until:
                n += 1
                timed(times, client.answer, n)

        times, errors, took = together(clients, answers)
        print("| Kolibri, answers, %d | %.1f | %s | %d | %d |"
              % (count, len(times) / took, cell(times), len(errors), memory(pid)))
        for error in (more + errors)[:3]:
            print(error, file=sys.stderr)


main()
