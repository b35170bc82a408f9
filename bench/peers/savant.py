"""savant_rs: `writer TYPE PAYLOAD_BYTES MARK WHERE`, `reader TYPE MARK ENDPOINT WARM_UP COUNT`, `asker ENDPOINT
PAYLOAD_BYTES` or `answerer`; as the peers in JavaScript of these names."""

import os
import sys
import time

os.environ["LOGLEVEL"] = "off"  # before it is loaded

from savant_rs.primitives import Attribute, AttributeValue, VideoFrame, VideoFrameContent
from savant_rs.primitives.geometry import RBBox
from savant_rs.zmq import BlockingReader, BlockingWriter, ReaderConfigBuilder, WriterConfigBuilder

from peer import end_with_stdin, orders, place, ports, say


def frame_message():
    frame = VideoFrame("test", "30/1", 1280, 720, VideoFrameContent.none())
    for _ in range(3):
        frame.create_object("test", "test2", detection_box=RBBox(0, 0, 0, 0, None))
    for name, value in (
        ("bytes", AttributeValue.bytes([8, 3, 8], bytes(192))),
        ("integers", AttributeValue.integers([1, 2, 3, 4, 5, 6])),
        ("text", AttributeValue.string("hello")),
        ("temporary", AttributeValue.temporary_python_object(object())),
    ):
        frame.set_attribute(Attribute.persistent("system", name, [value], None))
    return frame.to_message()


def bound(handle, endpoint):
    handle.start()
    say("bound", endpoints=[f"tcp://127.0.0.1:{next(iter(ports()))}" if endpoint.startswith("tcp") else endpoint])


def writer_of(url, mark=50):
    builder = WriterConfigBuilder(url)
    builder.with_send_hwm(mark)
    return BlockingWriter(builder.build())


def reader_of(url, mark=50):
    builder = ReaderConfigBuilder(url)
    builder.with_receive_hwm(mark)
    return BlockingReader(builder.build())


def writer(kind, payload_bytes, mark, where):
    endpoint = place(where)[0].replace(":*", ":0")  # its name for any free port
    handle = writer_of(f"{kind}+bind:{endpoint}", int(mark))
    bound(handle, endpoint)
    message, data = frame_message(), bytes(int(payload_bytes))
    for count in orders():
        for _ in range(count):
            handle.send_message("test", message, data)
        say("sent", count=count)


def reader(kind, mark, endpoint, warm_up, count):
    end_with_stdin()
    handle = reader_of(f"{kind}+connect:{endpoint}", int(mark))
    handle.start()
    say("ready")
    warm_up, count, seen = int(warm_up), int(count), 0
    while True:
        result = handle.receive()
        if not hasattr(result, "data_len"):
            continue  # nothing came for a while
        seen += 1
        if seen == warm_up:
            started = time.perf_counter()
        elif seen == warm_up + count:
            ms, seen = (time.perf_counter() - started) * 1000, 0
            length = len(bytes(result.data(0)))
            say("received", count=count, ms=ms, payloadBytes=length)


def asker(endpoint, payload_bytes):
    handle = writer_of(f"req+connect:{endpoint}")
    handle.start()
    message, data = frame_message(), bytes(int(payload_bytes))
    say("ready")
    for count in orders():
        started, times = time.perf_counter(), []
        for _ in range(count):
            sent = time.perf_counter()
            handle.send_message("test", message, data)
            times.append(time.perf_counter() - sent)
        ms = (time.perf_counter() - started) * 1000
        median = sorted(times)[count // 2] * 1e6
        say("answered", count=count, ms=ms, roundTripUs=median)


def answerer():
    end_with_stdin()
    handle = reader_of("rep+bind:tcp://127.0.0.1:0")
    bound(handle, "tcp://")
    while True:
        handle.receive()


{"writer": writer, "reader": reader, "asker": asker, "answerer": answerer}[sys.argv[1]](*sys.argv[2:])
