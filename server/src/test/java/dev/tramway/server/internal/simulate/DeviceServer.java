package dev.tramway.server.internal.simulate;

import dev.tramway.IoService;
import dev.tramway.Session;
import dev.tramway.TcpServer;
import dev.tramway.frames.Conversation;
import dev.tramway.frames.Message;
import dev.tramway.frames.Protocol;
import dev.tramway.frames.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small server of devices, for the simulator's tests: it acknowledges, and sends commands. */
final class DeviceServer implements AutoCloseable {
    final Protocol protocol;
    final List<Message> messages = new CopyOnWriteArrayList<>();
    final List<Reply> replies = new CopyOnWriteArrayList<>();
    final List<Session> sessions = new CopyOnWriteArrayList<>();
    volatile boolean acknowledges = true;
    private final IoService io = IoService.start();
    private final TcpServer server;

    DeviceServer(Protocol protocol) {
        this.protocol = protocol;
        server = TcpServer.on(io)
                .address("127.0.0.1")
                .port(0)
                .framing(protocol.framing())
                .onConnect(session -> {
                    session.attach(Conversation.class, new Conversation(protocol));
                    sessions.add(session);
                })
                .onMessage(protocol.codec(), this::received)
                .start();
    }

    int port() {
        return server.port();
    }

    private void received(Session session, Message message) {
        messages.add(message);
        Conversation conversation = session.attachment(Conversation.class).orElseThrow();
        conversation.reply(message).ifPresent(replies::add);
        if (acknowledges) {
            conversation.acknowledgement(message).ifPresent(answer -> session.send(answer, protocol.codec()));
        }
    }

    /** Sends a command to the device that came first. */
    void command(String name, Map<String, Object> arguments, Map<String, Object> header) {
        Session session = sessions.getFirst();
        session.execute(() -> {
            Conversation conversation = session.attachment(Conversation.class).orElseThrow();
            session.send(conversation.request(name, arguments, header).message(), protocol.codec());
        });
    }

    List<Message> named(String name) {
        return messages.stream().filter(message -> message.name().equals(name)).toList();
    }

    @Override
    public void close() {
        server.close();
        io.close();
    }
}
