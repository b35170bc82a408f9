"""doppler's REP with raw bytes: binds and answers each request with its bytes in reverse."""

import wire

args = wire.arguments()
args.type = "ci8"  # a type that only the C library knows, so that this is its socket
replier = wire.binding("Replier", args)
while True:
    request = replier.recv_raw()
    wire.say("rawRequest", bytes=request.hex())
    replier.send_raw(request[::-1])
