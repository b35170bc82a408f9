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

/* Binds an endpoint with `@` before it, and gives the one it got; connects to any other. */
static inline int place(void *socket, const char *where, char *got, size_t length) {
    if (where[0] != '@') {
        if (zmq_connect(socket, where) < 0) zmq_fail("zmq_connect");
        return 0;
    }
    if (zmq_bind(socket, where + 1) < 0) zmq_fail("zmq_bind");
    if (zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, got, &length) < 0) zmq_fail("zmq_getsockopt");
    return 1;
}

/* The same of a peer's only socket, which is told. */
static inline void place_and_say(void *socket, const char *where) {
    char got[256];
    if (place(socket, where, got, sizeof got)) say_bound(got);
    else say_ready();
}

/* Whether payloads are handed over, C at its best, or copied, as zmq_send does. */
static inline int is_given(const char *memory) {
    if (strcmp(memory, "given") == 0) return 1;
    if (strcmp(memory, "copied") != 0) fail(memory, "neither given nor copied");
    return 0;
}

/* Takes one frame, or says that this socket has no room. A payload that is given never changes. */
static inline int send_frame(void *socket, const struct header *header, void *payload, size_t bytes, int given, int flags) {
    if (zmq_send(socket, header, sizeof *header, flags | ZMQ_SNDMORE) < 0) {
        if (errno == EAGAIN) return 0;
        zmq_fail("zmq_send");
    }
    if (!given) {
        if (zmq_send(socket, payload, bytes, flags) < 0) zmq_fail("zmq_send");
        return 1;
    }
    zmq_msg_t part;
    zmq_msg_init_data(&part, payload, bytes, NULL, NULL);
    if (zmq_msg_send(&part, socket, flags) < 0) zmq_fail("zmq_msg_send");
    return 1;
}

/* Gives the length of the next part, which stands where libzmq read it: nothing is copied. Waits for it. */
static inline size_t receive_part(void *socket, zmq_msg_t *part) {
    while (zmq_msg_recv(part, socket, 0) < 0) {
        if (errno != EAGAIN && errno != EINTR) zmq_fail("zmq_msg_recv");
    }
    return zmq_msg_size(part);
}

/* Gives the bytes of the next frame's payload, after a look at its header. */
static inline size_t receive_frame(void *socket, zmq_msg_t *part) {
    struct header header;
    if (receive_part(socket, part) != sizeof header) fail("receiver", "the first part is no header");
    memcpy(&header, zmq_msg_data(part), sizeof header);
    const size_t bytes = receive_part(socket, part);
    if (header.magic != MAGIC || header.num_samples * 8 != bytes) fail("receiver", "the frame is invalid");
    return bytes;
}
