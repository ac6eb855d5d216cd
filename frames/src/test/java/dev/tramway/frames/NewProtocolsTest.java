package dev.tramway.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Protocols that do not come with Tramway, added from their manuals by a file alone. */
class NewProtocolsTest {
    /** DNP3's link layer: every 16 bytes have a check of their own. */
    private static final String DNP3 = """
            fdl: 1
            protocol: dnp3-link
            order: le
            limits: { frame: 292 }
            framing:
              start: "0564"
              size: { header: 3, is: "u8(2) < 5 ? 0 : u8(2) + 5 + 2 * int((u8(2) + 10) / 16)" }
            header:
              - start: { const: "0564" }
              - length: { type: u8, computed: "5 + size(body) - 2 * int((size(body) + 17) / 18)" }
              - control: { bits: [ { from-master: bool }, { primary: bool }, { flags: u2 }, { function: u4 } ] }
              - destination: u16
              - source: u16
              - crc: { type: u16, check: crc16/dnp, over: "start ..< crc" }
            messages:
              link:
                fields:
                  - blocks:
                      repeat: until-end
                      of:
                        - data: { type: bytes, size: "min(16, rest() - 2)" }
                        - crc: { type: u16, check: crc16/dnp, over: data }
            tests:
              - { hex: "056405c001000004e921", message: link, values: { destination: 1, source: 1024, control: { from-master: true, primary: true, function: 0 } } }
              - { hex: "056405c001000004e922", error: crc }
            """;

    /** LoRaWAN's frames, without their cryptography. */
    private static final String LORAWAN = """
            fdl: 1
            protocol: lorawan
            order: le
            limits: { frame: 255 }
            framing: { datagram: whole }
            header:
              - type: { type: u3, enum: { 0: join, 1: accept, 2: up, 3: down, 4: confirmed-up, 5: confirmed-down } }
              - _rfu: u3
              - major: u2
            trailer:
              - mic: bytes(4)
            messages:
              data:
                match: { type: [ 2, 3, 4, 5 ] }
                fields:
                  - address: { type: u32, as: hex }
                  - control: { bits: [ { adr: bool }, { adr-ack: bool }, { ack: bool }, { pending: bool }, { options: u4 } ] }
                  - counter: u16
                  - options: { type: bytes, size: control.options }
                  - port: { type: u8, when: "rest() > 0" }
                  - payload: bytes(rest)
            device: address
            tests:
              - hex: "40f17dbe4900020001954378762b11ff0d"
                message: data
                values: { type: up, address: 49be7df1, counter: 2, port: 1, payload: "95437876", mic: 2b11ff0d }
            """;

    /** DF1 between its two ends: packets in DLE STX ... DLE ETX whose check goes over the ETX too, and bare symbols between them. */
    private static final String DF1 = """
            fdl: 1
            protocol: df1
            doc: Allen-Bradley DF1, full duplex, with CRC.
            order: le
            limits: { frame: 270 }
            framing:
              one-of:
                - { start: "1006", fixed: 2 }
                - { start: "1015", fixed: 2 }
                - { start: "1005", fixed: 2 }
                - { preset: dle-stx-etx, tail: 2 }
            headers:
              symbol:
                when: "size(frame) == 2"
                fields: [ { dle: { const: "10" } }, { symbol: { type: u8, enum: { 0x05: enq, 0x06: ack, 0x15: nak } } } ]
              packet:
                fields:
                  - dst: u8
                  - src: u8
                  - cmd: u8
                  - sts: { type: u8, default: 0 }
                  - tns: u16
                trailer: [ { crc: { type: u16, check: crc16/arc, over: "dst ..< crc", and-then: "03" } } ]
            messages:
              ack: { header: symbol, match: { symbol: 0x06 } }
              nak: { header: symbol, match: { symbol: 0x15 } }
              enquiry: { header: symbol, match: { symbol: 0x05 } }
              typed-read:
                header: packet
                match: { cmd: 0x0f }
                direction: down
                fields:
                  - fnc: { const: "a2" }
                  - bytes: u8
                  - file: u8
                  - file-type: { type: u8, enum: { 0x89: integer, 0x8a: float } }
                  - element: u8
                  - sub-element: { type: u8, default: 0 }
              reply:
                header: packet
                match: { cmd: 0x4f }
                direction: up
                fields: [ { data: bytes(rest) } ]
            tests:
              - { hex: "1006", message: ack }
              - { hex: "1002 01000f0001 00 a2 02 07 89 00 00 1003 62b0", direction: down, message: typed-read, values: { dst: 1, bytes: 2, file: 7, file-type: integer } }
            """;

