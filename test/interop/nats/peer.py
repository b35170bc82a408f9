"""A live object of doppler over NATS, which does what JSON lines on stdin say and tells what came of it on stdout.

It ends when its stdin does.
"""

import json
import sys

import numpy as np
from doppler import stream

DTYPES = {
    "ci8": (stream.CI8, np.int8),
    "ci16": (stream.CI16, np.int16),
    "ci32": (stream.CI32, np.int32),
    "cf32": (stream.CF32, np.complex64),
    "cf64": (stream.CF64, np.complex128),
}


def samples_of(sample_type, seed, count):
    """`count` complex samples that are another for each seed, whole numbers that every type has."""
    numbers = (np.arange(2 * count, dtype=np.int64) * 7 + seed) % 100 - 50
    dtype = DTYPES[sample_type][1]
    if np.issubdtype(dtype, np.integer):
        return numbers.astype(dtype)
    return (numbers[0::2] + 1j * numbers[1::2]).astype(dtype)


def flat(samples):
    return samples.view(samples.real.dtype).tolist() if np.iscomplexobj(samples) else samples.ravel().tolist()


def say(**facts):
    print(json.dumps(facts), flush=True)


role, endpoint, sample_type = sys.argv[1:4]
made = getattr(stream, role)
opened = made(endpoint) if role in ("Subscriber", "Pull") else made(endpoint, DTYPES[sample_type][0])
say(event="ready")
last = None
for line in sys.stdin:
    order = json.loads(line)
    op = order["op"]
    try:
        if op == "send":
            for seed in range(order["seed"], order["seed"] + order.get("times", 1)):
                samples = samples_of(sample_type, seed, order["count"])
                opened.send(samples, sample_rate=order.get("rate", 0), center_freq=order.get("freq", 0))
            say(event="sent")
        elif op == "reply":
            samples, header = opened.recv(order["timeout"])
            opened.send(-samples)
            say(event="replied", sequence=header["sequence"], samples=flat(samples))
        elif op == "recv":
            samples, header = opened.recv(order["timeout"])
            last = samples
            if order.get("ack", role == "Pull"):
                opened.ack(samples)
            facts = {key: header[key] for key in ("sequence", "sample_rate", "center_freq", "num_samples", "flags") if key in header}
            shown = flat(samples) if len(samples) < 100 and np.isfinite(samples).all() else []  # JSON has no others
            same = bool(np.array_equal(samples, samples_of(sample_type, header["sequence"], header["num_samples"])))
            say(event="frame", **facts, dtype=str(samples.dtype), samples=shown, same=same)
        elif op == "ack":
            opened.ack(last)
            say(event="acked")
        elif op == "eos":
            opened.send_eos()
            say(event="sent")
        elif op == "flush":
            opened.flush()
            say(event="flushed")
    except EOFError:
        say(event="end")
    except (TimeoutError, RuntimeError, ValueError, TypeError) as error:
        say(event="error", kind=type(error).__name__, text=str(error))
