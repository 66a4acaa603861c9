"""A receiver on Python's http.server."""
import hashlib, hmac, json, os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

SECRET = os.environ["SECRET"].encode()
TOKEN = os.environ["VERIFY_TOKEN"]


class Webhook(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        query = parse_qs(urlsplit(self.path).query)
        mode, token, challenge = (query.get(f"hub.{name}", [None])[0] for name in ("mode", "verify_token", "challenge"))
        if mode != "subscribe" or token != TOKEN or challenge is None:
            return self.answer(403)
        self.answer(200, challenge.encode())

    def do_POST(self):
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        good = "sha256=" + hmac.new(SECRET, raw, hashlib.sha256).hexdigest()
        sent = self.headers.get("X-Hub-Signature-256", "")
        if not hmac.compare_digest(good.encode(), sent.encode("utf-8", "replace")):
            return self.answer(401)
        try:
            json.loads(raw)
        except ValueError:
            return self.answer(400)
        self.answer(200)

    def answer(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 64


server = Server(("127.0.0.1", 0), Webhook)
print(server.server_port, flush=True)
server.serve_forever()