    /** VE.Direct: lines that begin with CR LF, and a byte behind the last one that makes the sum of all zero. */
    private static final String VE_DIRECT = """
            fdl: 1
            protocol: ve-direct
            doc: Victron VE.Direct, text mode.
            limits: { frame: 512, items: 64 }
            framing: { start: "0d0a", end: "436865636b73756d09.." }
            header: [ { start: { const: "0d0a" } } ]
            trailer:
              - mark: { const: "436865636b73756d09" }
              - sum: { type: u8, check: lrc8, over: "start ..< sum" }
            messages:
              block:
                fields:
                  - lines:
                      repeat: until-end
                      of: [ { label: text(until 09) }, { value: text(until 0d0a) } ]
                readings:
                  - { each: lines, when: "label == 'V'", name: voltage, value: "number(value) / 1000", unit: V }
                  - { each: lines, when: "label == 'SOC'", name: charge, value: "number(value) / 10", unit: "%" }
            tests:
              - text: "\\r\\nPID\\t0x203\\r\\nV\\t26201\\r\\nI\\t0\\r\\nP\\t0\\r\\nCE\\t0\\r\\nSOC\\t1000\\r\\nTTG\\t-1\\r\\nAlarm\\tOFF\\r\\nRelay\\tOFF\\r\\nAR\\t0\\r\\nBMV\\t700\\r\\nFW\\t0307\\r\\nChecksum\\t\\xd8"
                message: block
                readings: { voltage: 26.201, charge: 100 }
            """;

    @Test
    void theirVectorsPass() {
        for (String definition : List.of(DNP3, LORAWAN, DF1, VE_DIRECT)) {
            assertThat(Protocol.parse("new.yaml", definition).test())
                    .isNotEmpty()
                    .allSatisfy(result ->
                            assertThat(result.failure()).as(result.name()).isEmpty());
        }
    }

    @Test
    void blocksWithChecksOfTheirOwnAreBuiltAndChecked() {
        Protocol dnp3 = Protocol.parse("dnp3.yaml", DNP3);
        Map<String, Object> values = Map.of(
                "control",
                Map.of("from-master", true, "primary", true, "flags", 0, "function", 4),
                "destination",
                10,
                "source",
                1,
                "blocks",
                List.of(Map.of("data", "00".repeat(16)), Map.of("data", "c0c1")));
        byte[] frame = dnp3.encode(dnp3.message("link", values));
        assertThat(frame).hasSize(10 + 18 + 4);
        assertThat(frame[2]).isEqualTo((byte) 23);
        Stream stream = Stream.of(dnp3, Direction.UP).feed(frame).feed(frame);
        assertThat(stream.frames()).hasSize(2);
        assertThat(dnp3.decode(Direction.UP, frame).text("blocks[1].data")).isEqualTo("c0c1");
        for (int bit = 0; bit < 8 * frame.length; bit++) {
            byte[] wrong = frame.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(dnp3.decode(Direction.UP, wrong).problem())
                    .as(HexFormat.of().formatHex(wrong))
                    .isPresent();
        }
    }

    @Test
    void symbolsAndPacketsShareAStream() {
        Protocol df1 = Protocol.parse("df1.yaml", DF1);
        byte[] reply = df1.encode(
                df1.message(Direction.UP, "reply", Map.of("dst", 0, "src", 1, "tns", 0x1010, "data", "10020310")));
        assertThat(HexFormat.of().formatHex(reply)).startsWith("1002" + "00014f00" + "10101010" + "1010020310101003");
        byte[] ack = df1.encode(df1.message(Direction.UP, "ack", Map.of()));
        assertThat(ack).containsExactly(0x10, 0x06);
        Stream stream = Stream.of(df1, Direction.UP)
                .feedByteByByte(ack)
                .feedByteByByte(reply)
                .feedByteByByte(ack)
                .feed(reply);
        assertThat(stream.frames())
                .extracting(frame -> df1.decode(Direction.UP, frame).name())
                .containsExactly("ack", "reply", "ack", "reply");
        assertThat(df1.decode(Direction.UP, reply).text("data")).isEqualTo("10020310");
    }
}
