"""A doppler Subscriber: connects and tells every frame."""

import wire

args = wire.arguments()
subscriber = wire.connecting("Subscriber", args)
while True:
    wire.receive(subscriber, args.type)
