package dev.tramway.internal.loop;

import dev.tramway.BindFailedException;
import dev.tramway.CloseReason;
import dev.tramway.ErrorEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what the platform says of a failed socket. */
public final class SocketErrors {
    /** Native transports name the call and the number before they say what is wrong. */
    private static final Pattern NATIVE_CALL =
            Pattern.compile("^[\\w ]+\\(\\.\\.\\) failed( with error\\(-?\\d+\\))?: ");

    /** How the platforms say that the connection was torn down; the last two are those of Windows. */
    private static final List<String> RESETS =
            List.of("reset", "broken pipe", "connection abort", "connection was aborted", "forcibly closed");

    private static final int DEEPEST_CAUSE = 10;
    private static final String NO_DESCRIPTOR =
            "the process has no file descriptor left; close connections, or raise its limit (ulimit -n)";

    private SocketErrors() {}

    /** The reason that a failure of reading or writing gives a session. */
    public static CloseReason reason(Throwable cause) {
        String text = text(cause);
        if (cause instanceof IOException && tellsOfReset(text)) {
            return new CloseReason(CloseReason.Kind.RESET, "connection reset: " + text, Optional.of(cause));
        }
        return CloseReason.of(CloseReason.Kind.IO_ERROR, text, cause);
    }

    // Plain loops here and below: thousands of connections may be reset at once.
    private static boolean tellsOfReset(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String reset : RESETS) {
            if (lower.contains(reset)) {
                return true;
            }
        }
        return false;
    }

    /** What went wrong, in one line: what the platform said, without what the layers above have put around it. */
    public static String text(Throwable failure) {
        Throwable cause = innermost(failure);
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : NATIVE_CALL.matcher(firstLine(message)).replaceFirst("");
    }

    private static String firstLine(String message) {
        int end = 0;
        while (end < message.length() && message.charAt(end) != '\n' && message.charAt(end) != '\r') {
            end++;
        }
        return message.substring(0, end);
    }

    /** The last {@code IOException} of the causes, or the failure itself if there is none. */
    private static Throwable innermost(Throwable failure) {
        Throwable innermost = failure;
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof IOException) {
                innermost = cause;
            }
            cause = cause.getCause();
        }
        return innermost;
    }

    /** A stable word for an error, of the kind that operating systems use. */
    public static String code(Throwable cause) {
        if (innermost(cause) instanceof PortUnreachableException) {
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
        if (lower.contains("unreachable") || lower.contains("no route")) {
            return "EHOSTUNREACH";
        }
        if (lower.contains("reset")) {
            return "ECONNRESET";
        }
        if (lower.contains("broken pipe")) {
            return "EPIPE";
        }
        return innermost(cause).getClass().getSimpleName();
    }

    /** The failure to bind an address, with its remedy. */
    public static BindFailedException bindFailed(InetSocketAddress wanted, Throwable cause) {
        String remedy = switch (code(cause)) {
            case "EADDRINUSE" -> "another program listens there; stop it, or choose another port";
            case "EADDRNOTAVAIL" -> "no interface of this machine has that address; give one that it has";
            case "EACCES" -> "ports below 1024 need a privilege; choose a higher port";
            case "EMFILE" -> NO_DESCRIPTOR;
            default -> "see the cause";
        };
        return new BindFailedException(
                "cannot listen on " + text(wanted) + ": " + text(cause) + " (" + remedy + ")", cause);
    }

    /** The failure to accept a connection, with its remedy. */
    public static ErrorEvent acceptFailed(InetSocketAddress listening, Throwable cause) {
        String code = code(cause);
        return ErrorEvent.of(
                ErrorEvent.Category.SYSTEM,
                code,
                "accepting on " + text(listening) + " fails and is tried again: " + text(cause)
                        + (code.equals("EMFILE") ? " (" + NO_DESCRIPTOR + ")" : ""),
                cause);
    }

    /**
     * What to say of a failure to connect: place, findings, remedy.
     *
     * @param place host and port, as the application named them
     * @param findings what each address said, one behind the other
     * @param cause the last of them
     */
    public static String connectProblem(String place, String findings, Throwable cause) {
        String remedy = switch (code(cause)) {
            case "ECONNREFUSED" -> "nothing listens there: start the server, or check host and port";
            case "ETIMEDOUT" -> "nobody answers: check host and port, and whether a firewall drops what is sent there";
            case "EHOSTUNREACH" -> "no way leads there: check the address, and the network of this machine";
            case "EADDRINUSE" -> "the port to connect from is taken: check from(...)";
            case "EADDRNOTAVAIL" ->
                "this machine has no such address to connect from, or no port left: check from(...)";
            case "EMFILE" -> NO_DESCRIPTOR;
            default -> "";
        };
        return "cannot connect to " + place + ": " + findings + (remedy.isEmpty() ? "" : " (" + remedy + ")");
    }

    /** An address as people write it. */
    public static String text(InetSocketAddress address) {
        return address.isUnresolved()
                ? address.getHostString() + ":" + address.getPort()
                : address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
