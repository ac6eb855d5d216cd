package dev.tramway.frames.secure;

import dev.tramway.frames.internal.secure.Ccm;
import dev.tramway.frames.internal.secure.Hkdf;
import dev.tramway.frames.internal.secure.Window;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * One end of an encrypted link, after both ends have exchanged their hellos ({@link SecureHandshake}). It seals messages to
 * records and opens records; how records are framed is another's business, for example {@code Framing.lengthPrefixed(1, 255)}.
 *
 * <pre>
 * record = kind and key number (1) · low bits of the counter (1, over datagrams 2) · ciphertext · tag (8)
 * nonce  = prefix of the direction (9) · counter (4)
 * </pre>
 *
 * The two clear fields are authenticated too. Over a stream a record must be the next one; over datagrams the last 64 may come
 * in any order, each once. Whatever is wrong with a record, {@link #open} answers the same: nothing. Used by one thread at a
 * time.
 */
public final class SecureLink {
    /** What a record adds to its message over a stream, in bytes. */
    public static final int STREAM_OVERHEAD = 10;

    /** What a record adds to its message over datagrams, in bytes. */
    public static final int DATAGRAM_OVERHEAD = 11;

    private static final int NONCE = 13;
    private static final int TAG = 8;
    private static final int KEY = 16;
    private static final int PREFIX = 9;
    private static final int STREAM_KIND = 0x20;
    private static final int DATAGRAM_KIND = 0x30;
    private static final long LAST_COUNTER = Integer.MAX_VALUE;

    private final int head;
    private final int counterBytes;
    private final Half sending;
    private final Half receiving;
    private final Window window = new Window();
    private final Runnable onFailure;
    private long sent;
    private long received;
    private long failures;

    /** Key, nonce prefix and cipher of one direction. */
    private static final class Half {
        private final Ccm cipher;
        private final byte[] prefix;

        Half(byte[] secret, byte[] randoms, String label) {
            byte[] material = Hkdf.derive(secret, randoms, label.getBytes(StandardCharsets.US_ASCII), KEY + PREFIX);
            cipher = new Ccm(Arrays.copyOf(material, KEY), NONCE, TAG);
            prefix = Arrays.copyOfRange(material, KEY, KEY + PREFIX);
        }

        byte[] nonce(long counter) {
            return ByteBuffer.allocate(NONCE).put(prefix).putInt((int) counter).array();
        }
    }

    SecureLink(byte[] secret, byte[] randoms, int keyNumber, boolean device, boolean datagrams, Runnable onFailure) {
        head = (datagrams ? DATAGRAM_KIND : STREAM_KIND) | keyNumber;
        counterBytes = datagrams ? 2 : 1;
        Half fromDevice = new Half(secret, randoms, "tlm1 c2s");
        Half fromServer = new Half(secret, randoms, "tlm1 s2c");
        sending = device ? fromDevice : fromServer;
        receiving = device ? fromServer : fromDevice;
        this.onFailure = onFailure;
    }

    /**
     * Makes the next record.
     *
     * @param message what to protect, possibly nothing
     * @throws IllegalStateException after 2^31 records: make a new handshake before
     */
    public byte[] seal(byte[] message) {
        if (sent > LAST_COUNTER) {
            throw new IllegalStateException("records: " + sent + " (expected: a new handshake before)");
        }
        byte[] clear = clear(sent);
        byte[] sealed = sending.cipher.seal(sending.nonce(sent), clear, message);
        sent++;
        byte[] record = Arrays.copyOf(clear, clear.length + sealed.length);
        System.arraycopy(sealed, 0, record, clear.length, sealed.length);
        return record;
    }

    private byte[] clear(long counter) {
        return counterBytes == 1
                ? new byte[] {(byte) head, (byte) counter}
                : new byte[] {(byte) head, (byte) (counter >> 8), (byte) counter};
    }

    /**
     * Opens a record.
     *
     * @param record from position to limit; neither is moved
     * @return the message; empty if the record is forged, damaged, repeated, out of order, or of another link or direction.
     *     Over a stream nothing is opened any more then: close the session
     */
    public Optional<byte[]> open(ByteBuffer record) {
        byte[] bytes = new byte[record.remaining()];
        record.get(record.position(), bytes);
        Optional<byte[]> message = isBroken() ? Optional.empty() : opened(bytes);
        if (message.isEmpty()) {
            failures++;
            onFailure.run();
        }
        return message;
    }

    private Optional<byte[]> opened(byte[] record) {
        int clearSize = 1 + counterBytes;
        if (record.length < clearSize + TAG || (record[0] & 0xff) != head) {
            return Optional.empty();
        }
        byte[] clear = Arrays.copyOf(record, clearSize);
        int low = counterBytes == 1 ? record[1] & 0xff : ((record[1] & 0xff) << 8) | (record[2] & 0xff);
        long counter = isDatagram() ? window.complete(low, 16) : received;
        boolean expected = isDatagram() ? window.isFresh(counter) : (counter & 0xff) == low;
        if (!expected || counter < 0 || counter > LAST_COUNTER) {
            return Optional.empty();
        }
        byte[] sealed = Arrays.copyOfRange(record, clearSize, record.length);
        byte[] message = receiving.cipher.open(receiving.nonce(counter), clear, sealed);
        if (message == null) {
            return Optional.empty();
        }
        window.note(counter);
        received = counter + 1;
        return Optional.of(message);
    }

    private boolean isDatagram() {
        return counterBytes == 2;
    }

    /** True if a record over a stream was not genuine: the session must be closed. */
    public boolean isBroken() {
        return !isDatagram() && failures > 0;
    }

    /** How many records were refused. */
    public long failures() {
        return failures;
    }
}
