package dev.tramway.cluster.internal;

import dev.tramway.SendResult;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Bodies of answers: a byte that says whether it went well, and then what was asked for, or a text that says what went wrong. */
final class Answer {
    private static final byte FAILED = 0;
    private static final byte DONE = 1;

    /** The place in the list is the number on the wire. */
    private static final List<SendResult> RESULTS = List.of(SendResult.ACCEPTED, SendResult.FULL, SendResult.CLOSED);

    /** The other node says that it could not do it. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }

    private Answer() {}

    static byte[] sent(SendResult result) {
        return new byte[] {DONE, (byte) RESULTS.indexOf(result)};
    }

    static SendResult readSent(ByteBuffer answer) {
        return RESULTS.get(done(answer).get());
    }

    static byte[] disconnected(boolean wasOpen) {
        return new byte[] {DONE, (byte) (wasOpen ? 1 : 0)};
    }

    static boolean readDisconnected(ByteBuffer answer) {
        return done(answer).get() == 1;
    }

    static byte[] counted(long members) {
        return ByteBuffer.allocate(1 + Long.BYTES).put(DONE).putLong(members).array();
    }

    static long readCounted(ByteBuffer answer) {
        return done(answer).getLong();
    }

    static byte[] called(byte[] result) {
        return ByteBuffer.allocate(1 + result.length).put(DONE).put(result).array();
    }

    static byte[] readCalled(ByteBuffer answer) {
        ByteBuffer rest = done(answer);
        byte[] result = new byte[rest.remaining()];
        rest.get(result);
        return result;
    }

    static byte[] failed(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        byte[] text = String.valueOf(cause.getMessage()).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + text.length).put(FAILED).put(text).array();
    }

    private static ByteBuffer done(ByteBuffer answer) {
        if (answer.get() != DONE) {
            throw new Failed(StandardCharsets.UTF_8.decode(answer).toString());
        }
        return answer;
    }
}
