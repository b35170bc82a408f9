/*
 * Many subscribers in one process that do next to nothing for a frame, so that the publisher is what is measured. They
 * speak ZMTP 3.0 over sockets of their own, subscribe to everything, and look at each frame: one that is lost, doubled
 * or out of order ends the process.
 *
 *   subscribers ENDPOINT WARM_UP COUNT SUBSCRIBERS
 *
 * Times the deliveries of `count` frames after those of `warm_up`, again and again. Frames have short payloads, up to
 * 255 bytes.
 */
#include "peer.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

enum { MOST = 512, ROOM = 1 << 17, MORE = 1, LONG = 2, COMMAND = 4, GREETING = 64 };

struct subscriber {
    int fd;
    uint64_t sequence;
    size_t held;
    uint8_t bytes[ROOM];
};

static struct subscriber subscribers[MOST];

static void read_exactly(int fd, uint8_t *into, size_t count) {
    for (size_t got = 0; got < count;) {
        const ssize_t some = read(fd, into + got, count - got);
        if (some <= 0) fail("handshake", some < 0 ? strerror(errno) : "the publisher closed");
        got += (size_t)some;
    }
}

static void write_all(int fd, const void *from, size_t count) {
    for (size_t put = 0; put < count;) {
        const ssize_t some = write(fd, (const uint8_t *)from + put, count - put);
        if (some <= 0) fail("handshake", strerror(errno));
        put += (size_t)some;
    }
}

/* Connects, greets, says what it is, and subscribes to everything. */
static int subscribe(uint16_t port) {
    static const uint8_t ready[] = "\x04\x19\x05READY\x0bSocket-Type\0\0\0\x03SUB";
    static const uint8_t all[] = {0, 1, 1};
    uint8_t greeting[GREETING] = {0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0, 'N', 'U', 'L', 'L'};
    uint8_t theirs[256];
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);

    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) < 0) fail("connect", strerror(errno));
    write_all(fd, greeting, sizeof greeting);
    read_exactly(fd, theirs, GREETING);
    write_all(fd, ready, sizeof ready - 1);
    read_exactly(fd, theirs, 2);
    if (theirs[0] != COMMAND) fail("handshake", "no READY came");
    read_exactly(fd, theirs + 2, theirs[1]);
    if (theirs[1] < 6 || memcmp(theirs + 2, "\x05READY", 6) != 0) fail("handshake", "no READY came");
    write_all(fd, all, sizeof all);
    return fd;
}

/* Takes the frames that have arrived in whole. */
static void take(struct subscriber *one, struct meter *meter) {
    size_t at = 0;
    while (one->held - at >= 2) {
        const uint8_t *frame = one->bytes + at;
        const size_t length = frame[1];
        if (frame[0] & LONG) fail("subscriber", "a frame is longer than it can be");
        if (one->held - at < 2 + length) break;
        at += 2 + length;
        if (frame[0] & COMMAND) continue;
        if (frame[0] & MORE) {
            struct header header;
            if (length != sizeof header) fail("subscriber", "the first part is no header");
            memcpy(&header, frame + 2, sizeof header);
            if (header.magic != MAGIC || header.sequence != one->sequence++) fail("subscriber", "a frame is missing");
        } else {
            measure(meter, length);
        }
    }
    one->held -= at;
    memmove(one->bytes, one->bytes + at, one->held);
}

int main(int argc, char **argv) {
    if (argc != 5) return 2;
    const char *colon = strrchr(argv[1], ':');
    const uint64_t count = strtoull(argv[4], NULL, 10);
    if (!colon || count < 1 || count > MOST) return 2;
    struct meter meter = {.warm_up = strtoull(argv[2], NULL, 10) * count,
                          .count = strtoull(argv[3], NULL, 10) * count};

    listen_to_runner();
    struct pollfd ready[MOST];
    for (uint64_t i = 0; i < count; i++) {
        subscribers[i].fd = subscribe((uint16_t)atoi(colon + 1));
        ready[i] = (struct pollfd){.fd = subscribers[i].fd, .events = POLLIN};
    }
    say_ready();

    for (;;) {
        if (poll(ready, (nfds_t)count, -1) < 0) fail("poll", strerror(errno));
        for (uint64_t i = 0; i < count; i++) {
            if (!ready[i].revents) continue;
            struct subscriber *one = &subscribers[i];
            const ssize_t got = read(one->fd, one->bytes + one->held, ROOM - one->held);
            if (got <= 0) fail("subscriber", "the publisher closed");
            one->held += (size_t)got;
            take(one, &meter);
        }
    }
}
