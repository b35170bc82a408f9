"""pyzmq: `push WAY PAYLOAD_BYTES WHERE` or `pull WAY WHERE WARM_UP COUNT`; WAY is `blocking` or `asyncio`.

Each frame that is pushed has a header of its own with the next sequence number. Of each that is pulled the magic number is
looked at, and whether the payload is as long as the header says. All options are pyzmq's own.
"""

import asyncio
import struct
import sys
import time

import zmq
import zmq.asyncio

from peer import end_with_stdin, orders, place, say

MAGIC, VERSION, CF32 = 0x53494753, 0x00010000, 5
HEADER = struct.Struct("<6I2Q2d5Q")
HEAD = struct.Struct("<I52xQ")


def opened(socket, where):
    endpoint, binds = place(where)
    if binds:
        socket.bind(endpoint)
        say("bound", endpoints=[socket.getsockopt_string(zmq.LAST_ENDPOINT)])
    else:
        socket.connect(endpoint)
        say("ready")


def header_of(sequence, samples):
    return HEADER.pack(MAGIC, VERSION, 0, 0, CF32, 0, sequence, 0, 0.0, 0.0, samples, 0, 0, 0, 0)


def check(header, payload):
    magic, samples = HEAD.unpack_from(header)
    if magic != MAGIC or samples * 8 != len(payload):
        raise ValueError("the frame is invalid")


def push_blocking(payload_bytes, where):
    socket = zmq.Context().socket(zmq.PUSH)
    opened(socket, where)
    payload, samples, sequence = bytes(payload_bytes), payload_bytes // 8, 0
    for count in orders():
        for _ in range(count):
            socket.send_multipart([header_of(sequence, samples), payload])
            sequence += 1
        say("sent", count=count)


def pull_blocking(where, warm_up, count):
    end_with_stdin()
    socket = zmq.Context().socket(zmq.PULL)
    opened(socket, where)
    while True:
        for _ in range(warm_up):
            check(*socket.recv_multipart())
        started = time.perf_counter()
        for _ in range(count):
            header, payload = socket.recv_multipart()
            check(header, payload)
        received(count, started, payload)


async def push_asyncio(payload_bytes, where):
    socket = zmq.asyncio.Context().socket(zmq.PUSH)
    opened(socket, where)
    payload, samples, sequence = bytes(payload_bytes), payload_bytes // 8, 0
    for count in orders():  # nothing else is to be done while it waits for one
        for _ in range(count):
            await socket.send_multipart([header_of(sequence, samples), payload])
            sequence += 1
        say("sent", count=count)


async def pull_asyncio(where, warm_up, count):
    end_with_stdin()
    socket = zmq.asyncio.Context().socket(zmq.PULL)
    opened(socket, where)
    while True:
        for _ in range(warm_up):
            check(*await socket.recv_multipart())
        started = time.perf_counter()
        for _ in range(count):
            header, payload = await socket.recv_multipart()
            check(header, payload)
        received(count, started, payload)


def received(count, started, payload):
    ms = (time.perf_counter() - started) * 1000
    say("received", count=count, ms=ms, payloadBytes=len(payload))


side, way, *rest = sys.argv[1:]
told = [int(one) if one.isdigit() else one for one in rest]
if way == "blocking":
    {"push": push_blocking, "pull": pull_blocking}[side](*told)
else:
    asyncio.run({"push": push_asyncio, "pull": pull_asyncio}[side](*told))
