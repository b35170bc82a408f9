/*
 * A PUB socket on libzmq itself, in its form that hears of subscriptions, XPUB: it sends the same way.
 *
 *   publisher PAYLOAD_BYTES SUBSCRIBERS
 *
 * Binds a free port and tells it. Each line on stdin is a number of frames to send to all subscribers, once there are so
 * many; at the slowest one's mark it waits. What the deliveries took of the processor is told.
 */
#include "zmq_peer.h"

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    const size_t bytes = strtoul(argv[1], NULL, 10);
    const uint64_t subscribers = strtoull(argv[2], NULL, 10);
    const int yes = 1;
    char endpoint[64];

    void *pub = open_socket(zmq_ctx_new(), ZMQ_XPUB);
    zmq_setsockopt(pub, ZMQ_XPUB_VERBOSE, &yes, sizeof yes); /* each subscription is told, equal ones too */
    zmq_setsockopt(pub, ZMQ_XPUB_NODROP, &yes, sizeof yes);
    bind_to(pub, "tcp://127.0.0.1:*", endpoint, sizeof endpoint);
    say_bound(endpoint);

    uint8_t *payload = calloc(1, bytes);
    struct header header = header_of(bytes);
    uint64_t count;
    for (uint64_t subscribed = 0; order(&count);) {
        for (char topic[64]; subscribed < subscribers; subscribed++) {
            if (zmq_recv(pub, topic, sizeof topic, 0) < 0) zmq_fail("zmq_recv");
        }
        const double cpu_at_start = cpu_us();
        for (uint64_t sent = 0; sent < count; sent++) {
            if (!send_frame(pub, &header, payload, bytes, 0)) return 0;
            header.sequence++;
        }
        say_sent(count * subscribers, cpu_at_start);
    }
    return 0;
}
