package dev.tramway.cluster.internal;

import dev.tramway.ConnectFailedException;
import dev.tramway.cluster.NatsOptions;
import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the connection to NATS, which comes back by itself for ever. */
final class Uplink {
    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);

    private static final Duration RECONNECT = Duration.ofMillis(100);

    /**
     * Two without an answer end the connection, so that a network which is cut is noticed within 2.3 seconds. When it heals before that, TCP may wait
     * for as long again as it was cut before it tries; a new connection is there sooner.
     */
    private static final Duration PING = Duration.ofMillis(750);

    private static final Duration CONNECT = Duration.ofSeconds(2);

    private Uplink() {}

    /**
     * Connects; where NATS is not required, the connection may come later.
     *
     * @param changed is called by any thread when the connection is lost or comes back, also before this returns
     * @throws ConnectFailedException if NATS is not reached, though it is required, or refuses
     */
    static Connection connect(NatsOptions options, Runnable changed) {
        try {
            try {
                return Nats.connect(options(options, (connection, event) -> changed.run()));
            } catch (AuthenticationException refused) {
                throw failed(options, refused);
            } catch (IOException notReached) {
                if (options.required()) {
                    throw failed(options, notReached);
                }
                LOG.warn(
                        "NATS is not reached at {} ({}): this node begins alone, and joins the others when it is there",
                        String.join(", ", options.urls()),
                        notReached.getMessage());
                return connectLater(options, changed);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectFailedException("interrupted while connecting to NATS", e);
        }
    }

    private static ConnectFailedException failed(NatsOptions options, IOException cause) {
        return new ConnectFailedException(
                "cannot connect to NATS at " + String.join(", ", options.urls()) + ": " + cause.getMessage(), cause);
    }

    /** A connection that tries again and again on a thread of its own; known from the first try that fails. */
    private static Connection connectLater(NatsOptions options, Runnable changed) throws InterruptedException {
        CompletableFuture<Connection> begun = new CompletableFuture<>();
        Options built = options(options, (connection, event) -> {
            begun.complete(connection);
            changed.run();
        });
        Thread.ofPlatform().daemon().name("tramway-cluster-connect").start(() -> {
            try {
                Nats.connectReconnectOnConnect(built);
            } catch (IOException e) {
                begun.completeExceptionally(failed(options, e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            return begun.get(CONNECT.toSeconds() * (options.urls().size() + 1), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ConnectFailedException known ? known : new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw new ConnectFailedException("cannot even try to connect to NATS at " + options.urls(), e);
        }
    }

    private static Options options(NatsOptions options, ConnectionListener changed) {
        Options.Builder builder = new Options.Builder()
                .servers(options.urls().toArray(String[]::new))
                .connectionName(options.name())
                .noEcho()
                .maxReconnects(-1)
                .reconnectWait(RECONNECT)
                .reconnectJitter(RECONNECT)
                .reconnectBufferSize(0) // what waits, waits in the outbox
                .pingInterval(PING)
                .maxPingsOut(2)
                .connectionTimeout(CONNECT)
                .connectionListener(changed)
                .errorListener(new Trouble());
        options.credentials().ifPresent(file -> builder.authHandler(Nats.credentials(file.toString())));
        options.user().ifPresent(user -> builder.userInfo(user.name(), user.password()));
        options.tls().ifPresent(builder::sslContext);
        return builder.build();
    }

    private static final class Trouble implements ErrorListener {
        @Override
        public void errorOccurred(Connection connection, String error) {
            LOG.warn("NATS says: {}", error);
        }

        @Override
        public void exceptionOccurred(Connection connection, Exception e) {
            LOG.debug("connection to NATS: {}", e.toString());
        }

        @Override
        public void slowConsumerDetected(Connection connection, Consumer consumer) {
            LOG.warn("this node does not keep up with what others send: what does not fit is lost, and counted");
        }
    }
}
