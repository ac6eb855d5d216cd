package dev.tramway.cli.connect;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Shows bytes as UTF-8 text, also where a character is cut in two by the network. For one thread at a time. */
final class Screen {
    private static final int LONGEST_CHARACTER = 4;

    private final PrintWriter out;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer rest = ByteBuffer.allocate(0);

    Screen(PrintWriter out) {
        this.out = out;
    }

    void show(ByteBuffer bytes) {
        ByteBuffer all = ByteBuffer.allocate(rest.remaining() + bytes.remaining());
        all.put(rest).put(bytes).flip();
        CharBuffer text = CharBuffer.allocate(all.remaining() + 1);
        decoder.decode(all, text, false);
        out.print(text.flip());
        out.flush();
        assert all.remaining() < LONGEST_CHARACTER;
        rest = ByteBuffer.allocate(all.remaining()).put(all).flip();
    }
}
