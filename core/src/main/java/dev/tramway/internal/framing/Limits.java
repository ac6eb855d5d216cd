package dev.tramway.internal.framing;

import dev.tramway.FramingException;

/** Checks that all framings have in common. */
final class Limits {
    private static final int MOST = 1 << 30;

    private Limits() {}

    static void requireMessageLimit(int maxMessage) {
        if (maxMessage < 1 || maxMessage > MOST) {
            throw new IllegalArgumentException("message limit: " + maxMessage + " (expected: 1 to 2^30 bytes)");
        }
    }

    static void requireSendable(int messageSize, int maxMessage) {
        if (messageSize > maxMessage) {
            throw new FramingException("message to send has " + messageSize + " bytes, the framing allows at most "
                    + maxMessage + "; raise its limit or split the message");
        }
    }

    static FramingException tooLong(String what, int maxMessage) {
        return new FramingException(what + ", at most " + maxMessage + " are allowed; raise the framing's limit if such"
                + " messages are meant");
    }
}
