"""Sends generated requests to every operation of the contract, signed in as one role after another.

Findings: an answer with 5xx, a status or content type that the contract does not name, an answer
that is not of its schema. See scripts/contract.sh.
"""

import argparse
import collections
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

import requests

import report

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance"
HERE = pathlib.Path(__file__).resolve().parent
PASSWORD = "kexun-demo"
# These end the session that all the others need, or its rights: sent last.
LAST = [
    "/api/v1/session",
    "/api/v1/sessions",
    "/api/v1/sessions/{id}",
    "/api/v1/me/password",
    "/api/v1/second-factor/policy",
    "/api/v1/staff/{id}/roles/{assignment_id}",
]
ADD = {"X-Kexun": "1"}


class Server:
    """The program over a copy of the demonstration."""

    def __init__(self, args, role):
        self.data = args.work / "data"
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.copytree(args.work / "template", self.data)
        self.url = f"http://127.0.0.1:{args.port}"
        self.log = open(args.work / f"{role}.log", "wb")
        command = [args.bin, "demo", "--data", self.data, "--listen", self.url.removeprefix("http://")]
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log)

    def __enter__(self):
        for _ in range(600):
            if self.process.poll() is not None:
                sys.exit(f"contract: the server stopped; see {self.log.name}")
            try:
                if requests.get(f"{self.url}/readyz", timeout=5).ok:
                    return self
            except requests.ConnectionError:
                time.sleep(0.1)
        sys.exit(f"contract: the server does not answer; see {self.log.name}")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()

    def sign_in(self, login):
        session = requests.Session()
        session.headers.update(ADD)
        session.post(f"{self.url}/api/v1/session", json={"login": login, "password": PASSWORD}).raise_for_status()
        return session


def operations(document):
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method in ("get", "put", "post", "delete", "patch"):
                yield path, method, operation


class Ids:
    """Ids that a role can see, by the name of their type."""

    def __init__(self, server, session, document):
        self.document, self.found = document, collections.defaultdict(dict)
        schemas = document["components"]["schemas"]
        self.names = {name for name, s in schemas.items() if s.get("format") == "uuid"}
        tomorrow = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 86400))
        start = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 180 * 86400))
        values = {"from": start, "to": tomorrow, "limit": 20, "q": "a"}
        paths = sorted(operations(document), key=lambda entry: entry[0].count("{"))
        for path, method, operation in paths:
            response = operation["responses"].get("200", {}).get("content", {}).get("application/json")
            if method == "get" and response:
                self.ask(server, session, path, operation, response["schema"], values)
        # Whoever takes his own rights away ends the test.
        me = session.get(f"{server.url}/api/v1/me").json()
        own = json.dumps(me)
        self.found = {
            name: [i for i in self.found[name] if name not in ("StaffId", "PersonId", "GrantId") or i not in own]
            for name in sorted(self.names)
        }

    def ask(self, server, session, path, operation, schema, values):
        query = {}
        for parameter in operation.get("parameters", []):
            name = parameter["name"]
            if parameter["in"] == "path":
                ids = self.found.get(parameter["schema"].get("$ref", "").rsplit("/", 1)[-1])
                if not ids:
                    return
                path = path.replace(f"{{{name}}}", next(iter(ids)))
            elif name in values:
                query[name] = values[name]
        answer = session.get(server.url + path, params=query, timeout=120)
        if answer.ok:
            self.walk(answer.json(), schema)

    def walk(self, value, schema):
        while "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[-1]
            if name in self.names and isinstance(value, str) and len(self.found[name]) < 200:
                self.found[name][value] = True
            schema = self.document["components"]["schemas"][name]
        for key in ("oneOf", "anyOf", "allOf"):
            for part in schema.get(key, []):
                self.walk(value, part)
        if isinstance(value, list) and isinstance(schema.get("items"), dict):
            for item in value:
                self.walk(item, schema["items"])
        if isinstance(value, dict):
            for name, part in schema.get("properties", {}).items():
                if name in value:
                    self.walk(value[name], part)


