"""The program doppler-source as it is installed, but that it tells where it is bound and ends with its stdin."""

import os
import runpy
import sys
import threading

import wire
from doppler import stream


def end_with_stdin():
    sys.stdin.read()
    os._exit(0)


def announced(endpoint, sample_type):
    push = stream_push(endpoint, sample_type)
    (port,) = wire.listening()
    wire.say("bound", endpoint=f"tcp://127.0.0.1:{port}")
    return push


stream_push = stream.Push
stream.Push = announced
threading.Thread(target=end_with_stdin, daemon=True).start()
program = os.path.join(os.path.dirname(sys.executable), "doppler-source")
sys.argv[0] = program
runpy.run_path(program, run_name="__main__")
