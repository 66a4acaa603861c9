"""A receiver as a WSGI application, the form Flask and Django stand on."""
import hashlib, hmac, json, os
from socketserver import ThreadingMixIn
from urllib.parse import parse_qs
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

SECRET = os.environ["SECRET"].encode()
TOKEN = os.environ["VERIFY_TOKEN"]


def webhook(environ, start_response):
    def answer(status, body=b""):
        start_response(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
        return [body]

    if environ["REQUEST_METHOD"] == "GET":
        query = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
        if query.get("hub.mode") != "subscribe" or query.get("hub.verify_token") != TOKEN:
            return answer("403 Forbidden")
        return answer("200 OK", query.get("hub.challenge", "").encode())
    raw = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    good = "sha256=" + hmac.new(SECRET, raw, hashlib.sha256).hexdigest()
    sent = environ.get("HTTP_X_HUB_SIGNATURE_256", "")
    if not hmac.compare_digest(good.encode(), sent.encode("utf-8", "replace")):
        return answer("401 Unauthorized")
    try:
        json.loads(raw)
    except ValueError:
        return answer("400 Bad Request")
    return answer("200 OK")


class Server(ThreadingMixIn, WSGIServer):
    request_queue_size = 64
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


server = make_server("127.0.0.1", 0, webhook, Server, Quiet)
print(server.server_port, flush=True)
server.serve_forever()
