package dev.tramway.frames.secure;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * Begins encrypted links. The device says who it is and eight random bytes, the server answers with eight random bytes, and
 * both derive the keys of this session from the device's key and all sixteen. The first record each way is empty and proves
 * that its sender has the key.
 *
 * <pre>
 * device to server   0x10 + key number · size of the id · id · random (8)
 * server to device   0x10 + key number · random (8)
 * </pre>
 *
 * <p>There is no forward secrecy: who learns a device's key can read what was recorded before.
 */
public final class SecureHandshake {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_SIZE = 8;
    private static final int KEY_SIZE = 16;
    private static final int KIND = 0x10;

    private SecureHandshake() {}

    /** The device's side of a handshake that has begun. */
    public static final class Device {
        private final byte[] key;
        private final int number;
        private final byte[] random;
        private final byte[] hello;

        Device(String device, int number, byte[] key, byte[] random) {
            byte[] id = device.getBytes(StandardCharsets.US_ASCII);
            this.key = key.clone();
            this.number = number;
            this.random = random;
            hello = ByteBuffer.allocate(2 + id.length + RANDOM_SIZE)
                    .put((byte) (KIND | number))
                    .put((byte) id.length)
                    .put(id)
                    .put(random)
                    .array();
        }

        /** What to send first. */
        public byte[] hello() {
            return hello.clone();
        }

        /**
         * Takes the server's answer.
         *
         * @param answer from position to limit
         * @param datagrams true if records travel in datagrams
         * @return empty if it is none
         */
        public Optional<SecureLink> finish(ByteBuffer answer, boolean datagrams) {
            byte[] bytes = new byte[answer.remaining()];
            answer.get(answer.position(), bytes);
            if (bytes.length != 1 + RANDOM_SIZE || bytes[0] != (byte) (KIND | number)) {
                return Optional.empty();
            }
            byte[] randoms = Arrays.copyOf(random, 2 * RANDOM_SIZE);
            System.arraycopy(bytes, 1, randoms, RANDOM_SIZE, RANDOM_SIZE);
            return Optional.of(new SecureLink(key, randoms, number, true, datagrams, () -> {}));
        }
    }

    /**
     * What the server made of a hello.
     *
     * @param device id that the peer claims, which only its first record proves
     * @param answer what to send back
     * @param link the link
     */
    public record Accepted(String device, Answer answer, SecureLink link) {}

    /** Bytes to send. */
    public static final class Answer {
        private final byte[] bytes;

        Answer(byte[] bytes) {
            this.bytes = bytes;
        }

        /** The bytes. */
        public byte[] bytes() {
            return bytes.clone();
        }
    }

    /**
     * Begins on the device's side.
     *
     * @param device its id, 1 to 64 characters of ASCII
     * @param number number of its key, 0 to 15
     * @param key 16 bytes
     */
    public static Device device(String device, int number, byte[] key) {
        return device(device, number, key, random(RANDOM_SIZE));
    }

    static Device device(String device, int number, byte[] key, byte[] random) {
        if (key.length != KEY_SIZE || number < 0 || number > 15 || device.isEmpty() || device.length() > 64) {
            throw new IllegalArgumentException("key " + number + " of " + device + ": " + key.length
                    + " bytes (expected: 16 bytes, a number from 0 to 15, a device id of 1 to 64 characters)");
        }
        return new Device(device, number, key, random);
    }

    /**
     * Answers a hello on the server's side. A device that is not known gets an answer as well, and a link that opens nothing:
     * nobody learns which devices there are.
     *
     * @param hello from position to limit
     * @param keys keys of the devices
     * @param datagrams true if records travel in datagrams
     * @return empty if the bytes are no hello
     */
    public static Optional<Accepted> accept(ByteBuffer hello, DeviceKeys keys, boolean datagrams) {
        return accept(hello, keys, datagrams, random(RANDOM_SIZE));
    }

    static Optional<Accepted> accept(ByteBuffer hello, DeviceKeys keys, boolean datagrams, byte[] random) {
        byte[] bytes = new byte[hello.remaining()];
        hello.get(hello.position(), bytes);
        if (bytes.length < 3 + RANDOM_SIZE || (bytes[0] & 0xf0) != KIND || bytes.length != 2 + bytes[1] + RANDOM_SIZE) {
            return Optional.empty();
        }
        int number = bytes[0] & 0x0f;
        String device = new String(bytes, 2, bytes[1], StandardCharsets.US_ASCII);
        byte[] key = keys.find(device, number).orElseGet(() -> random(KEY_SIZE));
        byte[] randoms = Arrays.copyOfRange(bytes, 2 + bytes[1], 2 + bytes[1] + 2 * RANDOM_SIZE);
        System.arraycopy(random, 0, randoms, RANDOM_SIZE, RANDOM_SIZE);
        byte[] answer = new byte[1 + RANDOM_SIZE];
        answer[0] = (byte) (KIND | number);
        System.arraycopy(random, 0, answer, 1, RANDOM_SIZE);
        SecureLink link = new SecureLink(key, randoms, number, false, datagrams, () -> keys.failed(device, number));
        return Optional.of(new Accepted(device, new Answer(answer), link));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
