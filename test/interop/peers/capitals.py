"""A server of pyzmq that answers with capitals.

`router`: takes what a REQ sends apart by position, and ends with an error at anything else. `keeping`: a ROUTER that
sends the envelope back, whatever it is. `rep`: a REP.
"""

import json
import os
import sys
import threading

import zmq


def end_with_stdin():
    sys.stdin.read()
    os._exit(0)


kind = sys.argv[1]
threading.Thread(target=end_with_stdin, daemon=True).start()
server = zmq.Context().socket(zmq.REP if kind == "rep" else zmq.ROUTER)
server.bind("tcp://127.0.0.1:*")
print(json.dumps({"event": "bound", "endpoint": server.getsockopt_string(zmq.LAST_ENDPOINT)}), flush=True)
while True:
    if kind == "rep":
        server.send(server.recv().upper())
    elif kind == "keeping":
        *envelope, body = server.recv_multipart()
        server.send_multipart([*envelope, body.upper()])
    else:
        address, empty, message = server.recv_multipart()
        assert empty == b""
        server.send_multipart([address, b"", message.upper()])
