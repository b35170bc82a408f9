/*
 * The fastest sender there is: PUSH sockets on libzmq itself.
 *
 *   sender PAYLOAD_BYTES SOCKETS [ENDPOINT]
 *
 * Binds that many free ports and tells them, or connects that many times to one endpoint. Each line on stdin is a
 * number of frames to send, spread over the sockets in turn; 0: without end. What they took of the processor is told.
 * A frame is a SIGS header of 96 bytes and a payload of cf32 samples. Ends when stdin does, or when nobody has taken a
 * frame for 30 s.
 */
#include "zmq_peer.h"

enum { MOST_SOCKETS = 128 };

int main(int argc, char **argv) {
    if (argc != 3 && argc != 4) return 2;
    const size_t bytes = strtoul(argv[1], NULL, 10);
    const int sockets = atoi(argv[2]);
    const char *peer = argc == 4 ? argv[3] : NULL;
    if (sockets < 1 || sockets > MOST_SOCKETS) return 2;

    void *context = zmq_ctx_new();
    void *push[MOST_SOCKETS];
    zmq_pollitem_t room[MOST_SOCKETS];
    char endpoints[MOST_SOCKETS][64];
    for (int i = 0; i < sockets; i++) {
        push[i] = open_socket(context, ZMQ_PUSH);
        if (!peer) bind_to(push[i], "tcp://127.0.0.1:*", endpoints[i], sizeof endpoints[i]);
        else if (zmq_connect(push[i], peer) < 0) zmq_fail("zmq_connect");
        room[i] = (zmq_pollitem_t){.socket = push[i], .events = ZMQ_POLLOUT};
    }
    if (peer) {
        say_ready();
    } else {
        printf("{\"event\":\"bound\",\"endpoints\":[");
        for (int i = 0; i < sockets; i++) printf("%s\"%s\"", i ? "," : "", endpoints[i]);
        printf("]}\n");
        fflush(stdout);
    }

    uint8_t *payload = calloc(1, bytes);
    struct header header = header_of(bytes);
    uint64_t count;
    while (order(&count)) {
        const double cpu_at_start = cpu_us();
        for (uint64_t sent = 0; count == 0 || sent < count;) {
            if (sockets == 1) {
                if (!send_frame(push[0], &header, payload, bytes, 0)) return 0;
                header.sequence++;
                sent++;
                continue;
            }
            uint64_t taken = 0;
            for (int i = 0; i < sockets && (count == 0 || sent < count); i++) {
                const uint64_t one = (uint64_t)send_frame(push[i], &header, payload, bytes, ZMQ_DONTWAIT);
                taken += one;
                sent += one;
            }
            header.sequence++; /* each socket counts for itself */
            if (taken == 0 && zmq_poll(room, sockets, PATIENCE_MS) <= 0) return 0;
        }
        say_sent(count, cpu_at_start);
    }
    return 0;
}
