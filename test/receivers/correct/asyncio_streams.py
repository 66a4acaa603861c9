"""A receiver on asyncio streams, as the event loops of Python's fast servers work."""
import asyncio, hashlib, hmac, json, os
from urllib.parse import parse_qs, urlsplit

SECRET = os.environ["SECRET"].encode()
TOKEN = os.environ["VERIFY_TOKEN"]


def decide(method, target, headers, raw):
    if method == "GET":
        query = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
        if query.get("hub.mode") != "subscribe" or query.get("hub.verify_token") != TOKEN:
            return "403 Forbidden", b""
        return "200 OK", query.get("hub.challenge", "").encode()
    good = "sha256=" + hmac.new(SECRET, raw, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(good.encode(), headers.get("x-hub-signature-256", "").encode("latin1")):
        return "401 Unauthorized", b""
    try:
        json.loads(raw)
    except ValueError:
        return "400 Bad Request", b""
    return "200 OK", b""


async def serve(reader, writer):
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin1")
        request, *lines = head.strip().split("\r\n")
        method, target, _ = request.split(" ")
        headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
        raw = await reader.readexactly(int(headers.get("content-length", 0)))
        status, body = decide(method, target, headers, raw)
        writer.write(f"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
        await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
