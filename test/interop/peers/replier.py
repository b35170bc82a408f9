"""A doppler Replier: binds and answers each request with its samples inverted, at once or (--hold) when told to."""

import wire

args = wire.arguments()
replier = wire.binding("Replier", args)
while True:
    samples, header = wire.receive(replier, args.type, "request")
    if args.hold:
        wire.order()
    replier.send(
        wire.inverted(samples),
        sample_rate=header["sample_rate"] + 1,
        center_freq=header["center_freq"] - 1,
    )
    wire.say("replied")
