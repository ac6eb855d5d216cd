/*
 * The raw server of the benchmarks: what the kernel allows, in one thread and one epoll.
 *
 *   server echo|framed|broadcast|group|udp [--port PORT] [--rate R] [--size BYTES] [--certificate FILE] [--spin]
 *
 *   --certificate  chain and key, PEM: speak TLS 1.3
 *   --spin         never sleep: what is left of a round trip then is the kernel's and the client's
 *
 *   echo       writes back what each read gave
 *   framed     finds each frame (4-byte big-endian length) and calls a handler for it, which appends an answer;
 *              one write for each read
 *   broadcast  each millisecond appends R/1000 frames to one log (8-byte sequence number, 8-byte monotonic ns, filler)
 *              and writes to every connection what it has not had; waits for the slowest, so it drops nothing
 *   group      the same frames, without their length, as datagrams to the group 239.255.0.1 at PORT, on loopback only
 *   udp        sends each datagram back, as many as there are in one receive and one send
 *
 * Prints "READY port". Each line on stdin is a command: "rate R" changes the rate, 0 to rest; "mark" begins a window,
 * "report" prints one JSON line about it.
 * Reports and ends when stdin is closed.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <endian.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "streams.h"

#define SECOND 1000000000ull
enum { HEADER = 4, BUFFER = 256 << 10, LARGEST = BUFFER - HEADER, LOG = 4 << 20, BURST = 256 << 10, EVENTS = 1024 };

/* Each kind of descriptor in the epoll is a Source; a connection begins with one. */
typedef struct Source {
    void (*ready)(struct Source *, uint32_t events);
    int fd;
} Source;

typedef struct Connection {
    Source source;
    SSL *tls;                    /* NULL if plain */
    bool blocked;                /* waits for room in the kernel's send buffer; nothing is read meanwhile */
    size_t tail, owed;           /* bytes of an incomplete frame, bytes of answers the kernel did not take */
    uint8_t *rest, *answers;     /* and where they are */
    uint64_t position;           /* broadcast: all before this byte of the log has been written */
    struct Connection *next, **link;
} Connection;

static struct {
    void (*ready)(Source *, uint32_t);
    int port;
    double rate;
    uint32_t size;
    bool spin;
} options = {.size = 32};
static int epoll;
static Connection *connections, *closed;
static uint8_t input[2 * BUFFER], output[2 * BUFFER];
static size_t filled;                        /* bytes in output */
static uint64_t calls, produced, turns;      /* handler calls, frames broadcast, epoll turns */

static void fail(const char *what) {
    fprintf(stderr, "server: %s: %s\n", what, strerror(errno));
    exit(1);
}

static uint64_t clock_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * SECOND + time.tv_nsec;
}

static void watch(Source *source, uint32_t events, int operation) {
    struct epoll_event event = {.events = events, .data.ptr = source};
    if (epoll_ctl(epoll, operation, source->fd, &event)) fail("epoll_ctl");
}

/* ---- TLS --------------------------------------------------------------------------------------------------------- */

#ifdef TLS
static SSL_CTX *tls_context;

static void prepare_tls(const char *file) {
    tls_context = SSL_CTX_new(TLS_server_method());
    prepare_streams(tls_context);
    SSL_CTX_set_min_proto_version(tls_context, TLS1_3_VERSION);
    if (SSL_CTX_use_certificate_chain_file(tls_context, file) != 1
        || SSL_CTX_use_PrivateKey_file(tls_context, file, SSL_FILETYPE_PEM) != 1) fail(file);
}

/* The handshake is done by the first reads. */
static SSL *new_tls(int fd) {
    if (!tls_context) return NULL;
    SSL *tls = SSL_new(tls_context);
    SSL_set_fd(tls, fd);
    SSL_set_accept_state(tls);
    return tls;
}

static void forget_tls(SSL *tls) { SSL_free(tls); }
#else
static void prepare_tls(const char *file) {
    (void) file;
    errno = ENOSYS;
    fail("this program was built without OpenSSL");
}

static SSL *new_tls(int fd) {
    (void) fd;
    return NULL;
}

static void forget_tls(SSL *tls) { (void) tls; }
#endif

