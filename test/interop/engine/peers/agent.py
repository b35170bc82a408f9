"""A program with libzmq's sockets that does what it is told.

It is told by JSON lines on stdin and tells what happened by JSON lines on stdout. Parts of messages are text, a byte a
character. It ends when its stdin does, whatever it is blocked in, so that it never outlives the test that started it.
"""

import hashlib
import json
import os
import queue
import resource
import sys
import threading

import zmq
import zmq.auth.thread
import zmq.utils.monitor

_orders = queue.Queue()
_sockets = {}
_authenticators = []

# a thousand sockets need more files than shells allow
_soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (_hard, _hard))
_context = zmq.Context(io_threads=1)
_context.set(zmq.MAX_SOCKETS, 4000)


def _read_orders():
    for line in sys.stdin:
        _orders.put(json.loads(line))
    os._exit(0)


def say(event, **facts):
    print(json.dumps({"event": event, **facts}), flush=True)


def _text(part):
    return bytes(part).decode("latin1")


def _bytes(text):
    return text.encode("latin1")


def open(name, type, options=None, subscribe=None):
    opened = _context.socket(getattr(zmq, type))
    opened.linger = 0
    for option, value in (options or {}).items():
        setattr(opened, option, _bytes(value) if isinstance(value, str) else value)
    for topic in subscribe or []:
        opened.setsockopt(zmq.SUBSCRIBE, _bytes(topic))
    _sockets[name] = opened


def bind(name, endpoint):
    _sockets[name].bind(endpoint)
    say("bound", endpoint=_text(_sockets[name].getsockopt(zmq.LAST_ENDPOINT)).rstrip("\0"))


def connect(name, endpoint):
    _sockets[name].connect(endpoint)


def close(name):
    _sockets.pop(name).close()
    say("closed")


def send(name, messages):
    for parts in messages:
        _sockets[name].send_multipart([_bytes(part) for part in parts])
    say("sent")


def receive(name, count):
    for _ in range(count):
        say("message", parts=[_text(part) for part in _sockets[name].recv_multipart()])


def echo(name, count):
    """Sends back what it gets, so many times."""
    for _ in range(count):
        _sockets[name].send_multipart(_sockets[name].recv_multipart())
    say("echoed")


def ask(name, messages):
    """One after the other, each when the last one has its reply."""
    for parts in messages:
        _sockets[name].send_multipart([_bytes(part) for part in parts])
        say("message", parts=[_text(part) for part in _sockets[name].recv_multipart()])


def send_large(name, size):
    _sockets[name].send(_large(size), copy=False)
    say("sent")


def receive_large(name):
    part = _sockets[name].recv()
    say("large", size=len(part), sha1=hashlib.sha1(part).hexdigest())


def _large(size):
    pattern = bytes(i * i % 251 for i in range(4096))
    return pattern * (size // len(pattern))


def number(name, prefix):
    """Sends numbers for ever, each behind the prefix."""

    def run():
        opened, count = _sockets[name], 0
        while True:
            opened.send_multipart([_bytes(prefix), str(count).encode()])
            count += 1
            if count % 20 == 0:
                threading.Event().wait(0.001)

    threading.Thread(target=run, daemon=True).start()


def collect(name):
    """Tells the last two parts of whatever comes, for ever."""

    def run():
        opened = _sockets[name]
        while True:
            batch = [opened.recv_multipart()]
            while len(batch) < 200 and opened.poll(0):
                batch.append(opened.recv_multipart())
            say("batch", messages=[[_text(part) for part in parts[-2:]] for parts in batch])

    threading.Thread(target=run, daemon=True).start()


def serve(name):
    """Sends everything back, for ever."""

    def run():
        while True:
            _sockets[name].send_multipart(_sockets[name].recv_multipart())

    threading.Thread(target=run, daemon=True).start()


def monitor(name):
    """Tells each event of its connections, for ever."""
    watched = _sockets[name].get_monitor_socket()

    def run():
        while True:
            event = zmq.utils.monitor.recv_monitor_message(watched)["event"]
            say("happened", what=zmq.Event(event).name)

    threading.Thread(target=run, daemon=True).start()
    say("watching")


def many(type, count, endpoint, rounds):
    """So many sockets of one kind, which each do their part so many times. Tells what went wrong."""
    opened = [_context.socket(getattr(zmq, type)) for _ in range(count)]
    for each in opened:
        each.linger = 0
        each.rcvtimeo = 20_000
        if type == "SUB":
            each.subscribe = b""
        each.connect(endpoint)
    say("watching")
    wrong = []
    if type == "DEALER":
        for round in range(rounds):
            for i, each in enumerate(opened):
                each.send_multipart([str(i).encode(), str(round).encode()])
            for i, each in enumerate(opened):
                got = each.recv_multipart()
                if got != [str(i).encode(), str(round).encode()]:
                    wrong.append([i, round, [_text(part) for part in got]])
    else:
        for i, each in enumerate(opened):
            got = [int(each.recv()) for _ in range(rounds)]
            if got != list(range(rounds)):
                wrong.append([i, got[:5]])
    say("done", wrong=wrong)
    for each in opened:
        each.close()
    say("closed")


def authenticate(passwords=None, keys=None):
    """Who may come in to sockets of the domain `test`: by name and password, by public key."""
    asked = zmq.auth.thread.ThreadAuthenticator(_context)
    asked.start()
    if passwords is not None:
        asked.configure_plain(domain="test", passwords=passwords)
    if keys is not None:
        asked.configure_curve_callback(domain="test", credentials_provider=_Keys(keys))
    _authenticators.append(asked)


class _Keys:
    def __init__(self, keys):
        self._keys = keys

    def callback(self, domain, key):
        return key.decode() in self._keys


threading.Thread(target=_read_orders, daemon=True).start()
say("ready", version=zmq.zmq_version())
while True:
    order = _orders.get()
    globals()[order.pop("do")](**order)
