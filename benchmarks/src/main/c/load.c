/*
 * The load client of the benchmarks: one thread, one epoll, no dependencies, cheaper than any server it measures.
 *
 *   load MODE --port PORT [options]        (load --help lists them)
 *
 *   echo       bytes come back; a message is SIZE bytes
 *   framed     length-prefixed frames come back; length, connection id and sequence number of each are checked
 *   pingpong   framed with one frame in flight and a latency histogram
 *   subscribe  receives a framed broadcast; the sequence numbers of each connection must be contiguous
 *   chat       each frame reaches all other connections; each sender's numbers must arrive contiguously
 *   count      receives a plain stream and counts its bytes
 *   group      receives the datagrams of a multicast group on as many sockets, and counts them
 *   udp        datagrams come back; those that do not are replaced after 200 ms and counted as lost
 *   idle       connects and does nothing
 *   connect    connects (with TLS: shakes hands), says one byte, waits for it, resets the connection, and again
 *   reconnect  resets all connections, connects them again, 2000 at a time, says one byte on each, waits for all, and
 *              again; the latency is the time of one such round
 *
 * A frame is a 4-byte big-endian length and a payload of SIZE bytes. The payload begins with a 4-byte connection id and
 * an 8-byte sequence number (subscribe: an 8-byte sequence number and the 8-byte monotonic time of sending in ns).
 *
 * What a connection sends is a function of the position in its stream, so nothing is ever queued: a connection knows
 * how far it has sent and how far it may send, and after a short write the rest is simply generated again.
 *
 * Prints "CONNECTED" when it has connected, "BEGIN" when the warm-up is over, then one line of JSON. Exit 0: good; 1: an error, told on stderr; 2: usage.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "streams.h"

#define INLINE static inline __attribute__((always_inline))
#define SECOND 1000000000ull
enum { HEADER = 4, ID = 4, NUMBER = ID + 4, BUFFER = 256 << 10, EVENTS = 1024 };

typedef struct {
    int fd;
    uint32_t id;
    bool stopped;       /* never reads */
    bool blocked;       /* waits for room in the kernel's send buffer */
    bool heard;         /* has received something */
    uint64_t sent;      /* bytes sent */
    uint64_t limit;     /* bytes that may have been sent by now */
    uint64_t received;  /* messages received (echo: bytes) */
    uint64_t next;      /* next sequence number expected; subscribe: 0 before the first */
    uint64_t sent_at;   /* pingpong: time of the last send */
    uint64_t *senders;  /* chat: next sequence number expected of each sender; 0: not heard yet */
    uint32_t tail;      /* bytes of an incomplete frame kept in rest */
    uint8_t *rest;
    SSL *tls;
} Connection;

typedef struct Mode {
    const char *name;
    uint32_t minimum;                                            /* smallest payload */
    void (*consume)(Connection *, uint8_t *data, size_t length); /* keeps an incomplete message */
    bool framed, sends;
    void (*receive)(Connection *); /* NULL: a stream */
    void (*pump)(Connection *);    /* NULL: a stream */
} Mode;

static struct {
    const Mode *mode;
    const char *host;
    int port, connections, sources, rcvbuf, stopped;
    uint32_t size;
    uint64_t window;
    double seconds, warmup, rate, stall;
    bool verify, tls, segment, spin;
    const char *interface;
} options = {.host = "127.0.0.1", .connections = 100, .sources = 1, .size = 32, .window = 1000,
             .seconds = 10, .warmup = 2, .stall = 5, .interface = "127.0.0.1"};

static Connection *connections;
static int epoll;
static uint32_t frame;                  /* bytes of one message on the wire */
static uint8_t input[2 * BUFFER];       /* a tail, then what one read gives */
static uint8_t *output;                 /* messages in a row; only ids and numbers change */
static uint32_t batch;                  /* messages in output */
static int silent;                      /* reading connections that have received nothing yet */
static uint64_t now, started, messages, bytes, scheduled;
static bool measuring;
static struct { uint64_t gaps, missing, duplicates, reorders, disconnected, lost; } faults;

/* ---- errors and time --------------------------------------------------------------------------------------------- */

static void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("load: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    exit(1);
}

static uint64_t clock_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * SECOND + time.tv_nsec;
}

static double seconds_of(struct timeval time) { return time.tv_sec + time.tv_usec / 1e6; }

/* ---- histogram: 64 linear steps per power of two, so within 1.6 % ------------------------------------------------ */

enum { STEPS = 64, BUCKETS = 59 * STEPS };
static uint64_t histogram[BUCKETS], samples;

