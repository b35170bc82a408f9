"""A client of a gateway that speaks WebSocket by hand, over plain sockets, and does what no browser would.

One line of JSON is printed for each result. The first argument is the port, the second what to do.
"""

import base64
import json
import os
import socket
import struct
import sys
import time

PORT = int(sys.argv[1])
PATH = "/iq"


def tell(**facts):
    print(json.dumps(facts), flush=True)


def connect():
    sock = socket.create_connection(("127.0.0.1", PORT))
    sock.settimeout(20)
    return sock


def ask(sock, path=PATH, protocols="rxzmq.1", extra=()):
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{PORT}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
        *([f"Sec-WebSocket-Protocol: {protocols}"] if protocols else []),
        *extra,
    ]
    sock.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))


def answer(sock):
    """The status of the HTTP answer; what came after it is kept."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = sock.recv(65536)
        if not piece:
            return 0, data
        data += piece
    head, _, rest = data.partition(b"\r\n\r\n")
    return int(head.split(b" ")[1]), rest


class Client:
    def __init__(self, **how):
        self.sock = connect()
        ask(self.sock, **how)
        self.status, self.data = answer(self.sock)

    def frame(self, opcode, payload, masked=True, fin=True):
        length = len(payload)
        bit = 0x80 if masked else 0
        head = bytes([(0x80 if fin else 0) | opcode])
        if length < 126:
            head += bytes([bit | length])
        elif length < 65536:
            head += bytes([bit | 126]) + struct.pack(">H", length)
        else:
            head += bytes([bit | 127]) + struct.pack(">Q", length)
        # a mask of zeros leaves the payload as it is
        return head + (b"\0\0\0\0" if masked else b"") + payload

    def text(self, text):
        self.send(self.frame(1, text.encode()))

    def binary(self, payload):
        self.send(self.frame(2, payload))

    def send(self, data):
        self.sock.sendall(data)

    def hello(self, **fields):
        self.text("H" + json.dumps({"v": 1, "type": "sub", "messages": 1000, "bytes": 1 << 20, **fields}))

    def exactly(self, count):
        while len(self.data) < count:
            piece = self.sock.recv(65536)
            if not piece:
                raise EOFError
            self.data += piece
        taken, self.data = self.data[:count], self.data[count:]
        return taken

    def receive(self):
        """The next frame: opcode and payload."""
        first, second = self.exactly(2)
        length = second & 127
        if length == 126:
            (length,) = struct.unpack(">H", self.exactly(2))
        elif length == 127:
            (length,) = struct.unpack(">Q", self.exactly(8))
        return first & 15, self.exactly(length)

    def closed(self):
        """Code and reason it is closed with; frames before it are passed over."""
        try:
            while True:
                opcode, payload = self.receive()
                if opcode == 8:
                    code = struct.unpack(">H", payload[:2])[0] if payload else 1005
                    return code, payload[2:].decode()
        except (EOFError, ConnectionError):
            return 1006, ""

    def tell_closed(self):
        code, reason = self.closed()
        tell(code=code, reason=reason)


def message(*parts):
    """A message of the wire: its lengths, then its parts, each from a place that 8 divides."""
    lengths = struct.pack(f"<I{len(parts)}I", len(parts), *map(len, parts))
    return b"".join(piece + b"\0" * (-len(piece) % 8) for piece in (lengths, *parts))


def no_hello():
    Client().tell_closed()


def one(*sent, hello=None, opcode=1):
    """A client that sends these, and then hears how it is closed."""
    client = Client()
    if hello is not None:
        client.hello(**hello)
    for payload in sent:
        client.send(client.frame(opcode, payload))
    client.tell_closed()


def unknown_text():
    client = Client()
    client.hello()
    client.text("Zwhatever")
    client.text("Phere")
    while True:
        _, payload = client.receive()
        if payload.startswith(b"Qhere"):
            return tell(answered=True)


def unmasked():
    client = Client()
    client.send(client.frame(1, b"H{}", masked=False))
    client.tell_closed()


def endless_fragments():
    client = Client()
    client.hello(type="push")
    try:
        client.send(client.frame(2, b"x", fin=False))
        for _ in range(200_000):
            client.send(client.frame(0, b"", fin=False))
    except ConnectionError:
        pass
    client.tell_closed()


def stops_reading():
    """Subscribes with a window that has no end, and reads nothing."""
    client = Client()
    client.hello(messages=1 << 40, bytes=1 << 50)
    client.text("S")
    tell(subscribed=True)
    sys.stdin.readline()


def pings(opcode, payload):
    """Pings for ever, and reads none of the answers."""
    client = Client()
    client.hello()
    client.sock.settimeout(3)
    sent = 0
    batch = client.frame(opcode, payload) * 1000
    try:
        while sent < 2_000_000:
            client.send(batch)
            sent += 1000
    except (ConnectionError, TimeoutError):
        pass
    tell(sent=sent)
    sys.stdin.readline()


def flood(count, at_once):
    """So many connections, so many of them at a time, all of which stay open if they can."""
    kept = []
    statuses = {}
    for start in range(0, count, at_once):
        socks = [connect() for _ in range(min(at_once, count - start))]
        for sock in socks:
            ask(sock)
        for sock in socks:
            try:
                status, _ = answer(sock)
            except ConnectionError:
                status = 0
            statuses[status] = statuses.get(status, 0) + 1
            if status == 101:
                kept.append(sock)
            else:
                sock.close()
    tell(statuses={str(status): count for status, count in statuses.items()}, kept=len(kept))
    sys.stdin.readline()


def reconnect(times):
    codes = {}
    for _ in range(times):
        client = Client()
        client.text("H{}")
        code, _ = client.closed()
        codes[code] = codes.get(code, 0) + 1
        client.sock.close()
    tell(codes={str(code): count for code, count in codes.items()})


def status(protocols="rxzmq.1", path=PATH, extra=()):
    sock = connect()
    ask(sock, path, protocols, extra)
    tell(status=answer(sock)[0])


PUSH = {"type": "push"}
U32 = struct.Struct("<I").pack
MIB = 1 << 20

SCENES = {
    "no hello": no_hello,
    "half a hello": lambda: one(b'H{"v":1'),
    "a hello that is no JSON": lambda: one(b"Hello"),
    "a hello of another version": lambda: one(b'H{"v":2,"type":"sub","messages":1000,"bytes":1048576}'),
    "a hello without a window": lambda: one(b'H{"v":1,"type":"sub"}'),
    "a hello with a window that is no number": lambda: one(b'H{"v":1,"type":"sub","messages":"many","bytes":-1}'),
    "a hello of a type that is none": lambda: one(b'H{"v":1,"type":"constructor","messages":1000,"bytes":1048576}'),
    "a hello of 5000 bytes": lambda: one(b'H{"v":1,"type":"sub","messages":1,"bytes":1,"x":"' + b"x" * 5000 + b'"}'),
    "a hello that nests": lambda: one(b"H" + b"[" * 4000),
    "two hellos": lambda: one(b'H{"v":1,"type":"push","messages":1000,"bytes":1048576}', hello=PUSH),
    "control before the hello": lambda: one(b"+1 1"),
    "a batch before the hello": lambda: one(message(b"x"), opcode=2),
    "a socket type that does not fit": lambda: one(hello={"type": "pull"}),
    "credit for more than was sent": lambda: one(b"+1000000 1000000", hello=PUSH),
    "credit that is no number": lambda: one(b"+x y", hello=PUSH),
    "credit below nothing": lambda: one(b"+-1 -1", hello=PUSH),
    "a control text of 5000 bytes": lambda: one(b"P" + b"x" * 5000, hello=PUSH),
    "a control text that is no UTF-8": lambda: one(b"P\xff\xfe", hello=PUSH),
    "a topic of 2000 bytes": lambda: one(b"S" + base64.urlsafe_b64encode(b"t" * 2000).rstrip(b"="), hello={}),
    "101 subscriptions": lambda: one(*(b"S" + base64.urlsafe_b64encode(b"%03d" % i) for i in range(101)), hello={}),
    "a batch of no parts": lambda: one(U32(0) + U32(0), hello=PUSH, opcode=2),
    "a batch of 4 billion parts": lambda: one(b"\xff" * 64, hello=PUSH, opcode=2),
    "a batch that is cut off": lambda: one(message(b"x" * 100)[:-8], hello=PUSH, opcode=2),
    "a batch whose length lies": lambda: one(U32(1) + U32(0xFFFFFFF0) + b"x" * 8, hello=PUSH, opcode=2),
    "a batch of 3 bytes": lambda: one(b"abc", hello=PUSH, opcode=2),
    "an empty batch": lambda: one(b"", hello=PUSH, opcode=2),
    "a message of 65 parts": lambda: one(message(*[b""] * 65), hello=PUSH, opcode=2),
    "a message above maxMessageBytes": lambda: one(message(b"x" * MIB), hello=PUSH, opcode=2),
    "a message above all bounds": lambda: one(message(b"x" * 8 * MIB), hello=PUSH, opcode=2),
    "data beyond the window": lambda: one(*[message(b"x" * 65000)] * 100, hello=PUSH, opcode=2),
    "an opcode that is none": lambda: one(b"x", hello=PUSH, opcode=3),
    "an unmasked frame": unmasked,
    "fragments without end": endless_fragments,
    "text of an unknown kind": unknown_text,
    "stops reading": stops_reading,
    "pings of the wire": lambda: pings(1, b"P0123456789abcdef"),
    "pings of WebSocket": lambda: pings(9, b"x" * 125),
    "flood": lambda: flood(int(sys.argv[3]), int(sys.argv[4])),
    "reconnect": lambda: reconnect(int(sys.argv[3])),
    "no subprotocol": lambda: status(protocols=None),
    "another subprotocol": lambda: status(protocols="chat"),
    "a foreign Origin": lambda: status(extra=["Origin: https://evil.example"]),
    "two Origins": lambda: status(extra=["Origin: http://localhost", "Origin: https://evil.example"]),
    "a path that is none": lambda: status(path="/other"),
    "a path with escapes": lambda: status(path="/%69q"),
    "a whole URL as its path": lambda: status(path=f"http://127.0.0.1:{PORT}/iq"),
    "through a proxy": lambda: status(extra=["X-Forwarded-For: 127.0.0.1"]),
}

SCENES[sys.argv[2]]()
