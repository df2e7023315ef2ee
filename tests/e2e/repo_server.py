"""Serves a replica of repositories over HTTPS/1.1 on 127.0.0.1 and can misbehave.

usage: repo_server.py FOLDER ROOT

Makes FOLDER/ca.pem and a certificate for 127.0.0.1, writes FOLDER/repo_port (or takes the port that is there, which
roots made earlier name in their files), and before each answer reads
FOLDER/repo_mode: good, gone (503), missing (404), forged-index, forged-release, expired, wrong-key, two-keys, truncated,
slow, old-http (1.0, which ends by closing).
"""
import email.utils, http.server, pathlib, random, ssl, subprocess, sys, time, urllib.parse

folder, root = map(pathlib.Path, sys.argv[1:])


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=folder)


if not (folder / "ca.pem").exists():
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "30",
            "-subj", "/CN=nvprov test CA", "-addext", "keyUsage=keyCertSign")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=127.0.0.1")
    (folder / "san").write_text("subjectAltName=IP:127.0.0.1,DNS:replica.test\nbasicConstraints=CA:FALSE\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30",
            "-extfile", "san", "-out", "server.pem")


class Server(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        mode = (folder / "repo_mode").read_text().strip()
        file = root / urllib.parse.unquote(self.path.split("?")[0]).lstrip("/")
        index = file.name.startswith("Packages") or "-primary.xml" in file.name
        signed, signature = file.name in ("InRelease", "repomd.xml"), file.name in ("InRelease", "repomd.xml.asc")
        if mode == "old-http":
            self.protocol_version, self.close_connection = "HTTP/1.0", True
        if mode == "gone":
            return self.answer(503, b"gone")
        if mode == "missing" or not file.is_file() or root.resolve() not in file.resolve().parents:
            return self.answer(404, b"")
        if signature and mode in ("wrong-key", "expired"):
            other = file.with_name(f"{file.name}.{mode}")
            file = other if other.exists() else file
        if file.suffix == ".pub" and mode == "two-keys":
            file = root / "key/both.pub"
        body, changed = file.read_bytes(), email.utils.formatdate(file.stat().st_mtime, usegmt=True)
        if (mode == "forged-index" and index) or (mode == "forged-release" and signed):
            at = len(body) // 3
            body = body[:at] + bytes([body[at] ^ 1]) + body[at + 1:]
        if mode == "slow" and signed:
            time.sleep(2)
        if mode == "good" and self.headers.get("If-Modified-Since") == changed:
            return self.answer(304, b"", changed)
        self.answer(200, body, changed, half=mode == "truncated")

    def answer(self, status, body, changed=None, half=False):
        self.send_response(status)
        if changed:
            self.send_header("Last-Modified", changed)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:len(body) // 2] if half else body)
        self.close_connection = self.close_connection or half

    def log_message(self, *_):
        pass


kept_port = folder / "repo_port"


def bound():
    """At the port of an earlier server, else at one the kernel gives to nobody while that server is away."""
    ports = [int(kept_port.read_text())] if kept_port.exists() else random.sample(range(15000, 32000), 100)
    for port in ports:
        try:
            return http.server.ThreadingHTTPServer(("127.0.0.1", port), Server)
        except OSError as error:
            problem = error
    raise problem


server = bound()
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(folder / "server.pem", folder / "server.key")
server.socket = context.wrap_socket(server.socket, server_side=True)
kept_port.write_text(str(server.server_port))
server.serve_forever()
