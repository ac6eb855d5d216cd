/*
 * The Asio server of the benchmarks, shaped like the sessions of the founding documents' libraries: a receive buffer that
 * doubles when a read fills it; sends are appended to one buffer under a lock while the other is being written, then the
 * two are swapped; a multicast sends to one session after the other, from the thread that calls it.
 *
 *   asio echo|framed|broadcast|lossy|chat|group|udp [--port PORT] [--threads N] [--rate R] [--size BYTES] [--certificate FILE]
 *
 * Speaks with its parent like every server of a measurement: prints "READY port"; "rate R" changes the rate, 0 to rest;
 * "mark" begins a window, "report" prints one JSON line about it; reports and ends when stdin is closed.
 */
#include <asio.hpp>
#ifdef TLS
#include <asio/ssl.hpp>
#endif
#include <atomic>
#include <chrono>
#include <cstring>
#include <deque>
#include <endian.h>
#include <functional>
#include <iostream>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>

using asio::ip::tcp;
using asio::ip::udp;
using Clock = std::chrono::steady_clock;
using Bytes = std::vector<uint8_t>;

namespace {

constexpr size_t HEADER = 4, LONGEST = 64 << 10, FIRST_BUFFER = 8 << 10, LIMIT = 1 << 20;

struct Options {
    std::string work, certificate;
    unsigned short port = 0;
    int threads = 1;
    double rate = 1000; /* at first */
    size_t size = 32;
} options;

std::atomic<uint64_t> calls{0}, produced{0};
std::atomic<double> rate{0};

/* What a server needs of a session, whatever it speaks. */
struct Session : std::enable_shared_from_this<Session> {
    virtual ~Session() = default;
    virtual void start() = 0;
    virtual bool send(const uint8_t *data, size_t size, size_t limit = SIZE_MAX) = 0;
    virtual size_t pending() = 0;
};

std::mutex sessions_lock;
std::set<std::shared_ptr<Session>> sessions;

template <typename Stream> class StreamSession : public Session {
public:
    explicit StreamSession(Stream stream) : stream_(std::move(stream)), input_(FIRST_BUFFER) {}

    void start() override { handshake(stream_); }

    /* Appends; the first to append begins to write. False if the session would owe more than the limit. */
    bool send(const uint8_t *data, size_t size, size_t limit) override {
        std::lock_guard<std::mutex> guard(lock_);
        if (main_.size() + flush_.size() - flushed_ + size > limit) return false;
        bool idle = main_.empty() && flush_.empty();
        main_.insert(main_.end(), data, data + size);
        if (idle) asio::post(stream_.get_executor(), [self = self()] { self->try_send(); });
        return true;
    }

    size_t pending() override {
        std::lock_guard<std::mutex> guard(lock_);
        return main_.size() + flush_.size() - flushed_;
    }

private:
    std::shared_ptr<StreamSession> self() { return std::static_pointer_cast<StreamSession>(shared_from_this()); }

    void handshake(tcp::socket &) { begin(); }
#ifdef TLS
    void handshake(asio::ssl::stream<tcp::socket> &stream) {
        stream.async_handshake(asio::ssl::stream_base::server, [self = self()](std::error_code error) {
            if (!error) self->begin();
        });
    }
#endif

    void begin() {
        std::lock_guard<std::mutex> guard(sessions_lock);
        sessions.insert(shared_from_this());
        receive();
    }

    void end() {
        std::error_code ignored;
        stream_.lowest_layer().close(ignored);
        std::lock_guard<std::mutex> guard(sessions_lock);
        sessions.erase(shared_from_this());
    }

    void receive() {
        stream_.async_read_some(asio::buffer(input_.data() + kept_, input_.size() - kept_),
                                [self = self()](std::error_code error, size_t size) {
                                    if (error) return self->end();
                                    self->received(size);
                                    self->receive();
                                });
    }

    void received(size_t size) {
        size_t filled = kept_ + size;
        if (options.work == "framed" || options.work == "chat") {
            size_t at = frames(filled);
            kept_ = filled - at;
            memmove(input_.data(), input_.data() + at, kept_);
        } else if (options.work == "echo") {
            send(input_.data(), size, SIZE_MAX);
        }
        if (filled == input_.size()) input_.resize(2 * input_.size());
    }

    /* One call and one send for each whole frame; where the rest begins. */
    size_t frames(size_t filled) {
        size_t at = 0;
        for (uint32_t length; filled - at >= HEADER; at += HEADER + length) {
            memcpy(&length, input_.data() + at, HEADER);
            length = be32toh(length);
            if (length > LONGEST) { end(); break; }
            if (filled - at - HEADER < length) break;
            calls.fetch_add(1, std::memory_order_relaxed);
            answer(input_.data() + at, HEADER + length);
        }
        return at;
    }

    void answer(const uint8_t *frame, size_t size) {
        if (options.work == "framed") {
            send(frame, size, SIZE_MAX);
            return;
        }
        std::lock_guard<std::mutex> guard(sessions_lock);
        for (const auto &other : sessions)
            if (other.get() != this) other->send(frame, size, SIZE_MAX);
    }

    void try_send() {
        if (sending_) return;
        {
            std::lock_guard<std::mutex> guard(lock_);
            if (flush_.empty()) {
                flush_.swap(main_);
                flushed_ = 0;
            }
        }
        if (flush_.empty()) return;
        sending_ = true;
        stream_.async_write_some(asio::buffer(flush_.data() + flushed_, flush_.size() - flushed_),
                                 [self = self()](std::error_code error, size_t size) {
                                     self->sending_ = false;
                                     if (error) return self->end();
                                     self->sent(size);
                                     self->try_send();
                                 });
    }

    void sent(size_t size) {
        std::lock_guard<std::mutex> guard(lock_);
        flushed_ += size;
        if (flushed_ == flush_.size()) {
            flush_.clear();
            flushed_ = 0;
        }
    }

    Stream stream_;
    Bytes input_;
    size_t kept_ = 0, flushed_ = 0;
    std::mutex lock_;
    Bytes main_, flush_;
    bool sending_ = false;
};

class Server {
public:
    Server(asio::io_context &io, bool tls)
        : acceptor_(io, tcp::endpoint(asio::ip::address_v4::loopback(), options.port))
#ifdef TLS
          , context_(asio::ssl::context::tls_server)
#endif
    {
#ifdef TLS
        if (tls) {
            context_.use_certificate_chain_file(options.certificate);
            context_.use_private_key_file(options.certificate, asio::ssl::context::pem);
        }
#endif
        tls_ = tls;
        acceptor_.listen(4096);
    }

