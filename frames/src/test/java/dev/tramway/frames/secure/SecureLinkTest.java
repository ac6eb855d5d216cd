package dev.tramway.frames.secure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.frames.internal.secure.Ccm;
import dev.tramway.frames.internal.secure.Hkdf;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Known answers, and everything that must not be accepted. */
class SecureLinkTest {
    private static final byte[] KEY = hex("101112131415161718191a1b1c1d1e1f");
    private static final byte[] DEVICE_RANDOM = hex("0102030405060708");
    private static final byte[] SERVER_RANDOM = hex("a1a2a3a4a5a6a7a8");
    private static final byte[] MEASUREMENT = hex("6d0302000041480000");

    private final DeviceKeys keys = new DeviceKeys().put("00200110", 1, KEY);

    private record Ends(SecureLink device, SecureLink server) {}

    private Ends ends(boolean datagrams) {
        SecureHandshake.Device device = SecureHandshake.device("00200110", 1, KEY, DEVICE_RANDOM.clone());
        SecureHandshake.Accepted accepted = SecureHandshake.accept(
                        ByteBuffer.wrap(device.hello()), keys, datagrams, SERVER_RANDOM)
                .orElseThrow();
        assertThat(accepted.device()).isEqualTo("00200110");
        SecureLink link = device.finish(ByteBuffer.wrap(accepted.answer().bytes()), datagrams)
                .orElseThrow();
        return new Ends(link, accepted.link());
    }

    @ParameterizedTest
    @CsvSource({
        "00000003020100a0a1a2a3a4a5,08090a0b0c0d0e0f101112131415161718191a1b1c1d1e,"
                + "588c979a61c663d2f066d0c2c0f989806d5f6b61dac38417e8d12cfdf926e0",
        "00000004030201a0a1a2a3a4a5,08090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f,"
                + "72c91a36e135f8cf291ca894085c87e3cc15c439c9e43a3ba091d56e10400916"
    })
    void ccmGivesTheAnswersOfRfc3610(String nonce, String plain, String sealed) {
        Ccm ccm = new Ccm(hex("c0c1c2c3c4c5c6c7c8c9cacbcccdcecf"), 13, 8);
        byte[] associated = hex("0001020304050607");
        assertThat(ccm.seal(hex(nonce), associated, hex(plain))).isEqualTo(hex(sealed));
        assertThat(ccm.open(hex(nonce), associated, hex(sealed))).isEqualTo(hex(plain));
    }

