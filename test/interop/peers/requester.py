"""A doppler Requester: connects, sends the requests it is told to and tells the replies."""

import wire

args = wire.arguments()
requester = wire.connecting("Requester", args)
while True:
    wire.send(requester, args.type, wire.order())
    wire.receive(requester, args.type, "reply")
