/* What the peers in C share: a frame, and what they tell, a line of JSON each. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

/* The next line on stdin as a number; 0 once there are no more. */
static inline int order(uint64_t *count) {
    char line[64];
    if (!fgets(line, sizeof line, stdin)) return 0;
    *count = strtoull(line, NULL, 10);
    return 1;
}

static inline void say_bound(const char *endpoint) {
    printf("{\"event\":\"bound\",\"endpoints\":[\"%s\"]}\n", endpoint);
    fflush(stdout);
}

static inline void say_ready(void) {
    printf("{\"event\":\"ready\"}\n");
    fflush(stdout);
}

/* The processor time of this process, all its threads, in us. */
static inline double cpu_us(void) { return (double)clock() / CLOCKS_PER_SEC * 1e6; }

static inline void say_sent(uint64_t count, double cpu_at_start) {
    printf("{\"event\":\"sent\",\"count\":%llu,\"cpuUs\":%.0f}\n", (unsigned long long)count, cpu_us() - cpu_at_start);
    fflush(stdout);
}

/* Tells how long `count` frames took, after `warm_up` that are not timed, again and again. */
struct meter {
    uint64_t warm_up, count, seen;
    struct timespec started;
    double cpu_at_start;
};

static inline void measure(struct meter *meter, size_t payload_bytes) {
    meter->seen++;
    if (meter->seen == meter->warm_up) {
        meter->cpu_at_start = cpu_us();
        clock_gettime(CLOCK_MONOTONIC, &meter->started);
    } else if (meter->seen == meter->warm_up + meter->count) {
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        const double ms =
            (double)(now.tv_sec - meter->started.tv_sec) * 1e3 + (double)(now.tv_nsec - meter->started.tv_nsec) / 1e6;
        meter->seen = 0;
        printf("{\"event\":\"received\",\"count\":%llu,\"ms\":%.6f,\"cpuUs\":%.0f,\"payloadBytes\":%zu}\n",
               (unsigned long long)meter->count, ms, cpu_us() - meter->cpu_at_start, payload_bytes);
        fflush(stdout);
    }
}
