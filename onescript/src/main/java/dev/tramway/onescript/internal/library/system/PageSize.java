package dev.tramway.onescript.internal.library.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** How large a page of memory is, which Java does not tell: Linux does in a file, others always have the same. */
final class PageSize {
    private static final long USUAL = 4096;
    private static final long APPLE = 16_384;

    /** Key of the page size among the pairs of words that the kernel gives to each program. */
    private static final long AT_PAGESZ = 6;

    private PageSize() {}

    static long get() {
        Path pairs = Path.of("/proc/self/auxv");
        try {
            return Files.isReadable(pairs) ? find(Files.readAllBytes(pairs)) : usual();
        } catch (IOException unreadable) {
            return usual();
        }
    }

    private static long find(byte[] bytes) {
        ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        while (words.remaining() >= 2 * Long.BYTES) {
            long key = words.getLong();
            long value = words.getLong();
            if (key == AT_PAGESZ) {
                return value;
            }
        }
        return usual();
    }

    private static long usual() {
        boolean apple = System.getProperty("os.name").startsWith("Mac")
                && System.getProperty("os.arch").equals("aarch64");
        return apple ? APPLE : USUAL;
    }
}
