package dev.tramway.server.internal.spool;

import dev.tramway.server.internal.reading.DeviceReading;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Readings as bytes. A checksum goes in front, since the store has none over values. */
final class Block {
    /** Most readings of one. */
    static final int MOST = 512;

    private static final int CHECKSUM = 4;
    private static final int LONG_TEXT = 0xff;
    private static final int BYTES_OF_ONE = 160;

    private Block() {}

    static byte[] encode(List<DeviceReading> readings) {
        var bytes = new ByteArrayOutputStream(readings.size() * BYTES_OF_ONE);
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(0);
            out.writeInt(readings.size());
            for (DeviceReading reading : readings) {
                write(out, reading);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        byte[] block = bytes.toByteArray();
        ByteBuffer.wrap(block).putInt(0, checksum(block));
        return block;
    }

    /** The readings of a block; throws if it is not what was written. */
    static List<DeviceReading> decode(byte[] block) throws IOException {
        if (block.length < CHECKSUM || ByteBuffer.wrap(block).getInt(0) != checksum(block)) {
            throw new IOException("checksum");
        }
        var in = new DataInputStream(new ByteArrayInputStream(block, CHECKSUM, block.length - CHECKSUM));
        int count = in.readInt();
        var readings = new ArrayList<DeviceReading>(count);
        for (int i = 0; i < count; i++) {
            readings.add(read(in));
        }
        return readings;
    }

    private static int checksum(byte[] block) {
        var crc = new CRC32C();
        crc.update(block, CHECKSUM, block.length - CHECKSUM);
        return (int) crc.getValue();
    }

    private static void write(DataOutputStream out, DeviceReading reading) throws IOException {
        writeText(out, reading.id());
        writeText(out, reading.listener());
        writeText(out, reading.device());
        writeText(out, reading.source());
        writeText(out, reading.name());
        writeValue(out, reading.value());
        writeText(out, reading.unit());
        writeTime(out, reading.deviceTime());
        writeTime(out, reading.serverTime());
        writeText(out, reading.quality());
    }

    private static DeviceReading read(DataInputStream in) throws IOException {
        return new DeviceReading(
                readText(in),
                readText(in),
                readText(in),
                readText(in),
                readText(in),
                readValue(in),
                readText(in),
                readTime(in),
                readTime(in),
                readText(in));
    }

    private static void writeValue(DataOutputStream out, Object value) throws IOException {
        switch (value) {
            case Long number -> {
                out.writeByte('l');
                out.writeLong(number);
            }
            case Double number -> {
                out.writeByte('d');
                out.writeDouble(number);
            }
            case Boolean flag -> {
                out.writeByte('b');
                out.writeBoolean(flag);
            }
            default -> {
                out.writeByte('s');
                writeText(out, value.toString());
            }
        }
    }

    private static Object readValue(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case 'l' -> in.readLong();
            case 'd' -> in.readDouble();
            case 'b' -> in.readBoolean();
            case 's' -> readText(in);
            default -> throw new IOException("kind of value " + kind);
        };
    }

    private static void writeTime(DataOutputStream out, Instant time) throws IOException {
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
    }

    private static Instant readTime(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < LONG_TEXT) {
            out.writeByte(bytes.length);
        } else {
            out.writeByte(LONG_TEXT);
            out.writeInt(bytes.length);
        }
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte();
        byte[] bytes = in.readNBytes(length < LONG_TEXT ? length : in.readInt());
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
