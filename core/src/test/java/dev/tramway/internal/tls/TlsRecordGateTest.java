package dev.tramway.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored")
class TlsRecordGateTest {
    private static final int MOST = 16384 + 2048;

    private final ByteBuf scratch = Unpooled.directBuffer(65_536);
    private TlsRecordGate gate = new TlsRecordGate();
    private EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void open() {
        gate = new TlsRecordGate();
        channel = new EmbeddedChannel(gate);
    }

    @AfterEach
    void everythingIsReleased() {
        channel.finishAndReleaseAll();
        assertThat(scratch.refCnt()).isEqualTo(1);
        scratch.release();
    }

    @Test
    void everySplitOfThreeRecordsGivesWholeRecords() {
        byte[] records = join(record(22, 40), record(20, 1), record(23, 300));
        for (int first = 0; first <= records.length; first++) {
            for (int second = first; second <= records.length; second += 13) {
                open();
                List<byte[]> out = new ArrayList<>();
                read(slice(records, 0, first), out);
                read(slice(records, first, second), out);
                read(slice(records, second, records.length), out);

                assertThat(join(out.toArray(byte[][]::new)))
                        .as("split at %d, %d", first, second)
                        .isEqualTo(records);
                assertThat(gate.heldCapacity()).isZero();
                channel.finish();
            }
        }
    }

    @Test
    void byteByByteGivesOneRecordAtATime() {
        byte[] one = record(23, 100);
        byte[] records = join(one, one, one);
        List<byte[]> out = new ArrayList<>();
        for (int i = 0; i < records.length; i++) {
            read(slice(records, i, i + 1), out);
        }

        assertThat(out).hasSize(3).allSatisfy(each -> assertThat(each).isEqualTo(one));
    }

    @Test
    void bufferOfWholeRecordsIsHandedOnItself() {
        ByteBuf in = Unpooled.wrappedBuffer(record(23, 10));
        channel.writeInbound(in);

        ByteBuf out = channel.readInbound();
        assertThat(out).isSameAs(in);
        out.release();
        assertThat(in.refCnt()).isZero();
    }

    @Test
    void whatMayEndTheStreamIsAReadOfItsOwn() {
        byte[] message = record(23, 100);
        for (byte[] end : List.of(record(21, 2), record(23, 19), record(23, 35))) {
            for (int split = 0; split < message.length; split += 7) {
                List<String> reads = new ArrayList<>();
                channel = new EmbeddedChannel(new TlsRecordGate(), new NotedReads(reads));
                read(slice(message, 0, split), new ArrayList<>());
                reads.clear();
                read(join(slice(message, split, message.length), end), new ArrayList<>());

                assertThat(reads).containsExactly("105 bytes", "complete", end.length + " bytes", "complete");
                channel.finish();
            }
        }
    }

    private static final class NotedReads extends ChannelInboundHandlerAdapter {
        private final List<String> reads;

        NotedReads(List<String> reads) {
            this.reads = reads;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            reads.add(((ByteBuf) message).readableBytes() + " bytes");
            context.fireChannelRead(message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            reads.add("complete");
        }
    }

    @Test
    void incompleteRecordHoldsLittleAndNotTheScratch() {
        List<byte[]> out = new ArrayList<>();
        read(slice(record(23, MOST), 0, 9), out);

        assertThat(out).isEmpty();
        assertThat(scratch.refCnt()).isEqualTo(1);
        assertThat(gate.heldCapacity()).isBetween(9, 64);
    }

    @Test
    void largestRecordPassesInPieces() {
        byte[] record = record(23, MOST);
        List<byte[]> out = new ArrayList<>();
        for (int i = 0; i < record.length; i += 1_000) {
            read(slice(record, i, Math.min(record.length, i + 1_000)), out);
        }

        assertThat(out).hasSize(1);
        assertThat(out.get(0)).isEqualTo(record);
    }

    @Test
    void tooLongRecordIsRefusedWithFewBytes() {
        List<byte[]> out = new ArrayList<>();
        read(slice(record(22, MOST + 1), 0, 6_000), out);
        read(record(22, 10), out);

        assertRefused(out);
        assertThat(gate.heldCapacity()).isZero();
    }

    @Test
    void plainTextIsRefusedAtItsFirstByte() {
        List<byte[]> out = new ArrayList<>();
        read("G".getBytes(StandardCharsets.US_ASCII), out);
        read("ET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII), out);

        assertRefused(out);
    }

    @Test
    void oldSslHelloIsRefusedAtOnce() {
        List<byte[]> out = new ArrayList<>();
        read(new byte[] {(byte) 0x80, 0x2e, 0x01, 0x03, 0x01, 0, 0}, out);

        assertRefused(out);
    }

    @Test
    void wholeRecordsBeforeForeignBytesStillPass() {
        byte[] good = record(22, 20);
        List<byte[]> out = new ArrayList<>();
        read(join(good, "HELLO".getBytes(StandardCharsets.US_ASCII)), out);

        assertThat(out).hasSize(2);
        assertThat(out.remove(0)).isEqualTo(good);
        assertRefused(out);
    }

    @Test
    void badHeaderAfterASplitIsRefused() {
        List<byte[]> out = new ArrayList<>();
        read(new byte[] {22}, out);
        read(new byte[] {9, 9, 9, 9}, out);

        assertRefused(out);
        assertThat(gate.heldCapacity()).isZero();
    }

    @Test
    void closeReleasesAnIncompleteRecord() {
        read(slice(record(23, 500), 0, 200), new ArrayList<>());
        assertThat(gate.heldCapacity()).isPositive();

        channel.close();
        assertThat(gate.heldCapacity()).isZero();
    }

    private static void assertRefused(List<byte[]> out) {
        assertThat(out).hasSize(1);
        ByteBuf told = Unpooled.wrappedBuffer(out.get(0));
        assertThat(told.readableBytes()).isBetween(5, 16);
        assertThat(SslHandler.isEncrypted(told, true)).isFalse();
    }

    /** Reads as the loop does: bytes in the shared buffer, one reference given away. */
    private void read(byte[] bytes, List<byte[]> out) {
        scratch.clear().writeBytes(bytes);
        channel.writeInbound(scratch.retain());
        for (ByteBuf each = channel.readInbound(); each != null; each = channel.readInbound()) {
            out.add(ByteBufUtil.getBytes(each));
            each.release();
        }
        assertThat(scratch.refCnt()).as("references to the shared buffer").isEqualTo(1);
        scratch.setZero(0, scratch.capacity());
    }

    private static byte[] record(int type, int length) {
        byte[] record = new byte[5 + length];
        record[0] = (byte) type;
        record[1] = 3;
        record[2] = 3;
        record[3] = (byte) (length >> 8);
        record[4] = (byte) length;
        for (int i = 0; i < length; i++) {
            record[5 + i] = (byte) (i * 31 + type);
        }
        return record;
    }

    private static byte[] slice(byte[] all, int from, int to) {
        return Arrays.copyOfRange(all, from, to);
    }

    private static byte[] join(byte[]... parts) {
        ByteBuf all = Unpooled.wrappedBuffer(parts);
        return ByteBufUtil.getBytes(all);
    }
}
