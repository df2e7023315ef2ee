"""Answers name queries on 127.0.0.1 port 53, which must be free.

usage: dns_server.py FOLDER

Writes FOLDER/dns_ready when it listens and a line with the name and type of each query to FOLDER/dns_names. Names in
.test are 127.0.0.1 and have no other address; every other name does not exist.
"""
import pathlib, socket, struct, sys

folder = pathlib.Path(sys.argv[1])
A = 1
NO_SUCH_NAME = 3


def read_name(query):
    labels, at = [], 12
    while query[at]:
        labels.append(query[at + 1:at + 1 + query[at]].decode())
        at += 1 + query[at]
    return ".".join(labels), at + 1


def answer(query):
    name, end = read_name(query)
    kind = struct.unpack("!H", query[end:end + 2])[0]
    with (folder / "dns_names").open("a") as log:
        log.write(f"{name} {kind}\n")
    known = name.endswith(".test")
    has_address = known and kind == A
    flags = 0x8180 | (0 if known else NO_SUCH_NAME)
    header = query[:2] + struct.pack("!HHHHH", flags, 1, has_address, 0, 0)
    address = struct.pack("!HHHIH", 0xC00C, A, 1, 60, 4) + socket.inet_aton("127.0.0.1")
    return header + query[12:end + 4] + (address if has_address else b"")


server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 53))
(folder / "dns_ready").touch()
while True:
    query, sender = server.recvfrom(512)
    server.sendto(answer(query), sender)
