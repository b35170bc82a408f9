"""doppler's Pull: ENDPOINT WARM_UP COUNT. Times `count` frames after `warm_up`, again and again."""

import sys
import time

from doppler.stream import Pull

from peer import end_with_stdin, say

endpoint, warm_up, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
end_with_stdin()
pull = Pull(endpoint)
say("ready")
while True:
    for _ in range(warm_up):
        pull.recv()
    started = time.perf_counter()
    for _ in range(count):
        samples, _header = pull.recv()
    ms = (time.perf_counter() - started) * 1000
    say("received", count=count, ms=ms, payloadBytes=samples.nbytes)