static void record(uint64_t value) {
    if (!measuring) return;
    int shift = value < STEPS ? 0 : 57 - __builtin_clzll(value);
    histogram[shift * STEPS + (value >> shift)]++;
    samples++;
}

static double percentile_micros(double share) {
    uint64_t rank = samples * share, seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
        seen += histogram[i];
        if (seen > rank) {
            int shift = i < 2 * STEPS ? 0 : i / STEPS - 1;
            return ((uint64_t) (i - shift * STEPS) << shift) / 1e3;
        }
    }
    return 0;
}

/* ---- numbers on the wire ----------------------------------------------------------------------------------------- */

INLINE uint32_t get32(const uint8_t *at) { uint32_t value; memcpy(&value, at, 4); return be32toh(value); }
INLINE uint64_t get64(const uint8_t *at) { uint64_t value; memcpy(&value, at, 8); return be64toh(value); }
INLINE void put32(uint8_t *at, uint32_t value) { value = htobe32(value); memcpy(at, &value, 4); }
INLINE void put64(uint8_t *at, uint64_t value) { value = htobe64(value); memcpy(at, &value, 8); }

/* ---- sending ----------------------------------------------------------------------------------------------------- */

static void prepare_output(void) {
    frame = options.size + (options.mode->framed ? HEADER : 0);
    batch = frame < BUFFER ? BUFFER / frame : 1;
    output = calloc(batch, frame);
    if (!options.mode->framed) return;
    for (uint32_t i = 0; i < batch; i++) {
        uint8_t *message = output + (size_t) i * frame;
        put32(message, options.size);
        for (uint32_t j = HEADER + NUMBER + 4; j < frame; j++) message[j] = 'a' + j % 26;
    }
}

/* Writes the stream of a connection from position `sent` into the output and returns where it begins there. */
static uint8_t *generate(Connection *to, size_t *length) {
    uint64_t first = to->sent / frame, skip = to->sent % frame;
    uint64_t count = (to->limit - to->sent + skip) / frame;
    if (count > batch) count = batch;
    if (options.mode->framed)
        for (uint64_t i = 0; i < count; i++) {
            put32(output + i * frame + HEADER, to->id);
            put64(output + i * frame + HEADER + ID, first + i);
        }
    *length = count * frame - skip;
    return output + skip;
}

static void watch(Connection *connection, int operation) {
    struct epoll_event event = {.data.ptr = connection};
    if (!connection->stopped) event.events |= EPOLLIN;
    if (connection->blocked) event.events |= EPOLLOUT;
    if (epoll_ctl(epoll, operation, connection->fd, &event)) fail("epoll_ctl: %s", strerror(errno));
}

static void lost(Connection *connection, const char *how) {
    if (!connection->stopped) fail("connection %u: %s", connection->id, how);
    faults.disconnected++; /* a peer that never reads may be cut off */
    close(connection->fd);
    connection->fd = -1;
}

static void block(Connection *connection, bool blocked) {
    if (connection->blocked == blocked) return;
    connection->blocked = blocked;
    watch(connection, EPOLL_CTL_MOD);
}

/* ---- TLS --------------------------------------------------------------------------------------------------------- */

#ifdef TLS
static SSL_CTX *tls_context;

static void prepare_tls(void) {
    tls_context = SSL_CTX_new(TLS_client_method());
    prepare_streams(tls_context);
    SSL_CTX_set_verify(tls_context, SSL_VERIFY_NONE, NULL);
}

static void shake_hands(Connection *connection) {
    connection->tls = SSL_new(tls_context);
    SSL_set_fd(connection->tls, connection->fd);
    if (SSL_connect(connection->tls) != 1) fail("connection %u: no TLS handshake", connection->id);
}

static void forget_tls(Connection *connection) { SSL_free(connection->tls), connection->tls = NULL; }
#else
static void prepare_tls(void) { fail("this program was built without OpenSSL"); }
static void shake_hands(Connection *connection) { (void) connection; }
static void forget_tls(Connection *connection) { (void) connection; }
#endif

/* Sends all that the connection may send now. A limit is always a whole number of messages. */
static void pump(Connection *to) {
    if (to->fd < 0) return;
    if (options.mode->pump) return options.mode->pump(to);
    while (to->sent < to->limit) {
        size_t length;
        uint8_t *from = generate(to, &length);
        ssize_t written = stream_send(to->fd, to->tls, from, length);
        if (written < 0 && errno != EAGAIN) return lost(to, strerror(errno));
        if (written > 0) to->sent += written;
        if (written < (ssize_t) length) return block(to, true);
    }
    block(to, false);
}

