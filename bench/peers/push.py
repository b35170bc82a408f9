"""doppler's Push: PAYLOAD_BYTES WHERE. Binds a port. Each order is a number of frames to send."""

import sys

import numpy as np
from doppler.stream import CF64, Push

from peer import orders, place, ports, say

samples = np.zeros(int(sys.argv[1]) // 16, np.complex128)
push = Push(place(sys.argv[2])[0], CF64)
say("bound", endpoints=[f"tcp://127.0.0.1:{port}" for port in ports()])
for count in orders():
    for _ in range(count):
        push.send(samples)
    say("sent", count=count)
