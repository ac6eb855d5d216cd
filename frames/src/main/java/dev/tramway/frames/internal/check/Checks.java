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
        crc("crc3/gsm", 3, 0x3, 0, false, 0x7);
        crc("crc3/rohc", 3, 0x3, 0x7, true, 0);
        crc("crc4/g-704", 4, 0x3, 0, true, 0);
        crc("crc4/interlaken", 4, 0x3, 0xf, false, 0xf);
        crc("crc5/epc-c1g2", 5, 0x9, 0x9, false, 0);
        crc("crc5/g-704", 5, 0x15, 0, true, 0);
        crc("crc5/usb", 5, 0x5, 0x1f, true, 0x1f);
        crc("crc6/cdma2000-a", 6, 0x27, 0x3f, false, 0);
        crc("crc6/cdma2000-b", 6, 0x7, 0x3f, false, 0);
        crc("crc6/darc", 6, 0x19, 0, true, 0);
        crc("crc6/g-704", 6, 0x3, 0, true, 0);
        crc("crc6/gsm", 6, 0x2f, 0, false, 0x3f);
        crc("crc7/mmc", 7, 0x9, 0, false, 0);
        crc("crc7/rohc", 7, 0x4f, 0x7f, true, 0);
        crc("crc7/umts", 7, 0x45, 0, false, 0);
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
        crc("crc8/bluetooth", 8, 0xa7, 0, true, 0);
        crc("crc8/darc", 8, 0x39, 0, true, 0);
        crc("crc8/gsm-a", 8, 0x1d, 0, false, 0);
        crc("crc8/gsm-b", 8, 0x49, 0, false, 0xff);
        crc("crc8/hitag", 8, 0x1d, 0xff, false, 0);
        crc("crc8/i-code", 8, 0x1d, 0xfd, false, 0);
        crc("crc8/lte", 8, 0x9b, 0, false, 0);
        crc("crc8/mifare-mad", 8, 0x1d, 0xc7, false, 0);
        crc("crc8/opensafety", 8, 0x2f, 0, false, 0);
        crc("crc8/tech-3250", 8, 0x1d, 0xff, true, 0);
        crc("crc10/atm", 10, 0x233, 0, false, 0);
        crc("crc10/cdma2000", 10, 0x3d9, 0x3ff, false, 0);
        crc("crc10/gsm", 10, 0x175, 0, false, 0x3ff);
        crc("crc11/flexray", 11, 0x385, 0x1a, false, 0);
        crc("crc11/umts", 11, 0x307, 0, false, 0);
        crc("crc12/cdma2000", 12, 0xf13, 0xfff, false, 0);
        crc("crc12/dect", 12, 0x80f, 0, false, 0);
        crc("crc12/gsm", 12, 0xd31, 0, false, 0xfff);
        crc("crc13/bbc", 13, 0x1cf5, 0, false, 0);
        crc("crc14/darc", 14, 0x805, 0, true, 0);
        crc("crc14/gsm", 14, 0x202d, 0, false, 0x3fff);
        crc("crc15/can", 15, 0x4599, 0, false, 0);
        crc("crc15/mpt1327", 15, 0x6815, 0, false, 0x1);
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
        crc("crc16/dect-r", 16, 0x589, 0, false, 0x1);
        crc("crc16/iso-iec-14443-3-a", 16, 0x1021, 0xc6c6, true, 0);
        crc("crc16/lj1200", 16, 0x6f63, 0, false, 0);
        crc("crc16/m17", 16, 0x5935, 0xffff, false, 0);
        crc("crc16/nrsc-5", 16, 0x80b, 0xffff, true, 0);
        crc("crc16/opensafety-b", 16, 0x755b, 0, false, 0);
        crc("crc16/teledisk", 16, 0xa097, 0, false, 0);
        crc("crc16/tms37157", 16, 0x1021, 0x89ec, true, 0);
        crc("crc17/can-fd", 17, 0x1685b, 0, false, 0);
        crc("crc21/can-fd", 21, 0x102899, 0, false, 0);
        crc("crc24/openpgp", 24, 0x864cfb, 0xb704ce, false, 0);
        crc("crc24/ble", 24, 0x00065b, 0x555555, true, 0);
        crc("crc24/flexray-a", 24, 0x5d6dcb, 0xfedcba, false, 0);
        crc("crc24/flexray-b", 24, 0x5d6dcb, 0xabcdef, false, 0);
        crc("crc24/interlaken", 24, 0x328b63, 0xffffff, false, 0xffffff);
        crc("crc24/lte-a", 24, 0x864cfb, 0, false, 0);
        crc("crc24/lte-b", 24, 0x800063, 0, false, 0);
        crc("crc24/os-9", 24, 0x800063, 0xffffff, false, 0xffffff);
        crc("crc30/cdma", 30, 0x2030b9c7, 0x3fffffff, false, 0x3fffffff);
        crc("crc31/philips", 31, 0x4c11db7, 0x7fffffff, false, 0x7fffffff);
        crc("crc32/iso-hdlc", 32, 0x04c11db7, 0xffffffffL, true, 0xffffffffL);
        crc("crc32/bzip2", 32, 0x04c11db7, 0xffffffffL, false, 0xffffffffL);
        crc("crc32/mpeg-2", 32, 0x04c11db7, 0xffffffffL, false, 0);
        crc("crc32/cksum", 32, 0x04c11db7, 0, false, 0xffffffffL);
        crc("crc32/jamcrc", 32, 0x04c11db7, 0xffffffffL, true, 0);
        crc("crc32/iscsi", 32, 0x1edc6f41, 0xffffffffL, true, 0xffffffffL);
        crc("crc32/autosar", 32, 0xf4acfb13L, 0xffffffffL, true, 0xffffffffL);
        crc("crc32/aixm", 32, 0x814141abL, 0, false, 0);
        crc("crc32/xfer", 32, 0x000000af, 0, false, 0);
        crc("crc32/base91-d", 32, 0xa833982bL, 0xffffffffL, true, 0xffffffffL);
        crc("crc32/cd-rom-edc", 32, 0x8001801bL, 0, true, 0);
        crc("crc32/mef", 32, 0x741b8cd7, 0xffffffffL, true, 0);
        crc("crc40/gsm", 40, 0x4820009, 0, false, 0xffffffffffL);
        crc("crc64/ecma-182", 64, 0x42f0e1eba9ea3693L, 0, false, 0);
        crc("crc64/xz", 64, 0x42f0e1eba9ea3693L, -1, true, -1);
        crc("crc64/go-iso", 64, 0x1b, -1, true, -1);
        crc("crc64/ms", 64, 0x259c84cba6426349L, -1, true, 0);
        crc("crc64/nvme", 64, 0xad93d23594c93659L, -1, true, -1);
        crc("crc64/redis", 64, 0xad93d23594c935a9L, 0, true, 0);
        crc("crc64/we", 64, 0x42f0e1eba9ea3693L, -1, false, -1);
        BY_NAME.put("crc12/umts", new Crc(12, 0x80f, 0, false, true, 0));
        alias("crc8", "crc8/smbus");
        alias("crc16/ccitt-false", "crc16/ibm-3740");
        alias("crc16/ibm-sdlc", "crc16/x25");
        alias("crc16/iec-61158-2", "crc16/profibus");
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
