package dev.tramway.server.internal.telemetry;

import dev.tramway.CloseReason;
import dev.tramway.SendResult;
import dev.tramway.Session;
import dev.tramway.server.internal.Clocks.Moment;
import dev.tramway.server.internal.config.ListenerConfig.Secure;
import dev.tramway.server.internal.yaml.Section;
import java.util.Optional;

/** A TCP or TLS connection by which devices come. Lives on the session's event loop. */
final class TcpLink extends DeviceLink {
    private final Session session;
    private final Optional<Protection> protection;
    private final FrameCutter cutter;

    TcpLink(Session session, TelemetryPort port, Moment now) {
        super(
                session.id().toString(),
                port,
                session.remoteAddress().getAddress().getHostAddress() + ":"
                        + session.remoteAddress().getPort(),
                now);
        this.session = session;
        protection = Protection.of(port.config().secure(), port.service().keys(), false);
        cutter = new FrameCutter(reader());
    }

    @Override
    String secure() {
        Secure secure = port().config().secure();
        return secure == Secure.NONE && session.tls().isPresent() ? "tls" : Section.word(secure);
    }

    /** Takes a message of the session: a frame, or a record of the protection. */
    void received(byte[] message) {
        Intake intake = port().service().intake();
        if (protection.isEmpty()) {
            intake.frame(this, message);
            return;
        }
        switch (protection.get().open(message)) {
            case Protection.Refused refused -> intake.keyFailed(this);
            case Protection.Answer answer -> {
                intake.proven(this, protection.get().device());
                session.send(answer.record());
            }
            case Protection.Opened opened -> {
                if (intake.proven(this, protection.get().device())) {
                    cutter.accept(opened.bytes(), frame -> {
                        intake.frame(this, frame);
                        return session.isOpen();
                    });
                }
            }
        }
    }

    @Override
    SendResult transmit(byte[] frame) {
        if (protection.isEmpty()) {
            return session.send(frame);
        }
        SendResult result = SendResult.CLOSED;
        for (byte[] record : protection.get().seal(frame)) {
            result = session.send(record);
            if (result != SendResult.ACCEPTED) {
                break; // with our policy the session is being closed, so nobody misses the rest
            }
        }
        return result;
    }

    @Override
    public void execute(Runnable task) {
        session.execute(task);
    }

    @Override
    void close(String why) {
        session.close(CloseReason.of(CloseReason.Kind.LOCAL, why));
    }

    @Override
    void pause(boolean stop) {
        if (stop) {
            session.pauseReading();
        } else {
            session.resumeReading();
        }
    }

    @Override
    void holdEnd(boolean hold) {
        if (hold) {
            session.holdEnd();
        } else {
            session.releaseEnd();
        }
    }
}
