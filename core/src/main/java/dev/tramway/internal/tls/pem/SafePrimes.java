package dev.tramway.internal.tls.pem;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Primes for Diffie-Hellman: the groups of RFC 7919, and ones found at random. */
public final class SafePrimes {
    private static final BigInteger TWO = BigInteger.TWO;
    private static final int CERTAINTY = 100;
    /** Bits of the fraction of e beyond what is asked for, against rounding. */
    private static final int GUARD_BITS = 64;
    /** What RFC 7919 adds to the digits of e in each group, by size. */
    private static final Map<Integer, Long> ADDED =
            Map.of(2048, 560_316L, 3072, 2_625_351L, 4096, 5_736_041L, 6144, 15_705_020L, 8192, 10_965_728L);
    /** Small primes that rule most candidates out before the costly test. */
    private static final List<Integer> SMALL = smallPrimes(2_000);

    private SafePrimes() {}

    /**
     * Computes the prime of a group of RFC 7919: 2^n - 2^(n-64) + (floor(2^(n-130) e) + X) 2^64 - 1.
     *
     * @param bits 2048, 3072, 4096, 6144 or 8192
     * @throws IllegalArgumentException for other sizes
     */
    public static BigInteger rfc7919(int bits) {
        Long added = ADDED.get(bits);
        if (added == null) {
            throw new IllegalArgumentException(
                    "Diffie-Hellman group: " + bits + " bits (expected: 2048, 3072, 4096, 6144 or 8192)");
        }
        BigInteger digits = e(bits - 130).add(BigInteger.valueOf(added));
        return TWO.pow(bits)
                .subtract(TWO.pow(bits - 64))
                .add(digits.shiftLeft(64))
                .subtract(BigInteger.ONE);
    }

    /** Returns floor(2^bits e) from the series 1 + 1 + 1/2! + 1/3! ... */
    private static BigInteger e(int bits) {
        BigInteger term = TWO.pow(bits + GUARD_BITS);
        BigInteger sum = term;
        for (long n = 1; term.signum() > 0; n++) {
            term = term.divide(BigInteger.valueOf(n));
            sum = sum.add(term);
        }
        return sum.shiftRight(GUARD_BITS);
    }

    /**
     * Finds a random safe prime for generator 2. Takes seconds for 1,024 bits and many minutes for 4,096.
     *
     * @param bits at least 512
     * @throws IllegalArgumentException for fewer bits
     */
    public static BigInteger random(int bits, SecureRandom random) {
        if (bits < 512) {
            throw new IllegalArgumentException("Diffie-Hellman prime: " + bits + " bits (expected: 512 or more)");
        }
        while (!Thread.currentThread().isInterrupted()) {
            BigInteger candidate = candidate(bits, random);
            if (isSafePrime(candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException("interrupted while looking for a prime");
    }

    /** A number with both top bits set that leaves 23 when divided by 24, as generator 2 wants it. */
    private static BigInteger candidate(int bits, SecureRandom random) {
        BigInteger any = new BigInteger(bits, random).setBit(bits - 1).setBit(bits - 2);
        BigInteger step = BigInteger.valueOf(24);
        return any.subtract(any.mod(step)).subtract(BigInteger.ONE);
    }

    private static boolean isSafePrime(BigInteger p) {
        for (int small : SMALL) {
            int rest = p.mod(BigInteger.valueOf(small)).intValue();
            if (rest == 0 || rest == 1) {
                return false;
            }
        }
        BigInteger half = p.shiftRight(1);
        return half.isProbablePrime(1)
                && p.isProbablePrime(1)
                && half.isProbablePrime(CERTAINTY)
                && p.isProbablePrime(CERTAINTY);
    }

    private static List<Integer> smallPrimes(int limit) {
        return IntStream.rangeClosed(3, limit)
                .filter(n -> BigInteger.valueOf(n).isProbablePrime(CERTAINTY))
                .boxed()
                .toList();
    }

    /**
     * Encodes parameters with generator 2 as PKCS#3.
     *
     * @param prime the modulus
     */
    public static byte[] encode(BigInteger prime) {
        return Der.element(Der.SEQUENCE, Der.integer(prime), Der.integer(TWO));
    }
}
