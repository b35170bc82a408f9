"""doppler's REQ with raw bytes: connects, sends the bytes it is told to and tells the replies."""

import clib
import wire

args = wire.arguments()
requester = clib.Requester(args.endpoint)
wire.say("ready")
while True:
    requester.send_raw(bytes.fromhex(wire.order()["bytes"]))
    wire.say("rawReply", bytes=requester.recv_raw().hex())
