#!/usr/bin/env python3
"""People at work on a running Kexun, for the drills. They keep a list of their own of what was
acknowledged, send again what was not (as the web pages do), and compare afterwards.

    load.py prepare STATE URL          an organisation, made with $KEXUN, and an exam, made through URL
    load.py work STATE URL SECONDS     they work; prints what went wrong, and for how long nothing went
    load.py compare STATE URL          is everything acknowledged there, and nothing twice?
"""
import collections
import http.client
import json
import os
import subprocess
import sys
import threading
import time
import uuid
from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

AGENTS = 6
ITEMS = 5
ROWS = 40
HEADER = "conversation_id,shop,customer,sent_at,sender,agent,text"


class Person:
    """Requests with somebody's token over one connection, made anew when it broke."""

    def __init__(self, url, token):
        self.host, self.token, self.connection = urlsplit(url).netloc, token, None

    def ask(self, method, path, body=None, headers=None, form=None):
        """Status and answer; status 0 when there was no answer."""
        head = {"authorization": f"Bearer {self.token}", **(headers or {})}
        data = None
        if form is not None:
            head["content-type"] = "multipart/form-data; boundary=b0"
            part = 'content-disposition: form-data; name="file"; filename="a.csv"'
            data = f"--b0\r\n{part}\r\n\r\n{form}\r\n--b0--\r\n".encode()
        elif body is not None:
            head["content-type"] = "application/json"
            data = json.dumps(body).encode()
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection(self.host, timeout=60)
            self.connection.request(method, "/api/v1" + path, data, head)
            answer = self.connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self.connection = None
            return 0, None
        try:
            return answer.status, json.loads(content) if content else None
        except ValueError:
            return answer.status, None

    def must(self, *args, **more):
        status, answer = self.ask(*args, **more)
        if not 200 <= status < 300:
            sys.exit(f"load: {args[:2]}: {status} {answer}")
        return answer


def kexun(*args):
    return subprocess.run([os.environ["KEXUN"], *args], check=True, stdout=subprocess.PIPE, text=True).stdout


def prepare(file, url):
    kexun("tenant", "create", "acme", "--name", "演练公司")
    people = {"admin": "admin", "hr": "hr", "ops": "operations", "boss": "director"}
    people |= {f"agent{n}": "agent" for n in range(AGENTS)}
    tokens = {}
    for name, role in people.items():
        mail = f"{name}@example.com"
        password = "correct horse 9"
        kexun("user", "create", name, "--tenant", "acme", "--role", role, "--password", password, "--email", mail)
        tokens[name] = kexun("token", "create", "--account", name, "--tenant", "acme").strip()
    hr = Person(url, tokens["hr"])
    asked = []
    for n in range(ITEMS):
        key = {"kind": "fill_in", "accepted": [{"text": "对", "share": 1.0}]}
        made = hr.must("POST", "/questions", {"text": f"第{n}题", "key": key})
        asked.append({"question": made["id"], "points": 10})
    paper = hr.must("POST", "/papers", {"title": "演练", "content": {"kind": "fixed", "questions": asked}})
    now = datetime.now(timezone.utc)
    staff = Person(url, tokens["admin"]).must("GET", "/staff?limit=100")["items"]
    agents = [s["id"] for s in staff if s["account"].startswith("agent")]
    exam = {
        "title": "演练", "competence": "platform_rules", "paper": paper["id"], "minutes": 120, "attempts": 1,
        "opens_at": (now - timedelta(hours=1)).isoformat(), "closes_at": (now + timedelta(hours=5)).isoformat(),
        "limits": {"excellent": 0.9, "good": 0.8, "pass": 0.6}, "credits": 1, "make_up": None,
        "shows_answers": "after_close", "audience": {"staff": agents},
    }
    made = hr.must("POST", "/exams", exam)
    state = {"tokens": tokens, "exam": made["id"], "learner": agents[0], "answers": {}, "needs": [], "imports": {}}
    json.dump(state, open(file, "w"))


