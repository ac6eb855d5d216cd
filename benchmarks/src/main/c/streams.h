/*
 * Streams, plain or TLS, of the load client and the raw server: like send() and recv() of a socket that does not block. TLS is there if
 * the program was compiled with TLS defined.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>

#ifdef TLS
#include <openssl/err.h>
#include <openssl/ssl.h>

enum { READ_AHEAD = 256 << 10 };

/* Reads many records with one system call, where OpenSSL by itself makes two for each. */
static void prepare_streams(SSL_CTX *context) {
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_default_read_buffer_len(context, READ_AHEAD);
}

static ssize_t tls_result(SSL *tls, int result) {
    switch (SSL_get_error(tls, result)) {
        case SSL_ERROR_WANT_READ:
        case SSL_ERROR_WANT_WRITE: errno = EAGAIN; return -1;
        case SSL_ERROR_ZERO_RETURN: return 0;
        default: errno = ECONNRESET; return -1;
    }
}

/* Writes records until all is written or the kernel takes no more. */
static ssize_t stream_send(int fd, SSL *tls, const uint8_t *data, size_t length) {
    if (!tls) return send(fd, data, length, MSG_NOSIGNAL);
    size_t sent = 0;
    for (int written; sent < length; sent += written) {
        ERR_clear_error();
        written = SSL_write(tls, data + sent, length - sent);
        if (written <= 0) return sent ? (ssize_t) sent : tls_result(tls, written);
    }
    return sent;
}

/* Reads records until the buffer is full or there are none. */
static ssize_t stream_recv(int fd, SSL *tls, uint8_t *data, size_t length) {
    if (!tls) return recv(fd, data, length, 0);
    size_t filled = 0;
    for (int read; filled < length; filled += read) {
        ERR_clear_error();
        read = SSL_read(tls, data + filled, length - filled);
        if (read <= 0) return filled ? (ssize_t) filled : tls_result(tls, read);
    }
    return filled;
}

/* True if TLS has read ahead what epoll knows nothing of; it may be less than a record. */
static bool stream_pending(SSL *tls) { return tls && SSL_has_pending(tls); }
#else
typedef void SSL;

static ssize_t stream_send(int fd, SSL *tls, const uint8_t *data, size_t length) {
    (void) tls;
    return send(fd, data, length, MSG_NOSIGNAL);
}

static ssize_t stream_recv(int fd, SSL *tls, uint8_t *data, size_t length) {
    (void) tls;
    return recv(fd, data, length, 0);
}

static bool stream_pending(SSL *tls) {
    (void) tls;
    return false;
}
#endif
