package dev.tramway.server.internal;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What the toolkit logs, from here to the end of a test. */
final class LogLines implements AutoCloseable {
    private static final Logger TRAMWAY = (Logger) LoggerFactory.getLogger("dev.tramway");

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            messages.add(event.getFormattedMessage());
        }
    };

    LogLines() {
        appender.start();
        TRAMWAY.addAppender(appender);
    }

    /** The messages so far. */
    List<String> messages() {
        return messages;
    }

    @Override
    public void close() {
        TRAMWAY.detachAppender(appender);
    }
}
