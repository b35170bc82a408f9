/*
 * A REQ socket on libzmq itself.
 *
 *   requester ENDPOINT PAYLOAD_BYTES
 *
 * Each order is a number of requests, one after the other.
 */
#include "zmq_peer.h"

static int by_size(const void *one, const void *other) {
    const double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    const size_t bytes = strtoul(argv[2], NULL, 10);

    listen_to_runner();
    void *req = open_socket(zmq_ctx_new(), ZMQ_REQ);
    place_and_say(req, argv[1]);

    uint8_t *payload = calloc(1, bytes);
    struct header header = header_of(bytes);
    zmq_msg_t part;
    zmq_msg_init(&part);
    for (;;) {
        const uint64_t count = order();
        double *times = malloc(count * sizeof *times);
        const double started = now_ms();
        for (uint64_t i = 0; i < count; i++) {
            const double sent = now_ms();
            if (!send_frame(req, &header, payload, bytes, 0, 0)) return 0;
            receive_frame(req, &part);
            times[i] = now_ms() - sent;
        }
        const double ms = now_ms() - started;
        qsort(times, count, sizeof *times, by_size);
        SAY("{\"event\":\"answered\",\"count\":%llu,\"ms\":%.6f,\"roundTripUs\":%.3f}\n", (unsigned long long)count, ms,
            times[count / 2] * 1e3);
        free(times);
    }
}
