"""doppler over NATS: ROLE PAYLOAD_BYTES WARM_UP COUNT ENDPOINT.

Publisher and Push send so many frames as each order says; Subscriber and Pull time COUNT frames after WARM_UP, again and
again; a Requester asks so often as each order says, and a Replier sends back what it gets.
"""

import pathlib
import sys
import time

import numpy as np
from doppler import stream

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from peer import end_with_stdin, orders, say  # noqa: E402

role, payload_bytes, warm_up, count, endpoint = sys.argv[1:6]
samples = np.zeros(int(payload_bytes) // 8, np.complex64)
warm_up, count = int(warm_up), int(count)


def send(opened):
    say("ready")
    for frames in orders():
        for _ in range(frames):
            opened.send(samples)
        if role == "Publisher":
            opened.flush()
        say("sent", count=frames)


def receive(opened):
    end_with_stdin()
    say("ready")

    def one():
        got, _header = opened.recv()
        if role == "Pull":
            opened.ack(got)
        return got

    while True:
        for _ in range(warm_up):
            one()
        started = time.perf_counter()
        for _ in range(count):
            got = one()
        ms = (time.perf_counter() - started) * 1000
        say("received", count=count, ms=ms, payloadBytes=got.nbytes)


def ask(opened):
    say("ready")
    for requests in orders():
        times = []
        for _ in range(requests):
            started = time.perf_counter()
            opened.send(samples)
            opened.recv()
            times.append(time.perf_counter() - started)
        say("answered", count=requests, ms=sum(times) * 1000, roundTripUs=sorted(times)[requests // 2] * 1e6)


def answer(opened):
    end_with_stdin()
    say("bound", endpoints=[endpoint])
    while True:
        got, _header = opened.recv()
        opened.send(got)


made = getattr(stream, role)
opened = made(endpoint) if role in ("Subscriber", "Pull") else made(endpoint, stream.CF32)
{
    "Publisher": send,
    "Push": send,
    "Subscriber": receive,
    "Pull": receive,
    "Requester": ask,
    "Replier": answer,
}[role](opened)