/* ---- connections ------------------------------------------------------------------------------------------------- */

/* Closed in the middle of a turn, freed at its end: later events of the turn may still point to it. */
static void close_connection(Connection *connection) {
    *connection->link = connection->next;
    if (connection->next) connection->next->link = connection->link;
    forget_tls(connection->tls);
    connection->tls = NULL;
    close(connection->source.fd);
    connection->source.fd = -1;
    connection->next = closed;
    closed = connection;
}

static void free_closed(void) {
    for (Connection *each = closed, *next; each; each = next) {
        next = each->next;
        free(each->rest);
        free(each->answers);
        free(each);
    }
    closed = NULL;
}

static void block(Connection *connection, bool blocked) {
    if (connection->blocked == blocked) return;
    connection->blocked = blocked;
    watch(&connection->source, blocked ? EPOLLOUT : EPOLLIN, EPOLL_CTL_MOD);
}

/* Replaces what is kept at *at; the new bytes may be a part of the old ones. */
static size_t keep(uint8_t **at, const uint8_t *data, size_t length) {
    uint8_t *before = *at;
    *at = length ? memcpy(malloc(length), data, length) : NULL;
    free(before);
    return length;
}

/* Writes, and keeps what the kernel does not take. False if the connection is no more. */
static bool answer(Connection *to, const uint8_t *data, size_t length) {
    ssize_t written = stream_send(to->source.fd, to->tls, data, length);
    if (written < 0 && errno != EAGAIN) return close_connection(to), false;
    if (written < 0) written = 0;
    to->owed = keep(&to->answers, data + written, length - written);
    block(to, to->owed > 0);
    return true;
}

/* Reads behind the kept tail. Returns the bytes there are, or 0 if there is nothing to do. */
static size_t receive(Connection *from) {
    if (from->tail) memcpy(input, from->rest, from->tail);
    ssize_t length = stream_recv(from->source.fd, from->tls, input + from->tail, BUFFER);
    if (length > 0) return from->tail + length;
    if (length == 0 || errno != EAGAIN) close_connection(from);
    return 0;
}

static void echo_ready(Source *source, uint32_t events) {
    Connection *connection = (Connection *) source;
    if (events & EPOLLOUT && !answer(connection, connection->answers, connection->owed)) return;
    do {
        if (connection->blocked) return;
        size_t length = receive(connection);
        if (!length || !answer(connection, input, length)) return;
    } while (stream_pending(connection->tls));
}

/* ---- framed echo: a call for each frame, through a pointer the compiler cannot see through ----------------------- */

static void echo_frame(Connection *connection, const uint8_t *payload, uint32_t length) {
    (void) connection;
    uint32_t header = htobe32(length);
    memcpy(output + filled, &header, HEADER);
    memcpy(output + filled + HEADER, payload, length);
    filled += HEADER + length;
    calls++;
}

static void (*volatile handler)(Connection *, const uint8_t *, uint32_t) = echo_frame;

/* Returns where the incomplete frame begins, or NULL after a frame that is too long. */
static uint8_t *parse(Connection *from, uint8_t *data, uint8_t *end) {
    while (end - data >= HEADER) {
        uint32_t length;
        memcpy(&length, data, HEADER);
        length = be32toh(length);
        if (length > LARGEST) return NULL;
        if ((size_t) (end - data) - HEADER < length) break;
        handler(from, data + HEADER, length);
        data += HEADER + length;
    }
    return data;
}

static void framed_ready(Source *source, uint32_t events) {
    Connection *connection = (Connection *) source;
    if (events & EPOLLOUT && !answer(connection, connection->answers, connection->owed)) return;
    do {
        if (connection->blocked) return;
        size_t length = receive(connection);
        if (!length) return;
        filled = 0;
        uint8_t *rest = parse(connection, input, input + length);
        if (!rest) return close_connection(connection);
        connection->tail = keep(&connection->rest, rest, input + length - rest);
        if (filled && !answer(connection, output, filled)) return;
    } while (stream_pending(connection->tls));
}

/* ---- broadcast: one log, a position per connection --------------------------------------------------------------- */

static uint8_t journal[LOG];
static uint64_t log_end, started, base;     /* base: frames produced when the rate began */