/* The message number n of connection i is due at (n x connections + i) / total rate: a round robin. */
static uint64_t due(uint32_t id, uint64_t number) {
    return started + (number * options.connections + id) * (SECOND / (options.rate * options.connections));
}

static void send_scheduled(void) {
    uint64_t count = options.connections;
    uint64_t target = (now - started) * (options.rate * count / SECOND);
    uint64_t touched = target - scheduled < count ? target - scheduled : count;
    for (uint64_t i = 0; i < touched; i++) {
        Connection *to = &connections[(scheduled + i) % count];
        to->limit = ((target - 1 - to->id) / count + 1) * frame;
        pump(to);
    }
    scheduled = target;
}

/* ---- receiving --------------------------------------------------------------------------------------------------- */

static void consume_bytes(Connection *from, uint8_t *data, size_t length) {
    (void) data;
    from->received += length;
    from->tail = 0;
    if (options.rate == 0) from->limit = (from->received / frame + options.window) * frame;
}

typedef void (*Check)(Connection *, const uint8_t *message);

/* Inlined with its check, so that there is no call per message. */
INLINE void consume(Connection *from, uint8_t *data, size_t length, Check check) {
    uint8_t *end = data + length;
    uint64_t count = 0;
    for (; (size_t) (end - data) >= frame; data += frame, count++) {
        if (get32(data) != options.size)
            fail("connection %u: length %u instead of %u", from->id, get32(data), options.size);
        check(from, data + HEADER);
    }
    from->received += count;
    messages += count;
    from->tail = end - data;
    if (from->tail) memcpy(from->rest, data, from->tail);
}

INLINE void check_filler(Connection *from, const uint8_t *payload) {
    if (memcmp(payload + NUMBER + 8, output + HEADER + NUMBER + 8, options.size - NUMBER - 8))
        fail("connection %u: the payload of a message is damaged", from->id);
}

INLINE void check_framed(Connection *from, const uint8_t *payload) {
    uint32_t id = get32(payload);
    uint64_t number = get64(payload + ID);
    if (id != from->id) fail("connection %u: message of connection %u", from->id, id);
    if (number != from->next)
        fail("connection %u: sequence number %lu instead of %lu", id, (long) number, (long) from->next);
    if (options.verify && options.size > NUMBER + 8) check_filler(from, payload);
    if (options.rate > 0) record(now - due(id, number)); /* from the moment it was due: no coordinated omission */
    from->next++;
}

static void consume_framed(Connection *from, uint8_t *data, size_t length) {
    consume(from, data, length, check_framed);
    if (options.rate == 0) from->limit = (from->received + options.window) * frame;
}

static void consume_pingpong(Connection *from, uint8_t *data, size_t length) {
    uint64_t before = from->received, time = clock_ns();
    consume_framed(from, data, length);
    if (from->received == before) return;
    if (before) record(time - from->sent_at);
    from->sent_at = time;
}

INLINE bool unexpected(uint64_t number, uint64_t *next) {
    if (__builtin_expect(number == *next, true)) {
        (*next)++;
        return false;
    }
    if (number > *next) {
        faults.gaps++;
        faults.missing += number - *next;
        *next = number + 1;
    } else if (number + 1 == *next) {
        faults.duplicates++;
    } else {
        faults.reorders++;
    }
    return true;
}

INLINE void check_subscribed(Connection *from, const uint8_t *payload) {
    uint64_t number = get64(payload);
    if (from->next == 0) from->next = number;
    unexpected(number, &from->next);
}

static void consume_subscribed(Connection *from, uint8_t *data, size_t length) {
    if (length >= frame) record(clock_ns() - get64(data + HEADER + 8)); /* one sample per read: its oldest message */
    consume(from, data, length, check_subscribed);
}

INLINE void check_chat(Connection *from, const uint8_t *payload) {
    uint32_t sender = get32(payload);
    uint64_t number = get64(payload + ID);
    if (sender >= (uint32_t) options.connections) fail("connection %u: unknown sender %u", from->id, sender);
    if (from->senders[sender] == 0) from->senders[sender] = number;
    unexpected(number, &from->senders[sender]);
    if (options.rate > 0) record(now - due(sender, number));
}

static void consume_chat(Connection *from, uint8_t *data, size_t length) {
    consume(from, data, length, check_chat);
    if (options.rate == 0 && options.connections > 1)
        from->limit = (from->received / (options.connections - 1) + options.window) * frame;
}

