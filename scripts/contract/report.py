"""What the reports of one role's runs say, and the tables of all."""

import base64
import collections
import json

KINDS = {
    "not_a_server_error": "5xx",
    "status_code_conformance": "status not declared",
    "content_type_conformance": "content type not declared",
    "response_schema_conformance": "answer off the schema",
    "response_headers_conformance": "header not declared",
}


class Report:
    """Requests by status, and findings: one an operation, kind and message."""

    def __init__(self, files):
        self.requests, self.statuses = 0, collections.Counter()
        self.by_operation = collections.defaultdict(collections.Counter)
        self.findings = {}
        self.errors = []
        for file in files:
            with open(file, encoding="utf-8") as lines:
                for line in lines:
                    event = json.loads(line)
                    if "ScenarioFinished" in event and event["ScenarioFinished"].get("recorder"):
                        self.scenario(event["ScenarioFinished"]["recorder"])
                    elif "NonFatalError" in event or "FatalError" in event:
                        self.errors.append(line[:2000])

    def scenario(self, recorder):
        label = recorder["label"]
        for interaction in recorder.get("interactions", {}).values():
            self.requests += 1
            status = (interaction.get("response") or {}).get("status_code", "no answer")
            self.statuses[status] += 1
            # The generator also tries methods that an address does not have.
            if label.startswith(interaction["request"]["method"] + " "):
                self.by_operation[label][status] += 1
        for case, checks in recorder.get("checks", {}).items():
            for check in checks:
                if check["status"] == "success":
                    continue
                failure = check["failure_info"]["failure"]
                interaction = recorder.get("interactions", {}).get(case, {})
                status = (interaction.get("response") or {}).get("status_code")
                kind = KINDS.get(check["name"], check["name"])
                message = failure["message"].split("\n\n")[0][:300]
                key = (label, kind, status if kind != "answer off the schema" else message)
                found = self.findings.setdefault(key, {"times": 0, "message": message, "example": interaction})
                found["times"] += 1


def answer_of(interaction):
    content = (interaction.get("response") or {}).get("content") or {}
    return base64.b64decode(content.get("$base64", "")).decode("utf-8", "replace")


def request_of(interaction):
    request = interaction.get("request", {})
    body = (request.get("body") or {}).get("$base64", "")
    body = base64.b64decode(body).decode("utf-8", "replace")
    return f"{request.get('method')} {request.get('uri', '')}" + (f"  {body[:300]}" if body else "")


def print_findings(reports):
    """Every finding once, with the roles that met it."""
    met = collections.defaultdict(list)
    for role, report in reports.items():
        for key, found in report.findings.items():
            met[key].append((role, found))
    for (label, kind, _), roles in sorted(met.items(), key=lambda entry: (entry[0][1], entry[0][0], str(entry[0][2]))):
        found = roles[0][1]
        print(f"- {kind}: {label} ({', '.join(role for role, _ in roles)})")
        print(f"    {' '.join(found['message'].split())}")
        print(f"    {request_of(found['example'])}")
        print(f"    {answer_of(found['example'])[:400]}")
    for role, report in reports.items():
        for error in report.errors:
            print(f"- the generator failed ({role}): {error}")
    return len(met)


def print_table(reports, operations):
    print("| role | requests | 2xx | 401/403 | 404 | other 4xx | 5xx | answered 2xx | findings |")
    print("|---|---|---|---|---|---|---|---|---|")
    totals = collections.Counter()
    anywhere = set()
    for role, report in reports.items():
        classes = collections.Counter()
        for status, times in report.statuses.items():
            name = {401: "denied", 403: "denied", 404: "404"}.get(status) or str(status)[0]
            classes[name] += times
        good = {label for label, found in report.by_operation.items() if any(str(s)[0] == "2" for s in found)}
        anywhere |= good
        row = [report.requests, classes["2"], classes["denied"], classes["404"], classes["4"], classes["5"]]
        totals.update(dict(enumerate(row)))
        print(f"| {role} | {' | '.join(map(str, row))} | {len(good)} of {operations} | {len(report.findings)} |")
    row = " | ".join(str(totals[i]) for i in range(6))
    different = len({key for report in reports.values() for key in report.findings})
    print(f"| all | {row} | {len(anywhere)} of {operations} | {different} different |")
    return anywhere
