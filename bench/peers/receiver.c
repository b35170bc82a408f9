/*
 * A PULL socket on libzmq itself.
 *
 *   receiver WHERE WARM_UP COUNT
 *
 * Times `count` frames after `warm_up`, again and again.
 */
#include "zmq_peer.h"

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    struct meter meter = {.warm_up = strtoull(argv[2], NULL, 10), .count = strtoull(argv[3], NULL, 10)};

    listen_to_runner();
    void *pull = open_socket(zmq_ctx_new(), ZMQ_PULL);
    place_and_say(pull, argv[1]);

    zmq_msg_t part;
    zmq_msg_init(&part);
    for (;;) measure(&meter, receive_frame(pull, &part));
}
