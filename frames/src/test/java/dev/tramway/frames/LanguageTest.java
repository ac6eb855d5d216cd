package dev.tramway.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.frames.internal.check.Check;
import dev.tramway.frames.internal.check.Checks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each type, check and framing of the language by itself. */
class LanguageTest {
    @TempDir
    Path dir;

    /** A protocol of one message with one field called v. */
    private static Protocol field(String field) {
        return Protocol.parse("field.yaml", """
                fdl: 1
                protocol: field
                limits: { frame: 256 }
                framing: { datagram: whole }
                messages:
                  m:
                    fields:
                      - v: %s
                """.formatted(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "u8 | ff | 255",
                "i8 | ff | -1",
                "u16 | 0102 | 258",
                "u16 le | 0102 | 513",
                "u24 | 010203 | 66051",
                "i24 le | ffffff | -1",
                "u40 | 0102030405 | 4328719365",
                "u56 le | 01000000000002 | 562949953421313",
                "u64 | ffffffffffffffff | 18446744073709551615",
                "i64 le | feffffffffffffff | -2",
                "s16 | 8005 | -5",
                "f32 | 42f6e979 | 123.456",
                "f32(cdab) | e97942f6 | 123.456",
                "f32(badc) | f64279e9 | 123.456",
                "f32(dcba) | 79e9f642 | 123.456",
                "f32 le | 79e9f642 | 123.456",
                "f64 | 405edd2f1a9fbe77 | 123.456",
                "f64(ghefcdab) | be771a9fdd2f405e | 123.456",
                "bcd(4) | 0025 | 25",
                "bcd(8 le) | 78563412 | 12345678",
                "bcd(4 le signed) | 12f0 | -12",
                "{ type: bcd(8), as: text } | 00200110 | 00200110",
                "{ type: bcd(4), as: text } | 1a2f | 1a2f",
                "text(4) | 41420000 | AB",
                "{ type: text(4), pad: ~20~ } | 41422020 | AB",
                "text(4 utf-8) | c3a40000 | ä",
                "text(prefix u8) | 024142 | AB",
                "text(prefix u16 le) | 02004142 | AB",
                "text(until 00) | 414200 | AB",
                "bytes(3) | 0a0b0c | 0a0b0c",
                "ascii-int(4) | 30303432 | 42",
                "ascii-int(3) | 2d3035 | -5",
                "ascii-hex(4) | 42394631 | 47601",
                "ascii-hex(4 lower) | 62396631 | 47601",
                "ascii-num(until 2c) | 31322e352c | 12.5",
                "letters | 4024 | PAD",
                "{ type: i16, scale: 0.1 } | 00ff | 25.5",
                "{ type: u8, offset: -40 } | 32 | 10",
                "{ type: u16, as: hex } | 00f0 | 00f0",
                "{ type: u8, enum: { 1: one } } | 01 | one",
                "{ type: u8, flags: { 0: a, 2: c } } | 05 | a+c",
                "time(unix-s) | 5da60000 | 2019-10-15T17:21:04Z",
                "time(unix-ms) | 0000016b40d8ea30 | 2019-06-10T10:04:46Z",
                "time(epoch2000) | 00000001 | 2000-01-01T00:00:01Z",
                "time(ymdhms) | 0b081d112e10 | 2011-08-29T17:46:16Z",
                "time(bcd YYYYMMDDhhmmss) | 20211015191833 | 2021-10-15T19:18:33Z",
                "{ type: time(bcd YYMMDDhhmmss), zone: ~+08:00~ } | 181015101010 | 2018-10-15T02:10:10Z",
                "time(ascii hhmmss) | 313233353139 | 12:35:19",
                "time(binary YYYYMMDD) | 07e5020e | 2021-02-14",
                "time(cp56) | 9132320a690615 | 2021-06-09T10:50:12.945Z",
                "time(mbus-g) | 1f15 | 2008-05-31"
            })
    void aValueIsReadAndWritten(String type, String hex, String value) {
        Protocol protocol = field(type.replace('~', '"'));
        byte[] bytes = HexFormat.of().parseHex(hex);
        Message message = protocol.decode(Direction.UP, bytes);
        assertThat(message.problem()).isEmpty();
        assertThat(message.text("v")).isIn(value, value + ".0");
        assertThat(protocol.encode(protocol.message("m", message.values()))).isEqualTo(bytes);
        assertThat(protocol.encode(protocol.message("m", Map.of("v", value)))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "u8 | 256",
                "u8 | -1",
                "i8 | 128",
                "s16 | 40000",
                "bcd(2) | 100",
                "bcd(2) | -1",
                "text(2) | ABC",
                "text(2 us-ascii) | ä",
                "text(until 41) | BAB",
                "bytes(2) | 0a",
                "bytes(2) | 0g0h",
                "ascii-int(2) | 100",
                "time(unix-s) | yesterday",
                "time(mbus-g) | 1999-01-01",
                "{ type: u8, enum: { 1: one } } | two",
                "{ type: u8, flags: { 0: a } } | b"
            })
    void aValueThatDoesNotFitIsRefused(String type, String value) {
        Protocol protocol = field(type);
        assertThatThrownBy(() -> protocol.encode(protocol.message("m", Map.of("v", value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("v: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "bcd(2) | 1a | value",
                "u16 | 01 | too early",
                "u8 | 0102 | left over",
                "text(prefix u8) | 0541 | too early",
                "text(until 00) | 4142 | too early",
                "ascii-int(2) | 3a30 | value",
                "ascii-hex(2) | 6130 | value",
                "ascii-hex(2 lower) | 4130 | value",
                "{ type: u8, valid: v < 10 } | 0a | value",
                "{ type: u8, const: 5 } | 06 | constant"
            })
    void aFrameThatDoesNotFitIsAMessageWithAProblem(String type, String hex, String problem) {
        Message message = field(type).decode(Direction.UP, HexFormat.of().parseHex(hex));
        assertThat(message.problem())
                .hasValueSatisfying(text -> assertThat(text).contains(problem));
        assertThat(message.readings()).isEmpty();
    }

    @Test
    void aTimeThatCannotBeIsShownAndDoesNotHarm() {
        Message message = field("time(bcd YYYYMMDDhhmmss)")
                .decode(Direction.UP, HexFormat.of().parseHex("20211315191833"));
        assertThat(message.problem()).isEmpty();
        assertThat(message.text("v")).isEqualTo("no time: 20211315191833");
    }

    @ParameterizedTest
    @CsvSource({"i16, 7fff", "u16 le, feff", "bcd(4), ffff", "bcd(4 le), feff", "f32, ffffffff", "f64, 7ff8000000000001"
    })
    void aValueMayBeMissing(String type, String none) {
        Protocol protocol = field("{ type: %s, \"null\": \"%s\" }".formatted(type, none));
        byte[] bytes = HexFormat.of().parseHex(none);
        Message message = protocol.decode(Direction.UP, bytes);
        assertThat(message.problem()).isEmpty();
        assertThat(message.get("v")).isEmpty();
        assertThat(protocol.encode(protocol.message("m", Map.of()))).isEqualTo(bytes);
        assertThat(protocol.decode(Direction.UP, new byte[bytes.length]).get("v"))
                .isPresent();
    }

    @Test
    void bitsLieInEitherOrder() {
        Protocol high = field("{ bits: [ { a: u3 }, { b: bool }, { c: i4 } ] }");
        Protocol low = field("{ bits: [ { a: u3 }, { b: bool }, { c: i4 } ], order: lsb }");
        Protocol word = field("{ bits: [ { a: u4 }, { b: u12 } ], word: le }");
        assertThat(high.decode(Direction.UP, new byte[] {(byte) 0xbf}).get("v").orElseThrow())
                .isEqualTo(Map.of("a", 5L, "b", true, "c", -1L));
        assertThat(low.decode(Direction.UP, new byte[] {(byte) 0xfd}).get("v").orElseThrow())
                .isEqualTo(Map.of("a", 5L, "b", true, "c", -1L));
        assertThat(word.decode(Direction.UP, new byte[] {0x34, 0x12}).get("v").orElseThrow())
                .isEqualTo(Map.of("a", 1L, "b", 0x234L));
        for (Protocol each : List.of(high, low)) {
            Map<String, Object> values = Map.of("v", Map.of("a", 5, "b", true, "c", -1));
            byte[] bytes = each.encode(each.message("m", values));
            assertThat(each.decode(Direction.UP, bytes).get("v").orElseThrow())
                    .isEqualTo(Map.of("a", 5L, "b", true, "c", -1L));
        }
        assertThat(word.encode(word.message("m", Map.of("v", Map.of("a", 1, "b", 0x234)))))
                .containsExactly(0x34, 0x12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "1 + 2 * 3 -> 7",
                "(1 + 2) * 3 -> 9",
                "7 / 2 -> 3.5",
                "int(7 / 2) -> 3",
                "-7 % 3 -> 2",
                "0xf0 >> 4 -> 15",
                "1 << 70 -> 0",
                "~0 & 0xff -> 255",
                "5 ^ 1 -> 4",
                "3 in 1..4 ? 'in' : 'out' -> in",
                "'b' in 'a', 'c' -> false",
                "1 < 2 && 2.5 >= 2 -> true",
                "!(1 == 1) || 'a' != 'b' -> true",
                "switch(3) { 1: 'a'; 2..4: 'b'; else: 'c' } -> b",
                "switch('x') { 'x', 'y': 1; else: 2 } -> 1",
                "min(3, 2) + max(1.5, 1) -> 3.5",
                "abs(-3) -> 3",
                "scale10(12565, -3) -> 12.565",
                "dm(4807.038) -> 48.1173",
                "number('12.5') + int('3') -> 15.5",
                "part('abcdef', 1, 3) -> bcd",
                "before('a*b', '*') + after('a*b', '*') -> ab",
                "hex(255) + text(1) -> ff1",
                "u8(0) + u16(0) + u16le(0) -> 515",
                "u8(9) -> 0",
                "size(frame) -> 2"
            })
    void anExpressionGivesItsValue(String expression, String value) {
        Protocol protocol = field("bytes(2)\n      - x: { value: \"" + expression.strip() + "\" }");
        Message message = protocol.decode(Direction.UP, new byte[] {1, 1});
        assertThat(message.problem()).isEmpty();
        Object x = message.get("x").orElseThrow();
        if (x instanceof Double number) {
            assertThat(number).isCloseTo(Double.parseDouble(value), org.assertj.core.data.Offset.offset(1e-9));
        } else {
            assertThat(String.valueOf(x)).isEqualTo(value);
        }
    }

    @Test
    void whatCannotBeComputedIsAProblemOfTheFrame() {
        Protocol protocol = field("u8\n      - x: { value: \"10 / v\" }");
        assertThat(protocol.decode(Direction.UP, new byte[] {4}).real("x")).isEqualTo(2.5);
        assertThat(protocol.decode(Direction.UP, new byte[] {0}).problem().orElse(""))
                .contains("division by zero");
    }

    @ParameterizedTest
    @CsvSource({
        "xor8, 31",
        "sum8, dd",
        "lrc8, 23",
        "sum16, 1dd",
        "crc8, f4",
        "crc8/maxim, a1",
        "crc16/arc, bb3d",
        "crc16/modbus, 4b37",
        "crc16/ibm-3740, 29b1",
        "crc16/xmodem, 31c3",
        "crc16/kermit, 2189",
        "crc16/x25, 906e",
        "crc16/dnp, ea82",
        "crc16/en-13757, c2b7",
        "crc16/usb, b4c8",
        "crc16/genibus, d64e",
        "crc16/mcrf4xx, 6f91",
        "crc16/umts, fee8",
        "crc16/cms, aee7",
        "crc16/maxim, 44c2",
        "crc16/profibus, a819",
        "crc16/gsm, ce3c",
        "crc16/riello, 63d0",
        "crc16/spi-fujitsu, e5cc",
        "crc16/t10-dif, d0db",
        "crc16/dds-110, 9ecf",
        "crc16/dect-x, 7f",
        "crc16/cdma2000, 4c06",
        "crc16/opensafety-a, 5d38",
        "crc24/openpgp, 21cf02",
        "crc24/ble, c25a56",
        "crc32, cbf43926",
        "crc32/mpeg-2, 376e6e7",
        "crc32/bzip2, fc891918",
        "crc32c, e3069283",
        "crc32/cksum, 765e7680",
        "crc32/jamcrc, 340bc6d9",
        "crc32/autosar, 1697d06a",
        "crc32/aixm, 3010bf7f",
        "crc32/xfer, bd0be338",
        "crc64/ecma-182, 6c40df5f0b497347",
        "crc64/xz, 995dc9bbdf1939fa",
        "crc64/go-iso, b90956c775a41001",
        "crc8/rohc, d0",
        "crc8/sae-j1850, 4b",
        "crc8/autosar, df",
        "crc8/dvb-s2, bc",
        "crc8/cdma2000, da",
        "crc8/wcdma, 25",
        "crc8/i-432-1, a1",
        "crc8/nrsc-5, f7",
        "crc3/gsm, 4",
        "crc3/rohc, 6",
        "crc4/g-704, 7",
        "crc4/interlaken, b",
        "crc5/epc-c1g2, 0",
        "crc5/g-704, 7",
        "crc5/usb, 19",
        "crc6/cdma2000-a, d",
        "crc6/cdma2000-b, 3b",
        "crc6/darc, 26",
        "crc6/g-704, 6",
        "crc6/gsm, 13",
        "crc7/mmc, 75",
        "crc7/rohc, 53",
        "crc7/umts, 61",
        "crc8/bluetooth, 26",
        "crc8/darc, 15",
        "crc8/gsm-a, 37",
        "crc8/gsm-b, 94",
        "crc8/hitag, b4",
        "crc8/i-code, 7e",
        "crc8/lte, ea",
        "crc8/mifare-mad, 99",
        "crc8/opensafety, 3e",
        "crc8/tech-3250, 97",
        "crc10/atm, 199",
        "crc10/cdma2000, 233",
        "crc10/gsm, 12a",
        "crc11/flexray, 5a3",
        "crc11/umts, 61",
        "crc12/cdma2000, d4d",
        "crc12/dect, f5b",
        "crc12/gsm, b34",
        "crc12/umts, daf",
        "crc13/bbc, 4fa",
        "crc14/darc, 82d",
        "crc14/gsm, 30ae",
        "crc15/can, 59e",
        "crc15/mpt1327, 2566",
        "crc16/dect-r, 7e",
        "crc16/iso-iec-14443-3-a, bf05",
        "crc16/lj1200, bdf4",
        "crc16/m17, 772b",
        "crc16/nrsc-5, a066",
        "crc16/opensafety-b, 20fe",
        "crc16/teledisk, fb3",
        "crc16/tms37157, 26b1",
        "crc17/can-fd, 4f03",
        "crc21/can-fd, ed841",
        "crc24/flexray-a, 7979bd",
        "crc24/flexray-b, 1f23b8",
        "crc24/interlaken, b4f3e6",
        "crc24/lte-a, cde703",
        "crc24/lte-b, 23ef52",
        "crc24/os-9, 200fa5",
        "crc30/cdma, 4c34abf",
        "crc31/philips, ce9e46c",
        "crc32/base91-d, 87315576",
        "crc32/cd-rom-edc, 6ec2edc4",
        "crc32/mef, d2c22f51",
        "crc40/gsm, d4164fc646",
        "crc64/ms, 75d4b74f024eceea",
        "crc64/nvme, ae8b14860a799888",
        "crc64/redis, e9c6d914c4b8d9ca",
        "crc64/we, 62ec59e3f1a4f00a"
    })
    void aCheckGivesItsKnownValue(String name, String value) {
        Check check = Checks.named(name).orElseThrow();
        ByteBuffer bytes = ByteBuffer.wrap("123456789".getBytes(StandardCharsets.US_ASCII));
        assertThat(Long.toHexString(check.of(bytes, 0, 9))).isEqualTo(value);
    }

    @Test
    void aCrcMayBeGivenByItsParameters() {
        Protocol protocol = field("text(9)\n      - crc: { type: u16, check: { width: 16, poly: 0x8005, init: 0xffff, "
                + "refin: true, refout: true }, over: v }");
        byte[] frame = protocol.encode(protocol.message("m", Map.of("v", "123456789")));
        assertThat(HexFormat.of().formatHex(frame)).endsWith("4b37");
    }

    /** A protocol of a framing and one field that takes what is left. */
    private static Protocol framing(String framing) {
        return Protocol.parse("framing.yaml", """
                fdl: 1
                protocol: framing
                limits: { frame: 64 }
                framing: %s
                messages:
                  m: { fields: [ { v: bytes(rest) } ] }
                """.formatted(framing));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{ preset: slip } | c0db | dbdcdbddc0",
                "{ preset: hdlc } | 7e7d01 | 7e7d5e7d5d017e",
                "{ preset: cobs } | 110000220033 | 02110102220233 00",
                "{ preset: lines } | 4142 | 41420d0a",
                "{ preset: null } | 4142 | 414200",
                "{ preset: hex-line } | f703 | 3a463730330d0a",
                "{ preset: dle-stx-etx } | 011003 | 100201101003 1003",
                "{ preset: dle-stx-etx, tail: 2 } | 0110aabb | 10020110101003aabb",
                "{ start: ~faaf~, end: ~faaf~, escape: { fbbf01: faaf, fbbf02: fbbf } } | faaf01fbbf02faaf | faaf01fbbf0202faaf",
                "{ fixed: 3 } | 010203 | 010203",
                "{ length: { at: 0, type: u8, adds: 1 } } | 020a0b | 020a0b",
                "{ size: { header: 1, is: ~u8(0) + 1~ } } | 020a0b | 020a0b"
            })
    void aFrameIsWrappedAndUnwrapped(String framing, String frame, String wire) {
        Protocol protocol = framing(framing.replace('~', '"'));
        byte[] onWire = HexFormat.of().parseHex(wire.replace(" ", ""));
        assertThat(HexFormat.of().formatHex(protocol.encode(protocol.message("m", Map.of("v", frame)))))
                .isEqualTo(HexFormat.of().formatHex(onWire));
        for (Stream stream : List.of(
                Stream.of(protocol, Direction.UP).feed(onWire).feed(onWire),
                Stream.of(protocol, Direction.UP).feedByteByByte(onWire).feedByteByByte(onWire))) {
            assertThat(stream.frames())
                    .hasSize(2)
                    .allSatisfy(each -> assertThat(
                                    protocol.decode(Direction.UP, each).text("v"))
                            .isEqualTo(frame));
        }
    }

    @Test
    void framesMayShareAFlag() {
        Protocol protocol = framing("{ preset: hdlc }");
        Stream stream = Stream.of(protocol, Direction.UP).feed(HexFormat.of().parseHex("7e017e027e7e7e037e"));
        assertThat(stream.frames())
                .extracting(frame -> protocol.decode(Direction.UP, frame).text("v"))
                .containsExactly("01", "02", "03");
    }

    @Test
    void longRunsOfCobsComeThrough() {
        for (int size : new int[] {1, 253, 254, 255, 256, 508, 600}) {
            var cobs = new dev.tramway.frames.internal.cut.Wrapping.Cobs();
            byte[] frame = new byte[size];
            java.util.Arrays.fill(frame, (byte) 7);
            byte[] wire = cobs.wrap(frame);
            assertThat(cobs.unwrap(ByteBuffer.wrap(wire), 0, wire.length))
                    .as(size + " bytes")
                    .isEqualTo(frame);
            frame[size - 1] = 0;
            wire = cobs.wrap(frame);
            assertThat(cobs.unwrap(ByteBuffer.wrap(wire), 0, wire.length))
                    .as(size + " bytes")
                    .isEqualTo(frame);
        }
    }

    @Test
    void aPauseEndsAFrame() {
        long[] time = new long[1];
        var plan = new dev.tramway.frames.internal.cut.FramingPlan(
                new dev.tramway.frames.internal.cut.Cutter.Whole(), null, true, 0, 50, 64, 64);
        Stream stream = new Stream(new dev.tramway.frames.internal.cut.IdleReader(
                plan, new dev.tramway.frames.internal.cut.Counters(), () -> time[0]));
        stream.feed((byte) 1);
        time[0] += 10;
        stream.feed((byte) 2);
        time[0] += 60;
        stream.feed((byte) 3);
        assertThat(stream.frames()).containsExactly(new byte[] {1, 2});
        assertThat(framing("{ idle-gap: 50ms }").framing().newReader()).isNotNull();
    }

    @Test
    void aFrameBeyondItsLimitIsRefused() {
        Protocol protocol = framing("{ length: { at: 0, type: u16, adds: 2 } }");
        assertThatThrownBy(() -> Stream.of(protocol, Direction.UP).feed((byte) 0xff, (byte) 0xff))
                .isInstanceOf(dev.tramway.FramingException.class);
    }

    @Test
    void explainShowsWhereEverythingLies() {
        Protocol plc = Protocol.builtin("aqua-plc");
        byte[] frame = HexFormat.of().parseHex("00250100000000002001100103026d0020211015191833000000420141480000");
        String text = plc.explain(Direction.UP, frame, false);
        assertThat(text).startsWith("measurement, 32 bytes\n");
        assertThat(text.lines().map(line -> line.strip().replaceAll(" +", " ")))
                .contains(
                        "0 00 25 ml = 25",
                        "7 00 20 01 10 sd = \"00200110\"",
                        "27 01 alert = high-high (raw 1)",
                        "28 41 48 00 00 value = 12.5",
                        "16 20 21 10 15 19 18 33 ts = 2021-10-15T19:18:33Z");
        assertThat(plc.explain(Direction.UP, frame, true)).contains("\u001b[32m12.5\u001b[0m");
        frame[30] = 1;
        frame[24] = (byte) 0xff;
        assertThat(plc.explain(Direction.UP, frame, false))
                .contains("! field nut at byte 23 has a value that is not allowed");
    }

    @Test
    void singleFieldsAreReadInPlace() {
        Protocol plc = Protocol.builtin("aqua-plc");
        Field value = plc.field("measurement.value");
        Field serial = plc.field("measurement.sd");
        Field time = plc.field("measurement.ts");
        Field period = plc.field("levels.period");
        Frame frame = plc.newFrame(Direction.UP);
        assertThat(frame.read(ByteBuffer.wrap(HexFormat.of()
                                .parseHex("ffff" + "00250100000000002001100103026d0020211015191833000000420041480000"))
                        .position(2)))
                .isTrue();
        assertThat(frame.name()).isEqualTo("measurement");
        assertThat(value.real(frame)).isEqualTo(12.5);
        assertThat(serial.text(frame)).isEqualTo("00200110");
        assertThat(time.integer(frame))
                .isEqualTo(java.time.Instant.parse("2021-10-15T19:18:33Z").toEpochMilli());
        assertThat(period.isPresent(frame)).isFalse();
        assertThat(period.integer(frame)).isZero();
        assertThat(frame.message().real("value")).isEqualTo(12.5);
        assertThatThrownBy(() -> plc.field("measurement.valu")).hasMessageContaining("measurement.valu");
    }

    @Test
    void aReloadTakesEffectAtTheBoundaryOfAFrame() {
        Protocol first = framing("{ length: { at: 0, type: u8, adds: 1 } }");
        Protocol second = framing("{ fixed: 4 }");
        LiveProtocol live = new LiveProtocol(first);
        Stream stream = new Stream(live.framing().newReader());
        stream.feed((byte) 1, (byte) 9, (byte) 3, (byte) 1);
        live.replace(second);
        stream.feed((byte) 2, (byte) 3);
        assertThat(stream.frames()).containsExactly(new byte[] {1, 9}, new byte[] {3, 1, 2, 3});
        assertThat(live.codec().decode(ByteBuffer.wrap(stream.frames().get(1))).text("v"))
                .isEqualTo("03010203");
        assertThat(live.current()).isSameAs(second);
    }

    @Test
    void aDefinitionThatFailsItsOwnTestIsNotTakenInUse() throws IOException {
        String text = """
                fdl: 1
                protocol: framing
                limits: { frame: 64 }
                framing: { fixed: 4 }
                messages: { m: { fields: [ { v: bytes(rest) } ] } }
                tests:
                  - { name: first, hex: "01020304", message: m, values: { v: "00" } }
                """;
        Path file = Files.writeString(dir.resolve("wrong.yaml"), text);
        Protocol present = framing("{ fixed: 4 }");
        LiveProtocol live = new LiveProtocol(present);
        assertThatThrownBy(() -> live.reload(file)).isInstanceOf(DefinitionException.class);
        assertThatThrownBy(() -> Protocol.parse("wrong.yaml", text))
                .isInstanceOf(DefinitionException.class)
                .hasMessageStartingWith("wrong.yaml:7:")
                .hasMessageContaining("first: v = 01020304 (expected: 00)");
        assertThat(live.current()).isSameAs(present);
        assertThat(Protocol.untested(file).test())
                .extracting(TestResult::passed)
                .containsExactly(false);
    }

    /** A frame of JT/T 808 without its meaning, as a frame decoder is tested. */
    @Test
    void garbageIsSkippedAndEscapesAreResolved() {
        Protocol protocol = framing("{ start: \"7e\", end: \"7e\", escape: { \"7d01\": \"7d\", \"7d02\": \"7e\" } }");
        Stream stream = Stream.of(protocol, Direction.UP).feed(HexFormat.of().parseHex("24247e307d02087d01557e"));
        assertThat(stream.frames())
                .extracting(frame -> HexFormat.of()
                        .formatHex(protocol.decode(Direction.UP, frame).bytes()))
                .containsExactly("7e307e087d557e");
    }
}
