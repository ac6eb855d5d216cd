package dev.tramway.server.internal.sink;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;

/** A real web server that keeps what is posted to it, and can go and come back. */
public final class Posts implements AutoCloseable {
    /**
     * What somebody has posted.
     *
     * @param status what was answered
     * @param text the body, unpacked if it was packed
     */
    record Post(String path, Headers headers, String text, int status) {}

    private final ConcurrentLinkedQueue<Post> posts = new ConcurrentLinkedQueue<>();
    private final Optional<SSLContext> tls;
    private volatile ToIntFunction<String> status = body -> 204;
    private HttpServer server;

    private Posts(Optional<SSLContext> tls) throws IOException {
        this.tls = tls;
        this.server = listen(0);
    }

    public static Posts start() throws IOException {
        return new Posts(Optional.empty());
    }

    static Posts start(SSLContext tls) throws IOException {
        return new Posts(Optional.of(tls));
    }

    /** Chooses what is answered to a body. */
    public void answer(ToIntFunction<String> answer) {
        this.status = answer;
    }

    private HttpServer listen(int port) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        HttpServer made = tls.isPresent() ? secure(address, tls.get()) : HttpServer.create(address, 0);
        made.createContext("/", this::receive);
        made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        made.start();
        return made;
    }

    private static HttpServer secure(InetSocketAddress address, SSLContext tls) throws IOException {
        HttpsServer made = HttpsServer.create(address, 0);
        made.setHttpsConfigurator(new HttpsConfigurator(tls));
        return made;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Headers headers = exchange.getRequestHeaders();
            String text = text(body, headers);
            int code = status.applyAsInt(text);
            posts.add(new Post(exchange.getRequestURI().toString(), headers, text, code));
            exchange.sendResponseHeaders(code, -1);
        }
    }

    private static String text(byte[] body, Headers headers) throws IOException {
        if (!"gzip".equals(headers.getFirst("Content-Encoding"))) {
            return new String(body, StandardCharsets.UTF_8);
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Its address, with a path. */
    public String url(String path) {
        return (tls.isPresent() ? "https" : "http") + "://localhost:" + port() + path;
    }

    private int port() {
        return server.getAddress().getPort();
    }

    void stop() {
        server.stop(0);
    }

    void startAgain() throws IOException {
        server = listen(port());
    }

    List<Post> posts() {
        return List.copyOf(posts);
    }

    /** Bodies that were taken. */
    public List<String> taken() {
        return posts.stream()
                .filter(post -> post.status() / 100 == 2)
                .map(Post::text)
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
