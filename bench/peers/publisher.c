/*
 * A PUB socket on libzmq itself, in its form that hears of subscriptions, XPUB: it sends the same way.
 *
 *   publisher PAYLOAD_BYTES SUBSCRIBERS MEMORY WHERE
 *
 * Each order is a number of frames to send to all subscribers, once there are so many; at the slowest one's mark it waits.
 * MEMORY as in the sender. What is told is the deliveries.
 */
#include "zmq_peer.h"

int main(int argc, char **argv) {
    if (argc != 5) return 2;
    const size_t bytes = strtoul(argv[1], NULL, 10);
    const uint64_t subscribers = strtoull(argv[2], NULL, 10);
    const int yes = 1, given = is_given(argv[3]);

    listen_to_runner();
    void *pub = open_socket(zmq_ctx_new(), ZMQ_XPUB);
    zmq_setsockopt(pub, ZMQ_XPUB_VERBOSE, &yes, sizeof yes); /* each subscription is told, equal ones too */
    zmq_setsockopt(pub, ZMQ_XPUB_NODROP, &yes, sizeof yes);
    place_and_say(pub, argv[4]);

    uint8_t *payload = calloc(1, bytes);
    struct header header = header_of(bytes);
    for (uint64_t subscribed = 0;;) {
        const uint64_t count = order();
        for (char topic[64]; subscribed < subscribers; subscribed++) {
            if (zmq_recv(pub, topic, sizeof topic, 0) < 0) zmq_fail("zmq_recv");
        }
        for (uint64_t sent = 0; sent < count; sent++) {
            if (!send_frame(pub, &header, payload, bytes, given, 0)) return 0;
            header.sequence++;
        }
        say_sent(count * subscribers);
    }
}