    int port() const { return acceptor_.local_endpoint().port(); }

    void accept() {
        acceptor_.async_accept(asio::make_strand(acceptor_.get_executor()), [this](std::error_code error, tcp::socket socket) {
            if (!error) {
                socket.set_option(tcp::no_delay(true));
                session(std::move(socket))->start();
            }
            accept();
        });
    }

private:
    std::shared_ptr<Session> session(tcp::socket socket) {
#ifdef TLS
        using Secure = asio::ssl::stream<tcp::socket>;
        if (tls_) return std::make_shared<StreamSession<Secure>>(Secure(std::move(socket), context_));
#endif
        return std::make_shared<StreamSession<tcp::socket>>(std::move(socket));
    }

    tcp::acceptor acceptor_;
#ifdef TLS
    asio::ssl::context context_;
#endif
    bool tls_;
};

/* One datagram at a time, received, sent back, received. */
class UdpEcho {
public:
    explicit UdpEcho(asio::io_context &io)
        : socket_(io, udp::endpoint(asio::ip::address_v4::loopback(), options.port)), buffer_(LONGEST) {}

    int port() const { return socket_.local_endpoint().port(); }

    void receive() {
        socket_.async_receive_from(asio::buffer(buffer_), peer_, [this](std::error_code error, size_t size) {
            if (error) return receive();
            calls.fetch_add(1, std::memory_order_relaxed);
            socket_.async_send_to(asio::buffer(buffer_.data(), size), peer_,
                                  [this](std::error_code, size_t) { receive(); });
        });
    }

private:
    udp::socket socket_;
    Bytes buffer_;
    udp::endpoint peer_;
};

/* Sends to all; a lossless broadcast waits while any session owes more than the limit. */
void multicast(const Bytes &frame, bool lossy) {
    std::lock_guard<std::mutex> guard(sessions_lock);
    for (const auto &session : sessions) {
        while (!session->send(frame.data(), frame.size(), LIMIT) && !lossy)
            std::this_thread::sleep_for(std::chrono::microseconds(20));
    }
}

/* Sends datagrams to a group, on loopback only, each with a blocking call, as the founding documents' servers do. */
class Group {
public:
    explicit Group(asio::io_context &io)
        : socket_(io, udp::endpoint(asio::ip::address_v4::loopback(), 0)),
          to_(asio::ip::make_address("239.255.0.1"), options.port) {
        socket_.set_option(asio::ip::multicast::outbound_interface(asio::ip::address_v4::loopback()));
        socket_.set_option(asio::ip::multicast::hops(0));
    }

