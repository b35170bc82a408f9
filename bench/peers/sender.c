/*
 * PUSH sockets on libzmq itself.
 *
 *   sender PAYLOAD_BYTES SOCKETS MEMORY WHERE
 *
 * Binds so many ports and tells them, or connects that many times to one endpoint. Each order is a number of frames to
 * send, spread over the sockets in turn; 0: without end. MEMORY is `copied` (zmq_send, as people write it) or `given`
 * (the payload is handed over, C at its best). A frame is a SIGS header of 96 bytes and a payload of cf32 samples. Ends
 * when nobody has taken a frame for 30 s.
 */
#include "zmq_peer.h"

enum { MOST_SOCKETS = 128 };

int main(int argc, char **argv) {
    if (argc != 5) return 2;
    const size_t bytes = strtoul(argv[1], NULL, 10);
    const int sockets = atoi(argv[2]), given = is_given(argv[3]);
    const char *where = argv[4];
    if (sockets < 1 || sockets > MOST_SOCKETS) return 2;

    listen_to_runner();
    void *context = zmq_ctx_new();
    void *push[MOST_SOCKETS];
    zmq_pollitem_t room[MOST_SOCKETS];
    char endpoints[MOST_SOCKETS][256];
    int bound = 0;
    for (int i = 0; i < sockets; i++) {
        push[i] = open_socket(context, ZMQ_PUSH);
        bound = place(push[i], where, endpoints[i], sizeof endpoints[i]);
        room[i] = (zmq_pollitem_t){.socket = push[i], .events = ZMQ_POLLOUT};
    }
    if (bound) {
        printf("{\"event\":\"bound\",\"endpoints\":[");
        for (int i = 0; i < sockets; i++) printf("%s\"%s\"", i ? "," : "", endpoints[i]);
        SAY("]}\n");
    } else {
        say_ready();
    }

    uint8_t *payload = calloc(1, bytes);
    struct header header = header_of(bytes);
    for (;;) {
        const uint64_t count = order();
        for (uint64_t sent = 0; count == 0 || sent < count;) {
            if (sockets == 1) {
                if (!send_frame(push[0], &header, payload, bytes, given, 0)) return 0;
                header.sequence++;
                sent++;
                continue;
            }
            uint64_t taken = 0;
            for (int i = 0; i < sockets && (count == 0 || sent < count); i++) {
                const uint64_t one = (uint64_t)send_frame(push[i], &header, payload, bytes, given, ZMQ_DONTWAIT);
                taken += one;
                sent += one;
            }
            header.sequence++; /* each socket counts for itself */
            if (taken == 0 && zmq_poll(room, sockets, PATIENCE_MS) <= 0) return 0;
        }
        say_sent(count);
    }
}