static void heard(Connection *from, size_t length) {
    bytes += length;
    if (!from->heard) silent--;
    from->heard = true;
}

/* ---- datagrams: `sent`, `limit` and `received` count messages; what is lost is given up ------------------------- */

enum { DATAGRAMS = 64, GIVE_UP = 200000000, CONTROL = 64 };

static void number(uint8_t *datagram, uint32_t id, uint64_t value) {
    put32(datagram, id);
    put64(datagram + ID, value);
}

/* A run of datagrams of equal size in one call, which the kernel cuts. */
static ssize_t send_segments(Connection *to, uint64_t count) {
    for (uint64_t i = 0; i < count; i++) number(output + i * frame, to->id, to->sent + i);
    struct iovec part = {output, count * frame};
    union { char bytes[CMSG_SPACE(sizeof(uint16_t))]; struct cmsghdr align; } control = {{0}};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_UDP, header->cmsg_type = UDP_SEGMENT, header->cmsg_len = CMSG_LEN(sizeof(uint16_t));
    uint16_t size = frame;
    memcpy(CMSG_DATA(header), &size, sizeof size);
    return sendmsg(to->fd, &message, 0) < 0 ? -1 : (ssize_t) count;
}

static ssize_t send_one(Connection *to) {
    number(output, to->id, to->sent);
    return send(to->fd, output, frame, 0) < 0 ? -1 : 1;
}

static void pump_datagrams(Connection *to) {
    while (to->sent < to->limit) {
        uint64_t count = to->limit - to->sent, most = 60000 / frame < DATAGRAMS ? 60000 / frame : DATAGRAMS;
        ssize_t taken = options.segment && count > 1 ? send_segments(to, count < most ? count : most) : send_one(to);
        if (taken < 0 && errno == ECONNREFUSED) return lost(to, strerror(errno));
        if (taken < 0) break; /* no room: given up with what gets lost */
        to->sent += taken;
    }
    to->sent_at = now;
}

/* Counts the datagrams of one receive, which are one or, merged by the kernel, many of `size` bytes. */
static void consume_datagrams(Connection *from, const uint8_t *data, size_t length, size_t size) {
    for (; length; data += size, length -= size) {
        if (size > length) size = length;
        if (size != frame || (options.mode->sends && get32(data) != from->id))
            fail("connection %u: a datagram of %zu bytes that it did not send", from->id, size);
        from->received++;
        messages++;
    }
}

static size_t merged_size(struct msghdr *message, size_t length) {
    for (struct cmsghdr *each = CMSG_FIRSTHDR(message); each; each = CMSG_NXTHDR(message, each)) {
        int size;
        if (each->cmsg_level != SOL_UDP || each->cmsg_type != UDP_GRO) continue;
        memcpy(&size, CMSG_DATA(each), sizeof size);
        return size;
    }
    return length;
}

static void receive_datagrams(Connection *from) {
    static uint8_t slots[DATAGRAMS][64 << 10];
    static union { char bytes[CONTROL]; struct cmsghdr align; } controls[DATAGRAMS];
    static struct iovec parts[DATAGRAMS];
    static struct mmsghdr all[DATAGRAMS];
    for (int i = 0; i < DATAGRAMS; i++) {
        parts[i] = (struct iovec){slots[i], sizeof slots[i]};
        all[i].msg_hdr = (struct msghdr){.msg_iov = &parts[i], .msg_iovlen = 1, .msg_control = controls[i].bytes, .msg_controllen = CONTROL};
    }
    int count = recvmmsg(from->fd, all, DATAGRAMS, 0, NULL);
    if (count < 0 && errno != EAGAIN) return lost(from, strerror(errno));
    for (int i = 0; i < count; i++) {
        heard(from, all[i].msg_len);
        consume_datagrams(from, slots[i], all[i].msg_len, merged_size(&all[i].msg_hdr, all[i].msg_len));
    }
    if (count <= 0 || !options.mode->sends) return;
    from->limit = from->received + options.window;
    pump_datagrams(from);
}

/* What has not come back by now never will: the window opens again. */
static void give_up_lost(void) {
    for (int i = 0; i < options.connections; i++) {
        Connection *each = &connections[i];
        if (now - each->sent_at < GIVE_UP || each->fd < 0) continue;
        faults.lost += each->sent - each->received;
        each->received = each->sent;
        each->limit = each->sent + options.window;
        pump_datagrams(each);
    }
}

/* ---- connecting again and again ---------------------------------------------------------------------------------- */