static void append(const void *data, size_t length) {
    size_t at = log_end % LOG, first = length < LOG - at ? length : LOG - at;
    memcpy(journal + at, data, first);
    memcpy(journal, (const uint8_t *) data + first, length - first);
    log_end += length;
}

/* Writes a part of the log, which may go over its end. TLS writes up to that end, and the rest with the next call. */
static ssize_t write_log(Connection *to, size_t at, size_t length) {
    size_t first = length < LOG - at ? length : LOG - at;
    if (to->tls) return stream_send(to->source.fd, to->tls, journal + at, first);
    struct iovec parts[] = {{journal + at, first}, {journal, length - first}};
    return writev(to->source.fd, parts, length > first ? 2 : 1);
}

/* Writes what the connection has not had. False if it is no more. */
static bool catch_up(Connection *to) {
    if (to->position == log_end) return true;
    ssize_t written = write_log(to, to->position % LOG, log_end - to->position);
    if (written < 0 && errno != EAGAIN) return close_connection(to), false;
    if (written > 0) to->position += written;
    block(to, to->position < log_end);
    return true;
}

static void subscriber_ready(Source *source, uint32_t events) {
    Connection *connection = (Connection *) source;
    if (events & EPOLLOUT) catch_up(connection);
    else receive(connection);
}

static uint64_t room(void) {
    uint64_t slowest = log_end;
    for (Connection *each = connections; each; each = each->next)
        if (each->position < slowest) slowest = each->position;
    return (LOG - (log_end - slowest)) / (HEADER + options.size);
}

static void produce(uint64_t count) {
    uint8_t frame[HEADER + options.size];
    uint32_t header = htobe32(options.size);
    uint64_t time = htobe64(clock_ns());
    memset(frame, 'a', sizeof frame);
    memcpy(frame, &header, HEADER);
    memcpy(frame + HEADER + 8, &time, 8);
    for (uint64_t end = produced + count; produced < end; produced++) {
        uint64_t number = htobe64(produced);
        memcpy(frame + HEADER, &number, 8);
        append(frame, sizeof frame);
    }
}

/* What is due and has room, a bounded burst at a time. 100 ms behind, the schedule slips, so that nothing piles up. */
static uint64_t due_now(void) {
    if (options.rate == 0) return 0;
    uint64_t due = base + (clock_ns() - started) * (options.rate / SECOND), behind = options.rate / 10;
    if (due <= produced) return 0;
    if (due - produced > behind) started += (due - produced - behind) * (SECOND / options.rate);
    uint64_t count = due - produced, space = room(), most = BURST / (HEADER + options.size);
    if (count > most) count = most;
    return count < space ? count : space;
}

static void tick(Source *timer, uint32_t events) {
    (void) events;
    uint64_t expirations;
    if (read(timer->fd, &expirations, sizeof expirations) < 0) return;
    produce(due_now());
    for (Connection *each = connections, *next; each; each = next) {
        next = each->next;
        if (!each->blocked) catch_up(each);
    }
}

static Source timer;

/* The timer ticks while there is a rate. */
static void set_rate(double rate) {
    struct itimerspec millisecond = {{0, 1000000}, {0, 1000000}}, never = {{0, 0}, {0, 0}};
    options.rate = rate;
    base = produced;
    started = clock_ns();
    if (timerfd_settime(timer.fd, 0, rate > 0 ? &millisecond : &never, NULL)) fail("timerfd_settime");
}

static void start_producer(void (*tick)(Source *, uint32_t)) {
    timer.ready = tick;
    timer.fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    set_rate(options.rate);
    watch(&timer, EPOLLIN, EPOLL_CTL_ADD);
}

/* ---- datagrams --------------------------------------------------------------------------------------------------- */

enum { DATAGRAMS = 64, LONGEST_DATAGRAM = 65507 };