def named_formats(document, names):
    """The contract with a format of its own for each type of id."""
    document = json.loads(json.dumps(document))
    for name in names:
        document["components"]["schemas"][name]["format"] = name
    return document


def generate(args, server, session, role, ids, document, last):
    """One run of Schemathesis; its report's file."""
    part = "last" if last else "all"
    here = args.work / role
    here.mkdir(exist_ok=True)
    (here / "ids.json").write_text(json.dumps(ids.found), encoding="utf-8")
    (here / "openapi.json").write_text(json.dumps(named_formats(document, ids.names)), encoding="utf-8")
    report = here / f"{part}.ndjson"
    cookie = "; ".join(f"{c.name}={c.value}" for c in session.cookies)
    command = [
        args.st, "run", here / "openapi.json", "--url", server.url, "--checks", CHECKS, "--no-color",
        "--phases", args.phases, "--max-examples", str(args.examples), "--seed", str(args.seed),
        "--suppress-health-check", "all", "--continue-on-failure", "--no-shrink", "--generation-database", "none",
        "--request-timeout", "60", "--warnings", "off", "--workers", str(args.workers),
        "--report", "ndjson", "--report-ndjson-path", report,
        "-H", "X-Kexun: 1", "-H", f"Cookie: {cookie}",
    ]
    for path in LAST:
        command += ["--include-path" if last else "--exclude-path", path]
    if args.only and not last:
        command += ["--include-path-regex", args.only]
    environment = dict(os.environ, SCHEMATHESIS_HOOKS="hooks", PYTHONPATH=str(HERE), KEXUN_CONTRACT_IDS=str(here / "ids.json"))
    with open(here / f"{part}.txt", "wb") as out:
        subprocess.run(command, env=environment, cwd=here, stdout=out, stderr=out, check=False)
    return report


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("roles", nargs="*")
    parser.add_argument("--bin", default=os.environ.get("KEXUN_BIN", "target/debug/kexun"))
    parser.add_argument("--st", default=str(pathlib.Path(sys.executable).with_name("st")))
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--port", type=int, default=4240)
    parser.add_argument("--examples", type=int, default=20)
    parser.add_argument("--phases", default="examples,coverage,fuzzing")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="only paths that match this expression")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    args.work = args.work.resolve()
    if not (args.work / "template").exists():
        subprocess.run([args.bin, "demo", "--data", args.work / "template", "--build-only"], check=True)
    with Server(args, "entrance") as server:
        document = requests.get(f"{server.url}/api/v1/openapi.json").json()
        people = requests.get(f"{server.url}/api/v1/sign-in").json()["people"]
    logins = {}
    for person in people:
        logins.setdefault(person["role"], person["login"])
    unknown = [role for role in args.roles if role not in logins]
    if unknown:
        sys.exit(f"contract: no role {', '.join(unknown)}; there are {', '.join(logins)}")
    reports = {}
    for role in args.roles or list(logins):
        begun = time.time()
        with Server(args, role) as server:
            session = server.sign_in(logins[role])
            ids = Ids(server, session, document)
            files = [generate(args, server, session, role, ids, document, False)]
            if not args.only:
                files.append(generate(args, server, session, role, ids, document, True))
        reports[role] = report.Report(files)
        print(f"{role}: {reports[role].requests} requests in {time.time() - begun:.0f} s", file=sys.stderr)
    found = report.print_findings(reports)
    print()
    met = report.print_table(reports, len(list(operations(document))))
    names = {f"{method.upper()} {path}" for path, method, _ in operations(document)}
    print(f"\nNever answered 2xx, so that only their refusals were checked: {', '.join(sorted(names - met)) or 'none'}")
    failed = any(r.errors or not r.requests for r in reports.values())
    sys.exit(1 if found or failed else 0)


if __name__ == "__main__":
    main()
