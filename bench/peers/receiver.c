/*
 * A PULL socket on libzmq itself.
 *
 *   receiver ENDPOINT WARM_UP COUNT
 *
 * Connects, or binds an endpoint whose port is `*` and tells which it got. Times `count` frames after `warm_up`, again
 * and again. Ends when stdin does.
 */
#include "zmq_peer.h"
#include <poll.h>
#include <unistd.h>

static int stdin_ended(void) {
    struct pollfd input = {.fd = 0, .events = POLLIN};
    char byte;
    return poll(&input, 1, 0) > 0 && read(0, &byte, 1) <= 0;
}

/* Gives the part's length and, of a header, a look at it. Waits for it. */
static size_t receive(void *socket, zmq_msg_t *part) {
    while (zmq_msg_recv(part, socket, 0) < 0) {
        if (errno != EAGAIN) zmq_fail("zmq_msg_recv");
        if (stdin_ended()) exit(0);
    }
    return zmq_msg_size(part);
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    const char *endpoint = argv[1];
    struct meter meter = {.warm_up = strtoull(argv[2], NULL, 10), .count = strtoull(argv[3], NULL, 10)};
    const int look_up_ms = 500;

    void *pull = open_socket(zmq_ctx_new(), ZMQ_PULL);
    zmq_setsockopt(pull, ZMQ_RCVTIMEO, &look_up_ms, sizeof look_up_ms);
    if (endpoint[strlen(endpoint) - 1] == '*') {
        char got[64];
        bind_to(pull, endpoint, got, sizeof got);
        say_bound(got);
    } else {
        if (zmq_connect(pull, endpoint) < 0) zmq_fail("zmq_connect");
        say_ready();
    }

    zmq_msg_t part;
    zmq_msg_init(&part);
    for (;;) {
        struct header header;
        if (receive(pull, &part) != sizeof header) fail("receiver", "the first part is no header");
        memcpy(&header, zmq_msg_data(&part), sizeof header);
        const size_t bytes = receive(pull, &part);
        if (header.magic != MAGIC || header.num_samples * 8 != bytes) fail("receiver", "the frame is invalid");
        measure(&meter, bytes);
    }
}
