package dev.tramway.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tramway.CloseReason;
import dev.tramway.IoService;
import dev.tramway.Session;
import dev.tramway.TcpServer;
import dev.tramway.UdpEndpoint;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole conversations of the founding protocol, between a server that speaks it in one line and a device of plain sockets. */
class ConversationTest {
    private static final int LIMIT_SECONDS = 20;
    private static final Protocol PLC = Protocol.builtin("aqua-plc");
    private static final String SERIAL = "00200110";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2021-10-15T19:18:34Z"), ZoneOffset.UTC);

    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private final BlockingQueue<Session> sessions = new LinkedBlockingQueue<>();
    private final BlockingQueue<CloseReason> ends = new LinkedBlockingQueue<>();
    private final List<Message> stored = new CopyOnWriteArrayList<>();
    private final IoService io = IoService.start();
    private final TcpServer server = serve();

    private TcpServer serve() {
        return TcpServer.on(io)
                .address("127.0.0.1")
                .port(0)
                .framing(PLC.framing())
                .onConnect(session -> {
                    session.attach(Conversation.class, new Conversation(PLC, CLOCK));
                    sessions.add(session);
                })
                .onMessage(PLC.codec(), this::received)
                .onDisconnect((session, reason) -> ends.add(reason))
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        io.close();
    }

    private void received(Session session, Message message) {
        Conversation conversation = session.attachment(Conversation.class).orElseThrow();
        conversation.reply(message).ifPresent(replies::add);
        if (message.name().equals("parameter-request")) {
            sendParameters(session, message);
            return;
        }
        stored.add(message);
        conversation.acknowledgement(message).ifPresent(answer -> session.send(answer, PLC.codec()));
    }

    /** Answers by what the device wants: levels, sensors, slaves and the clock, each in a message of its own. */
    private static void sendParameters(Session session, Message request) {
        Map<String, Object> header =
                Map.of("sd", SERIAL, "ts", request.get("ts").orElseThrow(), "nut", request.integer("nut"));
        Map<String, Object> levels =
                Map.of("period", 15, "wait", 120, "high-high", 90, "high", 75.5, "low", 10, "low-low", 2.25);
        List<Map<String, Object>> sensors = Collections.nCopies(8, Map.of("code", 1, "channel", 2, "kind", 3));
        sendIf("want-levels", "levels", levels, header, session, request);
        sendIf("want-sensors", "sensors", Map.of("sensors", sensors), header, session, request);
        sendIf("want-slaves", "slave-list", Map.of("slave-list", 5), header, session, request);
        sendIf("want-clock", "set-clock", Map.of(), header, session, request);
    }

    private static void sendIf(
            String wish,
            String message,
            Map<String, Object> body,
            Map<String, Object> header,
            Session session,
            Message request) {
        if (request.text(wish).equals("1")) {
            Map<String, Object> values = new HashMap<>(header);
            values.putAll(body);
            session.send(PLC.message(message, values), PLC.codec());
        }
    }

    @Test
    void aMeasurementIsAcknowledgedByItsHeader() throws Exception {
        try (Device device = new Device(server.port())) {
            device.send("00250100000000002001100103026d0020211015191833000000420041480000");
            Message answer = device.receive();
            // The header as it came, with its own length and the server's time.
            assertThat(HexFormat.of().formatHex(answer.bytes()))
                    .isEqualTo("00200100000000002001100103026d002021101519183400000042");
            assertThat(answer.name()).isEqualTo("acknowledgement");
            assertThat(answer.text("cmd")).isEqualTo("m");
            assertThat(answer.integer("ml")).isEqualTo(20);
            assertThat(answer.integer("nut")).isEqualTo(42);
            assertThat(answer.text("sd")).isEqualTo(SERIAL);
            assertThat(answer.device()).contains(SERIAL);
            assertThat(stored).hasSize(1);
            assertThat(stored.getFirst().readings()).extracting(Reading::value).containsExactly(12.5);
        }
    }

    @Test
    void listsAreStoredAndAcknowledged() throws Exception {
        try (Device device = new Device(server.port())) {
            device.send("00210100000000002001100000006e00202110151924000000004905"
                    + "00210100000000002001100100006c0020211015192401000000500f");
            assertThat(device.receive().text("cmd")).isEqualTo("n");
            assertThat(device.receive().text("cmd")).isEqualTo("l");
            assertThat(stored).extracting(Message::name).containsExactly("slaves", "sensor-map");
            assertThat(stored.get(0).integer("slave-list")).isEqualTo(5);
            assertThat(stored.get(1).integer("sensor-list")).isEqualTo(15);
        }
    }