static int open_socket(int number);
static int begin_connect(int number);

static void reset(Connection *connection) {
    struct linger now_or_never = {1, 0};
    setsockopt(connection->fd, SOL_SOCKET, SO_LINGER, &now_or_never, sizeof now_or_never);
    forget_tls(connection);
    close(connection->fd); /* leaves the epoll, too */
}

static void connect_again(Connection *connection) {
    uint8_t byte[1] = {0};
    if (stream_recv(connection->fd, connection->tls, byte, 1) != 1) {
        if (errno == EAGAIN) return;
        return lost(connection, "closed by the server");
    }
    heard(connection, 1);
    messages++;
    reset(connection);
    connection->fd = open_socket(connection->id);
    if (options.tls) shake_hands(connection);
    if (fcntl(connection->fd, F_SETFL, O_NONBLOCK)) fail("fcntl: %s", strerror(errno));
    watch(connection, EPOLL_CTL_ADD);
    stream_send(connection->fd, connection->tls, byte, 1);
}

static void say_hello(Connection *connection) {
    uint8_t byte[1] = {0};
    if (!connection->sent++) stream_send(connection->fd, connection->tls, byte, 1);
}

/* ---- all at once ------------------------------------------------------------------------------------------------- */

enum { UNDER_WAY = 2000 }; /* fewer than fit into a server's queue: beyond it, a kernel waits a second to try again */
static uint64_t round_began;
static int opened, served; /* connections of this round */

/* Called when the socket is writable, hence connected or failed; and for each connection at first. */
static void say_hello_again(Connection *connection) {
    uint8_t byte[1] = {0};
    int error = 0;
    socklen_t length = sizeof error;
    getsockopt(connection->fd, SOL_SOCKET, SO_ERROR, &error, &length);
    if (error) fail("connection %u: %s", connection->id, strerror(error));
    if (stream_send(connection->fd, connection->tls, byte, 1) != 1) return block(connection, true); /* the handshake is still under way */
    block(connection, false);
}

static void open_some(void) {
    for (; opened < options.connections && opened - served < UNDER_WAY; opened++) {
        Connection *next = &connections[opened];
        next->fd = begin_connect(opened);
        next->blocked = true;
        watch(next, EPOLL_CTL_ADD);
    }
}

static void begin_round(void) {
    opened = served = 0;
    round_began = clock_ns();
    for (int i = 0; i < options.connections; i++) reset(&connections[i]), connections[i].fd = -1;
    open_some();
}

static void served_again(Connection *connection) {
    uint8_t byte[1];
    if (stream_recv(connection->fd, connection->tls, byte, 1) != 1) {
        if (errno == EAGAIN) return;
        return lost(connection, "closed by the server");
    }
    heard(connection, 1);
    if (++served < options.connections) {
        if (round_began) open_some();
        return;
    }
    if (round_began) record(clock_ns() - round_began);
    if (measuring) messages += served;
    begin_round();
}

static void say_nothing(Connection *connection) { (void) connection; }

static void consume_nothing(Connection *from, uint8_t *data, size_t length) { (void) data; from->tail = 0; from->received += length; }

static const Mode modes[] = {
    {"echo", 1, consume_bytes, false, true, NULL, NULL},
    {"framed", NUMBER + 4, consume_framed, true, true, NULL, NULL},
    {"pingpong", NUMBER + 4, consume_pingpong, true, true, NULL, NULL},
    {"subscribe", 16, consume_subscribed, true, false, NULL, NULL},
    {"chat", NUMBER + 4, consume_chat, true, true, NULL, NULL},
    {"count", 1, consume_nothing, false, false, NULL, NULL},
    {"group", 1, NULL, false, false, receive_datagrams, NULL},
    {"udp", NUMBER + 4, NULL, false, true, receive_datagrams, pump_datagrams},
    {"idle", 1, consume_nothing, false, true, NULL, say_nothing},
    {"connect", 1, NULL, false, true, connect_again, say_hello},
    {"reconnect", 1, NULL, false, true, served_again, say_hello_again},
};

static bool is_mode(const char *name) { return !strcmp(options.mode->name, name); }

static bool speaks_udp(void) { return is_mode("udp") || is_mode("group"); }

