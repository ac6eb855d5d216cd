package dev.tramway.internal.loop;

import dev.tramway.BindFailedException;
import dev.tramway.CloseReason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.util.Locale;

/** Reads what the platform says of a failed socket. */
public final class SocketErrors {
    private SocketErrors() {}

    /** The reason that a failure of reading or writing gives a session. */
    public static CloseReason reason(Throwable cause) {
        String text = text(cause);
        String lower = text.toLowerCase(Locale.ROOT);
        if (cause instanceof IOException && (lower.contains("reset") || lower.contains("broken pipe"))) {
            return new CloseReason(CloseReason.Kind.RESET, "connection reset: " + text, java.util.Optional.of(cause));
        }
        return CloseReason.of(CloseReason.Kind.IO_ERROR, text, cause);
    }

    /** What went wrong, in one line and without the name of the native call. */
    public static String text(Throwable cause) {
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    /** A stable word for an error, of the kind that operating systems use. */
    public static String code(Throwable cause) {
        if (cause instanceof PortUnreachableException) {
            return "ECONNREFUSED";
        }
        String lower = text(cause).toLowerCase(Locale.ROOT);
        if (lower.contains("in use")) {
            return "EADDRINUSE";
        }
        if (lower.contains("cannot assign") || lower.contains("can't assign") || lower.contains("not available")) {
            return "EADDRNOTAVAIL";
        }
        if (lower.contains("permission denied")) {
            return "EACCES";
        }
        if (lower.contains("too many open files")) {
            return "EMFILE";
        }
        if (lower.contains("refused")) {
            return "ECONNREFUSED";
        }
        if (lower.contains("message too long")) {
            return "EMSGSIZE";
        }
        if (lower.contains("timed out")) {
            return "ETIMEDOUT";
        }
        if (lower.contains("unreachable")) {
            return "EHOSTUNREACH";
        }
        if (lower.contains("reset")) {
            return "ECONNRESET";
        }
        if (lower.contains("broken pipe")) {
            return "EPIPE";
        }
        return cause.getClass().getSimpleName();
    }

    /** The failure to bind an address, with its remedy. */
    public static BindFailedException bindFailed(InetSocketAddress wanted, Throwable cause) {
        String remedy = switch (code(cause)) {
            case "EADDRINUSE" -> "another program listens there; stop it, or choose another port";
            case "EADDRNOTAVAIL" -> "no interface of this machine has that address; give one that it has";
            case "EACCES" -> "ports below 1024 need a privilege; choose a higher port";
            case "EMFILE" -> "the process has no file descriptor left; raise its limit (ulimit -n)";
            default -> "see the cause";
        };
        return new BindFailedException(
                "cannot listen on " + text(wanted) + ": " + text(cause) + " (" + remedy + ")", cause);
    }

    /** An address as people write it. */
    public static String text(InetSocketAddress address) {
        return address.isUnresolved()
                ? address.getHostString() + ":" + address.getPort()
                : address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
