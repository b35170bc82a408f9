"""A PUSH that says hello, or a PULL, with libzmq's own security. Told what to be by one argument of JSON.

It says what happens by JSON lines on stdout, and ends when its stdin does, whatever it is blocked in.
"""

import json
import os
import sys
import threading

import zmq
import zmq.auth.thread
import zmq.utils.monitor

given = json.loads(sys.argv[1])
context = zmq.Context()


saying = threading.Lock()


def say(event, **facts):
    with saying:
        print(json.dumps({"event": event, **facts}), flush=True)


def end_with_stdin():
    sys.stdin.read()
    os._exit(0)


class Keys:
    """Who may come in, by public key."""

    def callback(self, domain, key):
        return key.decode() in given["keys"]


def ask():
    authenticator = zmq.auth.thread.ThreadAuthenticator(context)
    authenticator.start()
    if "passwords" in given:
        authenticator.configure_plain(domain="*", passwords=given["passwords"])
    if "keys" in given:
        authenticator.configure_curve_callback(domain="*", credentials_provider=Keys())
    if "deny" in given:
        authenticator.deny(*given["deny"])
    return authenticator


def tell_events(monitor):
    while True:
        event = zmq.utils.monitor.recv_monitor_message(monitor)["event"]
        say("happened", what=zmq.Event(event).name)


threading.Thread(target=end_with_stdin, daemon=True).start()
authenticator = ask() if given.get("asks") else None
socket = context.socket(getattr(zmq, given["type"]))
socket.linger = 0
for option, value in given["options"].items():
    setattr(socket, option, value.encode() if isinstance(value, str) else value)
threading.Thread(target=tell_events, args=[socket.get_monitor_socket()], daemon=True).start()
if "connect" in given:
    socket.connect(given["connect"])
else:
    socket.bind("tcp://127.0.0.1:*")
    say("bound", endpoint=socket.getsockopt(zmq.LAST_ENDPOINT).decode().rstrip("\0"))
if given["type"] == "PUSH":
    socket.send(b"hello")
    say("sent")
    threading.Event().wait()
while True:
    say("message", text=socket.recv().decode())
