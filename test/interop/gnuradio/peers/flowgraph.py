"""A flowgraph of GNU Radio with one ZMQ block. Its first argument says which, as JSON; it tells what happens as lines of JSON.

It waits for a line on its standard input where the order says so ("waits"), and ends when that closes.
"""
import base64
import json
import os
import sys
import threading
import time

import numpy
import pmt
from gnuradio import blocks, gr, zeromq
from pmts import build, describe

order = json.loads(sys.argv[1])
TYPES = {
    "complex": (gr.sizeof_gr_complex, numpy.complex64, blocks.vector_source_c, blocks.vector_sink_c),
    "float": (gr.sizeof_float, numpy.float32, blocks.vector_source_f, blocks.vector_sink_f),
    "int": (gr.sizeof_int, numpy.int32, blocks.vector_source_i, blocks.vector_sink_i),
    "short": (gr.sizeof_short, numpy.int16, blocks.vector_source_s, blocks.vector_sink_s),
    "byte": (gr.sizeof_char, numpy.uint8, blocks.vector_source_b, blocks.vector_sink_b),
}


def tell(event, **facts):
    sys.stdout.write(json.dumps({"event": event, **facts}) + "\n")
    sys.stdout.flush()


def await_line():
    if order.get("waits"):
        sys.stdin.readline()


def stream_block(role):
    size = TYPES[order["itemType"]][0]
    block = getattr(zeromq, order["block"])
    arguments = [size, order.get("vlen", 1), order["endpoint"], order.get("timeout", 100), order.get("passTags", False)]
    if order["block"] in ("pub_sink", "sub_source"):
        return block(*arguments, order.get("highWaterMark", -1), order.get("key", ""))
    return block(*arguments, order.get("highWaterMark", -1))


def pattern(count):
    """Element values by formula. The test has the same formula: neither side copies the other's bytes."""
    kind = TYPES[order["itemType"]][1]
    index = numpy.arange(count)
    if order["itemType"] == "complex":
        return (index + 0.5 - 1j * index / 4).astype(kind)
    if order["itemType"] == "float":
        return (index / 2 - 1).astype(kind)
    return ((index * 37) % 251).astype(kind)


def send(top):
    vlen = order.get("vlen", 1)
    tags = []
    for given in order.get("tags", []):
        tag = gr.tag_t()
        tag.offset = given["offset"]
        tag.key = build(given["key"])
        tag.value = build(given["value"])
        tag.srcid = build(given["srcid"])
        tags.append(tag)
    values = pattern(order["items"] * vlen)
    size, _, make_source, _ = TYPES[order["itemType"]]
    source = make_source(values.tolist(), "rate" in order, vlen, tags)
    sink = stream_block("sink")
    if "rate" in order:  # again and again, at this rate
        top.connect(source, blocks.throttle(size * vlen, order["rate"]), sink)
    else:
        top.connect(source, sink)
    tell("bound", endpoint=sink.last_endpoint())
    await_line()
    top.start(order.get("maxItems", 100000000))
    tell("started")
    if "tellsAt" in order:
        threading.Thread(target=watch, args=[sink], daemon=True).start()


def watch(sink):
    while sink.nitems_read(0) < order["tellsAt"]:
        time.sleep(0.01)
    tell("passed")


def receive(top):
    vlen = order.get("vlen", 1)
    source = stream_block("source")
    sink = TYPES[order["itemType"]][3](vlen)
    top.connect(source, sink)
    top.start()
    tell("started")

    def wait():
        while sink.nitems_read(0) < order["items"]:  # a source never ends by itself
            time.sleep(0.01)
        top.stop()
        top.wait()
        data = numpy.array(sink.data(), dtype=TYPES[order["itemType"]][1])
        tags = [
            {
                "offset": str(tag.offset),
                "key": describe(tag.key),
                "value": describe(tag.value),
                "srcid": describe(tag.srcid),
            }
            for tag in sink.tags()
        ]
        tell("received", items=base64.b64encode(data.tobytes()).decode(), tags=tags)

    threading.Thread(target=wait, daemon=True).start()


class Port(gr.basic_block):
    """Sends messages of the test into the flowgraph, and tells of those that come."""

    def __init__(self):
        gr.basic_block.__init__(self, name="port", in_sig=[], out_sig=[])
        self.message_port_register_out(pmt.intern("out"))
        self.message_port_register_in(pmt.intern("in"))
        self.set_msg_handler(pmt.intern("in"), self.heard)

    def heard(self, message):
        tell("message", pmt=describe(message), bytes=pmt.serialize_str(message).hex())


def messages(top):
    port = Port()
    block = getattr(zeromq, order["block"])(order["endpoint"], order.get("timeout", 100), order["bind"])
    if order["block"].endswith("sink"):
        top.msg_connect(port, "out", block, "in")
    else:
        top.msg_connect(block, "out", port, "in")
    tell("bound", endpoint=block.last_endpoint())
    top.start()
    tell("started")
    await_line()
    sending = True
    while sending:
        for message in order.get("messages", []):
            port.message_port_pub(pmt.intern("out"), build(message))
        sending = order.get("repeats", False)
        time.sleep(0.05)


class Top(gr.top_block):
    pass


top_block = Top()
if "messages" in order or order["block"].endswith("msg_source"):
    messages(top_block)
elif order["block"].endswith("sink"):
    send(top_block)
else:
    receive(top_block)
sys.stdin.read()
os._exit(0)  # blocks that wait for a peer would not end
