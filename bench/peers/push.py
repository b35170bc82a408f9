"""doppler's Push: PAYLOAD_BYTES. Each order is a number of frames to send."""

import sys
import time

import numpy as np
from doppler.stream import CF64, Push

from peer import orders, ports, say

samples = np.zeros(int(sys.argv[1]) // 16, np.complex128)
push = Push("tcp://127.0.0.1:*", CF64)
say("bound", endpoints=[f"tcp://127.0.0.1:{port}" for port in ports()])
for count in orders():
    cpu = time.process_time()
    for _ in range(count):
        push.send(samples)
    say("sent", count=count, cpuUs=(time.process_time() - cpu) * 1e6)
