#!/usr/bin/env python3
"""The figures of docs/figures.md by agent and day, straight from a CSV file of messages, by DuckDB.

Reads the file and computes, and keeps nothing: the peer of `kexun import conversations`, and its judge.
    figures_duckdb.py FILE [THREADS]          writes the figures as CSV to standard output
    figures_duckdb.py --compare OURS THEIRS   status 1 and the first differences unless they are the same
"""
import csv
import sys

QUERY = """
WITH message AS (
  SELECT conversation_id AS c, sent_at, sender, agent,
         count(*) FILTER (sender = 'agent') OVER before AS answers,
         min(sent_at) OVER (PARTITION BY conversation_id) AS begun
  FROM read_csv(?, header = true, quote = '"', columns = {
    'conversation_id': 'VARCHAR', 'shop': 'VARCHAR', 'customer': 'VARCHAR', 'sent_at': 'TIMESTAMP',
    'sender': 'VARCHAR', 'agent': 'VARCHAR', 'text': 'VARCHAR', 'order_id': 'VARCHAR'})
  WINDOW before AS (PARTITION BY conversation_id ORDER BY sent_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), turn AS (  -- what customers wrote before the next answer, and that answer
  SELECT c, answers, any_value(begun) AS begun,
         min(sent_at) FILTER (sender = 'customer') AS asked,
         count(*) FILTER (sender = 'customer') AS asks,
         arg_min_null(agent, sent_at) FILTER (sender = 'customer') AS assigned,
         min(sent_at) FILTER (sender = 'agent') AS answered,
         arg_min(agent, sent_at) FILTER (sender = 'agent') AS answerer
  FROM message GROUP BY c, answers
), round AS (
  SELECT c, begun::DATE AS begun, asked, asks,
         CASE WHEN answered IS NULL THEN coalesce(assigned, lag(answerer) OVER turns) ELSE answerer END AS agent,
         CASE WHEN answered IS NOT NULL THEN date_diff('second', asked, answered) END AS seconds,
         row_number() OVER turns AS place
  FROM turn WINDOW turns AS (PARTITION BY c ORDER BY answers)
  QUALIFY asks > 0
), first AS (
  SELECT c, min(place) AS place FROM round GROUP BY c
), wrote AS (
  SELECT c, any_value(begun)::DATE AS day, agent, count(*) AS messages
  FROM message WHERE sender = 'agent' AND c IN (SELECT c FROM first) GROUP BY c, agent
), parts AS (
  SELECT day, agent, count(*) AS conversations, sum(messages) AS agent_messages,
         0 AS rounds, 0 AS asks, 0 AS first_n, 0 AS first_s, 0 AS answered, 0 AS answered_s
  FROM wrote GROUP BY ALL
  UNION ALL
  SELECT asked::DATE, agent, 0, 0, count(*), 0, 0, 0, count(seconds), coalesce(sum(seconds), 0)
  FROM round GROUP BY ALL
  UNION ALL
  SELECT begun, agent, 0, 0, 0, sum(asks), count(seconds) FILTER (first.c IS NOT NULL),
         coalesce(sum(seconds) FILTER (first.c IS NOT NULL), 0), 0, 0
  FROM round LEFT JOIN first USING (c, place) GROUP BY ALL
)
SELECT day, agent, sum(conversations)::BIGINT, sum(rounds)::BIGINT, sum(asks)::BIGINT, sum(agent_messages)::BIGINT,
       sum(first_n)::BIGINT, sum(first_s)::BIGINT, sum(answered)::BIGINT, sum(answered_s)::BIGINT
FROM parts GROUP BY ALL ORDER BY day, agent NULLS FIRST
"""


def figures(file, threads):
    import duckdb

    database = duckdb.connect(config={"threads": threads} if threads else {})
    out = csv.writer(sys.stdout)
    for row in database.execute(QUERY, [file]).fetchall():
        out.writerow(["" if cell is None else cell for cell in row])


def ours(file):
    """Figures as `kexun kpi --by agent --per day --format csv` prints them."""
    places = {"conversations": 0, "rounds": 1, "customer_messages": 2, "agent_messages": 3}
    rows = {}
    for row in csv.DictReader(open(file, encoding="utf-8", newline="")):
        cells = rows.setdefault((row["from"], row["scope"]), [0] * 8)
        if row["key"] in places:
            cells[places[row["key"]]] = int(float(row["value"] or 0))
        else:
            place = 4 if row["key"] == "first_response" else 6
            count = int(row["n"] or 0)
            cells[place : place + 2] = [count, round(float(row["value"] or 0) * count)]
    return {key: cells for key, cells in rows.items() if any(cells)}


def theirs(file):
    rows = csv.reader(open(file, encoding="utf-8", newline=""))
    cells = {(row[0], row[1]): [int(cell) for cell in row[2:]] for row in rows}
    return {key: found for key, found in cells.items() if any(found)}


def compare(mine, other):
    mine, other = ours(mine), theirs(other)
    apart = [key for key in sorted(mine.keys() | other.keys()) if mine.get(key) != other.get(key)]
    for key in apart[:10]:
        print(f"figures differ: {key}: kexun {mine.get(key)}, duckdb {other.get(key)}", file=sys.stderr)
    if apart or not mine:
        sys.exit(f"figures: {len(apart)} of {len(mine)} rows differ")


if sys.argv[1] == "--compare":
    compare(sys.argv[2], sys.argv[3])
else:
    figures(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0)
