package dev.tramway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** F65: what a device says of itself makes no line of its own in a log, and steers no terminal. */
class LogTest {
    @Test
    void aMessageIsOneLineOfLettersWithALimit() throws JoranException {
        String line = logged(
                "device\r\n12:00:00.000 ERROR Spool: all is lost\u001b[2J\u0000\u2028${jndi:ldap://127.0.0.1/a}\u202E!");
        assertThat(line)
                .hasLineCount(1)
                .endsWith("device  12:00:00.000 ERROR Spool: all is lost [2J  ${jndi:ldap://127.0.0.1/a} !\n");
        assertThat(logged("x".repeat(1 << 20))).hasSizeLessThan(1_100);
    }

    @Test
    void anExceptionIsOnTheSameLine() throws JoranException {
        String line =
                logged("no luck", new IllegalStateException("frame\n12:00:00.000 ERROR Spool: all is lost\u001b[2J"));
        assertThat(line)
                .hasLineCount(1)
                .contains("no luck java.lang.IllegalStateException: frame 12:00:00.000 ERROR Spool: all is lost [2J")
                .contains("at dev.tramway.cli.LogTest.anExceptionIsOnTheSameLine");
        assertThat(logged("no luck", new IllegalStateException("x".repeat(1 << 20))))
                .hasSizeLessThan(1_200);
    }

    private static String logged(String text) throws JoranException {
        return logged(text, null);
    }

    private static String logged(String text, @Nullable Throwable failure) throws JoranException {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LogTest.class.getResource("/logback.xml"));
        OutputStreamAppender<ILoggingEvent> errors = (OutputStreamAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("errors");
        var event = new LoggingEvent(
                "", context.getLogger("dev.tramway.Test"), Level.WARN, "{}", failure, new Object[] {text});
        String line = new String(errors.getEncoder().encode(event), StandardCharsets.UTF_8);
        context.stop();
        return line;
    }
}
