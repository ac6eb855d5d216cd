package dev.tramway.frames.internal.check;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/** Every check that a definition may call by name. */
public final class Checks {
    private static final Map<String, Check> BY_NAME = new TreeMap<>();

    static {
        BY_NAME.put("xor8", new Xor());
        BY_NAME.put("sum8", new Sum(8, sum -> sum));
        BY_NAME.put("sum16", new Sum(16, sum -> sum));
        BY_NAME.put("sum32", new Sum(32, sum -> sum));
        BY_NAME.put("lrc8", new Sum(8, sum -> -sum));
        BY_NAME.put("ones8", new Sum(8, sum -> ~sum));
        BY_NAME.put("ones16", new Sum(16, sum -> ~sum));
        BY_NAME.put("internet16", new InternetSum());
        crc("crc8/smbus", 8, 0x07, 0, false, 0);
        crc("crc8/i-432-1", 8, 0x07, 0, false, 0x55);
        crc("crc8/rohc", 8, 0x07, 0xff, true, 0);
        crc("crc8/maxim", 8, 0x31, 0, true, 0);
        crc("crc8/nrsc-5", 8, 0x31, 0xff, false, 0);
        crc("crc8/sae-j1850", 8, 0x1d, 0xff, false, 0xff);
        crc("crc8/autosar", 8, 0x2f, 0xff, false, 0xff);
        crc("crc8/dvb-s2", 8, 0xd5, 0, false, 0);
        crc("crc8/cdma2000", 8, 0x9b, 0xff, false, 0);
        crc("crc8/wcdma", 8, 0x9b, 0, true, 0);
        crc("crc16/arc", 16, 0x8005, 0, true, 0);
        crc("crc16/modbus", 16, 0x8005, 0xffff, true, 0);
        crc("crc16/usb", 16, 0x8005, 0xffff, true, 0xffff);
        crc("crc16/maxim", 16, 0x8005, 0, true, 0xffff);
        crc("crc16/umts", 16, 0x8005, 0, false, 0);
        crc("crc16/cms", 16, 0x8005, 0xffff, false, 0);
        crc("crc16/dds-110", 16, 0x8005, 0x800d, false, 0);
        crc("crc16/ibm-3740", 16, 0x1021, 0xffff, false, 0);
        crc("crc16/xmodem", 16, 0x1021, 0, false, 0);
        crc("crc16/kermit", 16, 0x1021, 0, true, 0);
        crc("crc16/x25", 16, 0x1021, 0xffff, true, 0xffff);
        crc("crc16/genibus", 16, 0x1021, 0xffff, false, 0xffff);
        crc("crc16/gsm", 16, 0x1021, 0, false, 0xffff);
        crc("crc16/mcrf4xx", 16, 0x1021, 0xffff, true, 0);
        crc("crc16/riello", 16, 0x1021, 0xb2aa, true, 0);
        crc("crc16/spi-fujitsu", 16, 0x1021, 0x1d0f, false, 0);
        crc("crc16/dnp", 16, 0x3d65, 0, true, 0xffff);
        crc("crc16/en-13757", 16, 0x3d65, 0, false, 0xffff);
        crc("crc16/dect-x", 16, 0x0589, 0, false, 0);
        crc("crc16/t10-dif", 16, 0x8bb7, 0, false, 0);
        crc("crc16/profibus", 16, 0x1dcf, 0xffff, false, 0xffff);
        crc("crc16/opensafety-a", 16, 0x5935, 0, false, 0);
        crc("crc16/cdma2000", 16, 0xc867, 0xffff, false, 0);
        crc("crc24/openpgp", 24, 0x864cfb, 0xb704ce, false, 0);
        crc("crc24/ble", 24, 0x00065b, 0x555555, true, 0);
        crc("crc32/iso-hdlc", 32, 0x04c11db7, 0xffffffffL, true, 0xffffffffL);
        crc("crc32/bzip2", 32, 0x04c11db7, 0xffffffffL, false, 0xffffffffL);
        crc("crc32/mpeg-2", 32, 0x04c11db7, 0xffffffffL, false, 0);
        crc("crc32/cksum", 32, 0x04c11db7, 0, false, 0xffffffffL);
        crc("crc32/jamcrc", 32, 0x04c11db7, 0xffffffffL, true, 0);
        crc("crc32/iscsi", 32, 0x1edc6f41, 0xffffffffL, true, 0xffffffffL);
        crc("crc32/autosar", 32, 0xf4acfb13L, 0xffffffffL, true, 0xffffffffL);
        crc("crc32/aixm", 32, 0x814141abL, 0, false, 0);
        crc("crc32/xfer", 32, 0x000000af, 0, false, 0);
        crc("crc64/ecma-182", 64, 0x42f0e1eba9ea3693L, 0, false, 0);
        crc("crc64/xz", 64, 0x42f0e1eba9ea3693L, -1, true, -1);
        crc("crc64/go-iso", 64, 0x1b, -1, true, -1);
        alias("crc8", "crc8/smbus");
        alias("crc16/ccitt-false", "crc16/ibm-3740");
        alias("crc16/ibm-sdlc", "crc16/x25");
        alias("crc32", "crc32/iso-hdlc");
        alias("crc32c", "crc32/iscsi");
    }

    private Checks() {}

    /** The check of a name. */
    public static Optional<Check> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** All names, in order. */
    public static Set<String> names() {
        return BY_NAME.keySet();
    }

    private static void crc(String name, int bits, long polynomial, long init, boolean reflected, long xorOut) {
        BY_NAME.put(name, new Crc(bits, polynomial, init, reflected, reflected, xorOut));
    }

    private static void alias(String name, String other) {
        Check check = BY_NAME.get(other);
        if (check != null) {
            BY_NAME.put(name, check);
        }
    }

    private record Xor() implements Check {
        @Override
        public int bits() {
            return 8;
        }

        @Override
        public long of(ByteBuffer bytes, int from, int to) {
            int value = 0;
            for (int i = from; i < to; i++) {
                value ^= bytes.get(i);
            }
            return value & 0xff;
        }
    }

    /** The sum of all bytes, and what is made of it. */
    private record Sum(int bits, LongUnaryOperator result) implements Check {
        @Override
        public long of(ByteBuffer bytes, int from, int to) {
            long sum = 0;
            for (int i = from; i < to; i++) {
                sum += bytes.get(i) & 0xff;
            }
            return result.applyAsLong(sum) & ((1L << bits) - 1);
        }
    }

    /** The one's complement sum of 16-bit words of RFC 1071. */
    private record InternetSum() implements Check {
        @Override
        public int bits() {
            return 16;
        }

        @Override
        public long of(ByteBuffer bytes, int from, int to) {
            long sum = 0;
            for (int i = from; i < to; i++) {
                int value = bytes.get(i) & 0xff;
                sum += ((i - from) & 1) == 0 ? value << 8 : value;
            }
            while (sum >> 16 != 0) {
                sum = (sum & 0xffff) + (sum >> 16);
            }
            return ~sum & 0xffff;
        }
    }
}
