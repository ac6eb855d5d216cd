package dev.tramway.cluster.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.UUID;

/** Subjects and names of buckets of one installation. */
final class Subjects {
    /** Names whose encoded form would be longer are hashed. */
    private static final int LONGEST_NAME = 150;

    private final String prefix;

    Subjects(String prefix) {
        this.prefix = prefix;
    }

    /** Everybody listens here. */
    String all() {
        return prefix + ".all";
    }

    /** Nodes listen here that have members of the group. */
    String group(String name) {
        return prefix + ".group." + token(name);
    }

    /** Nodes listen here that listen to the channel. */
    String channel(String name) {
        return prefix + ".channel." + token(name);
    }

    /** One node is asked here. */
    String node(UUID node) {
        return prefix + ".node." + node + ".ask";
    }

    /** Answers to one question come here; it also ends what {@link #questionOf} reads. */
    String answer(UUID node, long question) {
        return prefix + ".node." + node + "." + question;
    }

    /** All that concerns one node. */
    String ofNode(UUID node) {
        return prefix + ".node." + node + ".*";
    }

    static long questionOf(String subject) {
        String last = subject.substring(subject.lastIndexOf('.') + 1);
        try {
            return Long.parseLong(last);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Where a stream is written to. */
    String stream(String name) {
        return prefix + ".stream." + token(name);
    }

    String streamName(String name) {
        return prefix + "-stream-" + token(name);
    }

    String presenceBucket() {
        return prefix + "-nodes";
    }

    String placesBucket() {
        return prefix + "-places";
    }

    /** Any text as one token of a subject, or as a key. */
    static String token(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return bytes.length <= LONGEST_NAME
                ? "n" + encoder.encodeToString(bytes)
                : "h" + encoder.encodeToString(hash(bytes));
    }

    private static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every platform has SHA-256", e);
        }
    }
}
