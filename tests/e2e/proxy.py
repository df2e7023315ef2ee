"""A small proxy for CONNECT and plain http.

usage: proxy.py FOLDER [USER:PASSWORD]

Writes its port to FOLDER/proxy_port and a line "METHOD HOST:PORT STATUS" for each request to FOLDER/proxy_hosts. With
USER:PASSWORD it answers 407 to those who do not give them. It alone knows that names in .test are this machine: who
asks for one has no other way than through it.
"""
import base64, http.server, pathlib, select, socket, sys, urllib.error, urllib.parse, urllib.request

folder = pathlib.Path(sys.argv[1])
expected = "Basic " + base64.b64encode(sys.argv[2].encode()).decode() if len(sys.argv) > 2 else None
direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Proxy(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def is_allowed(self, host):
        if expected in (None, self.headers.get("Proxy-Authorization")):
            return True
        self.note(host, 407)
        self.send_response(407)
        self.send_header("Proxy-Authenticate", 'Basic realm="test"')
        self.send_header("Content-Length", "0")
        self.end_headers()
        return False

    def do_CONNECT(self):
        if not self.is_allowed(self.path):
            return
        host, _, port = self.path.rpartition(":")
        try:
            address = "127.0.0.1" if host.endswith(".test") else host.strip("[]")
            far = socket.create_connection((address, int(port)), timeout=30)
        except OSError:
            self.note(self.path, 502)
            return self.send_error(502)
        self.note(self.path, 200)
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        near = self.connection
        with far:
            while True:
                for ready in select.select([near, far], [], [], 60)[0]:
                    data = ready.recv(65536)
                    if not data:
                        return
                    (far if ready is near else near).sendall(data)

    def do_GET(self):
        host = urllib.parse.urlsplit(self.path).netloc
        if not self.is_allowed(host):
            return
        request = urllib.request.Request(self.path)
        for name in ("If-Modified-Since", "Range", "If-Range"):
            if self.headers.get(name):
                request.add_header(name, self.headers[name])
        try:
            with direct.open(request, timeout=60) as answer:
                status, body, headers = answer.status, answer.read(), answer.headers
        except urllib.error.HTTPError as error:
            status, body, headers = error.code, b"", error.headers
        except OSError:
            status, body, headers = 502, b"", {}
        self.note(host, status)
        self.send_response(status)
        for name in ("Last-Modified", "Content-Range"):
            if headers.get(name):
                self.send_header(name, headers[name])
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def note(self, host, status):
        with (folder / "proxy_hosts").open("a") as log:
            log.write(f"{self.command} {host} {status}\n")

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
(folder / "proxy_port").write_text(str(server.server_port))
server.serve_forever()
