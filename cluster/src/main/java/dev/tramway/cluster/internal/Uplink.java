package dev.tramway.cluster.internal;

import dev.tramway.ConnectFailedException;
import dev.tramway.cluster.NatsOptions;
import io.nats.client.Connection;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the connection to NATS, which comes back by itself for ever. */
final class Uplink {
    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);

    private static final Duration RECONNECT = Duration.ofMillis(100);

    /** Two without an answer end the connection: within three seconds it is noticed that the network is cut. */
    private static final Duration PING = Duration.ofSeconds(1);

    private static final Duration CONNECT = Duration.ofSeconds(2);

    private Uplink() {}

    /**
     * Connects.
     *
     * @param changed is called by any thread when the connection is lost or comes back, also before this returns
     * @throws ConnectFailedException if NATS is not reached, or refuses
     */
    static Connection connect(NatsOptions options, Runnable changed) {
        Options built = options(options, changed);
        try {
            return Nats.connect(built);
        } catch (IOException e) {
            throw new ConnectFailedException(
                    "cannot connect to NATS at " + String.join(", ", options.urls()) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectFailedException("interrupted while connecting to NATS", e);
        }
    }

    private static Options options(NatsOptions options, Runnable changed) {
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
                .connectionListener((connection, event) -> changed.run())
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