class Work:
    """What the people do until the time is over, and what they saw."""

    def __init__(self, state, url, seconds):
        self.state, self.url = state, url
        self.end = time.monotonic() + seconds
        self.lock = threading.Lock()
        self.count = collections.Counter()
        self.errors = collections.Counter()
        self.said = {}
        self.good = []
        self.slowest = 0.0

    def on(self):
        return time.monotonic() < self.end

    def until_done(self, person, *args, **more):
        """Asks until it is answered well, or the time is long over; none then."""
        while time.monotonic() < self.end + 90:
            begun = time.monotonic()
            status, answer = person.ask(*args, **more)
            now = time.monotonic()
            with self.lock:
                self.count["requests"] += 1
                if 200 <= status < 300:
                    self.good.append(now)
                    self.slowest = max(self.slowest, now - begun)
                    return answer
                code = (answer or {}).get("code", "")
                self.errors[f"{status} {code}" if status else "no answer"] += 1
                if answer and "detail" in answer:
                    self.said[f"{status} {code}"] = answer["detail"]
            time.sleep(0.2)
        return None

    def answer(self, name):
        person = Person(self.url, self.state["tokens"][name])
        sitting = self.until_done(person, "POST", f"/exams/{self.state['exam']}/attempts", {})
        if sitting is None:
            return
        mine = self.state["answers"].setdefault(name, {})
        seq = sitting["last_seq"]
        while self.on():
            seq += 1
            item = seq % ITEMS + 1
            body = {"response": {"kind": "fill_in", "text": str(seq)}, "client_seq": seq}
            path = f"/attempts/{sitting['attempt']}/answers/{item}"
            if self.until_done(person, "PUT", path, body) is not None:
                mine[str(item)] = seq
                with self.lock:
                    self.count["answers saved"] += 1
            time.sleep(0.01)

    def report(self):
        person = Person(self.url, self.state["tokens"]["hr"])
        while self.on():
            key = uuid.uuid4().hex
            need = {"title": key, "people": [self.state["learner"]], "competence": "product", "severity": 2}
            if self.until_done(person, "POST", "/needs", need, {"idempotency-key": key}) is not None:
                with self.lock:
                    self.state["needs"].append(key)
                    self.count["needs reported once"] += 1
            time.sleep(0.05)

    def bring(self):
        person = Person(self.url, self.state["tokens"]["ops"])
        while self.on():
            name = uuid.uuid4().hex[:8]
            lines = [HEADER]
            for row in range(ROWS):
                at = datetime(2026, 6, row % 28 + 1, 10, row)
                sender = "客户," if row % 2 == 0 else "客服,agent0"
                lines.append(f"{name}-{row // 4},一店,c{row // 4},{at:%Y-%m-%d %H:%M:%S},{sender},第{row}句")
            ordered = self.until_done(person, "POST", "/imports?kind=conversations", form="\n".join(lines) + "\n")
            if ordered is not None:
                with self.lock:
                    self.state["imports"][ordered["id"]] = ROWS
                    self.count["files uploaded"] += 1
            time.sleep(1)

    def look(self):
        person = Person(self.url, self.state["tokens"]["boss"])
        while self.on():
            self.until_done(person, "GET", "/kpi?from=2026-06-01&to=2026-06-30&by=agent")
            time.sleep(0.05)

    def run(self):
        jobs = [(self.answer, (f"agent{n}",)) for n in range(AGENTS)]
        jobs += [(self.report, ()), (self.bring, ()), (self.look, ()), (self.look, ())]
        threads = [threading.Thread(target=job, args=args) for job, args in jobs]
        begun = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        moments = sorted([begun, *self.good])
        gap = max(b - a for a, b in zip(moments, moments[1:])) if len(moments) > 1 else 0
        row("people at work", str(len(jobs)))
        for what in ["requests", "answers saved", "needs reported once", "files uploaded"]:
            row(what, str(self.count[what]))
        errors = ", ".join(f"{kind}: {n}" for kind, n in sorted(self.errors.items()))
        row("answers that were no success (sent again until they were)", errors or "none")
        for kind, detail in sorted(self.said.items()):
            row(f"{kind} said", detail)
        row("longest time without any success", f"{gap:.1f} s")
        row("slowest success", f"{self.slowest:.1f} s")


def row(what, found):
    print(f"| {what} | {found} |", flush=True)


def pages(person, path, filter=""):
    cursor, items = "", []
    while True:
        more = f"&cursor={cursor}" if cursor else ""
        page = person.must("GET", f"{path}?{filter}limit=200{more}")
        items += page["items"]
        cursor = page["next"]
        if not cursor:
            return items


def compare(state, url):
    lost = kept = 0
    for name, mine in state["answers"].items():
        agent = Person(url, state["tokens"][name])
        sitting = agent.must("POST", f"/exams/{state['exam']}/attempts", {})
        for item, seq in mine.items():
            there = int(sitting["answers"].get(item, {}).get("text", 0))
            kept += there >= seq
            lost += there < seq
    row("last acknowledged answers that are there", f"{kept} of {kept + lost}")
    titles = collections.Counter(need["title"] for need in pages(Person(url, state["tokens"]["hr"]), "/needs"))
    missing = sum(titles[key] == 0 for key in state["needs"])
    double = sum(n > 1 for n in titles.values())
    row("needs acknowledged", f"{len(state['needs'])}; missing {missing}, there twice {double}")
    ops = Person(url, state["tokens"]["ops"])
    end = time.monotonic() + 180
    while time.monotonic() < end:
        states = collections.Counter()
        rows = 0
        for id in state["imports"]:
            seen = ops.must("GET", f"/imports/{id}")
            states[seen["state"]] += 1
            rows += seen["imported"] or 0
        if set(states) <= {"done", "failed"}:
            break
        time.sleep(1)
    wanted = sum(state["imports"].values())
    row("imports of the files uploaded", ", ".join(f"{s}: {n}" for s, n in states.items()) or "none")
    row("rows imported", f"{rows} of {wanted}")
    events = published(Person(url, state["tokens"]["admin"]))
    twice = sum(n > 1 for n in events.values())
    row("imports published twice", str(twice))
    dead = Person(url, state["tokens"]["admin"]).must("GET", "/jobs?state=dead&limit=100")["items"]
    row("background work given up", str(len(dead)))
    failed = lost or missing or double or twice or dead or rows != wanted
    row("verdict", "NOT AS IT SHOULD BE" if failed else "nothing lost, nothing twice")
    return 1 if failed else 0


def published(admin):
    """How often each import was published."""
    return collections.Counter(event["subject"]["id"] for event in pages(admin, "/events", "kind=import.published&"))


def main():
    what, file, url = sys.argv[1:4]
    if what == "prepare":
        return prepare(file, url)
    state = json.load(open(file))
    if what == "work":
        Work(state, url, float(sys.argv[4])).run()
        json.dump(state, open(file, "w"))
        return 0
    return compare(state, url)


sys.exit(main())
