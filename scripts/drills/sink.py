#!/usr/bin/env python3
"""A mail server for the drills: `sink.py PORT FILE` writes a line to FILE for each mail it takes:
recipient, Message-ID."""
import asyncio
import sys


async def talk(reader, writer, out):
    async def say(text):
        writer.write(text.encode() + b"\r\n")
        await writer.drain()

    await say("220 sink")
    to = ""
    while line := (await reader.readline()).decode("utf-8", "replace").rstrip("\r\n"):
        verb = line.split(" ")[0].upper()
        if verb in ("EHLO", "HELO"):
            await say("250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8")
        elif verb == "RCPT":
            to = line.split("<")[1].split(">")[0]
            await say("250 ok")
        elif verb == "DATA":
            await say("354 go on")
            name = "none"
            while (part := (await reader.readline()).decode("utf-8", "replace").rstrip("\r\n")) != ".":
                if part.lower().startswith("message-id:"):
                    name = part.split(":", 1)[1].strip()
            out.write(f"{to} {name}\n")
            out.flush()
            await say("250 kept")
        elif verb == "QUIT":
            await say("221 bye")
            break
        else:
            await say("250 ok")
    writer.close()


async def main():
    with open(sys.argv[2], "a") as out:
        server = await asyncio.start_server(lambda r, w: talk(r, w, out), "127.0.0.1", int(sys.argv[1]))
        async with server:
            await server.serve_forever()


asyncio.run(main())
