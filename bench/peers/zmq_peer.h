/* What the peers in C on libzmq share. */
#include "peer.h"
#include <zmq.h>

static inline void zmq_fail(const char *what) { fail(what, zmq_strerror(errno)); }

/* A socket that gives up on a peer that stopped, and leaves nothing behind. The marks are libzmq's own, 1000. */
static inline void *open_socket(void *context, int type) {
    const int patience = PATIENCE_MS, linger = 0;
    void *socket = zmq_socket(context, type);
    if (!socket) zmq_fail("zmq_socket");
    zmq_setsockopt(socket, ZMQ_SNDTIMEO, &patience, sizeof patience);
    zmq_setsockopt(socket, ZMQ_LINGER, &linger, sizeof linger);
    return socket;
}

/* Binds, and gives the endpoint it got. */
static inline void bind_to(void *socket, const char *endpoint, char *got, size_t length) {
    if (zmq_bind(socket, endpoint) < 0) zmq_fail("zmq_bind");
    if (zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, got, &length) < 0) zmq_fail("zmq_getsockopt");
}

/* Takes one frame, or says that this socket has no room. The payload is not copied: it never changes. */
static inline int send_frame(void *socket, const struct header *header, void *payload, size_t bytes, int flags) {
    if (zmq_send(socket, header, sizeof *header, flags | ZMQ_SNDMORE) < 0) {
        if (errno == EAGAIN) return 0;
        zmq_fail("zmq_send");
    }
    zmq_msg_t part;
    zmq_msg_init_data(&part, payload, bytes, NULL, NULL);
    if (zmq_msg_send(&part, socket, flags) < 0) zmq_fail("zmq_msg_send");
    return 1;
}
