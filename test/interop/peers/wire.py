"""What every peer shares: orders in, events out, sockets that tell where they are bound.

A peer is told what to do by JSON lines on stdin and tells what happened by JSON lines on stdout. It ends when its
stdin does, whatever it is blocked in, so that none outlives the test that started it.
"""

import argparse
import base64
import json
import os
import queue
import socket
import sys
import threading

import numpy as np
from doppler import stream

import clib
import patterns

_orders = queue.Queue()


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--type", default="cf64", choices=list(patterns.DTYPES))
    parser.add_argument("--endpoint", default="tcp://127.0.0.1:*")
    parser.add_argument("--hold", action="store_true", help="a Replier answers only when told to")
    args = parser.parse_args()
    threading.Thread(target=_read_orders, daemon=True).start()
    return args


def _read_orders():
    for line in sys.stdin:
        _orders.put(json.loads(line))
    os._exit(0)  # at once: doppler's sockets linger for ever


def order():
    """The next order, once there is one."""
    return _orders.get()


def say(event, **facts):
    print(json.dumps({"event": event, **facts}), flush=True)


def binding(role, args):
    """A socket of a role that binds; says where."""
    before = set(listening())
    opened = _class(role, args.type)(args.endpoint, _wire_type(args.type))
    endpoint = args.endpoint
    if endpoint.startswith("tcp:"):
        (port,) = set(listening()) - before
        endpoint = f"tcp://127.0.0.1:{port}"
    say("bound", endpoint=endpoint)
    return opened


def connecting(role, args):
    """A socket of a role that connects. Subscriber and Pull take no sample type."""
    made = _class(role, args.type)
    opened = made(args.endpoint, _wire_type(args.type)) if role == "Requester" else made(args.endpoint)
    say("ready")
    return opened


def _class(role, sample_type):
    # The Python binding knows three types; the C library inside it, which clib calls directly, knows all six.
    return getattr(stream if sample_type in ("ci32", "cf64", "cf128") else clib, role)


def _wire_type(sample_type):
    return patterns.WIRE_TYPES[sample_type]


def listening():
    """The TCP ports this process listens on: doppler binds `tcp://127.0.0.1:*` but does not tell the port it got."""
    for name in os.listdir("/dev/fd"):
        try:
            with socket.socket(fileno=os.dup(int(name))) as own:
                if own.family == socket.AF_INET and own.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    yield own.getsockname()[1]
        except OSError:
            pass  # no socket, or closed meanwhile: the directory's own descriptor is one


def send(opened, sample_type, frame):
    """Sends what an order describes; gives the window of time in which doppler stamped it."""
    samples = patterns.samples(sample_type, frame["seed"], frame["numSamples"])
    before = stream.get_timestamp_ns()
    opened.send(samples, sample_rate=frame["sampleRate"], center_freq=frame["centerFreq"])
    after = stream.get_timestamp_ns()
    say("sent", seed=frame["seed"], before=str(before), after=str(after))


def receive(opened, sample_type, event="frame"):
    """Receives one frame and tells all about it; gives it too."""
    samples, header = opened.recv()
    facts = dict(header)
    facts["timestamp_ns"] = str(facts["timestamp_ns"])  # beyond what a JSON number keeps
    say(
        event,
        header=facts,
        dtype=str(samples.dtype),
        shape=list(samples.shape),
        samples=base64.b64encode(samples.tobytes()).decode(),
        # By value, in Python: the sender's seeds are its sequence numbers unless a test says otherwise.
        matches=bool(np.array_equal(samples, patterns.samples(sample_type, header["sequence"], header["num_samples"]))),
        float64=_rounded(samples) if sample_type == "cf128" else None,
    )
    return samples, header


def _rounded(samples):
    with np.errstate(over="ignore"):
        return base64.b64encode(samples.astype(np.complex128).tobytes()).decode()


def inverted(samples):
    """What a Replier answers: every bit of an integer turned, every float with its sign changed."""
    return np.invert(samples) if np.issubdtype(samples.dtype, np.integer) else np.negative(samples)
