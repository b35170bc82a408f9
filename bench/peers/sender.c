/*
 * The fastest sender there is: PUSH sockets on libzmq itself.
 *
 *   sender PAYLOAD_BYTES SOCKETS
 *
 * Binds that many free ports and tells them in a line of JSON. Each line on stdin is a number of frames to send, spread
 * over the sockets in turn; 0: without end. What they took of the processor is told. A frame is a SIGS header of 96 bytes and a payload of cf32 samples. Ends when
 * stdin does, or when nobody has taken a frame for 30 s.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zmq.h>

enum { MOST_SOCKETS = 128, CF32 = 5, PATIENCE_MS = 30000 };

struct header {
    uint32_t magic, version, protocol, stream_id, sample_type, flags;
    uint64_t sequence, timestamp_ns;
    double sample_rate, center_freq;
    uint64_t num_samples, reserved[4];
};

static void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, zmq_strerror(errno));
    exit(1);
}

/* Takes one frame, or says that this socket has no room. The payload is not copied: it never changes. */
static int send_frame(void *socket, const struct header *header, void *payload, size_t bytes, int flags) {
    if (zmq_send(socket, header, sizeof *header, flags | ZMQ_SNDMORE) < 0) {
        if (errno == EAGAIN) return 0;
        fail("zmq_send");
    }
    zmq_msg_t part;
    zmq_msg_init_data(&part, payload, bytes, NULL, NULL);
    if (zmq_msg_send(&part, socket, flags) < 0) fail("zmq_msg_send");
    return 1;
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    const size_t bytes = strtoul(argv[1], NULL, 10);
    const int sockets = atoi(argv[2]);
    if (sockets < 1 || sockets > MOST_SOCKETS) return 2;

    void *context = zmq_ctx_new();
    void *push[MOST_SOCKETS];
    zmq_pollitem_t room[MOST_SOCKETS];
    printf("{\"event\":\"bound\",\"endpoints\":[");
    for (int i = 0; i < sockets; i++) {
        const int patience = PATIENCE_MS, linger = 0;
        char endpoint[64];
        size_t length = sizeof endpoint;
        push[i] = zmq_socket(context, ZMQ_PUSH);
        zmq_setsockopt(push[i], ZMQ_SNDTIMEO, &patience, sizeof patience);
        zmq_setsockopt(push[i], ZMQ_LINGER, &linger, sizeof linger);
        if (zmq_bind(push[i], "tcp://127.0.0.1:*") < 0) fail("zmq_bind");
        if (zmq_getsockopt(push[i], ZMQ_LAST_ENDPOINT, endpoint, &length) < 0) fail("zmq_getsockopt");
        printf("%s\"%s\"", i ? "," : "", endpoint);
        room[i] = (zmq_pollitem_t){.socket = push[i], .events = ZMQ_POLLOUT};
    }
    printf("]}\n");
    fflush(stdout);

    uint8_t *payload = calloc(1, bytes);
    struct header header = {.magic = 0x53494753, .version = 0x00010000, .sample_type = CF32, .num_samples = bytes / 8};
    char line[64];
    while (fgets(line, sizeof line, stdin)) {
        const uint64_t count = strtoull(line, NULL, 10);
        const clock_t cpu = clock();
        for (uint64_t sent = 0; count == 0 || sent < count; header.sequence++) {
            if (sockets == 1) {
                if (!send_frame(push[0], &header, payload, bytes, 0)) return 0;
                sent++;
                continue;
            }
            int taken = 0;
            for (int i = 0; i < sockets && (count == 0 || sent < count); i++) {
                const int one = send_frame(push[i], &header, payload, bytes, ZMQ_DONTWAIT);
                taken += one;
                sent += one;
            }
            if (taken == 0 && zmq_poll(room, sockets, PATIENCE_MS) <= 0) return 0;
        }
        const double cpu_us = (double)(clock() - cpu) / CLOCKS_PER_SEC * 1e6;
        printf("{\"event\":\"sent\",\"count\":%llu,\"cpuUs\":%.0f}\n", (unsigned long long)count, cpu_us);
        fflush(stdout);
    }
    return 0;
}
