/*
 * A REP socket on libzmq itself: sends back what it gets.
 *
 *   replier WHERE
 */
#include "zmq_peer.h"

int main(int argc, char **argv) {
    if (argc != 2) return 2;
    listen_to_runner();
    void *rep = open_socket(zmq_ctx_new(), ZMQ_REP);
    place_and_say(rep, argv[1]);

    zmq_msg_t header, payload;
    zmq_msg_init(&header);
    zmq_msg_init(&payload);
    for (;;) {
        receive_part(rep, &header);
        receive_part(rep, &payload);
        if (zmq_msg_send(&header, rep, ZMQ_SNDMORE) < 0) zmq_fail("zmq_msg_send");
        if (zmq_msg_send(&payload, rep, 0) < 0) zmq_fail("zmq_msg_send");
    }
}
