"""A loopback https server that can misbehave.

usage: https_server.py CERTIFICATE PORT_FILE

Writes its port to PORT_FILE. /good: "hello"; /large: a megabyte; /endless: a megabyte without Content-Length;
/cut: half of what it announces; /stall: nothing after the head; /away: to http; /near: to /good; /loop: to itself;
/error: status 503 with a long page; anything else: 404.
"""
import http.server
import os
import ssl
import sys
import time

MEGABYTE = b"x" * 1024 * 1024
PLACES = {"/away": "http://127.0.0.1:9/good", "/near": "/good", "/loop": "/loop"}


class Server(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path in PLACES:
            return self.answer(302, b"", [("Location", PLACES[self.path])])
        if self.path == "/good":
            return self.answer(200, b"hello")
        if self.path == "/large":
            return self.answer(200, MEGABYTE)
        if self.path == "/endless":
            return self.end_by_closing(MEGABYTE)
        if self.path == "/cut":
            return self.end_by_closing(b"half", announced=8)
        if self.path == "/stall":
            self.end_by_closing(b"", announced=8)
            return time.sleep(20)
        if self.path == "/error":
            return self.answer(503, MEGABYTE)
        return self.answer(404, b"not here")

    def answer(self, status, body, headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_by_closing(self, body, announced=None):
        self.send_response(200)
        if announced is not None:
            self.send_header("Content-Length", str(announced))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
        self.close_connection = True

    def log_message(self, *_):
        pass


class QuietServer(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """A client that hangs up is what the tests are about."""


server = QuietServer(("127.0.0.1", 0), Server)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1])
server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
with open(sys.argv[2] + ".new", "w", encoding="utf-8") as port_file:
    port_file.write(str(server.server_address[1]))
os.rename(sys.argv[2] + ".new", sys.argv[2])
server.serve_forever()
