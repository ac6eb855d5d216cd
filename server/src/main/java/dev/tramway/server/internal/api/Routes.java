package dev.tramway.server.internal.api;

import dev.tramway.frames.Command;
import dev.tramway.frames.Protocol;
import dev.tramway.server.internal.command.CommandRefusedException;
import dev.tramway.server.internal.command.CommandRequest;
import dev.tramway.server.internal.command.CommandView;
import dev.tramway.server.internal.telemetry.Telemetry;
import dev.tramway.server.internal.telemetry.Views.DeviceView;
import dev.tramway.server.internal.telemetry.Views.SessionView;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What there is under {@code /api/v1}. May be used by any thread. */
final class Routes {
    private static final int MOST = 1_000;
    private static final int FIRST = 100;

    private final Telemetry telemetry;

    Routes(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    /**
     * Answers.
     *
     * @throws ApiException if there is nothing at the path, or it cannot be done
     */
    Answer answer(Call call) throws IOException {
        List<String> path = call.path().subList(2, call.path().size());
        try {
            return switch (path.size()) {
                case 1 -> collection(call, path.get(0));
                case 2 -> item(call, path.get(0), path.get(1));
                case 3 -> below(call, path.get(0), path.get(1), path.get(2));
                default -> throw missing();
            };
        } catch (CommandRefusedException refused) {
            throw new ApiException(status(refused), String.valueOf(refused.getMessage()));
        } catch (IllegalArgumentException wrong) {
            throw new ApiException(400, String.valueOf(wrong.getMessage()));
        }
    }

    private static int status(CommandRefusedException refused) {
        return switch (refused.kind()) {
            case UNKNOWN_DEVICE -> 404;
            case UNKNOWN_COMMAND, BAD_ARGUMENT -> 400;
            case UNKNOWN_PROTOCOL, NOT_CANCELLABLE -> 409;
            case QUEUE_FULL -> 429;
        };
    }

    private static ApiException missing() {
        return new ApiException(404, "nothing here (see docs/server-page.md)");
    }

    private static ApiException nowhere() {
        return new ApiException(404, "the device is connected to no node, or that is not known now");
    }

    private static void method(Call call, String... allowed) {
        if (!List.of(allowed).contains(call.method())) {
            throw new ApiException(405, "method: " + call.method() + " (expected: " + String.join(", ", allowed) + ")");
        }
    }

    private Answer collection(Call call, String name) {
        method(call, "GET");
        return switch (name) {
            case "listeners" -> Answer.ok(Map.of("listeners", telemetry.listeners()));
            case "nodes" -> nodes(call);
            case "sessions" -> sessions(call);
            case "devices" -> devices(call);
            case "readings" -> readings(call);
            case "quarantine" -> Answer.ok(Map.of("quarantine", telemetry.quarantine()));
            case "alarms" -> Answer.ok(Map.of("alarms", telemetry.alarms()));
            case "commands" ->
                Answer.ok(Map.of("commands", telemetry.commands().newest(call.number("limit", 1, MOST, FIRST))));
            default -> throw missing();
        };
    }

    private Answer item(Call call, String collection, String id) throws IOException {
        return switch (collection) {
            case "devices" -> {
                method(call, "GET");
                yield Answer.ok(device(id));
            }
            case "commands" -> command(call, id);
            case "quarantine" -> quarantined(call, id);
            default -> throw missing();
        };
    }

    private Answer below(Call call, String collection, String id, String part) throws IOException {
        if (collection.equals("devices") && part.equals("node")) {
            method(call, "GET");
            return Answer.ok(telemetry.nodes().of(device(id).name()).orElseThrow(Routes::nowhere));
        }
        if (!collection.equals("devices") || !part.equals("commands")) {
            throw missing();
        }
        method(call, "GET", "POST");
        return call.method().equals("POST") ? submit(call, id) : commandsOf(id);
    }

    /** All servers, or with a device the one that it is connected to. */
    private Answer nodes(Call call) {
        return call.query("device")
                .map(id -> Answer.ok(Map.of(
                        "nodes",
                        telemetry.nodes().of(device(id).name()).stream().toList())))
                .orElseGet(() -> Answer.ok(telemetry.nodes().status()));
    }

    // ---- lists ------------------------------------------------------------------------------------------------------

    private Answer sessions(Call call) {
        String text = call.query("q").orElse("").toLowerCase(Locale.ROOT);
        String listener = call.query("listener").orElse("");
        List<SessionView> found = telemetry.sessions().stream()
                .filter(session -> listener.isEmpty() || session.listener().equals(listener))
                .filter(session -> contains(
                        text,
                        Stream.concat(
                                Stream.of(session.id(), session.peer(), session.protocol()),
                                session.devices().stream())))
                .toList();
        return page(call, "sessions", found);
    }

    private Answer devices(Call call) {
        return page(call, "devices", devices(wanted(call)));
    }

    private List<DeviceView> devices(Predicate<DeviceView> wanted) {
        return telemetry.devices().stream().filter(wanted).toList();
    }

    private static Predicate<DeviceView> wanted(Call call) {
        String text = call.query("q").orElse("").toLowerCase(Locale.ROOT);
        String listener = call.query("listener").orElse("");
        List<String> states = call.words("state");
        boolean alarming = call.query("alarms").isPresent();
        return device -> (listener.isEmpty() || device.listener().equals(listener))
                && (states.isEmpty() || states.contains(device.state().name().toLowerCase(Locale.ROOT)))
                && (!alarming || !device.alarms().isEmpty())
                && contains(text, Stream.of(device.name(), device.serial(), device.protocol(), device.peer()));
    }

    private static boolean contains(String text, Stream<String> fields) {
        return text.isEmpty()
                || fields.anyMatch(field -> field.toLowerCase(Locale.ROOT).contains(text));
    }

    private static Answer page(Call call, String name, List<?> all) {
        int from = Math.min(call.number("offset", 0, Integer.MAX_VALUE, 0), all.size());
        int to = Math.min(from + call.number("limit", 1, MOST, FIRST), all.size());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("total", all.size());
        answer.put("offset", from);
        answer.put(name, all.subList(from, to));
        return Answer.ok(answer);
    }

    /** Last values, one a line, for programs that do not care for devices. */
    private Answer readings(Call call) {
        List<Map<String, Object>> all = devices(wanted(call)).stream()
                .flatMap(device -> device.values().stream().map(value -> {
                    Map<String, Object> line = new LinkedHashMap<>();
                    line.put("device", device.name());
                    line.put("source", value.source());
                    line.put("name", value.name());
                    line.put("value", value.value());
                    line.put("unit", value.unit());
                    line.put("deviceTime", value.deviceTime());
                    line.put("serverTime", value.serverTime());
                    line.put("quality", value.quality());
                    return line;
                }))
                .toList();
        return page(call, "readings", all);
    }

    // ---- quarantine -------------------------------------------------------------------------------------------------

    private Answer quarantined(Call call, String serial) throws IOException {
        method(call, "POST", "DELETE");
        if (call.method().equals("DELETE")) {
            telemetry.dismiss(serial);
            return Answer.nothing();
        }
        String name = text(call.body(), "name").orElse(serial);
        return Answer.ok(telemetry.accept(serial, name));
    }

    // ---- commands ---------------------------------------------------------------------------------------------------

    private DeviceView device(String id) {
        return telemetry.device(id).orElseThrow(() -> new ApiException(404, "device " + id + ": unknown"));
    }

    private Answer commandsOf(String id) {
        DeviceView device = device(id);
        List<Command> available =
                telemetry.protocol(device.name()).map(Routes::commands).orElse(List.of());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("available", available);
        answer.put("parts", telemetry.parts(device.name()));
        answer.put("commands", telemetry.commands().of(device.name()));
        return Answer.ok(answer);
    }

    private static List<Command> commands(Protocol protocol) {
        return protocol.commands().stream().map(protocol::command).toList();
    }

    /** Who sends the same key again gets the same command: a request can be repeated when its answer was lost. */
    private Answer submit(Call call, String id) throws IOException {
        JsonNode body = call.body();
        CommandRequest request = new CommandRequest(
                id,
                text(body, "source").orElse(""),
                text(body, "command").orElseThrow(() -> new ApiException(400, "command: none")),
                arguments(body.path("arguments")),
                call.header("Idempotency-Key").or(() -> text(body, "key")),
                expiry(body.path("expirySeconds")));
        CommandView command = telemetry.commands().submit(request);
        return Answer.json(202, command).with("Location", "/api/v1/commands/" + command.id());
    }

    private static Optional<String> text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw new ApiException(400, name + ": " + value.getNodeType() + " (expected: a text)");
        }
        return Optional.of(value.asString()).filter(text -> !text.isEmpty());
    }

    private static Map<String, Object> arguments(JsonNode node) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        if (!node.isMissingNode() && !node.isObject()) {
            throw new ApiException(400, "arguments: no object (expected: values by name)");
        }
        node.properties().forEach(entry -> arguments.put(entry.getKey(), value(entry.getKey(), entry.getValue())));
        return arguments;
    }

    private static Object value(String name, JsonNode node) {
        if (node.isBoolean()) {
            return node.asBoolean();
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.asLong();
        }
        if (node.isNumber()) {
            return node.asDouble();
        }
        if (node.isString()) {
            return node.asString();
        }
        throw new ApiException(400, name + ": " + node.getNodeType() + " (expected: a number, a text, true or false)");
    }

    private static Optional<Duration> expiry(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isIntegralNumber()
                || node.asLong() < 1
                || node.asLong() > Duration.ofDays(366).toSeconds()) {
            throw new ApiException(400, "expirySeconds: " + node + " (expected: 1 to a year)");
        }
        return Optional.of(Duration.ofSeconds(node.asLong()));
    }

    private Answer command(Call call, String id) {
        method(call, "GET", "DELETE");
        if (call.method().equals("DELETE")) {
            return Answer.ok(telemetry.commands().cancel(id));
        }
        return Answer.ok(telemetry
                .commands()
                .find(id)
                .orElseThrow(() -> new ApiException(404, "command " + id + ": unknown, or over for long")));
    }
}
