"""A doppler Publisher: binds, then sends a frame every millisecond, as it never learns who listens."""

import time

import wire

args = wire.arguments()
publisher = wire.binding("Publisher", args)
frame = wire.order()
while True:
    wire.send(publisher, args.type, frame)
    frame["seed"] += 1
    time.sleep(0.001)
