package dev.tramway.onescript.internal.library.binary;

import dev.tramway.onescript.internal.bind.Enumeration;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.zip.CRC32;

/** A hash that is being computed. */
abstract class Hash {
    static final List<String> NAMES = List.of("MD5", "SHA1", "SHA256", "SHA384", "SHA512", "CRC32");

    static Hash of(Enumeration.Value function) {
        String name = function.english();
        return name.equals("CRC32") ? new Checksum() : new Digest(name.replace("SHA", "SHA-"));
    }

    abstract void add(byte[] bytes, int count);

    /** Returns the hash of what was added so far. */
    abstract byte[] bytes();

    /** Returns the hash as scripts get it. */
    Object value() {
        return new BslBinaryData(bytes());
    }

    private static final class Checksum extends Hash {
        private final CRC32 crc = new CRC32();

        @Override
        void add(byte[] bytes, int count) {
            crc.update(bytes, 0, count);
        }

        @Override
        byte[] bytes() {
            return ByteBuffer.allocate(Integer.BYTES)
                    .putInt((int) crc.getValue())
                    .array();
        }

        @Override
        Object value() {
            return crc.getValue();
        }
    }

    private static final class Digest extends Hash {
        private final MessageDigest digest;

        Digest(String algorithm) {
            try {
                this.digest = MessageDigest.getInstance(algorithm);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        void add(byte[] bytes, int count) {
            digest.update(bytes, 0, count);
        }

        @Override
        byte[] bytes() {
            try {
                return ((MessageDigest) digest.clone()).digest();
            } catch (CloneNotSupportedException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
