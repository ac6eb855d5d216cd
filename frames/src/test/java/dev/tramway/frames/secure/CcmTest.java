package dev.tramway.frames.secure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tramway.frames.internal.secure.Ccm;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.CCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AES-CCM against another implementation, for every size of key, nonce and tag, and what must be refused. */
class CcmTest {
    @ParameterizedTest
    @CsvSource({"16, 13, 8", "16, 13, 4", "16, 13, 16", "16, 12, 8", "16, 7, 8", "24, 13, 8", "32, 13, 8", "32, 11, 14"
    })
    void itAgreesWithBouncyCastle(int keySize, int nonceSize, int tag) throws InvalidCipherTextException {
        Random random = new Random(31L * keySize + nonceSize + tag);
        for (int round = 0; round < 60; round++) {
            byte[] key = bytes(random, keySize);
            byte[] nonce = bytes(random, nonceSize);
            byte[] associated = bytes(random, random.nextInt(40));
            byte[] plain = bytes(random, round < 34 ? round : random.nextInt(700));
            Ccm ccm = new Ccm(key, nonceSize, tag);
            byte[] sealed = ccm.seal(nonce, associated, plain);
            assertThat(sealed).isEqualTo(theirs(key, nonce, associated, plain, tag));
            assertThat(ccm.open(nonce, associated, sealed)).isEqualTo(plain);
        }
    }

    /** In the manner of Wycheproof: everything that is nearly right. */
    @ParameterizedTest
    @CsvSource({"16, 13, 8", "32, 12, 16"})
    void nothingThatIsNearlyRightIsOpened(int keySize, int nonceSize, int tag) {
        Random random = new Random(99);
        byte[] key = bytes(random, keySize);
        byte[] nonce = bytes(random, nonceSize);
        byte[] associated = bytes(random, 5);
        byte[] plain = bytes(random, 20);
        Ccm ccm = new Ccm(key, nonceSize, tag);
        byte[] good = ccm.seal(nonce, associated, plain);
        for (int bit = 0; bit < 8 * good.length; bit++) {
            assertThat(ccm.open(nonce, associated, flipped(good, bit))).isNull();
        }
        for (int bit = 0; bit < 8 * nonceSize; bit++) {
            assertThat(ccm.open(flipped(nonce, bit), associated, good)).isNull();
        }
        for (int bit = 0; bit < 8 * associated.length; bit++) {
            assertThat(ccm.open(nonce, flipped(associated, bit), good)).isNull();
        }
        for (int size = 0; size < good.length; size++) {
            assertThat(ccm.open(nonce, associated, Arrays.copyOf(good, size))).isNull();
        }
        assertThat(ccm.open(nonce, new byte[0], good)).isNull();
        assertThat(ccm.open(nonce, Arrays.copyOf(associated, 6), good)).isNull();
        assertThat(ccm.open(nonce, associated, Arrays.copyOf(good, good.length + 1)))
                .isNull();
        for (int filling : new int[] {0x00, 0x7f, 0x80, 0xff}) {
            byte[] wrong = good.clone();
            Arrays.fill(wrong, plain.length, wrong.length, (byte) filling);
            assertThat(ccm.open(nonce, associated, wrong))
                    .as("a tag of %02x", filling)
                    .isNull();
        }
        byte[] otherKey = flipped(key, 3);
        assertThat(new Ccm(otherKey, nonceSize, tag).open(nonce, associated, good))
                .isNull();
        // A tag of another size is another cipher, even where the bytes of the message are the same.
        assertThat(new Ccm(key, nonceSize, tag - 2).open(nonce, associated, Arrays.copyOf(good, good.length - 2)))
                .isNull();
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] wrong = bytes.clone();
        wrong[bit / 8] ^= (byte) (1 << bit % 8);
        return wrong;
    }

    private static byte[] bytes(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] theirs(byte[] key, byte[] nonce, byte[] associated, byte[] plain, int tag)
            throws InvalidCipherTextException {
        CCMModeCipher cipher = CCMBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(true, new AEADParameters(new KeyParameter(key), 8 * tag, nonce, associated));
        byte[] sealed = new byte[cipher.getOutputSize(plain.length)];
        int size = cipher.processBytes(plain, 0, plain.length, sealed, 0);
        cipher.doFinal(sealed, size);
        return sealed;
    }
}
