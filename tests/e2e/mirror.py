"""A loopback mirror that can misbehave.

usage: mirror.py FOLDER UPSTREAM...

Serves /0/..., /1/... from the upstream archives and writes its port to FOLDER/port. Before each answer it reads
FOLDER/mode: "good"; "gone" (503 for everything); "forged" (one byte of every InRelease changed);
"corrupt" (one byte of every package changed); "slow" (a package takes 2 seconds).
"""
import http.server
import pathlib
import sys
import time
import urllib.error
import urllib.request

folder = pathlib.Path(sys.argv[1])
upstreams = [url.rstrip("/") for url in sys.argv[2:]]


def damaged(body, at):
    return body[:at] + bytes([body[at] ^ 1]) + body[at + 1:]


class Mirror(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        mode = (folder / "mode").read_text().strip()
        _, index, path = self.path.split("/", 2)
        if mode == "gone":
            return self.answer(503, b"gone")
        unconditional = mode == "forged" and path.endswith("InRelease")
        try:
            status, body, dated = self.fetch(f"{upstreams[int(index)]}/{path}", unconditional)
        except urllib.error.HTTPError as error:
            return self.answer(error.code, b"")
        if unconditional:
            body, dated = damaged(body, body.index(b"Suite: ") + 7), None
        if path.endswith(".deb") and mode == "corrupt":
            body = damaged(body, len(body) // 2)
        if path.endswith(".deb") and mode == "slow":
            time.sleep(2)
        self.answer(status, body, dated)

    def fetch(self, url, unconditional):
        request = urllib.request.Request(url)
        since = self.headers.get("If-Modified-Since")
        if since and not unconditional:
            request.add_header("If-Modified-Since", since)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read(), answer.headers.get("Last-Modified")

    def answer(self, status, body, dated=None):
        self.send_response(status)
        if dated:
            self.send_header("Last-Modified", dated)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Mirror)
(folder / "port").write_text(str(server.server_port))
server.serve_forever()
