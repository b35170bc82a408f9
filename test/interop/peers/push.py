"""A doppler Push: binds, then sends the frames it is told to."""

import wire

args = wire.arguments()
push = wire.binding("Push", args)
while True:
    wire.send(push, args.type, wire.order())
