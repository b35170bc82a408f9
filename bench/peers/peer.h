/* What the peers in C share: a frame, and what they are told and tell, a line each. */
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { CF32 = 5, MAGIC = 0x53494753, VERSION = 0x00010000, PATIENCE_MS = 30000 };

/* A SIGS header, 96 bytes. */
struct header {
    uint32_t magic, version, protocol, stream_id, sample_type, flags;
    uint64_t sequence, timestamp_ns;
    double sample_rate, center_freq;
    uint64_t num_samples, reserved[4];
};

static inline struct header header_of(size_t payload_bytes) {
    return (struct header){
        .magic = MAGIC, .version = VERSION, .sample_type = CF32, .num_samples = payload_bytes / 8};
}

static inline void fail(const char *what, const char *why) {
    fprintf(stderr, "%s: %s\n", what, why);
    exit(1);
}

/* Writes a line of the way out at once. */
#define SAY(...)                                                                                                       \
    do {                                                                                                               \
        printf(__VA_ARGS__);                                                                                           \
        fflush(stdout);                                                                                                \
    } while (0)

/* The way of the orders from the thread that reads stdin. */
static int orders[2];

/* Reads stdin, whatever the program is busy with: `cpu` asks for the processor time of all threads, a number is an order. */
static void *read_stdin(void *nothing) {
    char line[64];
    while (fgets(line, sizeof line, stdin)) {
        if (strcmp(line, "cpu\n") == 0) {
            struct timespec taken;
            clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &taken);
            SAY("{\"event\":\"cpu\",\"us\":%.3f}\n", (double)taken.tv_sec * 1e6 + (double)taken.tv_nsec / 1e3);
            continue;
        }
        const uint64_t count = strtoull(line, NULL, 10);
        if (write(orders[1], &count, sizeof count) < 0) break;
    }
    _exit(0); /* nobody is there any more */
    return nothing;
}

/* Begins to listen to the runner. The process ends when stdin does. */
static inline void listen_to_runner(void) {
    pthread_t thread;
    if (pipe(orders) < 0 || pthread_create(&thread, NULL, read_stdin, NULL) != 0) fail("runner", "no thread to hear it");
}

/* The next number on stdin. */
static inline uint64_t order(void) {
    uint64_t count;
    if (read(orders[0], &count, sizeof count) != sizeof count) exit(1);
    return count;
}

static inline void say_bound(const char *endpoint) { SAY("{\"event\":\"bound\",\"endpoints\":[\"%s\"]}\n", endpoint); }
static inline void say_ready(void) { SAY("{\"event\":\"ready\"}\n"); }
static inline void say_sent(uint64_t count) { SAY("{\"event\":\"sent\",\"count\":%llu}\n", (unsigned long long)count); }

static inline double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Tells how long `count` frames took, after `warm_up` that are not timed, again and again. */
struct meter {
    uint64_t warm_up, count, seen;
    double started;
};

static inline void measure(struct meter *meter, size_t payload_bytes) {
    meter->seen++;
    if (meter->seen == meter->warm_up) {
        meter->started = now_ms();
    } else if (meter->seen == meter->warm_up + meter->count) {
        meter->seen = 0;
        SAY("{\"event\":\"received\",\"count\":%llu,\"ms\":%.6f,\"payloadBytes\":%zu}\n",
            (unsigned long long)meter->count, now_ms() - meter->started, payload_bytes);
    }
}