static void datagrams_ready(Source *source, uint32_t events) {
    (void) events;
    static struct sockaddr_in peers[DATAGRAMS];
    static struct iovec parts[DATAGRAMS];
    static struct mmsghdr messages[DATAGRAMS];
    static uint8_t slots[DATAGRAMS][LONGEST_DATAGRAM];
    for (int i = 0; i < DATAGRAMS; i++) {
        parts[i] = (struct iovec){slots[i], LONGEST_DATAGRAM};
        messages[i].msg_hdr = (struct msghdr){.msg_name = &peers[i], .msg_namelen = sizeof peers[i], .msg_iov = &parts[i], .msg_iovlen = 1};
    }
    int count = recvmmsg(source->fd, messages, DATAGRAMS, MSG_DONTWAIT, NULL);
    for (int i = 0; i < count; i++) parts[i].iov_len = messages[i].msg_len;
    for (int sent = 0, taken; sent < count; sent += taken)
        if ((taken = sendmmsg(source->fd, messages + sent, count - sent, 0)) <= 0) break; /* lost, as datagrams are */
    if (count > 0) calls += count;
}

static void bind_datagrams(int port) {
    static Source socket_source = {datagrams_ready, 0};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    socklen_t length = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socket_source.fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (bind(socket_source.fd, (struct sockaddr *) &address, length)) fail("bind");
    getsockname(socket_source.fd, (struct sockaddr *) &address, &length);
    watch(&socket_source, EPOLLIN, EPOLL_CTL_ADD);
    printf("READY %d\n", ntohs(address.sin_port));
    fflush(stdout);
}

/* ---- datagrams to a group ---------------------------------------------------------------------------------------- */

static int group_socket;

static void send_group(uint64_t count) {
    static uint8_t payloads[DATAGRAMS][LONGEST_DATAGRAM];
    struct iovec parts[DATAGRAMS];
    static struct mmsghdr messages[DATAGRAMS];
    while (count > 0) {
        int batch = count < DATAGRAMS ? count : DATAGRAMS;
        for (int i = 0; i < batch; i++) {
            uint64_t number = htobe64(produced + i);
            memcpy(payloads[i], &number, 8);
            parts[i] = (struct iovec){payloads[i], options.size};
            messages[i].msg_hdr.msg_iov = &parts[i];
            messages[i].msg_hdr.msg_iovlen = 1;
        }
        int taken = sendmmsg(group_socket, messages, batch, 0);
        if (taken <= 0) return; /* no room: what is due is sent later */
        produced += taken;
        count -= taken;
    }
}

static void group_tick(Source *timer, uint32_t events) {
    (void) events;
    uint64_t expirations;
    if (read(timer->fd, &expirations, sizeof expirations) < 0) return;
    send_group(due_now());
}

static void connect_group(int port) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct in_addr interface = {htonl(INADDR_LOOPBACK)};
    uint8_t ttl = 0;
    inet_aton("239.255.0.1", &to.sin_addr);
    group_socket = socket(AF_INET, SOCK_DGRAM, 0);
    setsockopt(group_socket, IPPROTO_IP, IP_MULTICAST_IF, &interface, sizeof interface);
    setsockopt(group_socket, IPPROTO_IP, IP_MULTICAST_TTL, &ttl, sizeof ttl);
    if (connect(group_socket, (struct sockaddr *) &to, sizeof to)) fail("connect");
    printf("READY %d\n", port);
    fflush(stdout);
}

/* ---- accepting, commands, the loop ------------------------------------------------------------------------------- */

static void admit(int fd) {
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    Connection *connection = calloc(1, sizeof *connection);
    connection->source = (Source){options.ready, fd};
    connection->tls = new_tls(fd);
    connection->position = log_end;
    connection->next = connections;
    connection->link = &connections;
    if (connections) connections->link = &connection->next;
    connections = connection;
    watch(&connection->source, EPOLLIN, EPOLL_CTL_ADD);
}

static void accept_all(Source *acceptor, uint32_t events) {
    (void) events;
    for (int fd; (fd = accept4(acceptor->fd, NULL, NULL, SOCK_NONBLOCK)) >= 0;) admit(fd);
}

static struct { double cpu, time; uint64_t calls, produced, turns; } marked;

static double cpu_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void mark(void) {
    marked.cpu = cpu_seconds();
    marked.time = clock_ns() / 1e9;
    marked.calls = calls, marked.produced = produced, marked.turns = turns;
}

