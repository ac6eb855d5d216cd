package dev.tramway.testing;

import dev.tramway.ServerListener;
import dev.tramway.Session;
import dev.tramway.Text;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does something inside chosen callbacks, and notes every callback that comes while another for the same session, or on
 * the same thread, has not returned: "calls never overlap and never nest".
 */
public final class Callbacks implements InvocationHandler {
    private final Map<String, Consumer<Session>> actions = new ConcurrentHashMap<>();
    private final Map<Object, String> running = new ConcurrentHashMap<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> nested = new CopyOnWriteArrayList<>();

    /** Does something inside each callback of a name, such as {@code onConnect} or {@code onMessage go}. */
    public Callbacks inside(String callback, Consumer<Session> action) {
        actions.put(callback, action);
        return this;
    }

    /** The listener to be registered. */
    public ServerListener listener() {
        return (ServerListener)
                Proxy.newProxyInstance(Callbacks.class.getClassLoader(), new Class<?>[] {ServerListener.class}, this);
    }

    /** All callbacks by their names, messages with their texts, in order. */
    public List<String> told() {
        return told;
    }

    /** Callbacks that came too early; to be empty. */
    public List<String> nested() {
        return nested;
    }

    /** Waits for a callback. */
    public void await(String callback) {
        Await.until(callback + " (so far: " + told + ")", () -> told.contains(callback));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (!method.getName().startsWith("on")) {
            return ownMethod(method, arguments);
        }
        String callback = nameOf(method, arguments);
        told.add(callback);
        begin(arguments[0], callback);
        begin(Thread.currentThread(), callback);
        try {
            if (arguments[0] instanceof Session session) {
                actions.getOrDefault(callback, nothing -> {}).accept(session);
            }
        } finally {
            running.remove(Thread.currentThread(), callback);
            running.remove(arguments[0], callback);
        }
        return null;
    }

    private @Nullable Object ownMethod(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(this, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private static String nameOf(Method method, Object[] arguments) {
        return arguments.length == 2 && arguments[1] instanceof ByteBuffer message
                ? method.getName() + " " + Text.of(message)
                : method.getName();
    }

    private void begin(Object where, String callback) {
        String before = running.putIfAbsent(where, callback);
        if (before != null) {
            nested.add(callback + " inside " + before);
        }
    }
}