    @Test
    void parametersAreAnsweredAsWanted() throws Exception {
        try (Device device = new Device(server.port())) {
            device.send("002401000000000020011000000070002021101519240200000051" + "31313131");
            Message levels = device.receive();
            assertThat(levels.text("cmd")).isEqualTo("C");
            assertThat(levels.real("high")).isEqualTo(75.5);
            Message sensors = device.receive();
            assertThat(sensors.text("cmd")).isEqualTo("S");
            assertThat(sensors.integer("sensors[7].kind")).isEqualTo(3);
            Message slaves = device.receive();
            assertThat(slaves.text("cmd")).isEqualTo("E");
            assertThat(slaves.integer("slave-list")).isEqualTo(5);
            Message clock = device.receive();
            assertThat(clock.text("cmd")).isEqualTo("D");
            assertThat(clock.get("ts")).contains(Instant.parse("2021-10-15T19:24:02Z"));
            assertThat(clock.integer("nut")).isEqualTo(51);
            device.send("002401000000000020011000000070002021101519240200000052" + "30303130");
            assertThat(device.receive().text("cmd")).isEqualTo("S");
        }
    }

    @Test
    void repliesAreCorrelatedByTransactionNumber() throws Exception {
        try (Device device = new Device(server.port())) {
            Session session = next(sessions);
            Request relay = request(session, "relay", Map.of("relay", 3, "operation", 1));
            Request versions = request(session, "versions", Map.of());
            Request measure = request(session, "measure", Map.of());
            Message first = device.receive();
            Message second = device.receive();
            Message third = device.receive();
            assertThat(List.of(first.name(), second.name(), third.name()))
                    .containsExactly("relay", "ask-versions", "ask-measurement");
            // The device answers in another order, and once with a number that nobody asked for.
            device.send(Direction.UP, "measurement", third, Map.of("alert", 0, "value", 7.5));
            device.send(Direction.UP, "relay-state", first.with("nut", 9_999), Map.of("relay", 3, "operation", 1));
            device.send(Direction.UP, "relay-state", first, Map.of("relay", 3, "operation", 1));
            device.send(Direction.UP, "versions", second, Map.of("vp1", 1, "vp2", 2, "vp3", 3, "vhw", 4));
            assertThat(next(replies).request()).isEqualTo(measure);
            Reply switched = next(replies);
            assertThat(switched.request()).isEqualTo(relay);
            assertThat(switched.ok()).isTrue();
            Reply told = next(replies);
            assertThat(told.request()).isEqualTo(versions);
            assertThat(told.message().integer("vhw")).isEqualTo(4);
        }
    }

    @Test
    void aReplyMaySayNo() throws Exception {
        try (Device device = new Device(server.port())) {
            Session session = next(sessions);
            Map<String, Object> levels =
                    Map.of("period", 15, "wait", 120, "high-high", 90, "high", 75.5, "low", 10, "low-low", 2.25);
            request(session, "set-levels", levels);
            Message asked = device.receive();
            device.send(Direction.UP, "done", asked.with("rc", 4), Map.of());
            assertThat(next(replies).ok()).isFalse();
        }
    }

    @Test
    void aBrokenFrameEndsTheSessionAndIsCounted() throws Exception {
        long before = PLC.stats().rejected();
        try (Device device = new Device(server.port())) {
            device.send("00a50100000000002001100103026d00");
            assertThat(next(ends).kind()).isEqualTo(CloseReason.Kind.PROTOCOL_ERROR);
            device.awaitEnd();
        }
        assertThat(PLC.stats().rejected()).isEqualTo(before + 1);
    }

    @Test
    void datagramsSpeakItAsWell() throws Exception {
        UdpEndpoint endpoint = UdpEndpoint.on(io)
                .bind("127.0.0.1", 0)
                .onDatagram((udp, from, datagram) -> {
                    Message message = PLC.codec().decode(datagram);
                    stored.add(message);
                    new Conversation(PLC, CLOCK)
                            .acknowledgement(message)
                            .ifPresent(answer -> udp.send(from, PLC.encode(answer)));
                })
                .start();
        byte[] measurement =
                HexFormat.of().parseHex("00250100000000002001100103026d0020211015191833000000420041480000");
        byte[] answer = new byte[64];
        DatagramPacket received = new DatagramPacket(answer, answer.length);
        try (endpoint;
                DatagramSocket device = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            device.setSoTimeout(LIMIT_SECONDS * 1000);
            device.send(new DatagramPacket(
                    measurement, measurement.length, InetAddress.getLoopbackAddress(), endpoint.port()));
            device.receive(received);
        }
        assertThat(HexFormat.of().formatHex(answer, 0, received.getLength()))
                .isEqualTo("00200100000000002001100103026d002021101519183400000042");
        assertThat(stored).extracting(message -> message.real("value")).containsExactly(12.5);
    }

