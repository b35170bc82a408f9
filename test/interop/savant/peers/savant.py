"""A savant_rs reader or writer: orders in and events out as lines of JSON. It ends when its stdin does."""

import json
import os
import socket
import sys
import threading
import zlib

os.environ["LOGLEVEL"] = "off"  # before it is loaded

from savant_rs.primitives import (
    Attribute,
    AttributeValue,
    UserData,
    VideoFrame,
    VideoFrameContent,
)
from savant_rs.primitives.geometry import RBBox
from savant_rs.utils.serialization import Message
from savant_rs.zmq import (
    BlockingReader,
    BlockingWriter,
    ReaderConfigBuilder,
    TopicPrefixSpec,
    WriterConfigBuilder,
)


def say(event, **facts):
    print(json.dumps({"event": event, **facts}), flush=True)


def listening():
    """The TCP ports this process listens on: it does not tell the one it got."""
    for name in os.listdir("/dev/fd"):
        try:
            with socket.socket(fileno=os.dup(int(name))) as own:
                if own.family == socket.AF_INET and own.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    yield own.getsockname()[1]
        except OSError:
            pass  # no socket, or closed meanwhile: the directory's own descriptor is one


def started(handle, url):
    handle.start()
    endpoint = url.split(":", 1)[1]
    if "+bind:tcp" in url:
        (port,) = set(listening())
        endpoint = f"tcp://127.0.0.1:{port}"
    say("started", endpoint=endpoint)


def orders():
    for line in sys.stdin:
        yield json.loads(line)
    os._exit(0)


def wait_for_end():
    for _ in orders():
        pass


def described(message):
    if message.is_user_data():
        return {"payload": "userData", "sourceId": message.as_user_data().source_id}
    if message.is_end_of_stream():
        return {"payload": "endOfStream", "sourceId": message.as_end_of_stream().source_id}
    frame = message.as_video_frame()
    return {
        "payload": "videoFrame",
        "sourceId": frame.source_id,
        "size": [frame.width, frame.height],
        "pts": frame.pts,
        "uuid": frame.uuid,
        "objects": sorted([each.label, each.id, each.confidence] for each in frame.get_all_objects()),
    }


def result_of(result):
    if isinstance(result, list):
        return {"kind": "tooShort", "parts": len(result)}
    kind = type(result).__name__.removeprefix("ReaderResult")
    facts = {"kind": kind}
    if kind != "Timeout":
        facts["topic"] = bytes(result.topic).decode()
    if kind == "Message":
        facts["labels"] = list(result.message.labels)
        facts.update(described(result.message))
        data = [bytes(result.data(i)) for i in range(result.data_len())]
        facts["data"] = [[len(part), zlib.crc32(part)] for part in data]
        facts["hasRoutingId"] = result.routing_id is not None
    return facts


def read(being):
    builder = ReaderConfigBuilder(being["url"])
    builder.with_receive_timeout(100)
    if "prefix" in being:
        builder.with_topic_prefix_spec(TopicPrefixSpec.prefix(being["prefix"]))
    reader = BlockingReader(builder.build())
    started(reader, being["url"])
    threading.Thread(target=wait_for_end, daemon=True).start()
    for topic in being.get("blacklist", []):
        reader.blacklist_source(topic.encode())
    while True:
        try:
            result = reader.receive()
        except BaseException as error:  # a panic as well
            say("failed", reason=str(error))
            continue
        facts = result_of(result)
        if facts["kind"] != "Timeout":
            say("result", **facts)


def made(order):
    if order["payload"] == "userData":
        data = UserData(order["sourceId"])
        data.set_attribute(Attribute.persistent("ns", "name", [AttributeValue.integer(7)], "hint"))
        return data.to_message()
    frame = VideoFrame(
        source_id=order["sourceId"],
        framerate="30/1",
        width=1280,
        height=720,
        content=VideoFrameContent.external("zeromq", None),
        pts=-5,
    )
    frame.create_object("detector", "car", detection_box=RBBox(1.5, 2.5, 30, 40, 15), confidence=0.5)
    return frame.to_message()


def write(being):
    builder = WriterConfigBuilder(being["url"])
    builder.with_send_timeout(2000)
    builder.with_receive_timeout(2000)
    writer = BlockingWriter(builder.build())
    started(writer, being["url"])
    for order in orders():
        try:
            if order["payload"] == "endOfStream":
                result = writer.send_eos(order["topic"])
            else:
                extra = bytes(i % 251 for i in range(order.get("bytes", 0)))
                result = writer.send_message(order["topic"], made(order), extra)
            say("written", kind=type(result).__name__.removeprefix("WriterResult"))
        except BaseException as error:
            say("failed", reason=str(error))


being = json.loads(sys.argv[1])
(read if being["role"] == "reader" else write)(being)