static void report(void) {
    printf("{\"seconds\":%.6f,\"cpuSeconds\":%.6f,\"messages\":%lu,\"broadcasts\":%lu,\"turns\":%lu,\"allocatedBytes\":null}\n",
           clock_ns() / 1e9 - marked.time, cpu_seconds() - marked.cpu, (long) (calls - marked.calls),
           (long) (produced - marked.produced), (long) (turns - marked.turns));
    fflush(stdout);
}

/* One command a line; several lines may come with one read. */
static void command(Source *source, uint32_t events) {
    (void) events;
    char text[256];
    ssize_t length = read(source->fd, text, sizeof text - 1);
    if (length <= 0) {
        report();
        exit(0);
    }
    text[length] = 0;
    for (char *each = strtok(text, "\r\n"); each; each = strtok(NULL, "\r\n")) {
        if (!strncmp(each, "rate ", 5)) set_rate(atof(each + 5));
        if (!strcmp(each, "mark")) mark();
        if (!strcmp(each, "report")) report();
    }
}

static void listen_on(int port) {
    static Source acceptor = {accept_all, 0};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    socklen_t length = sizeof address;
    int on = 1;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    acceptor.fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(acceptor.fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(acceptor.fd, (struct sockaddr *) &address, length) || listen(acceptor.fd, 4096)) fail("bind");
    getsockname(acceptor.fd, (struct sockaddr *) &address, &length);
    watch(&acceptor, EPOLLIN, EPOLL_CTL_ADD);
    printf("READY %d\n", ntohs(address.sin_port));
    fflush(stdout);
}

static void loop(void) {
    struct epoll_event events[EVENTS];
    for (;; turns++) {
        int count = epoll_wait(epoll, events, EVENTS, options.spin ? 0 : -1);
        for (int i = 0; i < count; i++) {
            Source *source = events[i].data.ptr;
            if (source->fd >= 0) source->ready(source, events[i].events);
        }
        free_closed();
    }
}

static void usage(void) {
    fputs("usage: server echo|framed|broadcast|group|udp [--port PORT] [--rate PER_SECOND] [--size BYTES]"
          " [--certificate FILE] [--spin]\n", stderr);
    exit(2);
}

static void parse_options(int count, char **arguments) {
    static const struct option names[] = {{"port", 1, 0, 'p'}, {"rate", 1, 0, 'r'}, {"size", 1, 0, 's'},
                                         {"threads", 1, 0, 't'}, {"certificate", 1, 0, 'c'}, {"spin", 0, 0, 'w'}, {0, 0, 0, 0}};
    for (int option; (option = getopt_long(count, arguments, "p:r:s:t:", names, NULL)) != -1;) switch (option) {
        case 'p': options.port = atoi(optarg); break;
        case 'r': options.rate = atof(optarg); break;
        case 's': options.size = atoi(optarg); break;
        case 'c': prepare_tls(optarg); break;
        case 'w': options.spin = true; break;
        case 't': break; /* one thread, whatever is asked for */
        default: usage();
    }
    if (optind != count - 1 || options.size < 16 || options.size > LARGEST) usage();
    const char *mode = arguments[optind];
    options.ready = !strcmp(mode, "echo")        ? echo_ready
                    : !strcmp(mode, "framed")    ? framed_ready
                    : !strcmp(mode, "broadcast") ? subscriber_ready
                    : !strcmp(mode, "udp")       ? datagrams_ready
                    : !strcmp(mode, "group")     ? group_tick
                                                 : NULL;
    if (!options.ready) usage();
}

int main(int count, char **arguments) {
    static Source commands = {command, STDIN_FILENO};
    parse_options(count, arguments);
    signal(SIGPIPE, SIG_IGN); /* a client may be gone; writev() has no flag for that */
    epoll = epoll_create1(0);
    if (options.ready == datagrams_ready) bind_datagrams(options.port);
    else if (options.ready == group_tick) connect_group(options.port);
    else listen_on(options.port);
    watch(&commands, EPOLLIN, EPOLL_CTL_ADD);
    if (options.ready == subscriber_ready) start_producer(tick);
    if (options.ready == group_tick) start_producer(group_tick);
    mark();
    loop();
}