static void receive(Connection *from) {
    if (options.mode->receive) return options.mode->receive(from);
    do {
        if (from->tail) memcpy(input, from->rest, from->tail);
        ssize_t length = stream_recv(from->fd, from->tls, input + from->tail, BUFFER);
        if (length < 0 && errno == EAGAIN) return;
        if (length <= 0) return lost(from, length ? strerror(errno) : "closed by the server");
        heard(from, length);
        if (options.rate > 0) now = clock_ns();
        options.mode->consume(from, input, from->tail + length);
        if (from->sent < from->limit && !from->blocked) pump(from);
    } while (from->fd >= 0 && stream_pending(from->tls));
}

static void handle(struct epoll_event *event) {
    Connection *connection = event->data.ptr;
    if (connection->fd < 0) return;
    if (connection->stopped && event->events & (EPOLLHUP | EPOLLERR)) return lost(connection, "cut off");
    if (event->events & EPOLLOUT) pump(connection);
    if (connection->fd >= 0 && event->events & ~EPOLLOUT) receive(connection);
}

/* ---- connecting -------------------------------------------------------------------------------------------------- */

static void set(int fd, int level, int option, int value) {
    if (setsockopt(fd, level, option, &value, sizeof value)) fail("setsockopt: %s", strerror(errno));
}

static void bind_source(int fd, int number) {
    struct sockaddr_in source = {.sin_family = AF_INET};
    source.sin_addr.s_addr = htonl(INADDR_LOOPBACK + number % options.sources);
    set(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
    if (bind(fd, (struct sockaddr *) &source, sizeof source)) fail("bind: %s", strerror(errno));
}

static int join_group(void) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(options.port)};
    struct ip_mreq group;
    if (!inet_aton(options.host, &group.imr_multiaddr)) fail("no IPv4 address: %s", options.host);
    if (!inet_aton(options.interface, &group.imr_interface)) fail("no IPv4 address: %s", options.interface);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    set(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    if (bind(fd, (struct sockaddr *) &to, sizeof to)) fail("bind: %s", strerror(errno));
    if (setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof group)) fail("join: %s", strerror(errno));
    return fd;
}

static int open_datagrams(void) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(options.port)};
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (!inet_aton(options.host, &to.sin_addr)) fail("no IPv4 address: %s", options.host);
    if (connect(fd, (struct sockaddr *) &to, sizeof to)) fail("connect: %s", strerror(errno));
    if (options.segment) set(fd, SOL_UDP, UDP_GRO, 1);
    return fd;
}

static int connect_from(int number, int type) {
    int fd = socket(AF_INET, type, 0);
    if (fd < 0) fail("socket %d: %s", number, strerror(errno));
    if (options.rcvbuf) set(fd, SOL_SOCKET, SO_RCVBUF, options.rcvbuf);
    if (options.sources > 1) bind_source(fd, number);
    struct timeval patience = {.tv_sec = options.stall + 1};
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience); /* bounds connect() */
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(options.port)};
    if (!inet_aton(options.host, &to.sin_addr)) fail("no IPv4 address: %s", options.host);
    if (connect(fd, (struct sockaddr *) &to, sizeof to) && errno != EINPROGRESS)
        fail("connection %d to %s:%d: %s", number, options.host, options.port, strerror(errno));
    set(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    return fd;
}

/* A blocking socket that runs out of patience says that it is still under way. */
static int open_socket(int number) {
    int fd = connect_from(number, SOCK_STREAM);
    struct sockaddr_in peer;
    socklen_t length = sizeof peer;
    if (getpeername(fd, (struct sockaddr *) &peer, &length))
        fail("connection %d to %s:%d: timed out", number, options.host, options.port);
    return fd;
}

static int begin_connect(int number) { return connect_from(number, SOCK_STREAM | SOCK_NONBLOCK); }

static void connect_all(void) {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    connections = calloc(options.connections, sizeof *connections);
    for (int i = 0; i < options.connections; i++) {
        Connection *connection = &connections[i];
        connection->id = i;
        connection->fd = is_mode("group") ? join_group() : is_mode("udp") ? open_datagrams() : open_socket(i);
        if (options.tls) shake_hands(connection);
        if (fcntl(connection->fd, F_SETFL, O_NONBLOCK)) fail("fcntl: %s", strerror(errno));
        connection->stopped = (uint64_t) i * options.stopped / 100 != (uint64_t) (i + 1) * options.stopped / 100;
        connection->rest = malloc(frame);
        if (!connection->stopped && !is_mode("idle")) silent++;
        if (options.mode->consume == consume_chat) connection->senders = calloc(options.connections, sizeof(uint64_t));
        watch(connection, EPOLL_CTL_ADD);
    }
    if (!options.mode->sends || options.mode->consume == consume_chat) usleep(200000); /* a server may still be accepting, hence joining them */
    puts("CONNECTED");
    fflush(stdout);
}