    @Test
    void argumentsAreChecked() {
        Conversation conversation = new Conversation(PLC);
        Map<String, Object> header = Map.of("sd", SERIAL);
        assertThatThrownBy(() -> conversation.request("relay", Map.of("relay", 3, "operation", 7), header))
                .hasMessageContaining("relay.operation: 7");
        assertThatThrownBy(() -> conversation.request("relay", Map.of("relay", 3), header))
                .hasMessageContaining("no argument operation");
        assertThatThrownBy(() -> conversation.request("bake", Map.of(), header)).hasMessageContaining("command bake");
        assertThat(conversation.pending()).isZero();
        for (int i = 0; i < Conversation.MAX_PENDING; i++) {
            conversation.request("versions", Map.of(), header);
        }
        assertThatThrownBy(() -> conversation.request("versions", Map.of(), header))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCommandIsToldAgainUnderTheSameNumberAndThenAnswered() {
        Conversation conversation = new Conversation(PLC, CLOCK);
        Request request = conversation.request("versions", Map.of(), Map.of("sd", SERIAL));
        conversation.forget(request);
        Message reply = PLC.decode(
                Direction.UP,
                HexFormat.of().parseHex("0028010000000000200110010302760020211015192300000000010102020500073100"));
        assertThat(conversation.reply(reply)).isEmpty();
        Request again = conversation.again(request);
        assertThat(again.message()).isEqualTo(request.message());
        assertThat(conversation.reply(reply)).map(Reply::request).contains(again);
        assertThat(conversation.pending()).isZero();
    }

    @Test
    void numbersBeginAgainWhereTheirFieldEnds() {
        Protocol pump = Protocol.parse("pump.yaml", """
                fdl: 1
                protocol: pump
                limits: { frame: 16 }
                framing: { fixed: 3 }
                header: [ { kind: u8 }, { number: u8 } ]
                messages: { start: { match: { kind: 1 }, direction: down, fields: [ { speed: u8 } ] } }
                commands: { start: { message: start, args: { speed: speed }, number: number } }
                """);
        Conversation conversation = new Conversation(pump);
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            numbers.add(conversation
                    .request("start", Map.of("speed", 1), Map.of())
                    .message()
                    .integer("number"));
        }
        assertThat(numbers)
                .startsWith(1L, 2L, 3L)
                .contains(255L)
                .endsWith(44L, 45L)
                .doesNotContain(0L, 256L);
    }

    private static Request request(Session session, String command, Map<String, Object> args) {
        Request request =
                session.attachment(Conversation.class).orElseThrow().request(command, args, Map.of("sd", SERIAL));
        session.send(request.message(), PLC.codec());
        return request;
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T value = queue.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertThat(value).isNotNull();
        return value;
    }

    /** A device of the JDK's blocking sockets. */
    private static final class Device implements AutoCloseable {
        private final Socket socket;

        Device(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(LIMIT_SECONDS * 1000);
        }

        void send(String hex) throws IOException {
            socket.getOutputStream().write(HexFormat.of().parseHex(hex));
        }

        /** Answers with the header of what was asked. */
        void send(Direction direction, String message, Message asked, Map<String, Object> body) throws IOException {
            Map<String, Object> values = new HashMap<>(body);
            for (String field : List.of("sd", "rf", "sc", "ch", "rc", "ts", "nut")) {
                values.put(field, asked.get(field).orElseThrow());
            }
            if (message.equals("done")) {
                values.put("cmd", asked.text("cmd"));
            }
            socket.getOutputStream().write(PLC.encode(PLC.message(direction, message, values)));
        }

        Message receive() throws IOException {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] start = in.readNBytes(2);
            int length = Integer.parseInt(HexFormat.of().formatHex(start));
            byte[] frame = new byte[length + 7];
            System.arraycopy(start, 0, frame, 0, 2);
            in.readFully(frame, 2, frame.length - 2);
            Message message = PLC.decode(Direction.DOWN, frame);
            assertThat(message.problem()).isEmpty();
            return message;
        }

        void awaitEnd() throws IOException {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
