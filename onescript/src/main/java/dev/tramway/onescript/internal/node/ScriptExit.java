package dev.tramway.onescript.internal.node;

/** Unwinds a thread after ЗавершитьРаботу; no script can catch it. */
public final class ScriptExit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    public ScriptExit(int code) {
        super("exit " + code, null, false, false);
        this.code = code;
    }

    public int code() {
        return code;
    }
}
