package dev.tramway.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two protocols that do not come with Tramway, added from their manuals by a file alone. */
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

    @Test
    void theirVectorsPass() {
        for (String definition : List.of(DNP3, LORAWAN)) {
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
}
