package dev.tramway.server.internal;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd, where it asks for it, how far the server is. Its messages are datagrams over a Unix socket, which Java does not
 * have, so systemd's own command sends them. For any thread that may wait.
 */
public final class ServiceManager {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);
    private static final long LONGEST_SECONDS = 5;

    private ServiceManager() {}

    /** Tells it, in the words of sd_notify(3); nothing where nobody listens. */
    public static void tell(String word) throws InterruptedException {
        if (System.getenv("NOTIFY_SOCKET") == null) {
            return;
        }
        try {
            Process sender = new ProcessBuilder("systemd-notify", word)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            if (!sender.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                sender.destroyForcibly();
            } else if (sender.exitValue() == 0) {
                return;
            }
            LOG.warn("systemd-notify {} has failed", word);
        } catch (IOException noSuchCommand) {
            LOG.warn("systemd is not told that {}: {}", word, noSuchCommand.getMessage());
        }
    }
}