    @Test
    void hkdfGivesTheAnswerOfRfc5869() {
        byte[] derived = Hkdf.derive(
                hex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
                hex("000102030405060708090a0b0c"),
                hex("f0f1f2f3f4f5f6f7f8f9"),
                42);
        assertThat(derived)
                .isEqualTo(hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"));
    }

    @Test
    void recordsAreThoseOfTheProposal() {
        Ends ends = ends(false);
        byte[] first = ends.device.seal(MEASUREMENT);
        byte[] second = ends.device.seal(hex("6d03020000c0a00000"));
        assertThat(first).isEqualTo(hex("2100f7d353f98887802a45a49d323652ec5c6c"));
        assertThat(second).isEqualTo(hex("21014dad6b1903f8354ed98645019e7ef53bdf"));
        assertThat(open(ends.server, first)).contains(hexOf(MEASUREMENT));
        assertThat(open(ends.server, second)).contains("6d03020000c0a00000");
    }

    @Test
    void aMeasurementOfTenBytesTravelsInTwenty() {
        Ends ends = ends(false);
        assertThat(open(ends.server, ends.device.seal(new byte[0]))).contains("");
        assertThat(open(ends.device, ends.server.seal(new byte[0]))).contains("");
        byte[] record = ends.device.seal(new byte[10]);
        assertThat(record).hasSize(20);
        assertThat(open(ends.server, record)).contains("00".repeat(10));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noWrongBitIsAccepted(boolean datagrams) {
        byte[] good = ends(datagrams).device.seal(MEASUREMENT);
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] wrong = good.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            SecureLink server = ends(datagrams).server;
            assertThat(open(server, wrong)).as("bit " + bit).isEmpty();
            // Over a stream the link is broken then; over datagrams the genuine one is still taken.
            assertThat(open(server, good).isPresent()).isEqualTo(datagrams);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingShorterOrLongerIsAccepted(boolean datagrams) {
        byte[] good = ends(datagrams).device.seal(MEASUREMENT);
        for (int size = 0; size < good.length + 3; size++) {
            SecureLink server = ends(datagrams).server;
            assertThat(open(server, Arrays.copyOf(good, size)).isPresent())
                    .as(size + " bytes")
                    .isEqualTo(size == good.length);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsAcceptedTwice(boolean datagrams) {
        Ends ends = ends(datagrams);
        byte[] record = ends.device.seal(MEASUREMENT);
        assertThat(open(ends.server, record)).isPresent();
        assertThat(open(ends.server, record)).isEmpty();
        assertThat(ends.server.failures()).isEqualTo(1);
        assertThat(ends.server.isBroken()).isEqualTo(!datagrams);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingIsAcceptedFromTheOtherDirectionOrAnotherLink(boolean datagrams) {
        Ends ends = ends(datagrams);
        assertThat(open(ends.device, ends.device.seal(MEASUREMENT))).isEmpty();
        SecureHandshake.Device other = SecureHandshake.device("00200110", 1, KEY);
        SecureLink stranger = other.finish(
                        ByteBuffer.wrap(SecureHandshake.accept(ByteBuffer.wrap(other.hello()), keys, datagrams)
                                .orElseThrow()
                                .answer()
                                .bytes()),
                        datagrams)
                .orElseThrow();
        assertThat(open(ends.server, stranger.seal(MEASUREMENT))).isEmpty();
    }

    @Test
    void overAStreamOrderIsKept() {
        Ends ends = ends(false);
        ends.device.seal(MEASUREMENT);
        assertThat(open(ends.server, ends.device.seal(MEASUREMENT))).isEmpty();
    }

    @Test
    void overDatagramsAnyOrderWithinTheWindowGoes() {
        Ends ends = ends(true);
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            records.add(ends.device.seal(new byte[] {(byte) i}));
        }
        Collections.shuffle(records, new Random(7));
        assertThat(records)
                .allSatisfy(record -> assertThat(open(ends.server, record)).isPresent());
        assertThat(records)
                .allSatisfy(record -> assertThat(open(ends.server, record)).isEmpty());
        byte[] late = ends.device.seal(MEASUREMENT);
        for (int i = 0; i < 64; i++) {
            assertThat(open(ends.server, ends.device.seal(MEASUREMENT))).isPresent();
        }
        assertThat(open(ends.server, late)).as("older than the window").isEmpty();
    }

    @Test
    void countersGoOnBehindTheirLowBits() {
        Ends stream = ends(false);
        Ends datagrams = ends(true);
        for (int i = 0; i < 70_000; i++) {
            byte[] record = datagrams.device.seal(MEASUREMENT);
            if (i % 40 == 0) {
                assertThat(open(datagrams.server, record)).as("datagram " + i).isPresent();
            }
            if (i < 1_000) {
                assertThat(open(stream.server, stream.device.seal(MEASUREMENT)))
                        .as("record " + i)
                        .isPresent();
            }
        }
    }

    @Test
    void twoKeysAreValidWhileOneReplacesTheOther() {
        byte[] next = hex("202122232425262728292a2b2c2d2e2f");
        keys.put("00200110", 2, next);
        assertThat(agrees("00200110", 1, KEY)).isTrue();
        assertThat(agrees("00200110", 2, next)).isTrue();
        assertThat(agrees("00200110", 2, KEY)).isFalse();
        keys.remove("00200110", 1);
        assertThat(agrees("00200110", 1, KEY)).isFalse();
        assertThat(keys.failures("00200110", 2)).isEqualTo(1);
    }

    @Test
    void anUnknownDeviceIsAnsweredLikeAKnownOne() {
        SecureHandshake.Device stranger = SecureHandshake.device("99999999", 1, KEY);
        SecureHandshake.Accepted accepted = SecureHandshake.accept(ByteBuffer.wrap(stranger.hello()), keys, false)
                .orElseThrow();
        assertThat(accepted.answer().bytes()).hasSize(9);
        SecureLink link = stranger.finish(ByteBuffer.wrap(accepted.answer().bytes()), false)
                .orElseThrow();
        assertThat(open(accepted.link(), link.seal(new byte[0]))).isEmpty();
    }

    @Test
    void aKeyIsLockedAfterTooManyFailures() {
        SecureLink server = ends(true).server;
        for (long i = 0; i < DeviceKeys.MAX_FAILURES; i++) {
            server.open(ByteBuffer.allocate(0));
        }
        assertThat(agrees("00200110", 1, KEY)).isFalse();
    }

    private boolean agrees(String id, int number, byte[] key) {
        SecureHandshake.Device device = SecureHandshake.device(id, number, key);
        SecureHandshake.Accepted accepted = SecureHandshake.accept(ByteBuffer.wrap(device.hello()), keys, false)
                .orElseThrow();
        SecureLink link =
                device.finish(ByteBuffer.wrap(accepted.answer().bytes()), false).orElseThrow();
        return open(accepted.link(), link.seal(new byte[0])).isPresent();
    }

    @Test
    void helloesThatAreNoneAreRefused() {
        byte[] hello = SecureHandshake.device("00200110", 1, KEY).hello();
        for (int size = 0; size < hello.length; size++) {
            assertThat(SecureHandshake.accept(ByteBuffer.wrap(hello, 0, size), keys, false))
                    .isEmpty();
        }
        hello[1] = (byte) 0x80;
        assertThat(SecureHandshake.accept(ByteBuffer.wrap(hello), keys, false)).isEmpty();
    }

    static List<PlainAes> plain() {
        return List.of(PlainAes.gcm(KEY), PlainAes.cbcHmac(KEY, hex("202122232425262728292a2b2c2d2e2f"), 8));
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("plain")
    void plainAesRefusesEveryWrongBit(PlainAes aes) {
        byte[] associated = {1, 2, 3};
        byte[] record = aes.seal(MEASUREMENT, associated);
        assertThat(aes.open(record, associated).map(SecureLinkTest::hexOf)).contains(hexOf(MEASUREMENT));
        assertThat(aes.open(record, new byte[] {1, 2})).isEmpty();
        for (int bit = 0; bit < 8 * record.length; bit++) {
            byte[] wrong = record.clone();
            wrong[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(aes.open(wrong, associated)).isEmpty();
        }
        for (int size = 0; size < record.length; size++) {
            assertThat(aes.open(Arrays.copyOf(record, size), associated)).isEmpty();
        }
    }

    @Test
    void gcmAgreesWithTheKnownAnswerOfItsSpecification() {
        // Test case 2 of the GCM specification: a zero key, a zero nonce, one block of zeros.
        byte[] record = hex(
                "000000000000000000000000" + "0388dace60b6a392f328c2b971b2fe78" + "ab6e47d42cec13bdf53a67b21257bddf");
        assertThat(PlainAes.gcm(new byte[16]).open(record, new byte[0]).map(SecureLinkTest::hexOf))
                .contains("00".repeat(16));
    }

    private static Optional<String> open(SecureLink link, byte[] record) {
        return link.open(ByteBuffer.wrap(record)).map(SecureLinkTest::hexOf);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static String hexOf(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