    void send(const Bytes &frame) { socket_.send_to(asio::buffer(frame.data() + HEADER, options.size), to_); }

private:
    udp::socket socket_;
    udp::endpoint to_;
};

/* Every millisecond what is due, in bursts of 4 ms at most; 100 ms behind, the schedule slips. */
void produce_at(double per_second, std::function<void(const Bytes &)> &send, Bytes &frame) {
    auto started = Clock::now();
    uint64_t first = produced;
    double per_nano = per_second / 1e9, most = 1e8 * per_nano, burst = std::max(1.0, 4e6 * per_nano);
    for (uint64_t number = first; rate == per_second;) {
        auto now = Clock::now();
        double behind = (now - started).count() * per_nano - (number - first);
        if (behind > most) started += std::chrono::nanoseconds(int64_t((behind - most) / per_nano));
        uint64_t time = htobe64(now.time_since_epoch().count());
        memcpy(frame.data() + HEADER + 8, &time, 8);
        for (uint64_t end = number + uint64_t(std::max(0.0, std::min(behind, burst))); number < end; number++) {
            uint64_t big = htobe64(number);
            memcpy(frame.data() + HEADER, &big, 8);
            send(frame);
        }
        produced = number;
        if (behind < burst) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

[[noreturn]] void produce(std::function<void(const Bytes &)> send) {
    Bytes frame(HEADER + options.size, 'a');
    uint32_t length = htobe32(options.size);
    memcpy(frame.data(), &length, HEADER);
    for (;;) {
        rate.wait(0);
        produce_at(rate, send, frame);
    }
}

void set_rate(double per_second) {
    rate = per_second;
    rate.notify_all();
}

struct Mark {
    double cpu, time;
    uint64_t calls, produced;

    static Mark now() {
        rusage usage;
        getrusage(RUSAGE_SELF, &usage);
        double cpu = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
        return {cpu, std::chrono::duration<double>(Clock::now().time_since_epoch()).count(), ::calls, ::produced};
    }
};

void report(const Mark &from) {
    Mark now = Mark::now();
    printf("{\"seconds\":%.6f,\"cpuSeconds\":%.6f,\"messages\":%lu,\"broadcasts\":%lu,\"turns\":null,\"allocatedBytes\":null}\n", now.time - from.time,
           now.cpu - from.cpu, now.calls - from.calls, now.produced - from.produced);
    fflush(stdout);
}

void obey() {
    Mark mark = Mark::now();
    for (std::string line; std::getline(std::cin, line);) {
        if (line.rfind("rate ", 0) == 0) set_rate(std::stod(line.substr(5)));
        if (line == "mark") mark = Mark::now();
        if (line == "report") report(mark);
    }
    report(mark);
    std::_Exit(0);
}

bool parse(int count, char **arguments) {
    for (int i = 1; i < count; i++) {
        std::string argument = arguments[i];
        auto equals = argument.find('=');
        std::string name = argument.substr(0, equals), value = equals == std::string::npos ? "" : argument.substr(equals + 1);
        if (name == "--port") options.port = std::stoi(value);
        else if (name == "--threads") options.threads = std::stoi(value);
        else if (name == "--rate") options.rate = std::stod(value);
        else if (name == "--size") options.size = std::stoul(value);
        else if (name == "--certificate") options.certificate = value;
        else if (options.work.empty() && name[0] != '-') options.work = name;
        else return false;
    }
    return std::set<std::string>{"echo", "framed", "broadcast", "lossy", "chat", "group", "udp"}.count(options.work) && options.size >= 16;
}

} // namespace

int main(int count, char **arguments) try {
    if (!parse(count, arguments)) {
        std::cerr << "usage: asio echo|framed|broadcast|lossy|chat|group|udp [--port=PORT] [--threads=N] [--rate=R] [--size=BYTES]"
                     " [--certificate=FILE]\n";
        return 2;
    }
    asio::io_context io(options.threads);
    rate = options.rate;
    std::unique_ptr<Server> server;
    std::unique_ptr<UdpEcho> echo;
    std::unique_ptr<Group> group;
    if (options.work == "udp") {
        echo = std::make_unique<UdpEcho>(io);
        echo->receive();
        printf("READY %d\n", echo->port());
    } else if (options.work == "group") {
        group = std::make_unique<Group>(io);
        printf("READY %d\n", options.port);
    } else {
        server = std::make_unique<Server>(io, !options.certificate.empty());
        server->accept();
        printf("READY %d\n", server->port());
    }
    fflush(stdout);
    std::thread(obey).detach();
    bool lossy = options.work == "lossy";
    if (group) std::thread(produce, [&group](const Bytes &frame) { group->send(frame); }).detach();
    if (lossy || options.work == "broadcast")
        std::thread(produce, [lossy](const Bytes &frame) { multicast(frame, lossy); }).detach();
    auto alive = asio::make_work_guard(io);
    std::vector<std::thread> threads;
    for (int i = 1; i < options.threads; i++) threads.emplace_back([&io] { io.run(); });
    io.run();
} catch (const std::exception &error) {
    std::cerr << "asio: " << error.what() << '\n';
    return 1;
}
