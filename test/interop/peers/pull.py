"""A doppler Pull: connects and tells every frame."""

import wire

args = wire.arguments()
pull = wire.connecting("Pull", args)
while True:
    wire.receive(pull, args.type)
