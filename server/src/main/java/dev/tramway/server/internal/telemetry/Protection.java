package dev.tramway.server.internal.telemetry;

import dev.tramway.frames.secure.PlainAes;
import dev.tramway.frames.secure.SecureHandshake;
import dev.tramway.frames.secure.SecureLink;
import dev.tramway.server.internal.config.ListenerConfig.Secure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the frames of one link are protected. Used by one thread at a time, that of the link. */
interface Protection {
    /** What came of a record. */
    sealed interface Outcome {}

    /** It held bytes of frames. */
    @SuppressWarnings("ArrayRecordComponent") // handed on at once
    record Opened(byte[] bytes) implements Outcome {}

    /** It is to be answered. */
    @SuppressWarnings("ArrayRecordComponent") // handed on at once
    record Answer(byte[] record) implements Outcome {}

    /** It is not genuine. */
    record Refused() implements Outcome {}

    /** Opens a record. */
    Outcome open(byte[] record);

    /** Protects bytes, in one record or several. */
    List<byte[]> seal(byte[] bytes);

    /** Serial of the device that a key has proven to be there. */
    Optional<String> device();

    /** One for a link; empty if frames go as they are. */
    static Optional<Protection> of(Secure secure, KeyRing keys, boolean datagrams) {
        return switch (secure) {
            case NONE -> Optional.empty();
            case COMPACT_CCM -> Optional.of(new Compact(keys, datagrams));
            case GCM, CBC_HMAC -> Optional.of(new Plain(secure, keys));
        };
    }

    /** Compact records, after a handshake. */
    final class Compact implements Protection {
        private static final int MOST_IN_RECORD = 255 - SecureLink.STREAM_OVERHEAD;
        private static final int KIND = 0xf0;
        private static final int HELLO = 0x10;

        private final KeyRing keys;
        private final boolean datagrams;
        private SecureHandshake.@Nullable Accepted current;

        /** Over datagrams anybody can send a hello in another's name, so it counts only when its key is proven. */
        private SecureHandshake.@Nullable Accepted claimed;

        Compact(KeyRing keys, boolean datagrams) {
            this.keys = keys;
            this.datagrams = datagrams;
        }

        @Override
        public Outcome open(byte[] record) {
            boolean begins = claimed == null && current == null;
            if (begins || (datagrams && record.length > 0 && (record[0] & KIND) == HELLO)) {
                claimed = SecureHandshake.accept(ByteBuffer.wrap(record), keys.compact(), datagrams)
                        .orElse(null);
                return claimed == null
                        ? new Refused()
                        : new Answer(claimed.answer().bytes());
            }
            Optional<byte[]> opened =
                    current == null ? Optional.empty() : current.link().open(ByteBuffer.wrap(record));
            if (opened.isEmpty() && claimed != null) {
                opened = claimed.link().open(ByteBuffer.wrap(record));
                if (opened.isPresent()) {
                    current = claimed;
                    claimed = null;
                }
            }
            if (opened.isEmpty() || current == null) {
                return new Refused();
            }
            byte[] bytes = opened.get();
            return bytes.length == 0 ? new Answer(current.link().seal(bytes)) : new Opened(bytes);
        }

        @Override
        public List<byte[]> seal(byte[] bytes) {
            SecureHandshake.Accepted link = current;
            if (link == null) {
                return List.of();
            }
            List<byte[]> records = new java.util.ArrayList<>();
            for (int from = 0; from < bytes.length; from += MOST_IN_RECORD) {
                int to = datagrams ? bytes.length : Math.min(bytes.length, from + MOST_IN_RECORD);
                records.add(link.link().seal(Arrays.copyOfRange(bytes, from, to)));
                if (to == bytes.length) {
                    break;
                }
            }
            return records;
        }

        @Override
        public Optional<String> device() {
            return Optional.ofNullable(current).map(SecureHandshake.Accepted::device);
        }
    }

    /**
     * Records that stand for themselves: number of the key (1), size of the id (1), id, and what {@link PlainAes} makes, which
     * authenticates all before it too. Nothing notices one that is repeated, but the suppression of duplicates.
     */
    final class Plain implements Protection {
        private final Secure secure;
        private final KeyRing keys;
        private @Nullable String serial;
        private byte[] head = {};
        private @Nullable PlainAes cipher;

        Plain(Secure secure, KeyRing keys) {
            this.secure = secure;
            this.keys = keys;
        }

        @Override
        public Outcome open(byte[] record) {
            int size = record.length < 2 ? -1 : 2 + (record[1] & 0xff);
            if (size < 3 || size > record.length) {
                return new Refused();
            }
            byte[] clear = Arrays.copyOf(record, size);
            String claimed = new String(record, 2, size - 2, StandardCharsets.US_ASCII);
            Optional<PlainAes> key =
                    Arrays.equals(clear, head) ? Optional.ofNullable(cipher) : keys.plain(secure, claimed, record[0]);
            Optional<byte[]> opened =
                    key.flatMap(one -> one.open(Arrays.copyOfRange(record, size, record.length), clear));
            if (opened.isEmpty() || (serial != null && !serial.equals(claimed))) {
                return new Refused();
            }
            serial = claimed;
            head = clear;
            cipher = key.get();
            return new Opened(opened.get());
        }

        @Override
        public List<byte[]> seal(byte[] bytes) {
            PlainAes key = cipher;
            if (key == null) {
                return List.of();
            }
            byte[] sealed = key.seal(bytes, head);
            byte[] record = Arrays.copyOf(head, head.length + sealed.length);
            System.arraycopy(sealed, 0, record, head.length, sealed.length);
            return List.of(record);
        }

        @Override
        public Optional<String> device() {
            return Optional.ofNullable(serial);
        }
    }
}