/* ---- the run ----------------------------------------------------------------------------------------------------- */

static struct rusage usage_at_begin;
static uint64_t began, last_progress;

static void begin(void) {
    began = now;
    messages = bytes = 0;
    faults.lost = 0;
    getrusage(RUSAGE_SELF, &usage_at_begin);
    measuring = true;
    puts("BEGIN");
    fflush(stdout);
}

static void check_progress(void) {
    static uint64_t last_bytes;
    if (bytes != last_bytes || is_mode("idle")) last_progress = now;
    last_bytes = bytes;
    if (now - last_progress > options.stall * SECOND) fail("stalled: nothing received for %.1f s", options.stall);
}

static void open_windows(void) {
    for (int i = 0; i < options.connections; i++) {
        connections[i].limit = options.mode->pump ? options.window : options.window * frame;
        pump(&connections[i]);
    }
}

/* The warm-up begins when every connection has been served: until then a server may still be accepting. */
static bool all_served(void) {
    if (silent && now - started > 3 * options.stall * SECOND)
        fail("%d of %d connections have received nothing for %.1f s", silent, options.connections, 3 * options.stall);
    return !silent;
}

static void run(void) {
    struct epoll_event events[EVENTS];
    bool paced = options.mode->sends && options.rate > 0;
    started = last_progress = now = clock_ns();
    uint64_t begins = UINT64_MAX, ends = UINT64_MAX;
    if (options.mode->sends && !paced) open_windows();
    for (; now < ends || (is_mode("reconnect") && !samples); now = clock_ns()) {
        if (begins == UINT64_MAX && all_served()) begins = now + options.warmup * SECOND;
        if (!measuring && now >= begins) {
            begin();
            ends = now + options.seconds * SECOND;
        }
        if (paced) send_scheduled();
        int count = epoll_wait(epoll, events, EVENTS, options.spin ? 0 : paced ? 1 : 50);
        for (int i = 0; i < count; i++) handle(&events[i]);
        if (is_mode("udp")) give_up_lost();
        check_progress();
    }
}

static uint64_t count_faults(void) {
    uint64_t errors = faults.gaps + faults.duplicates + faults.reorders;
    if (errors)
        fprintf(stderr, "load: %lu gaps (%lu missing), %lu duplicates, %lu reorders\n", (long) faults.gaps,
                (long) faults.missing, (long) faults.duplicates, (long) faults.reorders);
    return errors;
}

static int report(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double elapsed = (now - began) / 1e9;
    double user = seconds_of(usage.ru_utime) - seconds_of(usage_at_begin.ru_utime);
    double kernel = seconds_of(usage.ru_stime) - seconds_of(usage_at_begin.ru_stime);
    uint64_t errors = count_faults(), count = messages ? messages : bytes / frame;
    printf("{\"mode\":\"%s\",\"connections\":%d,\"window\":%lu,\"size\":%u,\"seconds\":%.6f,\"messages\":%lu,"
           "\"bytes\":%lu,\"messagesPerSecond\":%.0f,\"errors\":%lu,\"gaps\":%lu,\"missing\":%lu,\"duplicates\":%lu,"
           "\"reorders\":%lu,\"disconnected\":%lu,\"lost\":%lu,\"cpuSeconds\":%.6f,\"userSeconds\":%.6f,\"systemSeconds\":%.6f,"
           "\"samples\":%lu,\"p50Micros\":%.3f,\"p99Micros\":%.3f,\"p999Micros\":%.3f}\n",
           options.mode->name, options.connections, (long) options.window, options.size, elapsed, (long) count,
           (long) bytes, count / elapsed, (long) errors, (long) faults.gaps, (long) faults.missing,
           (long) faults.duplicates, (long) faults.reorders, (long) faults.disconnected, (long) faults.lost, user + kernel, user, kernel,
           (long) samples, percentile_micros(0.5), percentile_micros(0.99), percentile_micros(0.999));
    return errors ? 1 : 0;
}

/* ---- the command line -------------------------------------------------------------------------------------------- */

