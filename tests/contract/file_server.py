"""A loopback https server of a folder's files that can misbehave.

usage: file_server.py FOLDER

FOLDER/tls has ca.pem and the server's certificate, made where they are not there; FOLDER/files is what is served,
FOLDER/port gets the port, FOLDER/log one line for each request: status, path, and Range, If-None-Match and
Cache-Control as asked for. FOLDER/rules is read before each answer; a line of it is "PATH-END ACTION [ARGUMENT]" and
counts for the paths that end so:
  status N        that status with a page (an argument of its own: how often, then the rule is over)
  spoil           one byte in the middle is another
  shorten         the last byte is not there, as if the file were an older one (how often)
  cut             half of what is announced, then the connection is closed (how often)
  no-ranges       a Range is passed over
  wrong-range     a part that begins elsewhere than was asked for (how often)
  stale FILE      the bytes of FOLDER/files/FILE in its place (how often)
"""
import email.utils
import hashlib
import http.server
import os
import pathlib
import ssl
import subprocess
import sys
import threading

folder = pathlib.Path(sys.argv[1])
used = {}
lock = threading.Lock()


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=folder / "tls")


def make_certificates():
    (folder / "tls").mkdir(exist_ok=True)
    if (folder / "tls/server.pem").exists():
        return
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2",
            "-subj", "/CN=nvprov test CA", "-addext", "keyUsage=keyCertSign")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=127.0.0.1")
    (folder / "tls/san").write_text("subjectAltName=IP:127.0.0.1\nbasicConstraints=CA:FALSE\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
            "-extfile", "san", "-out", "server.pem")


def rule_for(path):
    """The first rule that counts for the path and is not used up: (action, argument)."""
    file = folder / "rules"
    rules = file.read_text() if file.exists() else ""
    with lock:
        if used.get("") != rules:  # other rules than before
            used.clear()
            used[""] = rules
    for line in rules.splitlines():
        end, action, *arguments = line.split() or ("\0", "")
        if not path.endswith(end):
            continue
        often = arguments[-1] if action != "status" and arguments and arguments[-1].isdigit() else None
        if action == "status" and len(arguments) > 1:
            often = arguments[1]
        with lock:
            used[line] = used.get(line, 0) + 1
            if often is not None and used[line] > int(often):
                continue
        return action, arguments[0] if arguments else None
    return None, None


class Server(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = self.path.split("?")[0]
        action, argument = rule_for(path)
        if action == "status":
            return self.answer(int(argument), b"" if argument == "304" else b"a page of the server's")
        file = folder / "files" / (argument if action == "stale" else path.lstrip("/"))
        if not file.is_file():
            return self.answer(404, b"not here")
        body = file.read_bytes()
        if action == "spoil":
            middle = len(body) // 2
            body = body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1:]
        if action == "shorten":
            body = body[:-1]
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers = [("ETag", etag), ("Last-Modified", email.utils.formatdate(file.stat().st_mtime, usegmt=True))]
        if self.headers.get("If-None-Match") == etag:
            return self.answer(304, b"", headers)
        start = self.range_start(etag) if action != "no-ranges" else 0
        if start >= len(body) > 0:
            return self.answer(416, b"no such range", headers)
        if start > 0:
            headers.append(("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}"))
        part = body[start:]
        if action == "wrong-range":
            headers = [("Content-Range", f"bytes 7-{len(body) - 1}/{len(body)}")]
            return self.answer(206, body[7:], headers)
        self.answer(206 if start > 0 else 200, part, headers, len(part) // 2 if action == "cut" else len(part))

    def range_start(self, etag):
        asked, condition = self.headers.get("Range", ""), self.headers.get("If-Range", etag)
        return int(asked[len("bytes="):].rstrip("-")) if asked and condition == etag else 0

    def answer(self, status, body, headers=(), sent=None):
        with lock, open(folder / "log", "a", encoding="utf-8") as log:
            asked = [self.headers[name] for name in ("Range", "If-None-Match", "Cache-Control") if name in self.headers]
            print(status, self.path, *asked, file=log)
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if sent is None else body[:sent])
        self.close_connection = self.close_connection or (sent is not None and sent < len(body))

    def log_message(self, *_):
        pass


class QuietServer(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """A client that hangs up is what the tests are about."""


make_certificates()
server = QuietServer(("127.0.0.1", 0), Server)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(folder / "tls/server.pem", folder / "tls/server.key")
server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
(folder / "port.new").write_text(str(server.server_address[1]))
os.rename(folder / "port.new", folder / "port")
server.serve_forever()
