"""What the peers in Python share: orders in on stdin, events out on stdout, one line each."""

import json
import os
import queue
import socket
import sys
import threading
import time

_orders = queue.Queue()


def say(event, **facts):
    print(json.dumps({"event": event, **facts}), flush=True)


def orders():
    """The numbers on stdin. The process ends when they do, whatever it is blocked in."""
    threading.Thread(target=_read, daemon=True).start()
    while True:
        yield _orders.get()


def end_with_stdin():
    threading.Thread(target=_read, daemon=True).start()


def _read():
    for line in sys.stdin:
        if line == "cpu\n":
            say("cpu", us=time.process_time() * 1e6)  # all threads of the process
        else:
            _orders.put(int(line))
    os._exit(0)  # at once: doppler's sockets linger for ever


def place(where):
    """Where the runner wants a socket: the endpoint, and whether to bind it, as `@` before it says."""
    return where.removeprefix("@"), where.startswith("@")


def ports():
    """The TCP ports this process listens on: doppler does not tell the one it got for `*`."""
    for name in os.listdir("/dev/fd"):
        try:
            with socket.socket(fileno=os.dup(int(name))) as own:
                if own.family == socket.AF_INET and own.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    yield own.getsockname()[1]
        except OSError:
            pass  # no socket, or closed meanwhile