static const char usage_text[] =
    "usage: load echo|framed|pingpong|subscribe|chat|count|group|udp|idle|connect|reconnect --port PORT [options]\n"
    "  -a, --host ADDRESS      IPv4 address of the server (127.0.0.1)\n"
    "  -p, --port PORT         its port\n"
    "  -c, --connections N     (100)\n"
    "  -m, --window N          messages in flight per connection (1000)\n"
    "  -s, --size BYTES        payload of a message (32)\n"
    "  -z, --seconds S         measured time (10)\n"
    "  -w, --warmup S          before it (2)\n"
    "  -r, --rate R            messages per second and connection instead of a window, with latencies\n"
    "      --stopped PERCENT   share of the connections that never read (0)\n"
    "      --rcvbuf BYTES      SO_RCVBUF of each connection\n"
    "      --sources N         connect from 127.0.0.1 to 127.0.0.N (1)\n"
    "      --stall S           give up after so many seconds without a byte (5)\n"
    "      --tls               speak TLS; the certificate is not checked\n"
    "      --segment           udp: runs of datagrams leave and arrive in one piece (GSO, GRO)\n"
    "      --spin              never sleep: what is waited for is the server alone\n"
    "      --interface ADDRESS group: interface to join on (127.0.0.1)\n"
    "      --verify            framed: compare the whole payload, too\n";

static void usage(int status) {
    fputs(usage_text, status ? stderr : stdout);
    exit(status);
}

static void pick_mode(const char *name) {
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (!strcmp(name, modes[i].name)) options.mode = &modes[i];
    if (!options.mode) usage(2);
}

static void parse(int count, char **arguments) {
    enum { STOPPED = 256, RCVBUF, SOURCES, STALL, VERIFY, USE_TLS, SEGMENT, SPIN, INTERFACE };
    static const struct option names[] = {
        {"host", 1, 0, 'a'},         {"port", 1, 0, 'p'},       {"connections", 1, 0, 'c'}, {"window", 1, 0, 'm'},
        {"size", 1, 0, 's'},         {"seconds", 1, 0, 'z'},    {"warmup", 1, 0, 'w'},      {"rate", 1, 0, 'r'},
        {"stopped", 1, 0, STOPPED},  {"rcvbuf", 1, 0, RCVBUF},  {"sources", 1, 0, SOURCES}, {"stall", 1, 0, STALL},
        {"verify", 0, 0, VERIFY},    {"help", 0, 0, 'h'},       {"tls", 0, 0, USE_TLS},
        {"segment", 0, 0, SEGMENT},  {"spin", 0, 0, SPIN},  {"interface", 1, 0, INTERFACE}, {0, 0, 0, 0}};
    for (int key; (key = getopt_long(count, arguments, "a:p:c:m:s:z:w:r:h", names, NULL)) != -1;) switch (key) {
        case 'a': options.host = optarg; break;
        case 'p': options.port = atoi(optarg); break;
        case 'c': options.connections = atoi(optarg); break;
        case 'm': options.window = strtoull(optarg, NULL, 10); break;
        case 's': options.size = atoi(optarg); break;
        case 'z': options.seconds = atof(optarg); break;
        case 'w': options.warmup = atof(optarg); break;
        case 'r': options.rate = atof(optarg); break;
        case STOPPED: options.stopped = atoi(optarg); break;
        case RCVBUF: options.rcvbuf = atoi(optarg); break;
        case SOURCES: options.sources = atoi(optarg); break;
        case STALL: options.stall = atof(optarg); break;
        case VERIFY: options.verify = true; break;
        case USE_TLS: options.tls = true; break;
        case SEGMENT: options.segment = true; break;
        case SPIN: options.spin = true; break;
        case INTERFACE: options.interface = optarg; break;
        case 'h': usage(0); break;
        default: usage(2);
    }
    if (optind != count - 1) usage(2);
    pick_mode(arguments[optind]);
}

static void validate(void) {
    if (is_mode("reconnect") && options.tls) fail("tls: not when all reconnect");
    if (options.port < 1 || options.port > 65535) fail("port: %d (expected: 1 to 65535)", options.port);
    if (options.connections < 1) fail("connections: %d (expected: at least 1)", options.connections);
    if (options.size < options.mode->minimum || options.size > BUFFER - HEADER)
        fail("size: %u (expected: %u to %d)", options.size, options.mode->minimum, BUFFER - HEADER);
    if (options.sources < 1 || options.sources > 254) fail("sources: %d (expected: 1 to 254)", options.sources);
    if (options.mode->consume == consume_pingpong) options.window = 1;
    if (speaks_udp() && options.tls) fail("tls: not over datagrams");
    if (options.window < 1) fail("window: 0 (expected: at least 1)");
}

int main(int count, char **arguments) {
    parse(count, arguments);
    validate();
    epoll = epoll_create1(0);
    prepare_output();
    if (options.tls) prepare_tls();
    connect_all();
    run();
    return report();
}
